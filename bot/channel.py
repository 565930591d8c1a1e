"""Keeps the moderators' room a picture of the cases: one topic and one card per case, edited, never repeated.

What stands on a card is rendered when it is sent, from the case under the operator's key; nothing but the
case's id waits in the outbox. A card lost on the way (crash, power cut) is found again by `unposted`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from bot.clusters import Clusters
from bot.daily import note_posted
from bot.instance import Instance
from bot.lying import digest_topic, note_digest, note_topic
from bot.networks import (
    Delete,
    Document,
    Edit,
    Network,
    OpenTopic,
    Outgoing,
    Post,
    Press,
    Presses,
    RenameTopic,
)
from bot.networks.errors import NothingThere, TopicMissing, Unchanged
from bot.occasions import recount
from bot.posting import freshen_cards
from bot.sending.clock import Clock, WallClock
from bot.sending.keeping import keep
from bot.sending.screens import Send
from handlers.events import Room
from handlers.export import NAME as EXPORT
from handlers.matching.hints import Alike
from handlers.screens import Line
from handlers.triage.cards import card, digest_note, title
from handlers.triage.cases import Case, Status
from storage.cards import CardPlace
from storage.objects import Kept
from storage.sealing import REPORTS
from storage.unit_of_work import Ahead, UnitOfWork

Words = tuple[str, Presses]
"""What stands on a card, and its buttons."""
_OVER = (Status.CLOSED, Status.MERGED)  # their topics are closed


class Channel:
    """Posts and edits cards and digests in the moderators' room; an errand may be run again at any time."""

    def __init__(
        self,
        instance: Instance,
        network: Network,
        *,
        clusters: Clusters | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._instance = instance
        self._network = network
        self._clock = clock or WallClock()
        self._clusters = clusters or Clusters(instance, network, clock=clock)

    async def post_card(self, payload: Mapping[str, Any], send: Send) -> None:
        """Bring one case's topic, card and file up to date."""
        case_id = bytes.fromhex(payload["case"])
        team = self._instance.settings.team
        compare = team.compare_names and team.policy == "card"
        case, place, kept, alike = await self._instance.store.run(
            lambda uow: _load(uow, case_id, compare=compare), ahead=Ahead(cards=[case_id])
        )
        if case is None or kept is None:
            return
        new = alike if place is None or place.object != kept.id else ()  # else they know already
        if await self._clusters.take_over(case, place, kept, send):
            await self._instance.store.run(lambda uow: freshen_cards(self._instance, uow, new))
            return
        if place is not None and place.cluster:  # not there any more
            place = None
        words = self._words(case, alike)
        if place is None or place.card is None or place.object != kept.id:
            await self._post_anew(case, place, kept, words=words, send=send)
        else:
            await self._edit(case, place, kept, words=words, send=send)
        await self._instance.store.run(partial(self._note_posted, case, new))

    async def _note_posted(self, case: Case, alike: Sequence[Alike], uow: UnitOfWork) -> None:
        await uow.cases.mark_posted(case.id, case.revision)
        await freshen_cards(self._instance, uow, alike)
        await recount(self._instance, uow, case)

    async def post_digest(self, payload: Mapping[str, Any], send: Send) -> None:
        """Post one part of a day's bundle."""
        kept, log = await self._instance.store.run(partial(_load_part, payload))
        if kept is None:
            return
        await self._note(lambda uow: note_digest(uow, payload, self._instance.today()))
        topic = await self._instance.store.run(digest_topic)
        room = self._topic(topic) if topic else await self._open_digests(send)
        file = Document(payload["name"], kept.sealed.data)
        is_export = payload["name"].startswith(EXPORT)
        note = Line("export-note", {"day": payload["day"]}) if is_export else None
        words = self._say(note or digest_note(day=payload["day"], log=log))
        post = Post(room, words, document=file, silent=True)
        try:
            await send(post)
        except TopicMissing:  # somebody deleted it
            await send(replace(post, room=await self._open_digests(send)))
        await self._note(lambda uow: note_posted(uow, payload["day"], kept.id, last=payload["last"]))

    async def _open_digests(self, send: Send) -> Room:
        room = self._topic(await send(OpenTopic(self._topic(None), self._say(Line("digest-topic")))))
        await self._note(lambda uow: note_topic(uow, room.topic or ""))
        return room

    async def post_addition(self, payload: Mapping[str, Any], send: Send) -> None:
        """Post an answer of the reporter in the topic of its case; a case without one gets it first."""
        case, key = bytes.fromhex(payload["case"]), bytes.fromhex(payload["object"])
        kept, place = await self._instance.store.run(partial(_find_addition, case=case, key=key))
        if kept is None:
            return
        if place is None or place.card is None:
            await self.post_card(payload, send)
            place = await self._instance.store.run(lambda uow: uow.cards.get(case))
        if place is None:
            return
        if place.room.topic is None:  # that of its event is still to be opened, by another errand
            raise TopicMissing("the topic is not there yet")
        text = self._say(Line("card-addition", {"code": payload["code"]}))
        document = Document(payload["name"], kept.sealed.data)
        try:
            await send(Post(self._topic(place.room.topic), text, document=document))
        except TopicMissing:  # the next attempt finds none, and opens one
            await self._instance.store.run(lambda uow: uow.cards.drop(case))
            raise
        await self._note(lambda uow: uow.cards.note_addition(case, key))

    async def _post_anew(
        self, case: Case, place: CardPlace | None, kept: Kept, *, words: Words, send: Send
    ) -> None:
        topic = self._topic(place.room.topic) if place else await self._open(case, send)
        text, buttons = words
        post = Post(topic, text, buttons, Document(f"{case.code}.age", kept.sealed.data))
        if place is not None and place.card is not None:  # first: a crash after the post would forget it
            await _quietly(send, Delete(topic, (place.card,)))
        try:
            message = await send(post)
        except TopicMissing:  # somebody deleted it: a case without a topic gets a new one
            topic = await self._open(case, send)
            message = await send(replace(post, room=topic))
        await self._remember(case, CardPlace(topic, card=message, object=kept.id))
        if place is not None or case.status in _OVER:  # a new topic has its title
            await self._rename(case, topic, send)

    async def _open(self, case: Case, send: Send) -> Room:
        """A new topic; remembered at once, so that a crash before the card leaves no second one."""
        topic = self._topic(await send(OpenTopic(self._topic(None), title(case))))
        await self._remember(case, CardPlace(topic))
        return topic

    async def _edit(self, case: Case, place: CardPlace, kept: Kept, *, words: Words, send: Send) -> None:
        """Change the card in place. One that is gone, or that its words have outgrown, is posted anew."""
        topic = self._topic(place.room.topic)
        text, buttons = words
        try:
            await send(Edit(topic, place.card or "", text, buttons, caption=True))
        except Unchanged:
            pass
        except NothingThere:
            return await self._post_anew(case, place, kept, words=words, send=send)
        try:
            await self._rename(case, topic, send)
        except TopicMissing:  # the next attempt posts it anew
            await self._instance.store.run(lambda uow: uow.cards.drop(case.id))
            raise

    async def _rename(self, case: Case, topic: Room, send: Send) -> None:
        await _quietly(send, RenameTopic(topic, title(case), closed=case.status in _OVER))

    async def _remember(self, case: Case, place: CardPlace) -> None:
        await self._note(lambda uow: uow.cards.put(case.id, place))

    async def _note(self, job: Callable[[UnitOfWork], Awaitable[None]]) -> None:
        """What stands in the room already is not to be posted again, because the disk was full."""
        await keep(self._instance.store, job, clock=self._clock)

    def _topic(self, topic: str | None) -> Room:
        """A topic of the moderators' room as it is now: a group that became a supergroup has a new id."""
        return Room(self._network.name, self._network.group or "", topic)

    def _say(self, line: Line) -> str:
        return self._instance.texts.say(self._instance.settings.team.language, line)

    def _words(self, case: Case, alike: Sequence[Alike]) -> Words:
        team = self._instance.settings.team
        text, rows = self._instance.texts.show(team.language, card(case, policy=team.policy, alike=alike))
        return text, tuple(tuple(Press(label, token) for label, token in row) for row in rows)


async def _quietly(send: Send, outgoing: Outgoing) -> None:
    """What is gone, unchanged or too old was deleted by hand: the case goes on without it."""
    with contextlib.suppress(NothingThere):
        await send(outgoing)


async def _find_addition(uow: UnitOfWork, *, case: bytes, key: bytes) -> tuple[Kept | None, CardPlace | None]:
    return await uow.objects.get(key), await uow.cards.get(case)


async def _load(
    uow: UnitOfWork, case_id: bytes, *, compare: bool
) -> tuple[Case | None, CardPlace | None, Kept | None, Sequence[Alike]]:
    objects = await uow.objects.of_case(case_id, *REPORTS)
    case, place = await uow.cases.get(case_id), await uow.cards.get(case_id)
    alike = await uow.likenesses.find(case) if case is not None and compare else ()
    return case, place, objects[-1] if objects else None, alike


async def _load_part(payload: Mapping[str, Any], uow: UnitOfWork) -> tuple[Kept | None, str]:
    """One part of a digest, and the head of the log that was signed for its day."""
    log = await uow.audit.posted_head(date.fromisoformat(payload["day"]))
    return await uow.objects.get(bytes.fromhex(payload["object"])), log
