"""The disk refuses each write of a report's whole way in turn, as full and as broken; and it is really full.

Whatever is refused, the update comes again: a poll acknowledges only what is kept. When there is room again
everything goes on by itself. The control acknowledges first.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import itertools
import logging
import os
import random
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.logs import configure
from bot.service import Service
from tests.doubles.telegram.people import Person
from tests.drills.canaries import Search, cyrillic, files_under, spell_halves, spell_number
from tests.drills.disk_faults import ERRORS, Auditor, Refusals, fill, small_disk
from tests.drills.drill import Drill, Outcome, Show, Size, Sizes
from tests.fakes import FakeClock
from tests.journeys.house import House, furnish
from tests.journeys.stories import MOTHER, SEND

EVENING = datetime(2026, 11, 23, 23, 50, tzinfo=UTC)
PATIENCE = 30.0  # seconds until what was refused must have gone on by itself
AT_ONCE = 6  # instances side by side: most of their time is waiting
HEARD = ("store.failed", "sender.claim_failed", "sender.keep_failed", "timer.failed")

_OPENING = asyncio.Lock()  # a program opens one database; the migrations know of no second one


@dataclass
class Told:
    """What came of one report; `hits` are canaries found in files."""

    refused: int = 0
    writes: int = 0
    early: int = 0
    reports: int = 0
    whole: int = 0
    hits: int = 0
    stuck: int = 0
    without: str = ""  # why it could not be tried


@dataclass
class Teller:
    """Somebody whose words occur nowhere else."""

    chance: random.Random
    name: str = field(init=False)
    word: str = field(init=False)

    def __post_init__(self) -> None:
        self.name, self.word = cyrillic(self.chance), cyrillic(self.chance)

    @property
    def story(self) -> tuple[str, ...]:
        """As the mother tells it."""
        return (*(line.replace("Прыклад", self.name).replace("масках", self.word) for line in MOTHER), SEND)

    def search(self, person: Person) -> Search:
        """For words and account."""
        words = {"name": spell_halves(self.name), "story": spell_halves(self.word)}
        return Search({**words, "account": spell_number(person.id)})

    def is_whole(self, report: dict[str, Any]) -> bool:
        """Whether every answer is in the report."""
        text = str(report)
        return report["finished"] and self.name in text and self.word in text and len(report["answers"]) >= 9


class Way:
    """One report's way through one instance."""

    def __init__(self, house: House, teller: Teller) -> None:
        self.house, self.teller = house, teller
        self.person = house.person("Ганна Узор")
        self.search = teller.search(self.person)
        self.told = Told()

    def look(self) -> None:
        """Everything that lies on the disk at this moment, but for the volatile keys."""
        files = [path for path in files_under(self.house.folder) if "runtime" not in path.parts]
        self.told.hits += self.search.in_files(files).total

    async def say(self, line: str) -> None:
        """Send a line and wait until it is kept and answered, however often it is refused meanwhile."""
        if line.startswith("["):
            await self.person.click(line.strip("[]"))
        else:
            await self.person.send(line)
        await self.gone_on()

    async def gone_on(self) -> None:
        """Until nothing waits; it must come so far by itself."""
        assert self.house.service is not None
        async with asyncio.timeout(PATIENCE):
            while True:
                await self.house.tg.wait_idle(PATIENCE)
                await self.house.service.settle()
                if not self.house.service.instance.store.letters_free:
                    return
                await asyncio.sleep(0.05)

    def end(self) -> Told:
        """What the moderators got."""
        cards = self.house.cards()
        self.told.reports = len(cards)
        self.told.whole = sum(self.teller.is_whole(self.house.report(card)) for card in cards)
        self.look()
        return self.told


