"""Counters: every case once per list, every level and age shown, small numbers hidden for statistics."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handlers.sharing.counters import HIDDEN, count, hide_small
from tests.handlers.sharing.samples import GROUPS, make_case

numbers = st.lists(st.integers(min_value=0, max_value=3), max_size=60)


@given(numbers)
def test_levels_regions_and_ages_add_up_to_the_detentions(kinds: list[int]) -> None:
    counters = count(make_case(kind).facts for kind in kinds)
    for group in (counters.level, counters.region, counters.age_group):
        assert sum(number for _, number in group) == counters.detentions == len(kinds)


def test_a_body_is_counted_once_per_case() -> None:
    facts = make_case(1, bodies=("omon", "omon", "kgb")).facts
    assert dict(count([facts]).body) == {"omon": 1, "kgb": 1}


def test_a_case_without_region_or_body_counts_as_unknown_and_stands_last() -> None:
    counters = count([make_case(3).facts, make_case(0).facts])
    assert counters.region[-1] == ("unknown", 1)
    assert counters.body[-1] == ("unknown", 1)


def test_every_level_and_age_group_is_there_on_an_empty_day() -> None:
    counters = count([])
    assert [name for name, _ in counters.level] == ["red", "orange", "yellow", "green"]
    assert {number for _, number in (*counters.level, *counters.age_group)} == {0}
    assert set(GROUPS) <= {name for name, _ in counters.age_group}
    assert counters.region == counters.body == ()


def test_an_age_group_nobody_knows_yet_is_still_counted() -> None:
    assert ("90+", 1) in count([make_case(1, age_group="90+").facts]).age_group


@given(numbers)
def test_statistics_tell_no_small_number_and_let_none_be_worked_out(kinds: list[int]) -> None:
    counters = count(make_case(kind).facts for kind in kinds)
    hidden = hide_small(counters)
    for before, after in ((counters.region, hidden.region), (counters.age_group, hidden.age_group)):
        told = dict(after)
        secret = [name for name, number in before if told[name] == HIDDEN]
        assert all(told[name] == HIDDEN for name, number in before if 0 < number < 5)
        # A single hidden number would be the total minus the others.
        assert len(secret) != 1 or hidden.detentions == HIDDEN
    assert hidden.level == ()
