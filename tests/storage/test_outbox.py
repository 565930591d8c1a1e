"""The outbox keeps order, replaces what is out of date, and knows after a crash what may have been sent."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from storage.outbox import Letter
from storage.retention import Policy
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from storage.volatile import KeyRing
from tests.conftest import open_store
from tests.fakes import CountingIds, FakeClock


def make_letter(number: int, *, slot: str | None = None, priority: int = 5) -> Letter:
    payload = {"text": f"ліст {number}", "data": b"\x00\xff", "rows": [[1]]}
    return Letter(number.to_bytes(16, "big"), slot or f"slot-{number}", priority, payload)


async def put(store: Store, *letters: Letter, replace: bool = False) -> None:
    async def job(unit: UnitOfWork) -> None:
        for letter in letters:
            await unit.outbox.put(letter, replace=replace)

    await store.run(job)


async def take(store: Store, limit: int = 100) -> list[int]:
    letters = await store.run(lambda unit: unit.outbox.take(limit))
    return [int.from_bytes(letter.id, "big") for letter in letters]


async def test_a_letter_comes_back_as_it_was_put(store: Store) -> None:
    await put(store, make_letter(1))
    (letter,) = await store.run(lambda unit: unit.outbox.take(5))
    assert letter.payload == make_letter(1).payload
    assert (letter.slot, letter.priority, letter.repeated) == ("slot-1", 5, False)


async def test_urgent_letters_go_first_and_the_others_in_order(store: Store) -> None:
    await put(store, make_letter(3), make_letter(2), make_letter(9, priority=0), make_letter(1))
    assert await take(store) == [9, 3, 2, 1]
    assert await take(store, 2) == [9, 3]


async def test_a_newer_letter_takes_the_place_of_one_that_waits(store: Store) -> None:
    await put(store, make_letter(1, slot="screen"), make_letter(2, slot="other"))
    await put(store, make_letter(3, slot="screen"), replace=True)
    assert await take(store) == [2, 3]


async def test_a_letter_on_its_way_is_not_replaced(store: Store) -> None:
    await put(store, make_letter(1, slot="screen"))
    await store.run(lambda unit: unit.outbox.sending((1).to_bytes(16, "big")))
    await put(store, make_letter(2, slot="screen"), replace=True)
    await store.run(lambda unit: unit.outbox.later((1).to_bytes(16, "big")))
    assert await take(store) == [1, 2]


async def test_a_claimed_letter_is_not_offered_again_until_it_is_put_off(store: Store) -> None:
    await put(store, make_letter(1), make_letter(2))
    claimed = await store.run(lambda unit: unit.outbox.claim(1))
    assert await take(store) == [2]
    await store.run(lambda unit: unit.outbox.later(claimed[0].id))
    assert await take(store) == [1, 2]


async def test_a_sent_letter_is_gone(store: Store) -> None:
    await put(store, make_letter(1))
    await store.run(lambda unit: unit.outbox.done((1).to_bytes(16, "big")))
    assert await take(store) == []
    assert store.letters_waiting == 0


async def test_a_failed_job_leaves_the_queue_as_it_was(store: Store) -> None:
    await put(store, make_letter(1, slot="screen"))

    async def fail(unit: UnitOfWork) -> None:
        await unit.outbox.put(make_letter(2, slot="screen"), replace=True)
        raise ValueError

    (outcome,) = await store.run_batch([fail])
    assert isinstance(outcome, ValueError)
    assert await take(store) == [1]


async def test_a_restart_keeps_the_order_and_marks_what_may_have_been_sent(
    url: str, ring: KeyRing, clock: FakeClock, new_id: CountingIds
) -> None:
    store = await open_store(url, ring, clock=clock, new_id=new_id)
    await put(store, make_letter(3), make_letter(1), make_letter(2))
    await store.run(lambda unit: unit.outbox.sending((1).to_bytes(16, "big")))
    await store.close()
    store = await open_store(url, ring, clock=clock, new_id=new_id)
    await put(store, make_letter(4))
    letters = await store.run(lambda unit: unit.outbox.take(10))
    assert [(int.from_bytes(letter.id, "big"), letter.repeated) for letter in letters] == [
        (3, False),
        (1, True),
        (2, False),
        (4, False),
    ]
    await store.close()


async def test_letters_of_a_forgotten_day_are_dropped(store: Store, clock: FakeClock) -> None:
    await put(store, make_letter(1))
    clock.advance(days=1)
    await put(store, make_letter(2))
    clock.advance(days=1)
    assert await store.run(lambda unit: unit.outbox.drop_undecryptable()) == 1
    assert await take(store) == [2]


async def test_letters_of_a_forgotten_day_are_never_offered(store: Store, clock: FakeClock) -> None:
    await put(store, make_letter(1))
    clock.advance(days=2)
    assert await take(store) == []
    assert store.letters_waiting == 0


async def test_looking_in_with_other_day_keys_does_no_harm(
    url: str, ring: KeyRing, clock: FakeClock, new_id: CountingIds, tmp_path: Path
) -> None:
    store = await open_store(url, ring, clock=clock, new_id=new_id)
    await put(store, make_letter(1))
    await store.close()
    other = KeyRing.open(tmp_path / "other", now=clock.now(), allow_disk=True)
    store = await open_store(url, other, clock=clock, new_id=new_id)
    assert await take(store) == []
    await store.close()
    store = await open_store(url, ring, clock=clock, new_id=new_id)
    assert await take(store) == [1]
    await store.close()


async def test_what_takes_the_place_of_a_letter_that_may_have_been_sent_is_repeated_too(
    sqlite_store: Store, sqlite_url: str, ring: KeyRing, clock: FakeClock, new_id: CountingIds
) -> None:
    second = make_letter(2, slot="show:1")
    await put(sqlite_store, make_letter(1, slot="show:1"))
    await sqlite_store.run(lambda unit: unit.outbox.claim(1))
    await sqlite_store.close()
    for _ in range(2):  # and stays so through one more crash
        sqlite_store = await open_store(sqlite_url, ring, clock=clock, new_id=new_id)
        await put(sqlite_store, second, replace=True)
        (letter,) = await sqlite_store.run(lambda unit: unit.outbox.take(5))
        await sqlite_store.close()
        assert (letter.id, letter.repeated) == (second.id, True)


async def test_learning_anew_what_waits_leaves_what_is_under_way_under_way(store: Store) -> None:
    await put(store, make_letter(1), make_letter(2))
    (claimed,) = await store.run(lambda unit: unit.outbox.claim(1))
    await store.sweep(datetime(2026, 11, 23, 9, 30, tzinfo=UTC), Policy())
    (waiting,) = await store.run(lambda unit: unit.outbox.take(5))
    assert (claimed.id, waiting.id, waiting.repeated) == (make_letter(1).id, make_letter(2).id, False)
    assert store.letters_waiting == 2
