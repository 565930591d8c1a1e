"""Which time it is when clocks disagree: the steady count decides, and the network may only confirm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from handlers.timekeeping import Belief, Reading, tell_time, weigh

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BELIEF = Belief(Reading(NOON, 1000.0))


def after(seconds: float, *, jump: timedelta = timedelta(0)) -> Reading:
    """What the wall clock says some seconds later, if it has jumped meanwhile."""
    return Reading(NOON + timedelta(seconds=seconds) + jump, 1000.0 + seconds)


def network(seconds: float, *, off: timedelta = timedelta(0)) -> Reading:
    return after(seconds, jump=off)


JUMPS = [timedelta(hours=hours) for hours in (1, -1, 24 * 365, -24 * 365)] + [timedelta(minutes=-11)]


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_a_clock_that_jumped_alone_moves_nothing_and_casts_doubt(jump: timedelta) -> None:
    wall = after(60, jump=jump)
    assert tell_time(BELIEF, wall) == NOON + timedelta(seconds=60)
    for heard in (None, network(30)):
        belief = weigh(BELIEF, wall, heard)
        assert belief.doubtful
        assert tell_time(belief, after(7200, jump=jump)) == NOON + timedelta(hours=2)


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_one_that_comes_back_ends_the_doubt(jump: timedelta) -> None:
    doubtful = weigh(BELIEF, after(60, jump=jump), None)
    assert not weigh(doubtful, after(120), None).doubtful


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_a_jump_that_the_network_confirms_is_a_correction(jump: timedelta) -> None:
    wall = after(60, jump=jump)
    belief = weigh(BELIEF, wall, network(30, off=jump))
    assert belief == Belief(wall)
    assert tell_time(belief, wall) == wall.time


def test_a_network_that_contradicts_casts_doubt_and_has_no_power_over_time() -> None:
    wall = after(60)
    belief = weigh(BELIEF, wall, network(30, off=timedelta(days=365)))
    assert belief == Belief(wall, doubtful=True)
    assert tell_time(belief, after(90)) == NOON + timedelta(seconds=90)


@pytest.mark.parametrize("minutes", [-10, -1, 1, 10])
def test_a_small_step_is_followed(minutes: int) -> None:
    wall = after(60, jump=timedelta(minutes=minutes))
    assert tell_time(BELIEF, wall) == wall.time
    assert weigh(BELIEF, wall, network(60)) == Belief(wall)


def test_the_control_the_wall_clock_alone_would_have_jumped() -> None:
    assert all(abs(after(60, jump=jump).time - after(60).time) > timedelta(minutes=10) for jump in JUMPS)
