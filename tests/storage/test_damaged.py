"""A row that no longer opens is left out, told of, and left where it is; all others go on."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from handlers.events import Room
from storage.cards import CardPlace
from storage.database import make_engine
from storage.errors import CaseKeyRefused
from storage.store import Store
from storage.survey import find_damaged
from storage.tables import boards, cards, cases
from storage.unit_of_work import UnitOfWork
from storage.volatile import KeyRing
from tests.conftest import CASE_KEY, open_store
from tests.fakes import CountingIds, FakeClock
from tests.storage.samples import DAY, flip, make_case, make_sealed

ONE, TWO = make_case(1), replace(make_case(2, code="K7QF2"), day="2026-11-20")
PLACE = CardPlace(Room("telegram", "-1007000000001", "77"), card="5")


async def fill(unit: UnitOfWork) -> None:
    await keep_one(unit)
    await unit.cases.add(TWO)
    await unit.cards.put(ONE.id, PLACE)
    await unit.cards.put(TWO.id, PLACE)


async def keep_one(unit: UnitOfWork) -> None:
    await unit.cases.add(ONE)
    await unit.objects.keep(make_sealed(), case=ONE.id, signature=b"", day=DAY)


async def blob_of(url: str, case: bytes) -> bytes:
    engine = make_engine(url)
    async with engine.connect() as connection:
        found = await connection.execute(sa.select(cases.c.blob).where(cases.c.id == case))
    await engine.dispose()
    return bytes(found.scalar_one())


async def test_one_damaged_case_is_left_out_of_everything_and_stays_as_it_is(store: Store, url: str) -> None:
    """The control is the number of damaged rows before."""
    await store.run(fill)
    assert (await store.run(lambda unit: unit.cases.all()), store.damaged) == ([TWO, ONE], 0)
    await flip(url, cases, ONE.id)
    damaged = await blob_of(url, ONE.id)
    assert await store.run(lambda unit: unit.cases.all()) == [TWO]
    assert await store.run(lambda unit: unit.cases.get(ONE.id)) is None
    assert await store.run(lambda unit: unit.cases.by_code(ONE.code)) is None
    assert await store.run(lambda unit: unit.cases.those([ONE.id, TWO.id])) == [TWO]
    assert await store.run(lambda unit: unit.cases.unposted()) == [TWO]
    assert await store.run(lambda unit: unit.cases.catch_up({})) == {TWO.id: TWO}
    assert store.damaged == 1
    assert await find_damaged(url, case_key=CASE_KEY) == [ONE.id]
    assert await blob_of(url, ONE.id) == damaged
    assert len(await store.run(lambda unit: unit.objects.of_case(ONE.id))) == 1


async def test_the_store_opens_even_if_its_only_case_is_damaged_but_not_with_another_key(
    url: str, ring: KeyRing, clock: FakeClock, new_id: CountingIds
) -> None:
    store = await open_store(url, ring, clock=clock, new_id=new_id)
    await store.run(keep_one)
    await store.close()
    await flip(url, cases, ONE.id)
    store = await open_store(url, ring, clock=clock, new_id=new_id)
    await store.run(lambda unit: unit.cases.add(TWO))
    assert await store.run(lambda unit: unit.cases.all()) == [TWO]
    await store.close()
    with pytest.raises(CaseKeyRefused):
        await Store.open(url, ring=ring, case_key=bytes(32), now=clock.now, new_id=new_id)


async def test_a_damaged_place_of_a_card_or_a_board_counts_as_none(store: Store, url: str) -> None:
    await store.run(fill)
    await store.run(lambda unit: unit.boards.put("dashboard", PLACE))
    await flip(url, cards, ONE.id)
    await flip(url, boards)
    assert await store.run(lambda unit: unit.cards.get(ONE.id)) is None
    assert await store.run(lambda unit: unit.cards.all()) == {TWO.id: PLACE}
    assert await store.run(lambda unit: unit.boards.get("dashboard")) is None
    assert await store.run(lambda unit: unit.boards.all()) == {}
    assert store.damaged == 2
    await store.run(lambda unit: unit.cards.put(ONE.id, PLACE))
    assert await store.run(lambda unit: unit.cards.get(ONE.id)) == PLACE
    assert store.damaged == 1


async def test_a_report_that_goes_on_makes_a_damaged_case_whole_again(store: Store, url: str) -> None:
    await store.run(fill)
    await flip(url, cases, ONE.id)
    assert await store.run(lambda unit: unit.cases.has(ONE.id))
    await store.run(lambda unit: unit.cases.add(ONE))
    assert await store.run(lambda unit: unit.cases.all()) == [TWO, ONE]
    assert store.damaged == 0
