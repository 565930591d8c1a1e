"""Drill `storm`: an hour in which every other answer is 429, then a server in trouble; nothing is lost.

The real service talks to the double over its real wire, while time is injected: it moves on only when nobody
has anything left to do. People tell whole reports through the storm, and a crowd of red and green cards and a
digest are put out in the middle of it. Then come 5xx, cut connections, lost and slow answers, and 409 to
polls. The double notes every call that comes before the `retry_after` it was told. Controls: a sender that
comes back after one second is caught by that note; one that takes 429 for done loses; cards without their
urgency come in no order.
"""

from __future__ import annotations

import asyncio
import random
import resource
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from typing import Any, cast

import msgspec

from bot.posting import CARD_PRIORITY
from bot.sending.claims import AT_ONCE
from bot.service import Service
from handlers.triage.facts import Level
from storage.outbox import Letter
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from tests.bot.turned_clock import TurnedClock
from tests.doubles.telegram.people import Person
from tests.drills.crash import story_of, told_as, words_of
from tests.drills.databases import own_database
from tests.drills.drill import Drill, Outcome, Show, Size, Sizes
from tests.drills.harbour import CARELESS, HASTY, OBEDIENT, Harbour, Sea
from tests.drills.weather import FAIR, FLOOD, TROUBLE, Weather
from tests.fakes import FakeClock
from tests.journeys.house import House, furnish
from tests.storage.samples import make_case, make_sealed

FLAT = "flat"  # no card is urgent
TASKS = 2 * AT_ONCE + 60  # what the sender may have under way, and the rest of the service
MEMORY_MIB = 256
INVERTED = 0.25  # of the pairs of a red and a green card, how many may come the wrong way round, by bad luck
MINUTE = 60.0
QUIET_MINUTES = 600  # after the storm, at most


@dataclass
class Storm:
    """One instance in one storm."""

    house: House
    service: Service
    clock: TurnedClock
    weather: Weather
    manner: str
    told: dict[str, Person] = field(default_factory=dict)
    cards: dict[str, Level] = field(default_factory=dict)  # by code
    tasks: int = 0

    async def wait(self, minutes: float) -> None:
        """Let time go by."""
        await self.clock.turn(minutes * MINUTE)
        self.tasks = max(self.tasks, len(asyncio.all_tasks()))

    async def tell(self, people: int, *, minutes: float) -> None:
        """People tell their reports side by side, and tap what they see."""
        crowd = []
        for number in range(len(self.told), len(self.told) + people):
            person = self.house.person(f"Ганна Узор {number}")
            self.told[told_as(number)] = person
            crowd.append((person, story_of(number)))
        for lines in zip(*(lines for _, lines in crowd), strict=True):
            for (person, _), line in zip(crowd, lines, strict=True):
                await person.send(line)
                await self._press(person)
            await self.wait(minutes / len(lines))

    async def _press(self, person: Person) -> None:
        """An old button, as people press them when nothing moves; it changes nothing."""
        shown = next((one for one in person.screen() if one.data), None)
        if shown is not None:
            await person.click_stale(shown, "old")

    async def pile_up(self, number: int) -> None:
        """So many cards at once, the urgent ones last, and the day's digest before all of them."""
        await self.service.digest_now()
        await self.service.instance.store.run(lambda uow: self._put_cards(uow, number))
        self.service.sender.wake()

    async def _put_cards(self, uow: UnitOfWork, number: int) -> None:
        for place in range(number):
            level = Level.GREEN if place < number // 2 else Level.RED
            case = make_case(place + 1, code=f"C{place:04}")
            case = replace(case, facts=replace(case.facts, level=level))
            await uow.cases.add(case)
            await uow.objects.keep(make_sealed(place), case=case.id, signature=bytes(64), day=_day(self))
            payload = {"kind": "card", "case": case.id.hex()}
            priority = CARD_PRIORITY[Level.GREEN if self.manner == FLAT else level]
            await uow.outbox.put(Letter(case.id, f"card:{case.id.hex()}", priority, payload))
            self.cards[case.code] = level

    async def calm(self, minutes: int) -> int:
        """Fair weather until nothing waits, at most so many minutes; how many it took."""
        self.weather.kind = FAIR
        for minute in range(minutes):
            if not self.service.instance.store.letters_waiting:
                return minute
            await self.wait(1)
        return minutes

    def posted(self) -> list[str]:
        """Files in the group, as they came."""
        return [one.document for one in self.house.group.history if one.document]

    def inverted(self) -> float:
        """Of the pairs of a red and a green card, the share that came the wrong way round."""
        order = {name.removesuffix(".age"): place for place, name in reversed(list(enumerate(self.posted())))}
        red, green = (
            [code for code, one in self.cards.items() if one is level] for level in (Level.RED, Level.GREEN)
        )
        pairs = [(order.get(urgent, 10**6), order.get(other, 10**6)) for urgent, other in product(red, green)]
        return round(sum(urgent > other for urgent, other in pairs) / len(pairs), 3) if pairs else 0.0

    def figures(self) -> dict[str, Any]:
        """What reached whom."""
        codes = [name.removesuffix(".age") for name in self.posted()]
        reports = [
            msgspec.json.decode(self.house.open_card(card).body, type=dict[str, Any])
            for card in self.house.cards()
            if not card.document.startswith(("C0", "digest"))
        ]
        whole = {words_of(report) for report in reports if report["finished"]}
        return {
            "calls": self.weather.calls,
            "struck": dict(sorted(self.weather.struck.items())),
            "earlier_than_retry_after": self.weather.early,
            "reports": len(self.told),
            "reports_lost": len(self.told.keys() - whole),
            "reports_doubled": len({report["case"] for report in reports}) - len(whole),
            "cards": len(self.cards),
            "cards_lost": len(self.cards.keys() - set(codes)),
            "cards_repeated": len(codes) - len(set(codes)),
            "digests_lost": int(not any(code.startswith("digest") for code in codes)),
            "words_left": sum(max(0, len(person.screen()) - 1) for person in self.told.values()),
            "red_after_green": self.inverted(),
            "letters_left": self.service.instance.store.letters_waiting,
            "most_tasks": self.tasks,
        }


