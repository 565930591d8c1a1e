"""Drill `workers`: several `vestka run` on one PostgreSQL, killed while people type, one after the other.

One person tells another bot in peace; that shows in which order the screens come. Meanwhile a crowd types
while a worker chosen by chance is killed and another is started. In the end every card is opened and compared
with what was told, the screens of each chat must have come in order, and a send may come again only if a kill
found its letter under way. How long anybody waited for an answer around a kill is the time that taking over
took. Control, beside it: the same program with leases off: each worker believes it holds everything.

    python -m tests.drills workers --people 40 --kills 100
"""

from __future__ import annotations

import asyncio
import random
import secrets
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import Any

from storage.database import make_engine
from storage.rows import Rows
from storage.store import REAL_SEALS
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from storage.volatile import KeyRing
from storage.waiting import Waiting
from tests.bot.commands.paperwork import Paperwork
from tests.doubles.telegram.calls import Call
from tests.doubles.telegram.people import Person
from tests.drills.crash import MUST_BE_ZERO, Town, story_of, told_as, town, wait_told, weigh
from tests.drills.drill import Drill, Outcome, Show, Size, Sizes
from tests.drills.lives import CASE_KEY, PATIENCE, Death, Send, list_marked
from tests.drills.repeats import count_repeats
from tests.drills.unleased import unleased
from tests.journeys.house import furnish
from tests.rig import environment
from tests.storage.cluster import find_programs, fresh_database, run_cluster

LONGEST_WAIT = 30.0  # seconds; longer is a fault
_SCREENS = frozenset({"sendMessage", "editMessageText"})

Process = asyncio.subprocess.Process


@dataclass
class Crew:
    """Workers of one instance, and when somebody wrote and when one was killed."""

    here: Town
    alive: list[Process] = field(default_factory=list)
    written: list[tuple[int, datetime]] = field(default_factory=list)
    killed: list[datetime] = field(default_factory=list)

    async def hire(self) -> None:
        """One more; back when it sends."""
        papers = self.here.papers
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", "--settings", papers.settings,
            "--passphrase-file", papers.passphrase,
            env=environment(), stdin=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        self.alive.append(process)
        assert process.stderr is not None
        async for told in process.stderr:
            if b"worker.sending" in told:
                return
        raise AssertionError("a worker ended by itself")

    async def kill(self, victim: Process) -> None:
        """Stop it, note what it has under way, and end it as the kernel does."""
        self.alive.remove(victim)
        victim.send_signal(signal.SIGSTOP)
        lives = self.here.lives
        under_way = await look_under_way(lives.papers, lives.database)
        lives.deaths.append(Death(lives.count_calls(), under_way))
        victim.kill()
        self.killed.append(datetime.now(UTC))
        await victim.wait()

    async def dismiss(self) -> list[int]:
        """Stop everybody gently; how they ended."""
        for process in self.alive:
            process.terminate()
        return [await process.wait() for process in self.alive]

    async def type_on(self, lines: Sequence[tuple[Person, str]], *, seconds: float) -> None:
        """Line after line, whether or not anybody answers."""
        for person, line in lines:
            self.written.append((person.id, datetime.now(UTC)))
            await person.send(line)
            await asyncio.sleep(seconds / len(lines))


def lines_of(here: Town, people: int) -> list[tuple[Person, str]]:
    """What so many newcomers tell, all at once: each the first line, each the second …"""
    crowd = [here.newcomer() for _ in range(people)]
    return [(person, lines[number]) for number in range(len(crowd[0][1])) for person, lines in crowd]


async def look_under_way(papers: Paperwork, database: str) -> frozenset[Send]:
    """What is marked as being sent; looked at without taking a turn, which the victim may hold."""
    ring = KeyRing.open(papers.home / "runtime", now=datetime.now(UTC), allow_disk=True)
    engine = make_engine(database)
    async with engine.connect() as connection:
        vault = Vault(ring, CASE_KEY, seals=REAL_SEALS)
        unit = UnitOfWork(Rows(connection), vault, waiting=Waiting(), new_id=lambda: secrets.token_bytes(16))
        await unit.outbox.load()
        found = frozenset(await list_marked(unit))
    await engine.dispose()
    return found


@asynccontextmanager
async def crew(here: Town, size: int) -> AsyncIterator[Crew]:
    """Workers at work; whoever still lives at the end is killed."""
    workers = Crew(here)
    try:
        await asyncio.gather(*(workers.hire() for _ in range(size)))
        yield workers
    finally:
        for process in workers.alive:
            if process.returncode is None:
                process.kill()
                await process.wait()


@contextmanager
def slowly(here: Town, seconds: float) -> Iterator[None]:
    """The network takes its time, so that there is always something under way."""
    here.tg.faults.delay(seconds, "sendMessage", times=None)
    yield
    here.tg.faults.clear()


