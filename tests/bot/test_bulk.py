"""/export: two of the team have the cases of some days posted, once; no row of the database does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest
import sqlalchemy as sa

from bot.bulk import Exports
from storage.store import Store
from storage.tables import approvals
from storage.volatile import KeyRing
from tests.bot.desk import Desk, make_member, make_roster
from tests.bot.test_daily import Office
from tests.bot.test_duty import flip, move_its_last_day, order, press, suspend_who_asked, wait_two_days
from tests.bot.test_edition import JOBS, LIMIT, Interrupted, Killed, die, kept
from tests.bot.test_suspending import opens
from tests.bot.test_unlocking import put_back, rows_of, write
from tests.conftest import CASE_KEY
from tests.fakes import CountingIds, FakeClock
from tests.storage.unsealed import UNSEALED

Obstacle = Callable[[Desk, str], Awaitable[Desk]]
PARTS = [f"export-2026-11-23-{number}of3.age" for number in (1, 2, 3)]


class Bureau(Office):
    """An office of six; m-05 is suspended, m-06 is no longer valid."""

    def __init__(self, store: Store, ring: KeyRing, clock: FakeClock) -> None:
        super().__init__(store, ring, clock)
        today = clock.now().date()
        gone = today - timedelta(days=1)
        changes: dict[int, dict[str, Any]] = {
            5: {"suspended": True},
            6: {"expires": gone, "not_before": gone},
        }
        self.made = [make_member(number, today, **changes.get(number, {})) for number in range(1, 7)]
        self.own = self.made[0][1]
        self.desk = Desk(store, ring, clock, roster=make_roster(today, *(one for one, _ in self.made)))
        self.exports = Exports(self.desk.instance, limit=LIMIT)

    async def ask(self, days: str = "30", *, by: int = 1) -> str:
        return "".join(await order(self.desk, days, by=by, command="export"))

    async def decide(self, days: str = "30") -> None:
        await self.ask(days)
        await press(self.desk, by=2)

    async def approvals(self) -> int:
        return len(await self.desk.store.run(lambda uow: uow.approvals.all()))

    async def told(self) -> set[str]:
        """Whose cases arrive."""
        self.arrived.clear()
        await self.deliver()
        return {entry.case.code for place in range(len(self.arrived)) for entry in self.bundle(place).entries}

    def interrupted(self, number: int, happen: Callable[[], Awaitable[object]]) -> Exports:
        store = cast("Store", Interrupted(self.desk.store, number, happen))
        return Exports(replace(self.desk.instance, store=store), limit=LIMIT)


@pytest.fixture
def office(store: Store, ring: KeyRing, clock: FakeClock) -> Bureau:
    return Bureau(store, ring, clock)


@pytest.fixture
async def laden(office: Bureau) -> Bureau:
    """Three cases to tell in three parts."""
    for number in (1, 2, 3):
        await office.tell(number)
    return office


async def test_two_have_the_cases_of_the_days_posted_for_the_whole_team(office: Bureau) -> None:
    await office.tell(1)
    office.clock.advance(days=40)
    await office.tell(2)
    assert "so many: 30" in await office.ask()
    await office.exports.tick()
    assert await office.waiting() == []  # asked for only
    assert "in a moment" in await press(office.desk, by=2)
    await office.exports.tick()
    assert await office.told() == {"C2"}  # though the other one is overdue, and the daily digest tells it
    (post,) = office.arrived
    assert post.document is not None
    assert post.document.name == "export-2027-01-02.age"
    assert "Two members asked for it" in post.text
    readers = {own.mod for _, own in office.made if opens(post.document.data, own.identity)}
    assert readers == {"m-01", "m-02", "m-03", "m-04"}
    await office.decide("40")
    await office.exports.tick()
    assert await office.told() == {"C1", "C2"}


async def test_it_is_no_daily_digest_and_moves_none(laden: Bureau) -> None:
    await laden.daily.tick()
    await laden.decide()
    await laden.exports.tick()
    await laden.told()
    marks = await laden.desk.store.run(lambda uow: uow.marks.get("digest-posted"))
    assert marks == "2026-11-23"  # as at the first start
    laden.daily = type(laden.daily)(laden.desk.instance)
    await laden.day()
    assert await laden.told() == {"C1", "C2", "C3"}


@pytest.mark.parametrize("days", ["", "0", "91", "100", "-1", "30 days", "1.5", "٣٠", "all", "\U0001f642"])
async def test_a_number_that_is_none_is_refused_in_words(office: Bureau, days: str) -> None:
    assert "/export DAYS" in await office.ask(days)
    assert await office.approvals() == 0


@pytest.mark.parametrize("second", [1, 5, 6, 77], ids=["alone", "the suspended", "the expired", "a stranger"])
async def test_the_second_is_somebody_else_of_the_roster(laden: Bureau, second: int) -> None:
    await laden.ask()
    await press(laden.desk, by=second)
    await laden.exports.tick()
    assert await laden.waiting() == []


async def suspend_who_agreed(desk: Desk, _url: str) -> Desk:
    desk.instance.suspended.add("m-02")
    return desk


OBSTACLES: list[Obstacle] = [flip, move_its_last_day, wait_two_days, suspend_who_asked]


@pytest.mark.parametrize("obstacle", OBSTACLES)
async def test_what_was_altered_is_late_or_no_longer_so_is_not_agreed_to(
    laden: Bureau, url: str, obstacle: Obstacle
) -> None:
    await laden.ask()
    await press(await obstacle(laden.desk, url), by=2)
    await laden.exports.tick()
    assert await laden.waiting() == []


@pytest.mark.parametrize("obstacle", [*OBSTACLES, suspend_who_agreed])
async def test_nor_is_it_made_when_that_happens_after_both_agreed(
    laden: Bureau, url: str, obstacle: Obstacle
) -> None:
    await laden.decide()
    await obstacle(laden.desk, url)
    await laden.exports.tick()
    assert (await laden.waiting(), await kept(laden)) == ([], 0)


async def test_if_one_of_them_goes_while_it_is_made_nothing_of_it_stays(laden: Bureau, url: str) -> None:
    await laden.decide()
    await laden.interrupted(JOBS - 1, lambda: suspend_who_asked(laden.desk, url)).tick()
    assert (await laden.waiting(), await kept(laden)) == ([], 0)


@pytest.mark.parametrize("agreed", [False, True])
async def test_it_is_spent_once_and_an_older_copy_of_the_row_is_worth_nothing(
    laden: Bureau, url: str, *, agreed: bool
) -> None:
    await laden.ask()
    older = await rows_of(url, approvals)
    await press(laden.desk, by=2)
    older = await rows_of(url, approvals) if agreed else older
    await laden.exports.tick()
    await put_back(url, approvals, older)
    await press(laden.desk, by=3)
    await Exports(laden.desk.instance, limit=LIMIT).tick()
    assert (await laden.waiting(), await kept(laden)) == (PARTS, 3)


async def test_there_is_one_at_a_time_and_asking_for_the_same_again_is_the_same(laden: Bureau) -> None:
    await laden.ask()
    assert "Another export waits" in await laden.ask("7", by=3)
    assert "Somebody else of the team must agree" in await laden.ask(by=3)
    assert await laden.approvals() == 1
    await press(laden.desk, by=2)
    for days in ("7", "30"):
        assert "Another export waits" in await laden.ask(days, by=3)
    await laden.exports.tick()
    await laden.decide("7")
    await laden.exports.tick()
    assert await laden.waiting() == [*PARTS, *PARTS]  # one does not take the other's place


@pytest.mark.parametrize("gone", ["m-01", "m-02"])
async def test_nobody_waits_for_what_a_suspended_member_asked_for_or_agreed_to(
    laden: Bureau, gone: str
) -> None:
    await laden.decide()
    laden.desk.instance.suspended.add(gone)
    assert "Somebody else of the team must agree" in await laden.ask("7", by=3)


@pytest.mark.parametrize("number", range(JOBS))
async def test_killed_before_any_job_it_is_made_once_and_no_part_is_doubled(
    laden: Bureau, number: int
) -> None:
    await laden.decide()
    with pytest.raises(Killed):
        await laden.interrupted(number, die).tick()
    assert await laden.waiting() == []
    for _ in range(2):
        await Exports(laden.desk.instance, limit=LIMIT).tick()
    assert (await laden.waiting(), await kept(laden)) == (PARTS, 3)
    assert await laden.told() == {"C1", "C2", "C3"}


@pytest.mark.parametrize("earlier", [False, True], ids=["the first", "the second of a day"])
@pytest.mark.parametrize("number", range(1, JOBS))
async def test_overtaken_by_another_worker_before_any_job_it_gives_up(
    laden: Bureau, number: int, *, earlier: bool
) -> None:
    if earlier:
        await laden.decide("7")
        await laden.exports.tick()
        await laden.lose()
    await laden.decide()
    before = await kept(laden)
    await laden.interrupted(number, laden.exports.tick).tick()
    assert (await laden.waiting(), await kept(laden)) == (PARTS, before + 3)


async def test_without_the_seals_one_member_and_a_written_row_would_have_it_made(
    ring: KeyRing, clock: FakeClock, url: str
) -> None:
    store = await Store.open(
        url, ring=ring, case_key=CASE_KEY, now=clock.now, new_id=CountingIds(), seals=UNSEALED
    )
    try:
        office = Bureau(store, ring, clock)
        await office.ask()
        (row,) = await rows_of(url, approvals)
        forged = row["blob"].replace(b'"second":""', b'"second":"m-02"')
        await write(url, sa.update(approvals).values(blob=forged))
        await office.exports.tick()
        assert await office.waiting() == ["export-2026-11-23.age"]
    finally:
        await store.close()
