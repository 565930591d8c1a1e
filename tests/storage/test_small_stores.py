"""Traces, updates seen, read positions, marks and dead letters, over each database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.events import Room
from storage.errors import Misused
from storage.letters import DeadLetter
from storage.store import Store
from storage.traces import Trace
from storage.unit_of_work import Ahead, UnitOfWork
from tests.fakes import FakeClock
from tests.storage.samples import MOMENT, make_room

ROOM = make_room()


async def note(store: Store, *messages: str, room: Room = ROOM) -> None:
    async def job(unit: UnitOfWork) -> None:
        for message in messages:
            await unit.traces.note(room, message, mine=True, at=MOMENT)

    await store.run(job)


async def messages_in(store: Store, room: Room = ROOM) -> list[str]:
    return [trace.message for trace in await store.run(lambda unit: unit.traces.of(room))]


async def test_traces_are_kept_in_order_per_room(store: Store) -> None:
    await note(store, "10", "11", "12")
    await note(store, "10", room=make_room(1))
    assert await messages_in(store) == ["10", "11", "12"]
    assert await store.run(lambda unit: unit.traces.of(make_room(1))) == [Trace("10", mine=True, at=MOMENT)]


async def test_forgotten_traces_are_gone_and_the_others_stay(store: Store) -> None:
    await note(store, "10", "11", "12")
    await store.run(lambda unit: unit.traces.forget(ROOM, ["10", "12", "99"]))
    assert await messages_in(store) == ["11"]
    await store.run(lambda unit: unit.traces.forget(ROOM, ["11"]))
    assert await store.run(lambda unit: unit.traces.all()) == []


async def test_traces_of_two_days_are_one_list(store: Store, clock: FakeClock) -> None:
    await note(store, "10")
    clock.advance(days=1)
    await note(store, "11")
    assert await messages_in(store) == ["10", "11"]
    assert [room for room, _ in await store.run(lambda unit: unit.traces.all())] == [ROOM]


async def test_hundreds_of_traces_fit(store: Store) -> None:
    async def fill(unit: UnitOfWork) -> None:
        for number in range(300):
            await unit.traces.note(
                ROOM, str(8_589_934_592 + number), mine=False, at=MOMENT + timedelta(number)
            )

    await store.run(fill)
    assert len(await messages_in(store)) == 300


async def test_an_update_is_new_once(store: Store, clock: FakeClock) -> None:
    async def mark(key: str) -> bool:
        ahead = Ahead(updates=[("telegram", key)])
        return await store.run(lambda unit: unit.seen.mark("telegram", key), ahead=ahead)

    assert [await mark("1"), await mark("2"), await mark("1")] == [True, True, False]
    clock.advance(days=1)
    assert await mark("1") is False
    assert await store.run(lambda unit: unit.seen.mark("matrix", "1")) is True


async def test_a_repeat_inside_one_batch_is_noticed(store: Store) -> None:
    outcomes = await store.run_batch([lambda unit: unit.seen.mark("telegram", "1")] * 2)
    assert outcomes == [True, False]


async def test_positions_are_kept_per_network(store: Store) -> None:
    await store.run(lambda unit: unit.positions.set("telegram", "8589934592"))
    await store.run(lambda unit: unit.positions.set("telegram", "8589934593"))
    assert await store.run(lambda unit: unit.positions.get("telegram")) == "8589934593"
    assert await store.run(lambda unit: unit.positions.get("matrix")) is None


async def test_marks_are_words_under_words(store: Store) -> None:
    await store.run(lambda unit: unit.marks.set("last-digest", "2026-11-23"))
    assert await store.run(lambda unit: unit.marks.get("last-digest")) == "2026-11-23"
    assert await store.run(lambda unit: unit.marks.get("nothing")) is None


@pytest.mark.parametrize("value", ["", "Ян Прыклад", "a\0b", "two\nlines", "x" * 1001])
async def test_readable_columns_take_no_text_of_people(store: Store, value: str) -> None:
    with pytest.raises(Misused) as refused:
        await store.run(lambda unit: unit.marks.set("mark", value))
    assert not value or value not in str(refused.value)


async def test_dead_letters_can_be_read_until_their_key_is_gone(store: Store, clock: FakeClock) -> None:
    await store.run(lambda unit: unit.letters.park(b"\xff not json", "unreadable"))
    assert await store.run(lambda unit: unit.letters.all()) == [DeadLetter(b"\xff not json", "unreadable")]
    clock.advance(days=2)
    assert await store.run(lambda unit: unit.letters.all()) == []
