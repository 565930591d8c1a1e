"""Two workers on one PostgreSQL: people notice nothing when the one who reads falls asleep and wakes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.service import Service
from bot.shares import SURE_SECONDS
from bot.workers import Shared
from storage.errors import RuntimeDirectoryRefused
from tests.doubles.telegram.people import Person
from tests.journeys.house import House, furnish
from tests.journeys.stories import MOTHER, SEND

pytestmark = pytest.mark.postgres
PATIENCE = 60.0  # seconds; a test that needs them has failed
STORY = [line.strip("[]") for line in (*MOTHER, SEND)]


class Worker:
    """A service in a loop of its own, which can fall asleep in the middle of anything."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._stop = asyncio.Event()
        self._awake = threading.Event()
        self._awake.set()
        self._started: Future[Service] = Future()

    async def start(self) -> None:
        self._running = asyncio.create_task(asyncio.to_thread(asyncio.run, self._live()))
        self.service = await asyncio.wrap_future(self._started)

    async def _live(self) -> None:
        self._loop = asyncio.get_running_loop()
        service = await self._house.open()
        self._started.set_result(service)
        await service.run(self._stop)

    async def end(self) -> None:
        self.wake()
        self._loop.call_soon_threadsafe(self._stop.set)
        await self._running

    def sleep(self) -> None:
        """Nothing more is done, and nothing is let go of, as by SIGSTOP."""
        self._awake.clear()
        self._loop.call_soon_threadsafe(self._awake.wait)

    def wake(self) -> None:
        self._awake.set()


@asynccontextmanager
async def working(house: House) -> AsyncIterator[Worker]:
    worker = Worker(house)
    await worker.start()
    try:
        yield worker
    finally:
        await worker.end()


@pytest.fixture
async def house(tmp_path: Path, postgres_url: str) -> AsyncIterator[House]:
    async with furnish(tmp_path) as made:
        made.url = postgres_url
        yield made
        assert made.tg.violations == []


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110  (what is waited for happens in other threads)
            await asyncio.sleep(0.02)


def question(person: Person) -> str:
    """What the bot shows as the only thing in the chat, if it does."""
    screen = person.screen()
    return screen[0].text if len(screen) == 1 and screen[0].from_bot else ""


async def say(people: list[Person], line: str) -> None:
    """Everybody writes the same, and goes on when everybody is answered."""
    before = {person.id: question(person) for person in people}
    for person in people:
        await person.send(line)
    await until(lambda: all(question(person) not in {before[person.id], ""} for person in people))


def shares_of(worker: Worker) -> int:
    return len(worker.service.instance.store.shards)


async def test_a_conversation_goes_on_when_the_one_who_reads_falls_asleep_and_nothing_is_doubled(
    house: House,
) -> None:
    people = [house.person(f"Узор Нумар {number}") for number in range(5)]
    async with working(house) as first:
        await until(lambda: shares_of(first) == 16)
        async with working(house) as second:
            await until(lambda: (shares_of(first), shares_of(second)) == (8, 8))
            for line in STORY[:4]:
                await say(people, line)
            first.sleep()
            for line in STORY[4:9]:
                await say(people, line)
            assert shares_of(second) == 16
            first.wake()
            await until(lambda: (shares_of(first), shares_of(second)) == (8, 8))
            for line in STORY[9:]:
                await say(people, line)
            await until(lambda: len(house.cards()) == len(people))
            assert min(worker.service.sender.counts.sent for worker in (first, second)) > len(people)
    reports = [house.report(card) for card in house.cards()]
    assert len({report["case"] for report in reports}) == len(people)
    assert [len(person.screen()) for person in people] == [1] * len(people)


async def test_when_one_is_stopped_the_other_takes_everything_over_at_once(house: House) -> None:
    mother = house.person()
    async with working(house) as second:
        async with working(house) as first:
            await until(lambda: (shares_of(first), shares_of(second)) == (8, 8))
            for line in STORY[:6]:
                await say([mother], line)
        await until(lambda: shares_of(second) == 16)
        for line in STORY[6:]:
            await say([mother], line)
        await until(lambda: len(house.cards()) == 1)
    assert len(mother.screen()) == 1


async def test_a_worker_with_another_runtime_directory_is_refused_and_the_first_goes_on(house: House) -> None:
    mother = house.person()
    async with working(house) as first:
        await until(lambda: shares_of(first) == 16)
        other = House(
            house.tg, house.clock, house.folder / "other", house.group, house.moderators, house.keys
        )
        other.folder.mkdir()
        other.url = house.url
        with pytest.raises(RuntimeDirectoryRefused, match=r"same places\.runtime"):
            async with asyncio.timeout(PATIENCE):
                await (await other.open()).run(asyncio.Event())
        await say([mother], STORY[0])
        assert shares_of(first) == 16


async def test_nothing_is_sent_while_nobody_can_say_that_we_still_count(house: House) -> None:
    async with working(house) as worker:
        await until(lambda: shares_of(worker) == 16)
        part = worker.service.part
        assert isinstance(part, Shared)
        await asyncio.wait_for(part.be_sure(), PATIENCE)
        part._looked -= SURE_SECONDS + 1  # as if the last look was that long ago
        waiting = asyncio.ensure_future(part.be_sure())
        await asyncio.sleep(0)
        assert not waiting.done()
        await asyncio.wait_for(waiting, PATIENCE)  # until the next look


async def test_what_one_worker_is_told_to_lock_neither_of_them_posts_into(house: House) -> None:
    mother = house.person()
    async with working(house) as first, working(house) as second:
        await until(lambda: (shares_of(first), shares_of(second)) == (8, 8))
        await house.moderators["m-01"].send("/panic", in_=house.group)
        for line in STORY:
            await say([mother], line)
        guards = [worker.service.guard for worker in (first, second)]
        await until(lambda: any(guard is not None and guard.closed for guard in guards))
        assert house.cards() == []
