"""Whoever writes to the database, but knows no secret, cannot make, change, move or prolong an approval."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from handlers.approvals import Approval, Matter, Request
from storage.retention import Policy
from storage.store import Store
from storage.tables import approvals
from storage.unit_of_work import UnitOfWork
from storage.volatile import KeyRing
from tests.conftest import CASE_KEY
from tests.fakes import CountingIds, FakeClock
from tests.storage.samples import DAY, make_case
from tests.storage.unsealed import UNSEALED
from tests.storage.whole import connected

CASE, OTHER = make_case(1).id, make_case(2).id
ASKED = Approval(b"a" * 16, Request(Matter.PURGE, CASE, 1), "m-01", DAY.isoformat())
AGREED = replace(ASKED, id=b"b" * 16, second="m-02")
GROUPS = Approval(b"c" * 16, Request(Matter.DUTY, words="0" * 64), "m-01", DAY.isoformat())


async def keep(store: Store, *some: Approval) -> None:
    async def job(unit: UnitOfWork) -> None:
        for one in some:
            await unit.approvals.keep(one)

    await store.run(job)


async def get(store: Store, one: Approval) -> Approval | None:
    return await store.run(lambda unit: unit.approvals.get(one.id))


async def write(url: str, statement: Any) -> None:
    """As somebody with the database alone does."""
    async with connected(url) as connection, connection.begin():
        assert (await connection.execute(statement)).rowcount


async def blob_of(url: str, one: Approval) -> bytes:
    async with connected(url) as connection:
        rows = await connection.execute(sa.select(approvals.c.blob).where(approvals.c.id == one.id))
        found: bytes = rows.scalar_one()
        await connection.rollback()
    return found


def change(one: Approval, **values: object) -> Any:
    return sa.update(approvals).where(approvals.c.id == one.id).values(**values)


async def test_an_approval_comes_back_as_it_was_kept(store: Store) -> None:
    await keep(store, ASKED, AGREED, GROUPS)
    assert await get(store, ASKED) == ASKED
    assert await store.run(lambda unit: unit.approvals.of_case(CASE)) == [ASKED, AGREED]
    assert await store.run(lambda unit: unit.approvals.all()) == [ASKED, AGREED, GROUPS]
    await store.run(lambda unit: unit.approvals.delete(ASKED.id))
    assert await get(store, ASKED) is None


FORGERIES: dict[str, dict[str, object]] = {
    "id": {"id": b"z" * 16},
    "case": {"case_id": OTHER},
    "no case": {"case_id": None},
    "day": {"day": DAY + timedelta(1)},
    "blob": {"blob": os.urandom(200)},
}


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_a_changed_column_makes_the_row_worthless(store: Store, url: str, forgery: str) -> None:
    await keep(store, AGREED)
    await write(url, change(AGREED, **FORGERIES[forgery]))
    assert await get(store, AGREED) is None
    assert await store.run(lambda unit: unit.approvals.all()) == []


async def test_a_flip_of_any_byte_makes_the_row_worthless(store: Store, url: str) -> None:
    await keep(store, AGREED)
    blob = await blob_of(url, AGREED)
    for place in [*range(8), *range(8, len(blob), len(blob) // 16)]:
        flipped = bytearray(blob)
        flipped[place] ^= 1 << place % 8
        await write(url, change(AGREED, blob=bytes(flipped)))
        assert await get(store, AGREED) is None, place
    await write(url, change(AGREED, blob=blob))
    assert await get(store, AGREED) == AGREED


async def test_an_agreement_cannot_be_copied_onto_another_request(store: Store, url: str) -> None:
    wanted = replace(ASKED, request=Request(Matter.PURGE, OTHER, 1))
    await keep(store, wanted, AGREED)
    await write(url, change(wanted, blob=await blob_of(url, AGREED)))
    assert await get(store, wanted) is None
    copied = {"id": b"n" * 16, "case_id": OTHER, "day": DAY, "blob": await blob_of(url, AGREED)}
    await write(url, sa.insert(approvals).values(**copied))
    assert await store.run(lambda unit: unit.approvals.get(b"n" * 16)) is None


async def test_a_row_of_another_table_is_no_approval(store: Store, url: str) -> None:
    """Rows of every table lie under keys of their own, made from the one case key."""
    await store.run(lambda unit: unit.cases.add(make_case(1)))
    async with connected(url) as connection:
        blob = (await connection.exec_driver_sql("SELECT blob FROM cases")).scalar_one()
        await connection.rollback()
    forged = {"id": CASE, "case_id": None, "day": DAY, "blob": blob}
    await write(url, sa.insert(approvals).values(**forged))
    assert await store.run(lambda unit: unit.approvals.get(CASE)) is None


async def test_without_the_signature_a_forged_agreement_would_pass(
    url: str, ring: KeyRing, clock: FakeClock
) -> None:
    store = await Store.open(
        url, ring=ring, case_key=CASE_KEY, now=clock.now, new_id=CountingIds(), seals=UNSEALED
    )
    try:
        await keep(store, ASKED)
        blob = (await blob_of(url, ASKED)).replace(b'"second":""', b'"second":"m-02"')
        await write(url, change(ASKED, blob=blob))
        forged = await get(store, ASKED)
        assert forged is not None
        assert forged.second == "m-02"
    finally:
        await store.close()


async def test_approvals_go_after_their_last_day_and_with_their_case(store: Store, clock: FakeClock) -> None:
    await store.run(lambda unit: unit.cases.add(make_case(1)))
    later = replace(GROUPS, until=(DAY + timedelta(1)).isoformat())
    await keep(store, ASKED, later)
    await store.sweep(clock.now(), Policy())
    assert await store.run(lambda unit: unit.approvals.all()) == [ASKED, later]
    await store.sweep(clock.advance(days=1), Policy())
    assert await store.run(lambda unit: unit.approvals.all()) == [later]
    await store.sweep(clock.advance(days=1), Policy())
    assert await store.run(lambda unit: unit.approvals.all()) == []


async def test_a_deleted_case_takes_along_what_was_asked_about_it(store: Store) -> None:
    await store.run(lambda unit: unit.cases.add(make_case(1)))
    await keep(store, ASKED, AGREED, GROUPS)
    await store.run(lambda unit: unit.cases.delete(CASE))
    assert await store.run(lambda unit: unit.approvals.all()) == [GROUPS]


async def test_a_swept_case_takes_along_what_was_asked_about_it(store: Store, clock: FakeClock) -> None:
    await keep(store, replace(ASKED, until=date(2030, 1, 1).isoformat()))
    await store.sweep(clock.now(), Policy())
    assert await store.run(lambda unit: unit.approvals.all()) == []
