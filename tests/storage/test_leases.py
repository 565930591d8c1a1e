"""Two stores on one PostgreSQL: each letter has one sender, whoever was taken for dead keeps nothing."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.errors import KeepFailed, LeaseLost
from storage.leases import Leases
from storage.outbox import Letter
from storage.shards import READING, SHARDS, lane_of_slot
from storage.store import Store
from storage.survey import Workers, find_workers
from storage.unit_of_work import UnitOfWork
from storage.volatile import KeyRing
from tests.conftest import open_store
from tests.fakes import CountingIds, FakeClock

pytestmark = pytest.mark.postgres

ALL = range(SHARDS)
ONE, TWO = bytes([1]) * 16, bytes([2]) * 16
IMPATIENT = "SET idle_in_transaction_session_timeout = '200ms'"


def leases_of(store: Store) -> Leases:
    assert store.leases is not None
    return store.leases


Open = Callable[[], Awaitable[Store]]


@pytest.fixture
async def open_one(
    postgres_url: str, ring: KeyRing, clock: FakeClock, new_id: CountingIds
) -> AsyncIterator[Open]:
    """A store over the same database, as often as it is called."""
    opened: list[Store] = []

    async def open_next() -> Store:
        opened.append(await open_store(postgres_url, ring, clock=clock, new_id=new_id))
        return opened[-1]

    yield open_next
    for store in opened:
        await store.close()


@pytest.fixture
async def first(open_one: Open) -> Store:
    """A worker that reads and sends everything."""
    return await enter(await open_one(), ONE, [READING, *ALL])


@pytest.fixture
async def second(open_one: Open, first: Store) -> Store:
    """One that has come later and holds nothing."""
    return await enter(await open_one(), TWO, [])


async def enter(store: Store, me: bytes, shares: list[int]) -> Store:
    await leases_of(store).join(me)
    await store.send_only(())
    taken = await leases_of(store).take(shares) if shares else frozenset()
    await store.send_only(taken - {READING})
    return store


def letter(number: int, slot: str = "show:telegram:7") -> Letter:
    return Letter(number.to_bytes(16, "big"), slot, 5, {"n": number})


async def put(store: Store, *letters: Letter, replace: bool = True) -> None:
    async def job(unit: UnitOfWork) -> None:
        for each in letters:
            await unit.outbox.put(each, replace=replace)

    await store.run(job)


async def claim(store: Store) -> list[tuple[int, bool]]:
    letters = await store.run(lambda unit: unit.outbox.claim(100))
    return [(int.from_bytes(one.id, "big"), one.repeated) for one in letters]


async def move(shards: range | list[int], *, away: Store, to: Store) -> None:
    await away.send_only(away.shards - frozenset(shards))
    await leases_of(away).give_back(list(shards))
    await to.send_only(to.shards | await leases_of(to).take(list(shards)))


async def test_a_letter_is_offered_to_the_holder_of_its_shard_alone(first: Store, second: Store) -> None:
    await move(ALL, away=first, to=second)
    await put(first, letter(1), letter(2, "card:aa"))
    assert await claim(first) == []
    await second.learn_letters()
    assert await claim(second) == [(1, False), (2, False)]


async def test_whoever_puts_a_letter_for_another_tells_it(first: Store, second: Store) -> None:
    await move(ALL, away=first, to=second)
    await leases_of(second).look()  # it listens from its first look on
    leases_of(second).letters.clear()
    await put(first, letter(1))
    await asyncio.wait_for(leases_of(second).letters.wait(), 5)


async def test_everybody_is_told_when_somebody_was_struck_out(first: Store, second: Store) -> None:
    await leases_of(second).look()
    leases_of(second).shares.clear()
    assert await leases_of(second).strike_out(ONE, beats=0)
    await asyncio.wait_for(leases_of(second).shares.wait(), 5)


async def test_only_the_holder_replaces_and_never_what_it_is_sending(first: Store, second: Store) -> None:
    await move(ALL, away=first, to=second)
    await put(first, letter(1))
    await second.learn_letters()
    assert await claim(second) == [(1, False)]  # under way
    await put(first, letter(2), letter(3))
    await second.learn_letters()
    assert await claim(second) == [(3, False)]  # the newest of those that waited
    await second.run(lambda unit: unit.outbox.done(letter(1).id))
    assert second.letters_waiting == 1


async def test_letters_of_one_lane_keep_their_order_whoever_puts_them(first: Store, second: Store) -> None:
    await move(ALL, away=first, to=second)
    for number, store in enumerate((first, second, first, second, first), 1):
        await put(store, letter(number), replace=False)
    await second.learn_letters()
    assert [number for number, _ in await claim(second)] == [1, 2, 3, 4, 5]


async def test_what_a_dead_worker_was_sending_may_have_been_sent(first: Store, second: Store) -> None:
    await put(first, letter(1), letter(2, "card:aa"))
    assert await claim(first) == [(1, False), (2, False)]
    await put(first, letter(3, "card:bb"))
    beats = (await leases_of(second).look()).workers[ONE].beats
    assert await leases_of(second).strike_out(ONE, beats=beats)
    await second.send_only(await leases_of(second).take([*ALL]))
    assert await claim(second) == [(1, True), (2, True), (3, False)]


async def test_a_newer_letter_inherits_that_the_older_may_have_been_sent(first: Store, second: Store) -> None:
    await put(first, letter(1))
    assert await claim(first) == [(1, False)]
    await put(first, letter(2))  # waits behind the one that is being sent
    await leases_of(second).strike_out(ONE, beats=0)
    await second.send_only(await leases_of(second).take([*ALL]))
    assert await claim(second) == [(2, True)]


async def test_whoever_lives_is_not_struck_out(first: Store, second: Store) -> None:
    beats = (await leases_of(second).look()).workers[ONE].beats
    await leases_of(first).look()
    assert not await leases_of(second).strike_out(ONE, beats=beats)
    await put(first, letter(1))


async def commit_after_a_long_sleep(asleep: Store, awake: Store, *, fenced: bool) -> bool:
    """One falls asleep, another takes its place, it wakes up and wants to keep; whether it could."""
    await leases_of(awake).strike_out(ONE, beats=0)
    if not fenced:
        leases_of(asleep)._joined = False  # what the protection keeps from happening
    with contextlib.suppress(LeaseLost):
        await asleep.run(lambda unit: unit.positions.set("telegram", "77"))
    return await awake.run(lambda unit: unit.positions.get("telegram")) == "77"


@pytest.mark.parametrize("fenced", [True, False])
async def test_a_worker_that_was_asleep_keeps_nothing_unless_nobody_checks(
    first: Store, second: Store, fenced: bool
) -> None:
    assert await commit_after_a_long_sleep(first, second, fenced=fenced) is not fenced


async def test_a_worker_that_was_struck_out_hears_it_at_its_next_look_and_takes_nothing(
    first: Store, second: Store
) -> None:
    await leases_of(second).strike_out(ONE, beats=0)
    with pytest.raises(LeaseLost):
        await leases_of(first).look()
    with pytest.raises(LeaseLost):
        await leases_of(first).take([0])
    leases_of(first).forget()
    await enter(first, bytes([3]) * 16, [])
    await put(first, letter(1))


async def test_a_share_has_one_holder(first: Store, second: Store) -> None:
    assert await leases_of(second).take([READING, *ALL]) == frozenset()
    await leases_of(first).leave()
    assert await leases_of(second).take([READING, *ALL]) == {READING, *ALL}
    with pytest.raises(LeaseLost):
        await put(first, letter(1))


async def test_a_commit_in_doubt_forgets_no_letter(first: Store, second: Store) -> None:
    await put(first, letter(1))
    assert await claim(first) == [(1, False)]
    first._commits._in_doubt = True
    await put(first, letter(2, "card:aa"))
    assert await claim(first) == [(2, False)]
    assert first.letters_waiting == 2


async def test_letters_from_before_there_were_shards_find_theirs(open_one: Open, postgres_url: str) -> None:
    store = await open_one()
    await put(store, letter(1), letter(2, "card:aa"))
    unsorted = await open_one()
    await unsorted._commits.do_alone(forget_shards)
    await enter(unsorted, ONE, [READING, *ALL])
    assert await claim(unsorted) == []
    await unsorted.run(lambda unit: unit.outbox.sort())
    await unsorted.learn_letters()
    assert await claim(unsorted) == [(1, False), (2, False)]


async def forget_shards(connection: AsyncConnection) -> None:
    async with connection.begin():
        await connection.exec_driver_sql("UPDATE outbox SET shard = -1")


def test_everything_for_one_chat_is_one_lane_and_everything_for_the_team_another() -> None:
    assert (
        lane_of_slot("show:telegram:7") == lane_of_slot("erase:telegram:7") != lane_of_slot("show:telegram:8")
    )
    assert {lane_of_slot(slot) for slot in ("card:aa", "card:bb", "digest:x", "say:hello")} == {""}


async def test_workers_with_other_day_keys_are_told_apart(
    first: Store, clock: FakeClock, tmp_path: Path
) -> None:
    view = await leases_of(first).look()
    assert leases_of(first).is_ours(view.workers[ONE].ring)
    other = KeyRing.open(tmp_path / "other", now=clock.now(), allow_disk=True)
    vault = first._commits._vault
    assert not leases_of(first).is_ours(vault.tag_ring(other.today))


async def test_a_look_from_outside_counts_who_lives_and_tells_whether_one_reads(
    first: Store, second: Store, postgres_url: str
) -> None:
    async def live() -> None:
        while True:
            await leases_of(first).look()

    living = asyncio.create_task(live())
    assert await find_workers(postgres_url, watch_seconds=0.3) == Workers(alive=1, silent=1, reads=True)
    living.cancel()
    await asyncio.gather(living, return_exceptions=True)
    for store in (first, second):
        await leases_of(store).leave()
    assert await find_workers(postgres_url) == Workers(alive=0, silent=0, reads=False)


async def test_a_newcomer_is_offered_nothing_before_it_holds_a_shard(first: Store, open_one: Open) -> None:
    await put(first, letter(1))
    newcomer = await open_one()
    newcomer.send_nothing()
    assert await claim(newcomer) == []
    assert await claim(await open_one()) == [(1, False)]  # the control: who believes to be alone


async def test_who_falls_asleep_during_its_turn_loses_it(first: Store, second: Store) -> None:
    assert await shown_by(first) == "15s"
    asleep, awake = asyncio.Event(), asyncio.Event()

    async def sleep(_: UnitOfWork) -> None:
        assert first._commits._connection is not None
        await first._commits._connection.exec_driver_sql(IMPATIENT)
        asleep.set()
        await awake.wait()

    sleeping = asyncio.create_task(first.run(sleep))
    await asleep.wait()
    await put(second, letter(1))  # comes through when the turn is taken away
    awake.set()
    with pytest.raises(KeepFailed):
        await sleeping


async def shown_by(store: Store) -> object:
    async def show(connection: AsyncConnection) -> object:
        async with connection.begin():
            asked = await connection.exec_driver_sql("SHOW idle_in_transaction_session_timeout")
            return asked.scalar()

    return await store._commits.do_alone(show)
