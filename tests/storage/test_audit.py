"""The log of what was done: in the same commit, without gaps, one chain for all writers."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from handlers.events import Room
from storage.audit import Linked, read_entries
from storage.auditing import Fault, Posted, Report, verify
from storage.cards import CardPlace
from storage.errors import DatabaseUnreachable
from storage.retention import Policy
from storage.rows import Rows
from storage.sealing import SigningKey, sign_head
from storage.sealing.audit import Event, Head, hash_id
from storage.store import REAL_SEALS, Store
from storage.tables import audit, heads, objects
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from storage.volatile import KeyRing
from tests.conftest import CASE_KEY, open_store
from tests.fakes import CountingIds, FakeClock
from tests.storage.samples import DAY, make_case, make_sealed
from tests.storage.whole import change_to, connected

SIGNING = SigningKey.from_seed(bytes(32))
CASE = make_case(1)


async def check(url: str, since: bytes | None = None) -> Report:
    posted = Posted(since) if since else None
    return await verify(url, case_key=CASE_KEY, public=SIGNING.public, since=posted)


async def faults(url: str, since: bytes | None = None) -> set[Fault]:
    return {flaw.fault for flaw in (await check(url, since)).flaws}


async def log_of(url: str, ring: KeyRing) -> list[Linked]:
    vault = Vault(ring, CASE_KEY, seals=REAL_SEALS)
    async with connected(url) as connection:
        count = (await connection.execute(sa.select(sa.func.count()).select_from(audit))).scalar_one()
        found = await read_entries(Rows(connection), vault, range(1, count))
        await connection.rollback()
    assert None not in found
    return [one for one in found if one is not None]


async def told(url: str, ring: KeyRing) -> list[str]:
    return [f"{one.event} {one.what}".strip() for one in await log_of(url, ring)]


async def keep(unit: UnitOfWork, number: int = 1) -> None:
    await unit.objects.keep(make_sealed(number), case=CASE.id, signature=bytes(64), day=DAY)


async def test_an_entry_says_under_which_roster_it_was_noted(
    url: str, ring: KeyRing, clock: FakeClock, new_id: CountingIds
) -> None:
    store = await Store.open(url, ring=ring, case_key=CASE_KEY, now=clock.now, new_id=new_id, policy=7)
    await store.run(keep)
    await store.sweep(clock.advance(days=91), Policy())
    await store.close()
    assert [one.entry.policy for one in await log_of(url, ring)] == [7, 7]


async def test_whatever_comes_and_goes_stands_in_the_log(store: Store, url: str, ring: KeyRing) -> None:
    async def work(unit: UnitOfWork) -> None:
        await unit.cases.add(CASE)
        await keep(unit, 1)
        await unit.objects.delete(make_sealed(1).object_id, replaced=True)
        await keep(unit, 2)
        await unit.cards.put(
            CASE.id, CardPlace(Room("telegram", "-1"), card="1", object=make_sealed(2).object_id)
        )
        unit.audit.note(Event.ACT, CASE.id, by="m-01", what="claim")

    await store.run(work)
    await store.run(lambda unit: unit.cases.delete(CASE.id))
    events = ["seal report", "replace", "seal report", "forward", "act claim", "delete"]
    assert await told(url, ring) == events
    assert (await log_of(url, ring))[4].about == hash_id(CASE.id)
    assert not (await check(url)).flaws


async def test_what_was_posted_without_an_entry_is_noticed(store: Store, url: str, ring: KeyRing) -> None:
    """The control is the same with its entries: reports with their card, and answers below it."""
    place = CardPlace(Room("telegram", "-1", "7"), card="1", object=make_sealed(1).object_id)

    async def post(unit: UnitOfWork) -> None:
        for number in (1, 2, 3):
            await keep(unit, number)
        await unit.cards.put(CASE.id, place)
        await unit.cards.note_addition(CASE.id, make_sealed(2).object_id)
        await unit.cards.put(CASE.id, place)  # edited: answers stay below

    await store.run(post)
    assert not (await check(url)).flaws
    assert "forward addition" in await told(url, ring)

    async def forget(unit: UnitOfWork) -> None:
        known = await unit.cards.get(CASE.id)
        assert known is not None
        unit.cards._keep(CASE.id, replace(known, additions=(*known.additions, make_sealed(3).object_id)))

    await store.run(forget)
    assert [flaw.fault for flaw in (await check(url)).flaws] == [Fault.UNTOLD]


async def test_what_was_swept_stands_in_the_log(
    store: Store, url: str, ring: KeyRing, clock: FakeClock
) -> None:
    await store.run(keep)
    await store.sweep(clock.advance(days=91), Policy())
    assert await told(url, ring) == ["seal report", "delete retention"]
    assert not (await check(url)).flaws


async def test_a_job_that_fails_leaves_no_entry_and_no_gap(store: Store, url: str, ring: KeyRing) -> None:
    async def fail(unit: UnitOfWork) -> None:
        await keep(unit, 9)
        raise KeyError

    async def half(unit: UnitOfWork) -> None:
        with pytest.raises(KeyError), unit.attempt():
            await fail(unit)
        await keep(unit, 3)

    await store.run_batch([lambda unit: keep(unit, 1), fail, half, lambda unit: keep(unit, 2)])
    assert [one.about for one in await log_of(url, ring)] == [
        hash_id(make_sealed(number).object_id) for number in (1, 3, 2)
    ]
    assert not (await check(url)).flaws


async def test_a_job_that_the_database_refuses_leaves_no_entry_and_no_gap(
    store: Store, url: str, ring: KeyRing
) -> None:
    async def refused(unit: UnitOfWork) -> None:
        await keep(unit, 9)
        unit._rows.put(objects, {**{column.name: None for column in objects.c}, "id": b"n" * 16})

    outcomes = await store.run_batch([lambda unit: keep(unit, 1), refused, lambda unit: keep(unit, 2)])
    assert [isinstance(outcome, Exception) for outcome in outcomes] == [False, True, False]
    assert len(await log_of(url, ring)) == 2
    assert not (await check(url)).flaws


async def test_several_writers_prolong_one_chain(
    postgres_url: str, ring: KeyRing, clock: FakeClock, new_id: CountingIds
) -> None:
    stores = [await open_store(postgres_url, ring, clock=clock, new_id=new_id) for _ in range(3)]
    try:
        jobs = [stores[number % 3].run(lambda unit, n=number: keep(unit, n)) for number in range(1, 61)]  # type: ignore[misc]
        await asyncio.gather(*jobs)
        report = await check(postgres_url)
        assert (report.entries, report.objects, report.flaws) == (60, 60, ())
    finally:
        for store in stores:
            await store.close()


async def test_objects_of_an_older_version_get_their_entries_at_the_first_start(
    url: str, ring: KeyRing, clock: FakeClock, new_id: CountingIds
) -> None:
    store = await open_store(url, ring, clock=clock, new_id=new_id)
    await store.run(keep)
    await store.close()
    await change_to(url, "0005")
    with pytest.raises(DatabaseUnreachable, match="no log"):
        await check(url)
    store = await open_store(url, ring, clock=clock, new_id=new_id)
    assert await told(url, ring) == ["seal found"]
    assert not (await check(url)).flaws
    await store.close()


async def test_objects_without_an_entry_and_entries_without_an_object_are_found(
    store: Store, url: str
) -> None:
    await store.run(keep)
    await store.run(lambda unit: keep(unit, 2))
    async with connected(url) as connection, connection.begin():
        rename = sa.update(objects).where(objects.c.id == make_sealed(2).object_id).values(id=b"x" * 16)
        await connection.execute(rename)
    assert await faults(url) == {Fault.UNSEALED, Fault.LOST}


async def test_an_object_that_comes_back_is_found(store: Store, url: str) -> None:
    await store.run(keep)
    async with connected(url) as connection:
        row = (await connection.execute(sa.select(objects))).mappings().one()
        await connection.rollback()
    await store.run(lambda unit: unit.objects.delete(make_sealed(1).object_id))
    async with connected(url) as connection, connection.begin():
        await connection.execute(sa.insert(objects), dict(row))
    assert await faults(url) == {Fault.RETURNED}


async def test_a_log_put_back_to_yesterday_is_found_by_a_head_that_lies_here_or_elsewhere(
    store: Store, url: str, ring: KeyRing
) -> None:
    await store.run(keep)
    async with connected(url) as connection:
        old = [dict(row) for row in (await connection.execute(sa.select(audit))).mappings()]
        await connection.rollback()
    await store.run(lambda unit: unit.objects.delete(make_sealed(1).object_id))
    head = await store.run(lambda unit: unit.audit.head())
    note = sign_head(SIGNING, head, DAY)

    async def post(unit: UnitOfWork) -> None:
        unit.audit.keep_head(note, DAY)

    await store.run(post)
    assert (await check(url, head.hash)).heads == 1
    assert not (await check(url, head.hash)).flaws
    async with connected(url) as connection, connection.begin():
        await connection.execute(sa.delete(audit))
        await connection.execute(sa.insert(audit), old)
        await connection.execute(sa.insert(objects), _row())
    assert await faults(url) == {Fault.REWRITTEN}
    assert await faults(url, head.hash) == {Fault.REWRITTEN, Fault.SINCE}
    async with connected(url) as connection, connection.begin():
        await connection.execute(sa.delete(heads))
    assert await faults(url) == set()  # the control: without a head nobody can know
    assert await faults(url, head.hash) == {Fault.SINCE}


def _row() -> dict[str, object]:
    sealed = make_sealed(1)
    return {
        "id": sealed.object_id, "case_id": CASE.id, "kind": 1, "day": DAY, "data": sealed.data,
        "signature": bytes(64), "acknowledged_day": None,
    }  # fmt: skip


async def test_a_head_of_another_day_or_another_server_is_found(store: Store, url: str) -> None:
    other = SigningKey.from_seed(bytes([1]) * 32)

    async def post(unit: UnitOfWork) -> None:
        unit.audit.keep_head(sign_head(SIGNING, Head(), DAY - timedelta(1)), DAY)
        unit.audit.keep_head(sign_head(other, Head(), DAY - timedelta(2)), DAY - timedelta(2))

    await store.run(post)
    found = await check(url)
    assert [flaw.fault for flaw in found.flaws] == [Fault.SIGNATURE] * 2


async def test_the_log_says_whether_something_happened_since(store: Store) -> None:
    async def used(unit: UnitOfWork) -> None:
        unit.audit.note(Event.APPROVAL, b"a" * 16, what="used")

    async def tells(since: int, what: str = "used") -> bool:
        return await store.run(
            lambda unit: unit.audit.tells(Event.APPROVAL, b"a" * 16, what=what, since=since)
        )

    await store.run(keep)
    await store.run(used)
    assert [await tells(0), await tells(1), await tells(2), await tells(0, "agreed")] == [
        True, True, False, False
    ]  # fmt: skip
