"""Two workers on one PostgreSQL: people notice nothing when the one who reads falls asleep and wakes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.service import Service
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
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self.wake()

    async def start(self) -> Service:
        opening = asyncio.run_coroutine_threadsafe(self._house.open(), self._loop)
        self.service = await asyncio.wrap_future(opening)
        self._run = asyncio.run_coroutine_threadsafe(self.service.run(self._stop), self._loop)
        return self.service

    async def end(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        await asyncio.wrap_future(self._run)
        await self.sleep()
        self._loop.close()

    async def sleep(self) -> None:
        """Nothing more is done, and nothing is let go of, as by SIGSTOP."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        await asyncio.to_thread(self._thread.join)

    def wake(self) -> None:
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()


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
            await first.sleep()
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
