"""Mass events: which cases share a topic follows from their cards alone, in any order."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from handlers.screens import Line, Screen
from handlers.texts import LANGUAGES, Texts
from handlers.triage.cards import card
from handlers.triage.cases import Case, Status
from handlers.triage.clusters import (
    LEAST,
    Occasion,
    belongs,
    cluster_title,
    count,
    entry,
    has_formed,
    members_of,
    occasions_of,
    stands_alone,
)
from handlers.triage.facts import Level
from tests.storage.samples import make_case

DAY, REGION = "2026-11-22", "BY-HM"
OCCASION = Occasion(DAY, REGION)
PRISON = "prison1"  # in another region
HELD = Occasion(DAY, "BY-HR", PRISON)
TEXTS = Texts.load()


def told(
    number: int,
    *,
    day: str | None = DAY,
    region: str | None = REGION,
    level: Level = Level.GREEN,
    held: str = "",
) -> Case:
    case = make_case(number, code=f"K7Q{number:02}")
    return replace(case, facility=held, facts=replace(case.facts, level=level, region=region, day=day))


def words(screen: Screen) -> str:
    return TEXTS.show("en", screen)[0]


def test_five_of_one_day_and_region_are_an_event_and_four_are_not() -> None:
    cases = [told(number) for number in range(LEAST)]
    assert has_formed(cases, OCCASION)
    assert not has_formed(cases[1:], OCCASION)


@pytest.mark.parametrize("other", [told(9, day="2026-11-21"), told(9, region="BY-BR")])
def test_another_day_or_region_is_another_event(other: Case) -> None:
    assert members_of([*(told(number) for number in range(4)), other], OCCASION) == tuple(
        told(number) for number in range(4)
    )


@pytest.mark.parametrize("case", [told(1, day=None), told(1, day="2026-11"), told(1, region=None)])
def test_a_case_without_its_whole_day_or_its_region_belongs_to_no_event(case: Case) -> None:
    assert occasions_of(case) == ()


def test_five_who_were_taken_in_five_regions_and_are_held_in_one_place_are_an_event() -> None:
    regions = ("BY-HM", "BY-MI", "BY-BR", "BY-VI", None)
    cases = [told(number, region=region, held=PRISON) for number, region in enumerate(regions)]
    assert has_formed(cases, HELD)
    assert not has_formed(cases[1:], HELD)
    assert not has_formed([*cases[1:], told(9, held="sizo1")], HELD)
    assert not has_formed([*cases[1:], told(9, held=PRISON, day="2026-11-21")], HELD)
    assert not has_formed(cases, Occasion(DAY, "BY-HR"))


def test_a_case_of_two_events_names_its_region_first_always() -> None:
    assert occasions_of(told(1, held=PRISON)) == (OCCASION, HELD)
    assert occasions_of(told(1, held=PRISON, region=None)) == (HELD,)
    assert occasions_of(told(1, held="nowhere")) == (OCCASION,)
    assert HELD.name != Occasion(DAY, "BY-HR").name


@pytest.mark.parametrize("occasion", [OCCASION, HELD])
@pytest.mark.parametrize("case", [told(1), told(1, held=PRISON), told(1, region=None, held=PRISON),
                                  told(1, day=None, held=PRISON), told(1, held=PRISON, region="BY-HR"),
                                  replace(told(1, held=PRISON), status=Status.HELD)])  # fmt: skip
def test_belonging_to_an_event_is_having_it_among_ones_own(case: Case, occasion: Occasion) -> None:
    assert belongs(case, occasion) == (occasion in occasions_of(case))


@pytest.mark.parametrize("language", LANGUAGES)
def test_which_place_of_detention_it_is_stands_nowhere(language: str) -> None:
    cases = [told(number, held=PRISON) for number in range(LEAST)]
    screens = [count(HELD, cases, policy="card"), Screen((cluster_title(HELD, policy="card"),)),
               Screen((entry(cases[0], policy="card"),)), card(cases[0], policy="card")]  # fmt: skip
    shown = "\n".join(TEXTS.show(language, screen)[0] for screen in screens)
    name = TEXTS.say(language, Line(f"vocab-facility-{PRISON}"))
    assert name not in shown
    assert PRISON not in shown
    assert TEXTS.say(language, Line("card-region-BY-HR")) in shown  # its region is said


def test_a_case_from_before_facilities_were_kept_still_opens() -> None:
    known = msgspec.to_builtins(told(1))
    assert known.pop("facility") == ""
    assert msgspec.convert(known, Case) == told(1)


def test_a_case_that_is_held_back_belongs_to_no_event() -> None:
    assert occasions_of(replace(told(1), status=Status.HELD)) == ()


def test_the_order_of_the_cases_changes_nothing() -> None:
    cases = [told(number, level=tuple(Level)[number % 4]) for number in range(20)]
    shuffled = [*cases[7:], *reversed(cases[:7])]
    assert members_of(cases, OCCASION) == members_of(shuffled, OCCASION)
    assert members_of(cases, OCCASION)[0].level is Level.RED


def test_only_red_cases_stand_alone() -> None:
    assert [level for level in Level if stands_alone(told(1, level=level))] == [Level.RED]


def test_the_count_says_how_many_how_urgent_and_which_nobody_has_taken() -> None:
    taken = replace(told(1), status=Status.CLAIMED, claimant="m-01")
    text = words(count(OCCASION, [told(0, level=Level.ORANGE), taken, told(2)], policy="card"))
    assert "2026-11-22 · Minsk city: reports 3" in text
    assert "🔴 0 · 🟠 1 · 🟡 0 · 🟢 2" in text
    assert "Not taken: K7Q00 K7Q02" in text


def test_a_crowd_fits_one_message_and_twelve_lines() -> None:
    cases = [told(number) for number in range(2000)]
    for language in LANGUAGES:
        text, _ = TEXTS.show(language, count(OCCASION, cases, policy="card"))
        assert len(text) <= 1024
        assert text.count("\n") < 12


def test_with_policy_bell_neither_day_nor_region_nor_age_is_said() -> None:
    shown = words(Screen((cluster_title(OCCASION, policy="bell"), entry(told(1), policy="bell"))))
    assert DAY not in shown
    assert "Minsk" not in shown
    assert "30-44" not in shown
    assert "K7Q01" in shown


def test_a_line_under_a_file_names_who_has_taken_the_case() -> None:
    taken = replace(told(1), status=Status.CLAIMED, claimant="m-01")
    assert words(Screen((entry(taken, policy="card"),))) == "✋ 🟢 K7Q01 · 30-44 · police · ✋ m-01"


def test_no_line_of_an_event_holds_more_than_the_card() -> None:
    assert isinstance(cluster_title(OCCASION, policy="card"), Line)
    assert words(Screen((cluster_title(OCCASION, policy="card"),))) == "👥 2026-11-22 · Minsk city"
