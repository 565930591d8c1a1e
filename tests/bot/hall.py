"""The moderators' room as a test keeps it, and one case with its errand; it can break off at any call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.networks import Delete, Document, Edit, OpenTopic, Outgoing, Post, RenameTopic
from bot.networks.errors import NothingThere, TopicMissing, Unchanged
from handlers.triage.cases import Case, Status, Step
from tests.bot.desk import Desk
from tests.storage.samples import DAY, make_case, make_sealed

CASE = make_case()


ERRAND: Mapping[str, Any] = {"kind": "card", "case": CASE.id.hex()}


class Broken(Exception):
    """The process dies here."""


@dataclass
class Card:
    topic: str | None
    text: str
    file: Document | None


@dataclass
class Hall:
    """The moderators' room as the network keeps it; breaks off before the call with this number."""

    topics: dict[str, str] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)
    done: list[Outgoing] = field(default_factory=list)
    breaks_before: int | None = None
    breaks_after: int | None = None

    async def send(self, outgoing: Outgoing) -> str | None:
        if len(self.done) == self.breaks_before:
            raise Broken
        result = self._do(outgoing)
        self.done.append(outgoing)
        if len(self.done) == self.breaks_after:
            raise Broken
        return result

    def _do(self, outgoing: Outgoing) -> str | None:
        number = str(100 + len(self.done))
        match outgoing:
            case OpenTopic(title=title):
                self.topics[number] = title
                return number
            case Post(room=room, text=text, document=document):
                self._check(room.topic)
                self.cards[number] = Card(room.topic, text, document)
                return number
            case Edit(message=message, text=text):
                return self._edit(message, text)
            case RenameTopic(room=room, title=title):
                self._check(room.topic)
                self.topics[str(room.topic)] = title
            case Delete(messages=messages):
                if not [self.cards.pop(one) for one in messages if one in self.cards]:
                    raise NothingThere("gone")
            case _:
                pass
        return None

    def _edit(self, message: str, text: str) -> str:
        if message not in self.cards:
            raise NothingThere("gone")
        if self.cards[message].text == text:
            raise Unchanged("the same")
        self.cards[message].text = text
        return message

    def _check(self, topic: str | None) -> None:
        if topic is not None and topic not in self.topics:
            raise TopicMissing("gone")

    def drop_topic(self) -> None:
        """A moderator deletes the topic with everything in it."""
        self.topics.clear()
        self.cards.clear()

    def again(self) -> None:
        """The process is started again."""
        self.breaks_before = self.breaks_after = None


async def seal(desk: Desk, number: int) -> None:
    """The case's report is sealed (again): the older object goes."""

    async def job(uow: Any) -> None:
        await uow.objects.delete(*[kept.id for kept in await uow.objects.of_case(CASE.id)])
        sealed = make_sealed(number, data=f"object {number}".encode())
        await uow.objects.keep(sealed, case=CASE.id, signature=bytes(64), day=DAY)

    await desk.store.run(job)


async def change(desk: Desk, status: Status, by: str) -> Case:
    async def job(uow: Any) -> Case:
        case = await uow.cases.get(CASE.id)
        changed = replace(
            case, status=status, claimant=by, history=(*case.history, Step(status, case.day, by))
        )
        kept: Case = await uow.cases.replace(changed, seen_revision=case.revision)
        return kept

    return await desk.store.run(job)


def the_card(hall: Hall) -> Card:
    assert len(hall.topics) == 1
    (card,) = hall.cards.values()
    assert card.topic in hall.topics
    return card
