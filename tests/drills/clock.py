"""The machine's clock jumps, is set wrong for hours, steps back and forth over midnight, and stands still.

Every night the clock goes wrong in another way, from eleven until after the hour of the digest, so that
midnight, a talk that runs out, a card, retention and the digest all fall into it. Everything is watched by
the true time. The control goes by the machine's clock alone.
"""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.logs import configure
from bot.service import Service
from bot.settings import Retention
from bot.timekeeper import Timekeeper
from tests.doubles.telegram.people import Person
from tests.drills.clock_watch import RETENTION, Believing, Clocks, KeyWatch, Reviving, Watch
from tests.drills.databases import own_database
from tests.drills.drill import Drill, Outcome, Show, Size, Sizes
from tests.fakes import FakeClock
from tests.journeys.house import House, furnish
from tests.journeys.stories import HALF

START = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
HOUR, YEAR = timedelta(hours=1), timedelta(days=365)
STEP = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Night:
    """What happens to the clock: how wrong it is, by turns from step to step; or how long it stands still."""

    name: str
    wrong: Sequence[timedelta] = (timedelta(0),)
    pause: timedelta = timedelta(0)


NIGHTS = (
    Night("an hour ahead", (HOUR,)),
    Night("an hour back", (-HOUR,)),
    Night("a year ahead", (YEAR,)),
    Night("a year back", (-YEAR,)),
    Night("back and forth over midnight", (2 * HOUR, -2 * HOUR)),
    Night("five minutes back, as a time server steps", (timedelta(minutes=-5),)),
    Night("the machine stands still for three hours", pause=3 * HOUR),
)


def nights(count: int, chance: random.Random) -> Iterator[Night]:
    """The named ones, then as many others as are asked for."""
    yield from NIGHTS[:count]
    for _ in range(count - len(NIGHTS)):
        hours = [chance.choice((-1, 1)) * chance.uniform(0.2, 10 ** chance.uniform(0, 4)) for _ in range(3)]
        yield Night("by chance", tuple(timedelta(hours=one) for one in hours[: chance.randint(1, 3)]))


class Nights:
    """One instance that goes through nights."""

    def __init__(self, house: House, clocks: Clocks, service: Service) -> None:
        self.house, self.clocks, self.service = house, clocks, service
        faults: Counter[str] = Counter()
        keys = KeyWatch(house.folder / "runtime", faults)
        self.watch = Watch(service, clocks, keys, lambda: len(house.cards()), faults)
        self.answered = 0

    async def pass_by(self, span: timedelta) -> None:
        """Time goes by: the network answers, the bot does what is due, the watch looks."""
        self.clocks.true.advance(hours=span / HOUR)
        await self._settle()

    async def _settle(self) -> None:
        self.clocks.answered = self.clocks.true.now()
        await self.service.tick()
        await self.house.settled()
        await self.watch.look()

    async def go_through(self, night: Night) -> None:
        """From six in the evening to six in the evening, UTC."""
        await self.pass_by(4.5 * HOUR)
        await self._half_a_story(night.name)
        for number in range(17):  # from half past ten to seven in the morning
            self.clocks.wrong = night.wrong[number % len(night.wrong)]
            if number == 3:
                self.clocks.pause(night.pause)
            await self.pass_by(STEP)
            if number == 6:
                await self._ask()
        self.clocks.wrong = timedelta(0)
        for _ in range(3):
            await self.pass_by((11 * HOUR - night.pause) / 3)

    async def _half_a_story(self, name: str) -> None:
        """Somebody tells the four facts and falls silent."""
        before = {case.id for case in await self._cases()}
        await self.house.say(self.house.person(f"Узор {name}"), *HALF)
        for case in await self._cases():
            if case.id not in before:
                self.watch.expect_lapse(case.id, self.clocks.true.now())

    async def _cases(self) -> list[Any]:
        return await self.service.instance.store.run(lambda uow: uow.cases.all())

    async def _ask(self) -> None:
        """A reporter writes while the clocks are at odds."""
        person: Person = self.house.person("Ганна Узор")
        await self.house.say(person, "/start")
        self.answered += bool(person.screen())