@asynccontextmanager
async def instance(
    folder: Path, teller: Teller, *, early: bool = False
) -> AsyncIterator[tuple[Way, Auditor]]:
    """A bot that listens shortly before midnight, and somebody who will write."""
    async with furnish(folder, clock=FakeClock(EVENING)) as house:
        async with _OPENING:
            service = await house.open()
        auditor = Auditor(service.network, service.instance.store, acknowledge_first=early)
        house.service = Service(service.instance, auditor, unlimited=True)
        async with house.running(service=house.service):
            yield Way(house, teller), auditor


async def refuse_one(
    folder: Path, teller: Teller, *, first: int, error: str = "", early: bool = False
) -> Told:
    """Refuse the `first` write of the way (0: none), and sometimes the next one, too."""
    async with instance(folder, teller, early=early) as (way, auditor):
        last = first + first % 2 if first else -1
        refusals = Refusals(str(folder / "vestka.db"), first, last, error, way.look)
        with refusals.listening():
            refusals.armed = True
            await _tell(way)
    told = way.end()
    told.refused, told.writes, told.early = refusals.refused, refusals.writes, auditor.early
    return told


async def _tell(way: Way) -> None:
    """The story, as far as the bot lets it be told: after a lost answer some buttons are not there."""
    for line in way.teller.story:
        try:
            await way.say(line)
        except LookupError:
            continue
        except TimeoutError:
            way.told.stuck += 1
            return


async def fill_disk(folder: Path, teller: Teller, lines: Sequence[int], *, keys: bool) -> Told:
    """Before some lines the file system of the database, or that of the keys at midnight, is really full."""
    place = folder / ("runtime" if keys else "disk")
    log = io.StringIO()
    undo = configure(stream=log)
    try:
        with small_disk(place, kib=256 if keys else 4096) as refused:
            if refused:
                return Told(without=refused)
            async with instance(folder if keys else place, teller) as (way, auditor):
                for number, line in enumerate(teller.story):
                    await _say_on(place, way, line, log=log, full=number in lines, midnight=keys)
            told = way.end()
    finally:
        undo()
    told.early, told.refused = auditor.early, _heard(log)
    return told


async def _say_on(place: Path, way: Way, line: str, *, log: io.StringIO, full: bool, midnight: bool) -> None:
    """Say a line; if the disk is to be full, make room only when the operator has heard of it."""
    if not full:
        await way.say(line)
        return
    before = _heard(log)
    with fill(place):
        if midnight:
            way.house.clock.advance(minutes=20)
        saying = asyncio.create_task(way.say(line))
        while _heard(log) == before and not saying.done():
            await asyncio.wait({saying}, timeout=0.02)
        way.look()
    await saying


def _heard(log: io.StringIO) -> int:
    """How often the operator was told."""
    return sum(log.getvalue().count(event) for event in HEARD)


@contextlib.contextmanager
def _logging_to_nowhere() -> Iterator[None]:
    full = Path("/dev/full").open("w", encoding="utf-8", buffering=1)  # noqa: SIM115  # closing it fails, too
    undo = configure(level=logging.DEBUG, stream=full)
    try:
        yield
    finally:
        undo()
        with contextlib.suppress(OSError):
            full.close()


async def fill_log(folder: Path, teller: Teller) -> Told:
    """Nothing can be written to the log."""
    complaints = io.StringIO()
    with contextlib.redirect_stderr(complaints), _logging_to_nowhere():
        told = await refuse_one(folder, teller, first=0)
    text = complaints.getvalue()
    told.hits += sum(word in text for word in (teller.name, teller.word))
    told.refused = text.count("Logging error")
    return told


def add(told: Sequence[Told]) -> dict[str, int]:
    """All reports together."""
    names = ("refused", "early", "reports", "whole", "hits", "stuck")
    return {"ways": len(told), **{name: sum(getattr(one, name) for one in told) for name in names}}


