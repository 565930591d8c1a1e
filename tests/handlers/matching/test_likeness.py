"""What is compared, what agrees, and what counts for how much."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.matching.likeness import BITS, Fact, Likeness, Sighting, blind_traits, compare
from handlers.matching.traits import read_traits
from tests.drills.tags import tag_with
from tests.tables import each

KEY = bytes(32)
DAY, REGION = "2026-11-19", "BY-HM"


def sighting(
    *,
    given_name: str | None = "Ян",
    surname: str = "Прыклад",
    day: str | None = DAY,
    region: str | None = REGION,
    **more: Any,
) -> Sighting:
    traits = read_traits({"given_name": given_name, "surname": surname, **more}, year=2026)
    assert traits is not None
    return Sighting(blind_traits(traits, tag_with(KEY)), day, region)


ONE = sighting(birth_year=1990, patronymic="Пятровіч")


def test_one_person_in_other_letters_agrees_in_everything() -> None:
    other = sighting(
        given_name="Jan", surname="Pryklad", birth_year=1991, patronymic="Petrovich", day="2026-11-22"
    )
    agreement = compare(ONE, other)
    assert agreement.enough
    assert agreement.facts == (Fact.NAME, Fact.PATRONYMIC, Fact.YEAR, Fact.DAY, Fact.REGION)


@each([(1988, False), (1989, True), (1990, True), (1991, True), (1992, False)])
def test_years_agree_within_one(born: int, near: bool) -> None:
    assert (Fact.YEAR in compare(ONE, sighting(birth_year=born)).facts) == near


@pytest.mark.parametrize(("age", "near"), [(33, False), (35, True), (36, True), (39, False)])
def test_an_age_is_one_of_two_years(age: int, near: bool) -> None:
    assert (Fact.YEAR in compare(ONE, sighting(age=age)).facts) == near


@each(
    [
        ("2026-11-16", True),
        ("2026-11-22", True),
        ("2026-11-15", False),
        ("2026-11-23", False),
        ("2026-11", False),
    ]
)
def test_days_agree_within_three(day: str, near: bool) -> None:
    assert (Fact.DAY in compare(ONE, sighting(day=day)).facts) == near


def test_a_month_that_leaves_it_open_says_nothing_and_another_month_differs() -> None:
    this, other = (compare(sighting(), sighting(day=day)) for day in ("2026-11", "2026-08"))
    assert this.score == compare(sighting(), sighting(day=None)).score > other.score


@pytest.mark.parametrize(
    "other",
    [
        sighting(given_name="Пётр", birth_year=1988, patronymic="Пятровіч"),  # his brother
        sighting(birth_year=1961, patronymic="Іванавіч"),  # his father, or a namesake
        sighting(surname="Узор", birth_year=1990, patronymic="Пятровіч"),
        sighting(given_name=None),  # a family name, a day and a region are not enough
    ],
)
def test_relatives_and_namesakes_are_told_apart(other: Sighting) -> None:
    assert not compare(ONE, other).enough


def test_a_name_alone_is_not_enough_and_a_day_makes_it_so() -> None:
    alone = sighting(day=None, region=None)
    assert not compare(alone, alone).enough
    assert compare(sighting(region=None), sighting(region=None)).enough


def test_a_missing_given_name_is_made_up_for_by_year_and_day() -> None:
    agreement = compare(ONE, sighting(given_name=None, birth_year=1990))
    assert agreement.enough
    assert agreement.facts[0] is Fact.SURNAME


def test_what_only_one_of_them_tells_counts_for_nothing() -> None:
    assert compare(ONE, sighting()) == compare(sighting(), sighting())


def test_an_initial_says_nothing() -> None:
    assert sighting(given_name="П.").likeness.given == ()


@pytest.mark.parametrize(
    "person", [{}, {"surname": None, "given_name": "Ян"}, {"surname": "'"}, {"surname": 5}]
)
def test_without_a_family_name_nothing_is_compared(person: dict[str, Any]) -> None:
    assert read_traits(person, year=2026) is None


@pytest.mark.parametrize(
    "person",
    [
        {"given_name": "Прыклад", "surname": "Ян"},
        {"given_name": "Пятровіч", "surname": "Ян", "patronymic": "Прыклад"},
    ],
)
def test_a_name_read_the_other_way_round_is_turned(person: dict[str, Any]) -> None:
    straight = read_traits({"given_name": "Ян", "surname": "Прыклад"}, year=2026)
    turned = read_traits(person, year=2026)
    assert straight is not None
    assert turned is not None
    assert (turned.surnames, turned.given) == (straight.surnames, straight.given)


def test_one_part_of_a_double_family_name_is_enough() -> None:
    double = sighting(surname="Прыклад-Узор")
    assert compare(sighting(surname="Узор"), double).enough
    assert set(sighting(surname="Узор").likeness.buckets) < set(double.likeness.buckets)


def test_hashes_are_as_short_as_the_table_says_and_another_key_makes_others() -> None:
    traits = read_traits({"given_name": "Ян", "surname": "Прыклад"}, year=2026)
    assert traits is not None
    here, there = (blind_traits(traits, tag_with(bytes([number]) * 32)) for number in (0, 1))
    assert here != there
    assert all(tag < 2 ** BITS[kind] for kind in BITS for tag in getattr(here, kind))


def test_nothing_of_a_person_shows_when_it_is_printed() -> None:
    traits = read_traits({"given_name": "Ян", "surname": "Прыклад", "birth_year": 1990}, year=2026)
    assert "1990" not in repr(traits)
    assert repr(ONE.likeness) == "Likeness()"


tags = st.lists(st.integers(0, 7), max_size=2).map(tuple)
likenesses = st.builds(Likeness, st.tuples(st.integers(0, 7)), tags, tags, tags)
sightings = st.builds(
    Sighting,
    likenesses,
    st.sampled_from([None, DAY, "2026-11", "2026-08-01"]),
    st.sampled_from([None, REGION, "BY-BR"]),
)


@given(sightings, sightings)
def test_it_does_not_matter_which_report_came_first(one: Sighting, two: Sighting) -> None:
    assert compare(one, two) == compare(two, one)


@given(sightings)
def test_what_agrees_is_never_less_than_with_less_told(one: Sighting) -> None:
    assert compare(one, one).score >= compare(one, replace(one, day=None)).score
