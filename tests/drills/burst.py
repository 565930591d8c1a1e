"""Drill `burst`: an event with a crowd of reports in ten minutes, against the network's own limits.

The real service talks to the double over its real wire, with the double's flood limits on (30 calls a second,
1 a second in a chat, 20 a minute in a group), while time is injected. Reports are sealed as the conversation
seals them, at an even pace; a few are red, some come from another region. Counted from the group's own
history: which sealed file arrived how often, when the first red card stood there, what the dashboard said at
the end. Control: a topic and a card for each, as before there were clusters.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, cast

from bot.carry_out import Carrier
from bot.clusters import Clusters
from bot.service import Service
from handlers.effects import SealReport
from handlers.events import Room
from handlers.triage.boards import Health, dashboard
from handlers.triage.facts import CardFacts, Level
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from tests.bot.turned_clock import TurnedClock
from tests.doubles.telegram.world import Message
from tests.drills.databases import own_database
from tests.drills.drill import Drill, Outcome, Show, Size, Sizes
from tests.drills.harbour import OBEDIENT, Harbour, Sea
from tests.fakes import FakeClock
from tests.journeys.house import House, furnish

POUR_SECONDS = 3.0
INTERVAL = 60 / 20  # seconds between two posts at the network's own pace
LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"
REGIONS = ("BY-HM", "BY-HM", "BY-HM", "BY-HR")
PATIENCE = 24 * 60  # minutes until everything must be there


@dataclass
class Burst:
    """A running instance and what was poured into it."""

    house: House
    service: Service
    clock: TurnedClock
    chance: random.Random
    codes: dict[str, Level] = field(default_factory=dict)
    first_red: float = 0.0

    async def pour(self, number: int, *, minutes: int) -> None:
        """So many reports, at an even pace."""
        steps = int(minutes * 60 / POUR_SECONDS)
        for step in range(steps):
            upto = number * (step + 1) // steps
            some = [self._report(place) for place in range(len(self.codes), upto)]
            if some:
                await self.service.instance.store.run(partial(self._keep, some))
                self.service.sender.wake()
            await self.clock.turn(POUR_SECONDS)

    def _report(self, place: int) -> SealReport:
        code = "".join(LETTERS[place // len(LETTERS) ** digit % len(LETTERS)] for digit in range(5))
        level = (
            Level.RED if place % 20 == 7 else self.chance.choice((Level.ORANGE, Level.YELLOW, Level.GREEN))
        )
        if level is Level.RED and not self.first_red:
            self.first_red = self.clock.now().timestamp()
        self.codes[code] = level
        facts = CardFacts(level, (), self.chance.choice(REGIONS), ("omon",), "18-29", day="2026-11-23")
        report = {"person": f"Ян Прыклад {place}"}
        return SealReport(place.to_bytes(16, "big"), code, finished=True, report=report, facts=facts)

    async def _keep(self, reports: list[SealReport], uow: UnitOfWork) -> None:
        for report in reports:
            room = Room("telegram", str(8_589_938_000 + len(self.codes)))
            await Carrier(self.service.instance, uow, room, language="be", query=None).carry(report)

    async def calm(self) -> int:
        """Until nothing waits; how many minutes it took."""
        for minute in range(PATIENCE):
            waits = await self.service.instance.store.run(lambda uow: uow.cases.unposted_ids())
            if not waits and not self.service.instance.store.letters_waiting:
                return minute
            await self.clock.turn(60)
        return PATIENCE

    async def figures(self, minutes: int) -> dict[str, Any]:
        """What the group's history shows."""
        files = [one for one in self.house.group.history if one.document and one.document.endswith(".age")]
        arrived = Counter(one.document.removesuffix(".age") for one in files)
        calls = [call for call in self.house.tg.desk.calls if call.parameters.get("chat_id") is not None]
        topics = sum(call.method == "createForumTopic" and call.ok for call in calls)
        return {
            "reports": len(self.codes),
            "lost": len(self.codes.keys() - arrived.keys()),
            "posted_twice": sum(times > 1 for times in arrived.values()),
            "red": sum(level is Level.RED for level in self.codes.values()),
            "topics": topics,
            "calls": len(calls),
            "told_429": sum(call.status == 429 for call in calls),
            "first_red_after_seconds": self._first_red(),
            "minutes_after_the_last_report": minutes,
            "dashboard_right": await self._dashboard_is_right(),
        }

    def _first_red(self) -> float:
        """Seconds from the first red report to the first red card."""
        red = {f"{code}.age" for code, level in self.codes.items() if level is Level.RED}
        posted = [one.date for one in self._messages() if _file_of(one) in red]
        return round(min(posted) - self.first_red, 1) if posted else float("inf")

    def _messages(self) -> list[Message]:
        return list(self.house.group.state.history)

    async def _dashboard_is_right(self) -> bool:
        """Whether the pinned message says what the database says."""
        pinned = self.house.group.state.pinned
        instance = self.service.instance
        if not pinned:
            return False
        cases = await instance.store.run(lambda uow: uow.cases.all())
        wanted = dashboard(cases, today=instance.today(), health=Health())
        text, _ = instance.texts.show("en", wanted)
        shown = str(self.house.group.state.messages[pinned[-1]].body.get("text"))
        head = text.rpartition("\n")[0]  # the bot's health may tell of floods
        return shown.startswith(head)


