"""Keeps the moderators' room a picture of the cases: one topic and one card per case, edited, never repeated.

What stands on a card is rendered when it is sent, from the case under the operator's key; nothing but the
case's id waits in the outbox. A card lost on the way (crash, power cut) is found again by `unposted`.
"""

from __future__ import annotations

from dataclasses import replace

from bot.instance import Instance
from bot.networks import Delete, Document, Edit, Network, OpenTopic, Post, Press, Presses, RenameTopic
from bot.networks.errors import NothingThere, TopicMissing
from handlers.events import Room
from handlers.screens import Line
from handlers.triage.cards import card, title
from handlers.triage.cases import Case, Status
from storage.cards import CardPlace
from storage.unit_of_work import UnitOfWork


class Channel:
    """Posts and edits cards and digests in the moderators' room."""

    def __init__(self, instance: Instance, network: Network) -> None:
        self._instance = instance
        self._network = network
        self.room = instance.team

    async def post_case(self, case_id: bytes) -> None:
        """Bring one case's topic, card and file up to date; does nothing when they are."""
        case, place, data = await self._instance.store.run(lambda uow: _load(uow, case_id))
        if case is None or data is None:
            return
        object_id, document = data
        if place is None or place.object_id != object_id:
            await self._post_anew(case, place, object_id, document)
        else:
            await self._edit(case, place)
        await self._instance.store.run(lambda uow: uow.cases.mark_posted(case.id, case.revision))

    async def post_digest(self, name: str, data: bytes, line: Line) -> None:
        """Post one part of the day's bundle."""
        text = self._instance.texts.say(self._instance.settings.team.language, line)
        await self._network.deliver(Post(self.room, text, document=Document(name, data), silent=True))

    async def _post_anew(self, case: Case, place: CardPlace | None, object_id: bytes, data: bytes) -> None:
        topic = place.topic if place else await self._open(case)
        text, buttons = self._words(case)
        post = Post(self._topic(topic), text, buttons, Document(f"{case.code}.age", data))
        try:
            message = await self._network.deliver(post)
        except TopicMissing:  # somebody deleted it: a case without a topic gets a new one
            topic = await self._open(case)
            message = await self._network.deliver(replace(post, room=self._topic(topic)))
        new = CardPlace(topic=topic, message=message or "", object_id=object_id)
        await self._instance.store.run(lambda uow: uow.cards.put(case.id, new))
        if place is not None:
            await self._drop(place)
        await self._rename(case, topic)

    async def _open(self, case: Case) -> str:
        topic = await self._network.deliver(OpenTopic(self.room, title(case)))
        opened = CardPlace(topic=topic or "", message="", object_id=b"")
        await self._instance.store.run(lambda uow: uow.cards.put(case.id, opened))
        return opened.topic

    async def _edit(self, case: Case, place: CardPlace) -> None:
        text, buttons = self._words(case)
        try:
            await self._network.deliver(
                Edit(self._topic(place.topic), place.message, text, buttons, caption=True)
            )
        except NothingThere:
            return  # unchanged, or deleted by hand: the topic's title still tells the status
        await self._rename(case, place.topic)

    async def _rename(self, case: Case, topic: str) -> None:
        closed = case.status is Status.CLOSED
        try:
            await self._network.deliver(RenameTopic(self._topic(topic), title(case), closed=closed))
        except NothingThere:
            return

    async def _drop(self, place: CardPlace) -> None:
        if place.message:
            try:
                await self._network.deliver(Delete(self._topic(place.topic), (place.message,)))
            except NothingThere:
                return

    def _topic(self, topic: str) -> Room:
        return replace(self.room, topic=topic)

    def _words(self, case: Case) -> tuple[str, Presses]:
        team = self._instance.settings.team
        screen = card(case, policy=team.policy)
        text, rows = self._instance.texts.show(team.language, screen)
        return text, tuple(tuple(Press(label, token) for label, token in row) for row in rows)


async def _load(
    uow: UnitOfWork, case_id: bytes
) -> tuple[Case | None, CardPlace | None, tuple[bytes, bytes] | None]:
    case = await uow.cases.get(case_id)
    objects = await uow.objects.of_case(case_id)
    newest = (objects[-1].id, objects[-1].data) if objects else None
    return case, await uow.cards.get(case_id), newest
