"""Every point has a reason, floors beat sums, and nothing a frightened person leaves out lowers the level."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.intake.talk import Answer
from handlers.triage.facts import Level
from handlers.triage.rules import Weight
from handlers.triage.urgency import Urgency, load_rules, rank, weigh
from tests.handlers.triage.asked import FLAGS, NOW, person, told, when
from tests.tables import each

RULES = load_rules()
LONG_AGO = when("2025-01-01", "12:00")
PLACES = ("known", "told", "unknown", "denied", "died")
PROFILES = ("journalist", "hrd", "unionist", "lawyer", "politician", "foreigner", "other")
TREATMENT = ("torture", "sexual", "no_medical", "overcrowded")


def weighed(**values: object) -> Urgency:
    return weigh(RULES, told(**values), now=NOW)


def options(weight: Weight) -> dict[str, object]:
    return {question: sorted(chosen)[:1] for question, chosen in weight.when.if_.items()}


@each(zip(RULES.weights))
def test_each_row_of_the_table_adds_its_points_and_its_reason(weight: Weight) -> None:
    urgency = weighed(detained_when=LONG_AGO, **options(weight))
    assert weight.reason in urgency.reasons
    with_points = [row for row in RULES.weights if row.reason in urgency.reasons]
    assert urgency.score == sum(row.points for row in with_points)


@pytest.mark.parametrize(
    ("place", "level"),
    [("denied", Level.RED), ("died", Level.RED), ("unknown", Level.RED), ("known", Level.GREEN)],
)
def test_where_the_person_is_sets_a_floor(place: str, level: Level) -> None:
    assert weighed(detained_when=LONG_AGO, whereabouts=place).level is level


@each((flag,) for flag in ["minor", "pregnant", "kids", "deport", "injured", "medicine", "hunger"])
def test_a_grave_danger_is_red_by_itself_though_its_points_are_not(flag: str) -> None:
    urgency = weighed(detained_when=LONG_AGO, urgent_flags=[flag])
    assert urgency.level is Level.RED
    assert urgency.score < 50
    assert urgency.reasons == (f"flag_{flag}",)


@pytest.mark.parametrize("flag", ["illness", "threats", "disability"])
def test_a_lesser_danger_is_yellow_by_itself(flag: str) -> None:
    assert weighed(detained_when=LONG_AGO, urgent_flags=[flag]).level is Level.YELLOW


@each(
    [
        ("2026-11-22", "12:00", Level.RED),  # exactly 24 hours
        ("2026-11-22", "12:01", Level.ORANGE),
        ("2026-11-22", None, Level.RED),  # may be 36 hours
        ("2026-11-23", None, Level.ORANGE),  # 12 hours at most
        (None, None, Level.RED),  # nobody knows: never missed
    ]
)
def test_an_unknown_place_turns_red_when_a_day_may_have_passed(
    day: str | None, time: str | None, level: Level
) -> None:
    assert weighed(detained_when=when(day, time), whereabouts="unknown").level is level


def test_i_do_not_know_where_counts_like_the_answer_unknown() -> None:
    answers = {"whereabouts": Answer(missing="unknown"), **told(detained_when=when("2026-11-23", "11:00"))}
    assert "whereabouts_unknown" in weigh(RULES, answers, now=NOW).reasons
    skipped = {**answers, "whereabouts": Answer(missing="skipped")}
    assert "whereabouts_unknown" not in weigh(RULES, skipped, now=NOW).reasons


@each(
    [
        ("2026-11-23", "09:01", "clock_3h", 15),
        ("2026-11-23", "09:00", "clock_72h", 10),
        ("2026-11-20", "12:01", "clock_72h", 10),
        ("2026-11-20", "12:00", "clock_10d", 5),
        ("2026-11-13", "12:01", "clock_10d", 5),
        ("2026-11-13", "12:00", None, 0),
        ("2026-11-22", None, "clock_72h", 10),  # counted from the end of the day
        ("2026-11-20", None, "clock_72h", 10),
        ("2026-11", None, "clock_3h", 15),
        (None, None, None, 0),  # a reason on the card must be true
    ]
)
def test_the_clock_gives_points_by_the_least_hours(
    day: str | None, time: str | None, reason: str | None, points: int
) -> None:
    urgency = weighed(detained_when=when(day, time))
    assert urgency.score == points
    assert urgency.reasons == ((reason,) if reason else ())


@each((profile,) for profile in ["journalist", "hrd", "unionist", "lawyer", "foreigner"])
def test_protected_people_are_orange_for_72_hours(profile: str) -> None:
    fresh, old = when("2026-11-21", "12:00"), when("2026-11-20", "12:00")
    assert weighed(detained_when=fresh, profile=[profile]).level is Level.ORANGE
    assert weighed(detained_when=old, profile=[profile]).level is Level.YELLOW


@pytest.mark.parametrize(
    ("born", "age", "minor"),
    [(2009, None, True), (2008, None, False), (None, 17, True), (None, 18, False), (None, None, False)],
)
def test_a_child_is_recognised_by_year_of_birth_or_age(
    born: int | None, age: int | None, *, minor: bool
) -> None:
    urgency = weighed(person=person(born, age), detained_when=LONG_AGO | {"day": "2026-01-01"})
    assert ("flag_minor" in urgency.reasons) is minor
    assert (urgency.level is Level.RED) is minor


def test_the_age_is_that_of_the_day_of_detention() -> None:
    assert "flag_minor" in weighed(person=person(2008), detained_when=when("2025-12-30")).reasons


def test_a_released_person_without_danger_is_at_most_yellow() -> None:
    urgency = weighed(whereabouts="released", urgent_flags=["minor", "hunger"], detained_when=LONG_AGO)
    assert urgency.level is Level.YELLOW
    assert urgency.reasons[0] == "released"


@pytest.mark.parametrize("flag", ["injured", "deport"])
def test_the_cap_for_the_released_gives_way_to_danger(flag: str) -> None:
    assert weighed(whereabouts="released", urgent_flags=[flag]).level is Level.RED


def test_a_possible_disappearance_is_marked_and_adds_nothing() -> None:
    urgency = weighed(whereabouts="unknown", detained_by=["plainclothes"], detained_when=LONG_AGO)
    assert "possible_disappearance" in urgency.reasons
    assert urgency.score == 25
    unseen = weighed(whereabouts="unknown", detained_by=["unknown"], detained_when=LONG_AGO)
    assert "possible_disappearance" not in unseen.reasons


def test_points_stop_at_one_hundred() -> None:
    assert weighed(whereabouts="denied", urgent_flags=list(FLAGS)).score == 100


def test_nothing_told_is_green_and_has_no_reasons() -> None:
    assert weigh(RULES, {}, now=NOW) == Urgency(Level.GREEN, 0, ())


def test_reasons_come_heaviest_first() -> None:
    urgency = weighed(
        detained_when=when("2026-11-23", "11:00"), urgent_flags=["illness", "pregnant", "hunger"]
    )
    assert urgency.reasons == ("flag_pregnant", "flag_hunger", "flag_illness", "clock_3h")


def test_reason_ids_are_stable_ascii_and_told_once() -> None:
    assert len(set(RULES.reasons)) == len(RULES.reasons)
    assert all(reason.isascii() and reason.replace("_", "").isalnum() for reason in RULES.reasons)


@each((junk,) for junk in [7, None, {"a": 1}, [1, None, ["x"]], "нешта", True])
def test_answers_of_an_unexpected_shape_are_ignored(junk: object) -> None:
    names = ("whereabouts", "urgent_flags", "detained_when", "person", "profile")
    assert weighed(**dict.fromkeys(names, junk)).level is Level.GREEN


dangers = st.fixed_dictionaries({
    "urgent_flags": st.lists(st.sampled_from(FLAGS), unique=True),
    "profile": st.lists(st.sampled_from(PROFILES), unique=True),
    "ill_treatment": st.lists(st.sampled_from(TREATMENT), unique=True),
    "whereabouts": st.sampled_from((*PLACES, "released")),
    "detained_when": st.sampled_from([
        LONG_AGO,
        when("2026-11-23", "11:00"),
        when("2026-11-22"),
        when("2026-11-21", "10:00", "estimate"),
        when(None),
    ]),
    "person": st.sampled_from([person(), person(1990), person(2012)]),
})  # fmt: skip


@given(dangers, st.sampled_from(FLAGS))
def test_one_danger_more_never_lowers_the_level(values: dict[str, object], flag: str) -> None:
    flags = values["urgent_flags"]
    assert isinstance(flags, list)
    before, after = weighed(**values), weighed(**{**values, "urgent_flags": [*flags, flag]})
    assert rank(after.level) <= rank(before.level)
    assert after.score >= before.score
    assert set(before.reasons) - {"released"} <= set(after.reasons)


@given(dangers)
def test_an_unknown_date_never_makes_a_report_less_urgent_by_floors(values: dict[str, object]) -> None:
    dated = weighed(**values)
    floors = [bound.level for bound in RULES.floors]
    undated = weighed(**{**values, "detained_when": when(None)})
    if dated.score < min(least for _, least in RULES.thresholds if least) and dated.level in floors:
        assert rank(undated.level) <= rank(dated.level)


@given(dangers)
def test_the_same_answers_always_weigh_the_same_and_every_point_is_explained(
    values: dict[str, object],
) -> None:
    first, second = weighed(**values), weighed(**values)
    assert first == second
    points = {row.reason: row.points for row in (*RULES.weights, *RULES.clock)}
    assert first.score == min(sum(points.get(reason, 0) for reason in first.reasons), 100)
    assert set(first.reasons) <= set(RULES.reasons)
    assert len(set(first.reasons)) == len(first.reasons)