def _file_of(message: Message) -> str:
    return str((message.body.get("document") or {}).get("file_name", ""))


class Separately(Clusters):
    """As before: a topic and a card for each."""

    async def take_over(self, *_: Any) -> bool:
        """Never."""
        return False


@asynccontextmanager
async def _begin(folder: Path, sizes: Sizes, *, apart: bool, database: str) -> AsyncIterator[Burst]:
    clock = FakeClock()
    async with furnish(folder, clock=clock) as house:
        house.url = database
        real = await house.open()
        poller, queue = house.tg.desk.poller, house.tg.world.updates
        harbour = Harbour(real.instance.store, real.network, OBEDIENT,
                          lambda: poller.waiting and not queue.read(1))  # fmt: skip
        turned = TurnedClock(clock, harbour, turns=8)
        house.tg.desk.flood.on = True
        instance = replace(real.instance, store=cast(Store, harbour))
        sea = Sea(harbour)
        service = Service(instance, sea, pace=turned)
        if apart:
            service.channel._clusters = Separately(instance, sea)
        stop = asyncio.Event()
        running = asyncio.create_task(service.run(stop))
        await harbour.at_work()
        await turned.turn(1)
        try:
            yield Burst(house, service, turned, random.Random(sizes.seed))
        finally:
            stop.set()
            while not running.done():
                await turned.turn(1)
            await running


async def _burst(sizes: Sizes, number: int, *, apart: bool = False, database: str = "") -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        async with _begin(Path(folder), sizes, apart=apart, database=database) as here:
            await here.pour(number, minutes=sizes["minutes"])
            minutes = await here.calm()
            await here.clock.turn(120)  # the dashboard comes once a minute
            return await here.figures(minutes)


def _faults(figures: dict[str, Any]) -> list[str]:
    faults = [f"{figures[name]} {name}" for name in ("lost", "posted_twice") if figures[name]]
    if figures["told_429"] > figures["calls"] // 100:
        faults.append(f"{figures['told_429']} of {figures['calls']} calls were told 429")
    if figures["first_red_after_seconds"] > INTERVAL:
        faults.append(f"the first red card came after {figures['first_red_after_seconds']} s")
    if not figures["dashboard_right"]:
        faults.append("the dashboard is not right")
    if figures["minutes_after_the_last_report"] > 2 + figures["reports"] / 60:
        faults.append(f"the last file came {figures['minutes_after_the_last_report']} minutes late")
    return faults


async def hold(sizes: Sizes, show: Show) -> Outcome:
    """With clusters, then without."""
    async with own_database(sizes.database) as place:
        figures = await _burst(sizes, sizes["reports"], database=place.url)
    control = await _burst(sizes, sizes["apart"], apart=True)
    late = control["minutes_after_the_last_report"]
    told = {"reports": sizes["apart"], "topics": control["topics"], "minutes_after_the_last_report": late}
    return Outcome(figures, _faults(figures), told, fired=bool(_faults(control)))


DRILL = Drill(
    "burst",
    "a crowd of reports in minutes: none lost, no flood of calls, red first, the dashboard right",
    {
        "reports": Size(60, 2000, "reports, one in twenty of them red"),
        "apart": Size(60, 2000, "reports of the control, with a topic and a card for each"),
        "minutes": Size(2, 10, "minutes in which they come, by the injected clock"),
    },
    hold,
)
