"""One report's whole way on a disk that refuses a write, or that is full; and what came of it."""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
import random
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
from tests.drills.disk_faults import Auditor, Refusals, fill, small_disk
from tests.fakes import FakeClock
from tests.journeys.house import House, furnish
from tests.journeys.stories import MOTHER, SEND

EVENING = datetime(2026, 11, 23, 23, 50, tzinfo=UTC)
PATIENCE = 30.0  # seconds until what was refused must have gone on by itself
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
    told.early, told.refused = auditor.early, heard(log)
    return told


async def _say_on(place: Path, way: Way, line: str, *, log: io.StringIO, full: bool, midnight: bool) -> None:
    """Say a line; if the disk is to be full, make room only when the operator has heard of it."""
    if not full:
        await way.say(line)
        return
    before = heard(log)
    with fill(place):
        if midnight:
            way.house.clock.advance(minutes=20)
        saying = asyncio.create_task(way.say(line))
        while heard(log) == before and not saying.done():
            await asyncio.wait({saying}, timeout=0.02)
        way.look()
    await saying


def heard(log: io.StringIO) -> int:
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
