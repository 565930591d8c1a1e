"""A running house in which somebody has reported and agreed to be asked, seen from the moderators' side."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.service import Service
from handlers.triage.cases import Case, Reached
from storage.sealing import Opened
from tests.doubles.telegram.people import Person
from tests.doubles.telegram.screens import Shown
from tests.journeys.house import House
from tests.journeys.stories import AGREED, SEND


class Desk:
    """The moderators' side of one running house."""

    def __init__(self, house: House, service: Service, mother: Person, code: str) -> None:
        self.house, self.service, self.mother, self.code = house, service, mother, code

    @property
    def card(self) -> Shown:
        return next(shown for shown in self.house.cards() if shown.document == f"{self.code}.age")

    @property
    def additions(self) -> list[Shown]:
        return [shown for shown in self.house.cards() if f"{self.code}-" in (shown.document or "")]

    async def say(self, text: str, *, by: str = "m-01") -> None:
        topic = self.house.group.topic(self.code).id
        await self.house.moderators[by].send(text, in_=self.house.group, topic=topic)
        await self.house.settled()

    async def press(self, label: str, *, by: str = "m-01") -> None:
        await self.house.moderators[by].click(label, in_=self.house.group)
        await self.house.settled()

    async def ask(self, label: str = "ці трымаюць") -> None:
        await self.say("/ask")
        await self.press(label)

    async def case(self) -> Case:
        case = await self.service.instance.store.run(lambda uow: uow.cases.by_code(self.code))
        assert case is not None
        return case

    async def state(self) -> Reached:
        return (await self.case()).contacts[-1].state

    def chat(self) -> str:
        return "\n".join(shown.text for shown in self.mother.screen() if shown.from_bot)

    def told(self) -> str:
        return "\n".join(shown.text for shown in self.house.group.messages)


@asynccontextmanager
async def reported(house: House, *lines: str, finish: bool = True, **how: Any) -> AsyncIterator[Desk]:
    """Somebody has reported, said Done, and m-01 has taken the case."""
    mother = house.person()
    async with house.running(**how) as service:
        await house.say(mother, *(lines or AGREED), SEND)
        if finish:
            await house.say(mother, "[Гатова]")
        (card,) = house.cards()
        desk = Desk(house, service, mother, str(card.document).removesuffix(".age"))
        await desk.press("Take")
        yield desk


def body_of(opened: Opened) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(opened.body)
    return read