@contextmanager
def logged() -> Iterator[StringIO]:
    """What the operator reads meanwhile."""
    stream = StringIO()
    undo = configure(level=logging.INFO, stream=stream)
    try:
        yield stream
    finally:
        undo()


async def live(
    folder: Path, kind: type[Timekeeper], plan: Sequence[Night], *, show: Show, database: str = ""
) -> dict[str, Any]:
    """Go through the nights; figures."""
    clocks = Clocks(FakeClock(START))
    keeper = kind(lambda: clocks.answered, wall=clocks.wall, steady=clocks.steady)
    with logged() as log:
        async with furnish(folder, clock=clocks.true) as house:
            house.now, house.url = keeper.now, database
            service = await _open(house, keeper)
            async with house.running(service=service):
                life = Nights(house, clocks, service)
                for night in show.each(plan, kind.__name__):
                    await life.go_through(night)
                names = [one.document for one in house.cards() if one.document.startswith("digest-")]
                cards = len(house.cards()) - len(names)
    return {
        "nights": len(plan),
        "faults": {kind: times for kind, times in sorted(life.watch.faults.items()) if times},
        "digests": len(names),
        "digests_twice_or_missing": abs(len(names) - len(set(names))) + abs(len(set(names)) - len(plan)),
        "cards": cards,
        "reporters_answered_in_doubt": life.answered,
        "alarms": log.getvalue().count("clock.doubtful"),
        "resumed": log.getvalue().count("clock.agreed"),
    }


def revive(folder: Path, plan: Sequence[Night]) -> int:
    """How often a key came back to a ring that goes wherever the machine's clock goes."""
    clocks = Clocks(FakeClock(START))
    ring = Reviving.open(folder, now=START, allow_disk=True)
    watch = KeyWatch(folder)
    for night in plan:
        for wrong in (*night.wrong, timedelta(0)):
            clocks.wrong = wrong
            clocks.true.advance(hours=6)
            ring.turn(clocks.wall())
            watch.look(clocks.true.now())
    return watch.faults["key came back"]


async def _open(house: House, keeper: Timekeeper) -> Service:
    service = await house.open()
    settings = service.instance.settings.model_copy(update={"retention": Retention(days=RETENTION)})
    instance = replace(service.instance, settings=settings)
    house.service = Service(instance, service.network, clock=keeper, unlimited=True)
    return house.service


def faults(figures: dict[str, Any], plan: Sequence[Night]) -> list[str]:
    """Broken promises."""
    found = [f"{times} times: {what}" for what, times in figures["faults"].items()]
    wrong = sum(abs(night.wrong[0]) > timedelta(minutes=10) for night in plan)
    wanted: dict[str, int] = {
        "digests_twice_or_missing": 0,
        "cards": len(plan),
        "alarms": wrong,
        "resumed": wrong,
    }
    wanted |= {"reporters_answered_in_doubt": len(plan)}
    return found + [
        f"{name} is {figures[name]}, not {value}" for name, value in wanted.items() if figures[name] != value
    ]


async def hold(sizes: Sizes, show: Show) -> Outcome:
    """All nights, then the same nights by the machine's clock alone, and by keys that follow it."""
    plan = list(nights(sizes["nights"], random.Random(sizes.seed)))
    with TemporaryDirectory() as one, TemporaryDirectory() as other, TemporaryDirectory() as third:
        async with own_database(sizes.database) as place:
            figures = await live(Path(one), Timekeeper, plan, show=show, database=place.url)
        control = await live(Path(other), Believing, plan, show=show)
        control["keys_that_came_back"] = revive(Path(third) / "runtime", plan)
    fired = {"posted in doubt", "key died early", "went by another time"} <= control["faults"].keys()
    fired = fired and control["keys_that_came_back"] > 0
    return Outcome(figures, faults(figures, plan), control, fired=fired)


DRILL = Drill(
    "clock",
    "A clock that jumps revives no forgotten key, ends nothing early, keeps nothing late and posts nothing.",
    {"nights": Size(len(NIGHTS), 120, "nights, each with another fault of the clock")},
    hold,
)