async def protected(here: Town, sizes: Sizes, show: Show) -> dict[str, Any]:
    """A crowd tells amid kills."""
    chance = random.Random(sizes.seed)
    async with crew(here, sizes["workers"]) as workers:
        lines = lines_of(here, sizes["people"])
        part = ceil(len(lines) / sizes["kills"])
        with slowly(here, 0.3):
            for number in show.each(range(sizes["kills"]), "kills"):
                some = lines[number * part : (number + 1) * part]
                typing = asyncio.create_task(workers.type_on(some, seconds=3.0))  # also while one comes
                await asyncio.sleep(chance.uniform(0.5, 1.5))
                await workers.kill(chance.choice(workers.alive))
                await workers.hire()
                await typing
        await here.tg.wait_idle(PATIENCE)
        await wait_told(here)
        ends = await workers.dismiss()
    waits = list(waits_in(here.tg.calls, workers.written))
    around = [
        wait for at, wait in waits if any(abs((at - kill).total_seconds()) < 2 for kill in workers.killed)
    ]
    return {
        "workers": sizes["workers"],
        "kills": len(workers.killed),
        **weigh(here),
        "out_of_order": sum(count_disorder(here, await find_order())),
        "ended_badly": sum(map(bool, ends)),
        "seconds_to_take_over": round(max(around, default=0.0), 2),
        "longest_wait_seconds": round(max((wait for _, wait in waits), default=0.0), 2),
    }


def waits_in(
    calls: Sequence[Call], written: Sequence[tuple[int, datetime]]
) -> Iterator[tuple[datetime, float]]:
    """When somebody wrote, and how long it took until something was shown to them after that."""
    for person, at in written:
        shown = (call.when for call in calls if _is_screen(call, person) and call.when >= at)
        yield at, ((next(shown, None) or datetime.now(UTC)) - at).total_seconds()


def _is_screen(call: Call, person: int) -> bool:
    return call.applied and call.method in _SCREENS and call.parameters.get("chat_id") == person


async def find_order() -> dict[str, int]:
    """The place of each question, as somebody sees them who tells everything in peace."""
    with tempfile.TemporaryDirectory() as folder:
        async with furnish(Path(folder)) as house, house.running():
            person = house.person()
            await house.say(person, *story_of(0))
            shown = screens_of(house.tg.calls, person, number=0)
    order = {text: place for place, text in enumerate(shown) if shown.count(text) == 1}
    assert len(order) > 10
    return order


def screens_of(calls: Sequence[Call], person: Person, *, number: int) -> list[str]:
    """What was shown to this person, one after the other, without their own words."""
    texts = (str(call.parameters["text"]) for call in calls if _is_screen(call, person.id))
    return [text.replace(told_as(number), "") for text in texts]


def count_disorder(here: Town, order: Mapping[str, int]) -> Iterator[int]:
    """For each chat, how often an older question came after a newer one."""
    for number, person in here.told.items():
        shown = screens_of(here.tg.calls, person, number=number)
        places = [order[text] for text in shown if text in order]
        yield sum(later < earlier for earlier, later in pairwise(places))


async def unprotected(here: Town) -> dict[str, int]:
    """With leases off, whoever comes sends what others are just sending, too."""
    lines = lines_of(here, 2)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(unleased(here.papers))
        with slowly(here, 1.0):
            typing = asyncio.create_task(Crew(here).type_on(lines, seconds=8.0))
            for _ in range(3):
                await asyncio.sleep(0.5)
                await stack.enter_async_context(unleased(here.papers))
            await asyncio.sleep(1.5)
        typing.cancel()
        await asyncio.gather(typing, return_exceptions=True)
    repeats = count_repeats(here.tg.calls, ())
    return {"sends": repeats.sent, "repeated_outside_the_window": repeats.outside}


def faults_of(figures: dict[str, Any]) -> Iterator[str]:
    wrong = (*MUST_BE_ZERO, "out_of_order", "ended_badly")
    yield from (f"{name}: {figures[name]}" for name in wrong if figures[name])
    if figures["seconds_to_take_over"] > LONGEST_WAIT:
        yield f"somebody waited {figures['seconds_to_take_over']} seconds after a kill"


@asynccontextmanager
async def a_server(given: str) -> AsyncIterator[str]:
    """The server to use: the given one, or one of our own."""
    programs = find_programs()
    if given or programs is None:
        yield given
        return
    with run_cluster(programs) as cluster:
        yield cluster.url()


@asynccontextmanager
async def a_town(server: str) -> AsyncIterator[Town]:
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        database = await stack.enter_async_context(fresh_database(server))
        yield await stack.enter_async_context(town(Path(folder), database))


async def hold(sizes: Sizes, show: Show) -> Outcome:
    """Kill workers and look; the control beside it."""
    async with a_server(sizes.database) as server:
        if not server:
            return Outcome({}, skipped="PostgreSQL's initdb and pg_ctl are not installed")
        async with a_town(server) as here, a_town(server) as there, asyncio.TaskGroup() as both:
            kept = both.create_task(protected(here, sizes, show))
            broken = both.create_task(unprotected(there))
    figures, control = kept.result(), broken.result()
    return Outcome(
        figures, list(faults_of(figures)), control, fired=control["repeated_outside_the_window"] > 0
    )


DRILL = Drill(
    "workers",
    "Several workers on one PostgreSQL, killed while people type: nothing is lost, doubled or out of order.",
    {
        "people": Size(3, 40, "people who type while workers are killed"),
        "kills": Size(1, 100, "workers killed, and replaced by new ones"),
        "workers": Size(2, 4, "workers at work"),
    },
    hold,
)