class Disk:
    """The drill in one folder."""

    def __init__(self, folder: Path, sizes: Sizes, show: Show) -> None:
        self.folder, self.sizes, self.show = folder, sizes, show
        self.chance = random.Random(sizes.seed)
        self._folders = itertools.count()

    def _place(self) -> tuple[Path, Teller]:
        folder = self.folder / str(next(self._folders))
        folder.mkdir()
        return folder, Teller(self.chance)

    async def plan(self) -> tuple[int, list[tuple[int, str]]]:
        """How many writes a report's whole way has, and which of them are refused with what."""
        untouched = await refuse_one(*self._place(), first=0)
        every = [(number, error) for number in range(1, untouched.writes + 1) for error in ERRORS]
        size = min(self.sizes["refusals"], len(every))
        return untouched.writes, sorted(self.chance.sample(every, size))

    async def refuse(self, plan: Sequence[tuple[int, str]], *, early: bool) -> list[Told]:
        """Every planned refusal in an instance of its own, some of them side by side."""
        gate, told = asyncio.Semaphore(AT_ONCE), []

        async def one(first: int, error: str) -> Told:
            async with gate:
                return await refuse_one(*self._place(), first=first, error=error, early=early)

        ways = [asyncio.create_task(one(*each)) for each in plan]
        for way in self.show.each(ways, "acknowledging first" if early else "refusing writes"):
            told.append(await way)
        return told

    async def fill(self) -> dict[str, Told]:
        """Really full: the database's disk, the keys' at midnight, the log's."""
        lines = range(1, len(MOTHER) + 1, max(1, len(MOTHER) // self.sizes["fillings"]))
        return {
            "disk": await fill_disk(*self._place(), lines, keys=False),
            "keys": await fill_disk(*self._place(), (5,), keys=True),
            "log": await fill_log(*self._place()),
        }


def faults(kind: str, told: Sequence[Told]) -> list[str]:
    """Broken promises."""
    tried = [one for one in told if not one.without]
    broken = {
        "acknowledged what was not kept": sum(one.early for one in tried),
        "lost a report or an answer": sum(one.whole < 1 for one in tried),
        "doubled a report": sum(one.reports > 1 for one in tried),
        "showed a word in a file": sum(one.hits for one in tried),
        "did not go on by itself": sum(one.stuck for one in tried),
        "was never told to the operator": sum(not one.refused for one in tried),
    }
    return [f"{kind}: {times} times: {what}" for what, times in broken.items() if times]


async def _hold(folder: Path, sizes: Sizes, show: Show) -> Outcome:
    disk, log = Disk(folder, sizes, show), io.StringIO()
    writes, plan = await disk.plan()
    undo = configure(stream=log)
    try:
        told = await disk.refuse(plan, early=False)
        control = await disk.refuse(plan[: max(4, len(plan) // 4)], early=True)
    finally:
        undo()
    full = await disk.fill()
    figures = {
        "writes_of_a_report": writes,
        "refused": add(told),
        "heard": _heard(log),
        "full": {kind: {"skipped": one.without} if one.without else add([one]) for kind, one in full.items()},
    }
    found = [fault for kind, some in [("refused", told), *((k, [v]) for k, v in full.items())]
             for fault in faults(kind, some)]  # fmt: skip
    if _heard(log) < len(told):
        found.append("the operator did not hear of every refusal")
    lost = sum(not one.whole for one in control)
    return Outcome(figures, found, add(control), fired=bool(sum(one.early for one in control) and lost))


async def hold(sizes: Sizes, show: Show) -> Outcome:
    """In a folder that goes away afterwards; whatever makes temporary files makes them there."""
    with tempfile.TemporaryDirectory(prefix="vestka-disk-") as name:
        before, os.environ["TMPDIR"] = os.environ.get("TMPDIR"), name
        try:
            return await _hold(Path(name), sizes, show)
        finally:
            os.environ.pop("TMPDIR")
            if before is not None:
                os.environ["TMPDIR"] = before


DRILL = Drill(
    "disk",
    "A full or broken disk loses nothing that was acknowledged; all goes on when there is room again.",
    {
        "refusals": Size(6, 10_000, "writes refused, of those of a report's whole way, twice each"),
        "fillings": Size(2, 13, "lines of a story before which the disk is really full"),
    },
    hold,
)
