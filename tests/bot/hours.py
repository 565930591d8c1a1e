"""The timers of a desk, ticked by a test."""

from __future__ import annotations

from bot.daily import Daily
from bot.timers import Lapses, Timers
from handlers.events import Room
from handlers.triage.cases import Case
from tests.bot.desk import Desk


class Hours:
    """A desk with its timers."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.lapses = Lapses()
        self.timers = Timers(desk.instance, self.lapses, Daily(desk.instance))
        self.timers.caught_up = True

    async def end(self) -> None:
        """Two ticks: a talk that is long silent is warned first all the same."""
        await self.timers.tick()
        await self.timers.tick()

    async def say(self, room: Room, *lines: str) -> None:
        await self.desk.say(room, *lines)
        for outcome in self.desk.outcomes:
            for where, talk in outcome.talks.items():
                self.lapses.note(where, talk)

    async def cases(self) -> list[Case]:
        return await self.desk.store.run(lambda uow: uow.cases.all())

    async def cards(self) -> list[str]:
        return [str(letter.payload["case"]) for letter in await self.desk.letters("card")]
