"""How workers divide the work: evenly, without needless moves, and nobody is buried alive."""

from __future__ import annotations

import pytest

from bot.shares import LOOK_SECONDS, LOOKS_TO_DIE, SECONDS_TO_DIE, SURE_SECONDS, Watch, divide, find_strangers
from storage.leases import View, Worker
from storage.shards import READING, SHARDS

ONE, TWO, THREE = (bytes([number]) * 16 for number in (1, 2, 3))


def view(me: bytes, *others: bytes, held: dict[int, bytes] | None = None) -> View:
    holders = dict.fromkeys(range(SHARDS + 1)) | (held or {})
    return View(me, {key: Worker(1, b"ring") for key in (me, *others)}, holders)


def settle(workers: list[bytes], holders: dict[int, bytes | None]) -> int:
    """Let everybody act in turn until nobody wants anything; how many rounds that took."""
    for turn in range(1, 20):
        moved = False
        for me in workers:
            plan = divide(View(me, {key: Worker(1, b"") for key in workers}, holders))
            holders |= dict.fromkeys(plan.take, me) | dict.fromkeys(plan.give)
            moved |= bool(plan.take or plan.give)
        if not moved:
            return turn
    raise AssertionError("they never come to rest")


@pytest.mark.parametrize("number", [1, 2, 3, 5, 16, 20])
def test_shards_are_divided_evenly_and_one_reads(number: int) -> None:
    workers = [bytes([key]) * 16 for key in range(number)]
    holders: dict[int, bytes | None] = dict.fromkeys(range(SHARDS + 1))
    settle(workers, holders)
    assert holders[READING] in workers
    counts = [sum(holders[shard] == worker for shard in range(SHARDS)) for worker in workers]
    assert sum(counts) == SHARDS
    assert max(counts) - min(counts) <= 1


def test_a_newcomer_gets_its_part_and_the_reader_goes_on_reading() -> None:
    holders: dict[int, bytes | None] = dict.fromkeys(range(SHARDS + 1), TWO)
    settle([ONE, TWO], holders)
    assert list(holders.values()).count(ONE) == 8
    assert holders[READING] == TWO


def test_nothing_moves_without_need() -> None:
    held = {shard: (ONE if shard < 8 else TWO) for shard in range(SHARDS)} | {READING: ONE}
    for me, other in ((ONE, TWO), (TWO, ONE)):
        plan = divide(view(me, other, held=held))
        assert (plan.take, plan.give) == (frozenset(), frozenset())


def test_what_the_dead_held_is_free() -> None:
    left = view(ONE, TWO, held={0: ONE, 1: TWO, READING: TWO}).without({TWO})
    assert (left.holders[0], left.holders[1], left.holders[READING]) == (ONE, None, None)
    assert READING in divide(left).take


def watched(beats: list[int], *, every: float = LOOK_SECONDS) -> Watch:
    """What one look after the other found of another worker."""
    watch = Watch()
    for number, count in enumerate(beats):
        watch.note(View(ONE, {TWO: Worker(count, b"")}, {}), number * every)
    return watch


def test_whose_count_stands_still_for_five_seconds_is_dead() -> None:
    assert watched([7] * LOOKS_TO_DIE).dead(SECONDS_TO_DIE) == {}
    assert watched([7] * (LOOKS_TO_DIE + 1)).dead(SECONDS_TO_DIE) == {TWO: 7}


def test_whose_count_grows_lives() -> None:
    assert watched([7, 7, 7, 7, 8, 8]).dead(5 * LOOK_SECONDS) == {}


def test_a_watcher_that_slept_for_an_hour_buries_nobody() -> None:
    assert watched([7, 7], every=3600).dead(3600) == {}


def test_many_looks_in_one_moment_bury_nobody() -> None:
    assert watched([7] * 50, every=0.01).dead(SECONDS_TO_DIE) == {}


def test_nobody_is_sure_for_as_long_as_others_need_to_bury_him() -> None:
    assert SURE_SECONDS + 1 < SECONDS_TO_DIE


def test_a_worker_with_other_day_keys_is_a_stranger_and_known_to_live_when_it_has_grown_twice() -> None:
    assert find_strangers(view(ONE, TWO), is_ours=lambda ring: ring != b"ring") == {ONE, TWO}
    assert find_strangers(view(ONE, TWO), is_ours=lambda ring: ring == b"ring") == frozenset()
    assert not watched([7, 8]).is_alive(TWO)
    assert watched([7, 8, 9]).is_alive(TWO)
    assert not watched([7, 8, 9]).is_alive(THREE)
