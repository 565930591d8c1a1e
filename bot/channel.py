"""Keeps the moderators' room a picture of the cases: one topic and one card per case, edited, never repeated.

What stands on a card is rendered when it is sent, from the case under the operator's key; nothing but the
case's id waits in the outbox. A card lost on the way (crash, power cut) is found again by `unposted`.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace

from bot.instance import Instance
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
from bot.networks.errors import NothingThere, TopicMissing
from handlers.events import Room
from handlers.screens import Line
from handlers.triage.cards import card, title
from handlers.triage.cases import Case, Status
from storage.cards import CardPlace
from storage.objects import Kept
from storage.unit_of_work import UnitOfWork


class Channel:
    """Posts and edits cards and digests in the moderators' room."""

    def __init__(self, instance: Instance, network: Network) -> None:
        self._instance = instance
        self._network = network
        self.room = instance.team

    async def post_case(self, case_id: bytes) -> None:
        """Bring one case's topic, card and file up to date; does nothing when they are."""
        case, place, kept = await self._instance.store.run(lambda uow: _load(uow, case_id))
        if case is None or kept is None:
            return
        if place is None or place.card is None or place.object != kept.id:
            await self._post_anew(case, place, kept)
        else:
            await self._edit(case, place.room, place.card)
        await self._instance.store.run(lambda uow: uow.cases.mark_posted(case.id, case.revision))

    async def post_digest(self, name: str, data: bytes, line: Line) -> None:
        """Post one part of the day's bundle."""
        text = self._instance.texts.say(self._instance.settings.team.language, line)
        await self._network.deliver(Post(self.room, text, document=Document(name, data), silent=True))

    async def _post_anew(self, case: Case, place: CardPlace | None, kept: Kept) -> None:
        topic = place.room if place else await self._open(case)
        text, buttons = self._words(case)
        post = Post(topic, text, buttons, Document(f"{case.code}.age", kept.sealed.data))
        try:
            message = await self._network.deliver(post)
        except TopicMissing:  # somebody deleted it: a case without a topic gets a new one
            topic = await self._open(case)
            message = await self._network.deliver(replace(post, room=topic))
        await self._remember(case, CardPlace(topic, card=message, object=kept.id))
        if place is not None and place.card is not None:
            await self._quietly(Delete(place.room, (place.card,)))
        await self._rename(case, topic)

    async def _open(self, case: Case) -> Room:
        """A new topic; remembered at once, so that a crash before the card leaves no second one."""
        topic = replace(self.room, topic=await self._network.deliver(OpenTopic(self.room, title(case))))
        await self._remember(case, CardPlace(topic))
        return topic

    async def _edit(self, case: Case, topic: Room, message: str) -> None:
        text, buttons = self._words(case)
        await self._quietly(Edit(topic, message, text, buttons, caption=True))
        await self._rename(case, topic)

    async def _rename(self, case: Case, topic: Room) -> None:
        await self._quietly(RenameTopic(topic, title(case), closed=case.status is Status.CLOSED))

    async def _quietly(self, outgoing: Outgoing) -> None:
        """What is gone, unchanged or too old was deleted by hand: the case goes on without it."""
        with contextlib.suppress(NothingThere):
            await self._network.deliver(outgoing)

    async def _remember(self, case: Case, place: CardPlace) -> None:
        await self._instance.store.run(lambda uow: uow.cards.put(case.id, place))

    def _words(self, case: Case) -> tuple[str, Presses]:
        team = self._instance.settings.team
        screen = card(case, policy=team.policy)
        text, rows = self._instance.texts.show(team.language, screen)
        return text, tuple(tuple(Press(label, token) for label, token in row) for row in rows)


async def _load(uow: UnitOfWork, case_id: bytes) -> tuple[Case | None, CardPlace | None, Kept | None]:
    objects = await uow.objects.of_case(case_id)
    return await uow.cases.get(case_id), await uow.cards.get(case_id), objects[-1] if objects else None
