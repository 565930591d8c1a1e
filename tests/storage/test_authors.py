"""Who sent a report is known for two days at most, and who is shadowed no longer; topics lead to cases."""

from __future__ import annotations

import sqlalchemy as sa

from handlers.events import Room
from storage.cards import CardPlace
from storage.retention import Policy
from storage.sealing import Kind
from storage.store import Store
from storage.tables import authors, cards, shadows
from storage.unit_of_work import UnitOfWork
from storage.volatile import KeyRing
from tests.fakes import FakeClock
from tests.storage.samples import ACCOUNT, DAY, make_case, make_room, make_sealed

CASE = make_case()
TOPIC = Room("telegram", "-1007000000001", "77")


async def is_shadowed(store: Store, number: int = 0) -> bool:
    return await store.run(lambda unit: unit.authors.is_shadowed(make_room(number)))


async def shadow(store: Store) -> bool:
    return await store.run(lambda unit: unit.authors.shadow(CASE.id))


async def count(store: Store, table: sa.Table) -> int:
    async with store._engine.connect() as connection:
        return int((await connection.execute(sa.select(sa.func.count()).select_from(table))).scalar_one())


async def test_only_the_account_behind_the_case_is_shadowed(store: Store) -> None:
    await store.run(lambda unit: unit.authors.note(CASE.id, make_room()))
    assert not await is_shadowed(store)
    assert await shadow(store)
    assert await is_shadowed(store)
    assert not await is_shadowed(store, 1)


async def test_a_case_whose_author_is_not_known_shadows_nobody(store: Store) -> None:
    assert not await shadow(store)
    assert await count(store, shadows) == 0


async def test_a_shadow_outlives_midnight_and_dies_with_its_day(
    store: Store, ring: KeyRing, clock: FakeClock
) -> None:
    await store.run(lambda unit: unit.authors.note(CASE.id, make_room()))
    await shadow(store)
    ring.turn(clock.advance(days=1))
    assert await is_shadowed(store)
    assert await shadow(store)
    ring.turn(clock.advance(days=1))
    assert not await is_shadowed(store)
    assert not await shadow(store)
    swept = await store.sweep(clock.now(), Policy())
    assert (swept.authors, swept.shadows) == (1, 1)


async def find_by_trying(store: Store) -> list[int]:
    """What somebody does who has the rows and whatever keys still live: try every number."""

    async def attempt(unit: UnitOfWork) -> list[int]:
        row = await unit.authors._find(CASE.id)
        tried = {
            name: number
            for number in range(100)
            for _, name in unit.authors._vault.names_of(make_room(number))
        }
        return [tried[row["bid"]]] if row and row["bid"] in tried else []

    return await store.run(attempt)


async def test_an_account_is_found_by_trying_only_while_its_day_key_lives(
    store: Store, ring: KeyRing, clock: FakeClock
) -> None:
    """The control is the day of the report and the next one: then it is found."""
    await store.run(lambda unit: unit.authors.note(CASE.id, make_room(42)))
    assert await find_by_trying(store) == [42]
    ring.turn(clock.advance(days=1))
    assert await find_by_trying(store) == [42]
    ring.turn(clock.advance(days=1))
    assert await find_by_trying(store) == []
    assert await count(store, authors) == 1  # the row itself, before the sweep, tells nothing any more


async def test_no_row_tells_the_account(store: Store) -> None:
    """The control is the pseudonym itself, which is found where it must be."""
    await store.run(lambda unit: unit.authors.note(CASE.id, make_room()))
    await shadow(store)
    async with store._engine.connect() as connection:
        rows = [*await connection.execute(sa.select(authors)), *await connection.execute(sa.select(shadows))]
    told = b"".join(part for row in rows for part in row if isinstance(part, bytes))
    names = await store.run(_names)
    assert str(ACCOUNT).encode() not in told
    assert ACCOUNT.to_bytes(8, "big") not in told
    assert names[0] in told


async def _names(unit: UnitOfWork) -> list[bytes]:
    return [name for _, name in unit.authors._vault.names_of(make_room())]


async def test_a_case_that_is_deleted_takes_what_is_known_of_its_author_along(store: Store) -> None:
    async def keep(unit: UnitOfWork) -> None:
        await unit.cases.add(CASE)
        await unit.authors.note(CASE.id, make_room())

    await store.run(keep)
    await store.run(lambda unit: unit.cases.delete(CASE.id))
    assert await count(store, authors) == 0


async def test_a_topic_leads_to_its_case_whatever_the_group_is_called_now(store: Store) -> None:
    await store.run(lambda unit: unit.cards.put(CASE.id, CardPlace(TOPIC, card="5")))

    async def case_in(room: Room) -> bytes | None:
        return await store.run(lambda unit: unit.cards.in_topic(room))

    assert await case_in(TOPIC) == CASE.id
    assert await case_in(Room("telegram", "-1009", "77")) == CASE.id
    assert await case_in(Room("telegram", TOPIC.id, "78")) is None
    assert await case_in(Room("telegram", TOPIC.id)) is None


async def test_a_place_from_before_there_were_tags_gets_one(store: Store) -> None:
    await store.run(lambda unit: unit.cards.put(CASE.id, CardPlace(TOPIC, card="5")))
    async with store._engine.begin() as connection:
        await connection.execute(sa.update(cards).values(tag=None))
    assert await store.run(lambda unit: unit.cards.in_topic(TOPIC)) is None
    await store.run(lambda unit: unit.cards.sort())
    assert await store.run(lambda unit: unit.cards.in_topic(TOPIC)) == CASE.id
    place = await store.run(lambda unit: unit.cards.get(CASE.id))
    assert place == CardPlace(TOPIC, card="5")


async def test_notes_do_not_keep_a_case_and_go_with_it(store: Store, clock: FakeClock) -> None:
    async def keep(unit: UnitOfWork) -> None:
        await unit.cases.add(CASE)
        await unit.objects.keep(make_sealed(1), case=CASE.id, signature=b"", day=DAY)
        note = make_sealed(2, Kind.NOTE)
        await unit.objects.keep(note, case=CASE.id, signature=b"", day=clock.now().date())

    clock.advance(days=80)
    await store.run(keep)
    assert (await store.sweep(clock.advance(days=5), Policy())).objects == 0
    swept = await store.sweep(clock.advance(days=6), Policy())
    assert (swept.cases, swept.objects) == (1, 2)
