"""Budgets: whoever waits as told never exceeds them, and nobody waits longer than needed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.events import Room
from handlers.limits import (
    EMPTY,
    TELEGRAM,
    UNLIMITED,
    Allowance,
    Bucket,
    Floods,
    backoff,
    close,
    is_group,
    is_stale,
    note_flood,
    spend,
    wait,
)

BUDGET = (Allowance(3, 3.0), Allowance(5, 10.0))
ONE, OTHER = Room("telegram", "1"), Room("telegram", "2")


@given(st.lists(st.floats(0, 4), max_size=60))
def test_whoever_waits_as_told_never_exceeds_a_budget(pauses: list[float]) -> None:
    bucket, now = EMPTY, 0.0
    calls: list[float] = []
    for pause in pauses:
        now += pause
        now += wait(bucket, BUDGET, now)
        bucket = spend(bucket, BUDGET, now)
        calls.append(now)
    for allowance in BUDGET:
        for first, later in zip(calls, calls[allowance.most :], strict=False):
            assert later - first >= allowance.span - 1e-6


def test_a_burst_is_free_and_then_the_oldest_call_sets_the_pace() -> None:
    bucket = EMPTY
    for moment in (0.0, 1.0, 2.0):
        assert wait(bucket, BUDGET, moment) == 0
        bucket = spend(bucket, BUDGET, moment)
    assert wait(bucket, BUDGET, 2.0) == 1.0
    assert wait(bucket, BUDGET, 3.0) == 0


def test_what_was_promised_to_be_waited_is_never_shortened() -> None:
    bucket = close(close(EMPTY, 50.0), 20.0)
    assert wait(bucket, UNLIMITED.private, 10.0) == 40.0
    assert wait(spend(bucket, BUDGET, 10.0), BUDGET, 10.0) == 40.0


def test_a_bucket_forgets_and_then_is_worth_nothing() -> None:
    bucket = Bucket(tuple(float(n) for n in range(5)))
    assert spend(bucket, BUDGET, 100.0).calls == (100.0,)
    assert is_stale(bucket, BUDGET, 100.0)
    assert not is_stale(close(bucket, 101.0), BUDGET, 100.0)
    assert not is_stale(bucket, BUDGET, 5.0)


def test_refusals_in_two_rooms_within_seconds_concern_everybody() -> None:
    floods, everybody = note_flood(Floods(), ONE, 0.0)
    assert not everybody
    floods, everybody = note_flood(floods, ONE, 1.0)
    assert not everybody
    floods, everybody = note_flood(floods, OTHER, 3.0)
    assert everybody
    _, everybody = note_flood(floods, ONE, 60.0)
    assert not everybody


@pytest.mark.parametrize(("tries", "least", "most"), [(1, 0.5, 1), (2, 1, 2), (5, 8, 16), (99, 150, 300)])
def test_waiting_doubles_spreads_and_ends_somewhere(tries: int, least: float, most: float) -> None:
    assert backoff(tries, 0.0) == least
    assert backoff(tries, 1.0) == most


def test_telegram_numbers_groups_below_zero() -> None:
    assert is_group(Room("telegram", "-1001"))
    assert not is_group(ONE)
    assert sum(allowance.most for allowance in TELEGRAM.group) < 20