def _day(storm: Storm) -> Any:
    return storm.clock.now().date()


@asynccontextmanager
async def storm(
    folder: Path, seed: int, *, manner: str = OBEDIENT, database: str = ""
) -> AsyncIterator[Storm]:
    """A service that runs on injected time."""
    clock = FakeClock()
    async with furnish(folder, clock=clock) as house:
        house.url = database
        real = await house.open()
        poller, queue = house.tg.desk.poller, house.tg.world.updates
        harbour = Harbour(real.instance.store, real.network, manner,
                          lambda: poller.waiting and not queue.read(1))  # fmt: skip
        turned = TurnedClock(clock, harbour, turns=8)
        weather = Weather(turned.seconds, random.Random(seed))
        house.tg.desk.faults = weather
        instance = replace(real.instance, store=cast(Store, harbour))
        service = Service(instance, Sea(harbour), pace=turned)
        stop = asyncio.Event()
        running = asyncio.create_task(service.run(stop))
        await harbour.at_work()
        await turned.turn(1)
        try:
            yield Storm(house, service, turned, weather, manner)
        finally:
            stop.set()
            while not running.done():
                await turned.turn(1)
            await running


async def weather_it(here: Storm, sizes: Sizes) -> dict[str, Any]:
    """The whole of it."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    here.weather.kind = FLOOD
    await here.tell(sizes["people"], minutes=sizes["minutes"] / 2)
    await here.pile_up(sizes["cards"])
    await here.wait(sizes["minutes"] / 2)
    here.weather.kind = TROUBLE
    await here.tell(sizes["people"], minutes=sizes["minutes"] / 6)
    minutes = await here.calm(QUIET_MINUTES)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return here.figures() | {"minutes_until_all_was_there": minutes, "most_memory_grew_mib": grown // 1024}


async def misbehave(manner: str, seed: int) -> dict[str, Any]:
    """A short storm for a sender that does it wrongly."""
    with tempfile.TemporaryDirectory() as folder:
        async with storm(Path(folder), seed, manner=manner) as here:
            here.weather.kind = FLOOD
            await here.pile_up(24)
            await here.tell(1, minutes=5)
            await here.calm(10)
            return here.figures()


MUST_BE_ZERO = ("earlier_than_retry_after", "reports_lost", "reports_doubled", "cards_lost", "digests_lost",
                "words_left", "letters_left")  # fmt: skip


def faults_of(figures: dict[str, Any]) -> Iterator[str]:
    yield from (f"{name}: {figures[name]}" for name in MUST_BE_ZERO if figures[name])
    if figures["red_after_green"] > INVERTED:
        yield f"urgent cards waited: {figures['red_after_green']} of the pairs came the wrong way round"
    if figures["most_tasks"] > TASKS:
        yield f"the sender had {figures['most_tasks']} tasks under way"
    if figures["most_memory_grew_mib"] > MEMORY_MIB:
        yield f"memory grew by {figures['most_memory_grew_mib']} MiB"


async def hold(sizes: Sizes, show: Show) -> Outcome:
    """The storm, then the three who do it wrongly."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            own_database(sizes.database) as place,
            storm(Path(folder), sizes.seed, database=place.url) as here,
        ):
            figures = await weather_it(here, sizes)
    wrong = {
        manner: await misbehave(manner, sizes.seed)
        for manner in show.each((HASTY, CARELESS, FLAT), "controls")
    }
    control = {
        "after_one_second": {"earlier_than_retry_after": wrong[HASTY]["earlier_than_retry_after"]},
        "429_taken_for_done": {"cards_lost": wrong[CARELESS]["cards_lost"]},
        "no_card_urgent": {"red_after_green": wrong[FLAT]["red_after_green"]},
    }
    fired = (
        wrong[HASTY]["earlier_than_retry_after"] > 0
        and wrong[CARELESS]["cards_lost"] > 0
        and wrong[FLAT]["red_after_green"] > INVERTED
    )
    return Outcome(figures, list(faults_of(figures)), control, fired=fired)


DRILL = Drill(
    "storm",
    "every other answer 429 for an hour, then worse: nothing lost, no call before its time, urgent first",
    {
        "people": Size(2, 40, "people who tell reports in the flood, and as many in the trouble after it"),
        "cards": Size(
            40,
            400,
            "cards at once in the flood, half of them red; under 40 fit into a minute and prove no order",
        ),
        "minutes": Size(60, 60, "minutes of the flood, by the injected clock"),
    },
    hold,
)
