"""What goes when, on a clock of our own, over each database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handlers.events import Room
from handlers.triage.cases import Status
from storage.cards import CardPlace
from storage.outbox import Letter
from storage.retention import Policy, Swept, plan
from storage.sealing.kinds import Kind
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from tests.fakes import FakeClock
from tests.storage.samples import DAY, MOMENT, make_case, make_room, make_sealed, make_talk

POLICY = Policy()


async def fill(unit: UnitOfWork, *, number: int = 1, status: Status = Status.NEW, day: date = DAY) -> None:
    case = make_case(number, code=f"C{number}", status=status, day=day)
    await unit.cases.add(case)
    await unit.cards.put(case.id, CardPlace(Room("telegram", "-1"), card="1"))
    await unit.objects.keep(make_sealed(number), case=case.id, signature=b"", day=day)


async def look(store: Store) -> tuple[int, int, int]:
    """How many cases, objects and cards of cases 1 to 3 there are."""

    async def job(unit: UnitOfWork) -> tuple[int, int, int]:
        objects = await unit.objects.of_days(date(2020, 1, 1), date(2040, 1, 1))
        cards = [await unit.cards.get(number.to_bytes(16, "big")) for number in (1, 2, 3)]
        return len(await unit.cases.all()), len(objects), len([card for card in cards if card])

    return await store.run(job)


def test_the_plan_counts_whole_days() -> None:
    due = plan(MOMENT, Policy(days=90, acknowledged_days=30))
    assert due.sealed_by == date(2026, 8, 25)
    assert due.acknowledged_by == date(2026, 10, 24)


@pytest.mark.parametrize("status", [Status.NEW, Status.HELD, Status.CLOSED])
async def test_a_report_goes_after_ninety_days_whatever_its_status(
    store: Store, clock: FakeClock, status: Status
) -> None:
    await store.run(lambda unit: fill(unit, status=status))
    assert (await store.sweep(clock.advance(days=89), POLICY)).objects == 0
    assert await look(store) == (1, 1, 1)
    swept = await store.sweep(clock.advance(days=1), POLICY)
    assert (swept.objects, swept.cases) == (1, 1)
    assert await look(store) == (0, 0, 0)


async def test_an_acknowledged_report_goes_thirty_days_later(store: Store, clock: FakeClock) -> None:
    await store.run(fill)
    await store.run(lambda unit: fill(unit, number=2))
    await store.run(lambda unit: unit.objects.acknowledge(make_case(1).id, DAY + timedelta(2)))
    assert (await store.sweep(clock.advance(days=31), POLICY)).objects == 0
    assert (await store.sweep(clock.advance(days=1), POLICY)).objects == 1
    assert await look(store) == (1, 1, 1)


async def test_an_acknowledgement_prolongs_nothing(store: Store, clock: FakeClock) -> None:
    await store.run(fill)
    await store.run(lambda unit: unit.objects.acknowledge(make_case(1).id, DAY + timedelta(80)))
    assert (await store.sweep(clock.advance(days=90), POLICY)).objects == 1


async def test_a_case_stays_until_its_last_object_goes(store: Store, clock: FakeClock) -> None:
    await store.run(fill)
    later = make_sealed(9, Kind.ADDITION)
    await store.run(
        lambda unit: unit.objects.keep(later, case=make_case(1).id, signature=b"", day=DAY + timedelta(10))
    )
    assert await store.sweep(clock.advance(days=95), POLICY) == Swept(objects=1)
    assert await look(store) == (1, 1, 1)
    swept = await store.sweep(clock.advance(days=5), POLICY)
    assert (swept.objects, swept.cases) == (1, 1)
    assert await look(store) == (0, 0, 0)


async def test_digests_go_as_well(store: Store, clock: FakeClock) -> None:
    digest = make_sealed(1, Kind.DIGEST)
    await store.run(lambda unit: unit.objects.keep(digest, case=None, signature=b"", day=DAY))
    assert (await store.sweep(clock.advance(days=90), POLICY)).objects == 1


async def test_the_days_can_be_set(store: Store, clock: FakeClock) -> None:
    await store.run(fill)
    assert (await store.sweep(clock.advance(days=7), Policy(days=7, acknowledged_days=1))).cases == 1


async def fill_volatile(unit: UnitOfWork) -> None:
    await unit.talks.keep(make_talk())
    await unit.traces.note(make_room(), "1", mine=True, at=MOMENT)
    await unit.outbox.put(Letter(b"l" * 16, "slot", 1, {}))
    await unit.letters.park(b"{}", "unreadable")
    await unit.seen.mark("telegram", "1")


async def test_volatile_rows_go_with_their_key_and_not_before(store: Store, clock: FakeClock) -> None:
    await store.run(fill_volatile)
    await store.run(fill)
    assert await store.sweep(clock.advance(hours=38), POLICY) == Swept()
    assert store.letters_waiting == 1
    assert await store.sweep(clock.advance(hours=1), POLICY) == Swept(
        talks=1, outbox=1, traces=1, letters=1, seen=1
    )
    assert store.letters_waiting == 0
    assert await look(store) == (1, 1, 1)


async def test_the_running_bot_goes_on_after_a_sweep(store: Store, clock: FakeClock) -> None:
    await store.run(fill_volatile)
    await store.sweep(clock.now(), POLICY)
    (letter,) = await store.run(lambda unit: unit.outbox.take(5))
    assert letter.slot == "slot"
    await store.run(lambda unit: fill(unit, number=2))
    assert await look(store) == (1, 1, 1)


async def test_the_database_is_rebuilt_once_a_week(store: Store, clock: FakeClock) -> None:
    days = []
    for _ in range(10):
        await store.sweep(clock.advance(days=1), POLICY)
        days.append(await store.run(lambda unit: unit.marks.get("vacuumed")))
    assert days == ["2026-11-24"] * 7 + ["2026-12-01"] * 3
