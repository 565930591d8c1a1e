"""A digest in the making: killed at any moment, or overtaken by another worker, it is still made once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, cast

import pytest

from bot.daily import DRAFT, Daily
from storage.sealing import Kind
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from storage.volatile import KeyRing
from tests.bot.test_daily import Office
from tests.fakes import FakeClock

LIMIT = 64 * 1024 + 2_000  # one case of `Office.tell` each
JOBS = 11  # of a digest in three parts: last, ids, look, begin; each part is fetched and kept; finish
PARTS = [f"digest-2026-11-24-{number}of3.age" for number in (1, 2, 3)]


class Killed(Exception):
    """The process is gone."""


class Interrupted:
    """A store in which something happens before the job with this number."""

    def __init__(self, store: Store, number: int, happen: Callable[[], Awaitable[object]]) -> None:
        self._store = store
        self._left = number
        self._happen = happen

    async def run(self, job: Callable[[UnitOfWork], Awaitable[Any]]) -> Any:
        self._left -= 1
        if self._left == -1:
            await self._happen()
        return await self._store.run(job)


async def die() -> None:
    raise Killed


@pytest.fixture
async def office(store: Store, ring: KeyRing, clock: FakeClock) -> Office:
    """Tuesday, half past nine UTC, with three cases to tell in three parts."""
    made = Office(store, ring, clock)
    made.daily = Daily(made.desk.instance, limit=LIMIT)
    await made.daily.tick()
    for number in (1, 2, 3):
        await made.tell(number)
    clock.advance(days=1)
    return made


def interrupted(office: Office, number: int, happen: Callable[[], Awaitable[object]]) -> Daily:
    store = cast("Store", Interrupted(office.desk.store, number, happen))
    return Daily(replace(office.desk.instance, store=store), limit=LIMIT)


async def kept(office: Office) -> int:
    """How many parts lie on the disk."""
    today = office.clock.now().date()
    found = await office.desk.store.run(lambda uow: uow.objects.of_day(today))
    return sum(one.sealed.kind is Kind.DIGEST for one in found)


async def told(office: Office) -> set[str]:
    """Whose cases arrive."""
    await office.deliver()
    return {entry.case.code for place in range(len(office.arrived)) for entry in office.bundle(place).entries}


@pytest.mark.parametrize("number", range(JOBS))
async def test_killed_before_any_job_it_is_made_once_and_no_part_is_doubled(
    office: Office, number: int
) -> None:
    with pytest.raises(Killed):
        await interrupted(office, number, die).tick()
    assert await office.waiting() == []
    await office.daily.tick()
    assert (await office.waiting(), await kept(office)) == (PARTS, 3)
    await office.daily.tick()
    assert await told(office) == {"C1", "C2", "C3"}
    assert len(office.arrived) == 3


async def test_control_without_its_mark_a_broken_off_draft_stays_behind(office: Office) -> None:
    with pytest.raises(Killed):
        await interrupted(office, JOBS - 1, die).tick()
    await office.desk.store.run(lambda uow: uow.marks.set(DRAFT, "none"))
    await office.daily.tick()
    assert await kept(office) > 3


@pytest.mark.parametrize("number", range(1, JOBS))
async def test_overtaken_by_another_worker_before_any_job_it_gives_up(office: Office, number: int) -> None:
    await interrupted(office, number, office.daily.tick).tick()
    assert (await office.waiting(), await kept(office)) == (PARTS, 3)


async def test_a_case_that_comes_while_it_is_made_is_told_by_the_next(office: Office) -> None:
    await interrupted(office, 4, lambda: office.tell(4)).tick()
    assert await told(office) == {"C1", "C2", "C3"}
    office.arrived.clear()
    await office.day()
    assert "C4" in await told(office)
