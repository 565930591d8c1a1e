"""A way back leads from a case to a chat for two days at most, whatever is written to it meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from handlers.asking.ways import Way
from storage.retention import Policy
from storage.store import Store
from storage.tables import ways
from storage.volatile import KeyRing
from tests.fakes import FakeClock
from tests.storage.samples import DAY, make_case, make_room

CASE = make_case()
WAY = Way(CASE.id, CASE.code, make_room(), "be", day=DAY)


async def find(store: Store) -> Way | None:
    return await store.run(lambda unit: unit.ways.of_case(CASE.id))


async def count(store: Store) -> int:
    async with store._engine.connect() as connection:
        return int((await connection.execute(sa.select(sa.func.count()).select_from(ways))).scalar_one())


async def test_it_is_found_by_case_and_by_chat(store: Store) -> None:
    await store.run(lambda unit: unit.ways.keep(WAY))
    assert await find(store) == WAY
    assert await store.run(lambda unit: unit.ways.of_room(make_room())) == [WAY]
    assert await store.run(lambda unit: unit.ways.of_room(make_room(1))) == []


async def test_one_chat_may_have_several_and_lets_them_go_together(store: Store) -> None:
    other = replace(WAY, case=make_case(2).id, code="ZZZZZ")
    await store.run(lambda unit: unit.ways.keep(WAY))
    await store.run(lambda unit: unit.ways.keep(other))
    assert len(await store.run(lambda unit: unit.ways.drop_room(make_room()))) == 2
    assert await find(store) is None
    assert await count(store) == 0


@pytest.mark.parametrize("touched", [False, True])
async def test_it_dies_with_its_day_even_when_it_is_written_again(
    store: Store, ring: KeyRing, clock: FakeClock, touched: bool
) -> None:
    await store.run(lambda unit: unit.ways.keep(WAY))
    ring.turn(clock.advance(days=1))
    assert await find(store) == WAY
    if touched:
        await store.run(lambda unit: unit.ways.keep(replace(WAY, asked=1)))
    ring.turn(clock.advance(days=1))
    assert await find(store) is None
    await store.run(lambda unit: unit.ways.keep(WAY))  # too late: it is let go
    assert (await store.sweep(clock.now(), Policy())).ways == 1
    assert await count(store) == 0


async def test_it_goes_with_its_case(store: Store) -> None:
    await store.run(lambda unit: unit.cases.add(CASE))
    await store.run(lambda unit: unit.ways.keep(WAY))
    await store.run(lambda unit: unit.cases.delete(CASE.id))
    assert await count(store) == 0
