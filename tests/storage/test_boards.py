"""Where the dashboard and the counts of mass events lie, over each database."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from handlers.events import Room
from storage.cards import CardPlace
from storage.store import Store
from storage.tables import boards
from storage.unit_of_work import UnitOfWork
from storage.volatile import KeyRing
from tests.conftest import open_store
from tests.fakes import CountingIds, FakeClock

TEAM = Room("telegram", "-1007000000001", "77")
PLACE = CardPlace(TEAM, card="12", cluster=True, event="2026-11-23:BY-HM")
NAME = "2026-11-23:BY-HM"


async def keep(store: Store, *names: str, place: CardPlace = PLACE) -> None:
    async def job(uow: UnitOfWork) -> None:
        for name in names:
            await uow.boards.put(name, place)

    await store.run(job)


async def test_a_place_is_found_by_its_name_and_no_other(store: Store) -> None:
    await keep(store, NAME)
    assert await store.run(lambda uow: uow.boards.get(NAME)) == PLACE
    assert await store.run(lambda uow: uow.boards.get("2026-11-23:BY-HR")) is None


async def test_a_newer_place_takes_the_older_ones(store: Store) -> None:
    await keep(store, NAME)
    await keep(store, NAME, place=CardPlace(TEAM, card="13"))
    assert await store.run(lambda uow: uow.boards.all()) == {NAME: CardPlace(TEAM, card="13")}


async def test_what_was_dropped_is_gone_and_the_others_stay(store: Store) -> None:
    await keep(store, NAME, "dashboard")
    await store.run(lambda uow: uow.boards.drop(NAME))
    await store.run(lambda uow: uow.boards.drop("never there"))
    assert set(await store.run(lambda uow: uow.boards.all())) == {"dashboard"}


async def test_only_the_named_are_kept(store: Store) -> None:
    await keep(store, NAME, "dashboard", "other")
    await store.run(lambda uow: uow.boards.keep_only({NAME}))
    assert set(await store.run(lambda uow: uow.boards.all())) == {NAME}


async def test_what_a_failed_job_put_is_not_there(store: Store) -> None:
    async def job(uow: UnitOfWork) -> None:
        await uow.boards.put(NAME, PLACE)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await store.run(job)
    assert await store.run(lambda uow: uow.boards.all()) == {}


async def test_places_are_there_after_a_restart(
    url: str, store: Store, ring: KeyRing, clock: FakeClock, new_id: CountingIds
) -> None:
    await keep(store, NAME)
    await store.close()
    again = await open_store(url, ring, clock=clock, new_id=new_id)
    assert await again.run(lambda uow: uow.boards.get(NAME)) == PLACE
    await again.close()


async def test_neither_names_nor_rooms_lie_readable_in_the_table(store: Store) -> None:
    await keep(store, NAME)
    async with store._engine.connect() as connection:
        rows = (await connection.execute(sa.select(boards))).all()
    lying = b"".join(bytes(value) for row in rows for value in row if isinstance(value, bytes))
    assert lying
    for word in (NAME, "BY-HM", TEAM.id):
        assert word.encode() not in lying
