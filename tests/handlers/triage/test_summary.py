"""A card says what closed lists allow, and nothing else gets through."""

from __future__ import annotations

from dataclasses import asdict, replace
from itertools import product

import pytest

from handlers.intake.talk import Answer
from handlers.triage.ages import AGE_GROUPS
from handlers.triage.facts import CardFacts, Level
from handlers.triage.rules import load_rules
from handlers.triage.summary import card_facts, pick_bodies, pick_facility, pick_region
from handlers.triage.urgency import Urgency, weigh
from tests.handlers.triage.asked import NOW, person, told, when
from tests.tables import each

CANARY = "КАНАРЭЙКА"
QUESTIONS = (
    "start", "relation", "person", "detained_when", "detained_where", "detained_by", "whereabouts",
    "facility", "urgent_flags", "profile", "narrative", "consent_use",
)  # fmt: skip


def shown(answers: dict[str, Answer], *, finished: bool = True) -> CardFacts:
    return card_facts(answers, weigh(load_rules(), answers, now=NOW), now=NOW, finished=finished)


def test_a_card_knows_region_bodies_age_group_day_and_reasons() -> None:
    facts = shown(
        told(
            person=person(1998),
            detained_when=when("2026-11-19", "14:00"),
            detained_where={"town": "homiel", "region": "BY-HO", "facility": None},
            detained_by=["kgb", "police"],
            whereabouts="denied",
        )
    )
    assert facts == CardFacts(
        level=Level.RED,
        reasons=("whereabouts_denied", "clock_10d", "possible_disappearance"),
        region="BY-HO",
        bodies=("police", "kgb"),
        age_group="18-29",
        day="2026-11-19",
    )


def test_the_hour_never_stands_on_a_card() -> None:
    facts = shown(told(detained_when=when("2026-11-19", "14:37")))
    assert "14" not in repr(facts)
    assert "37" not in repr(facts)


@pytest.mark.parametrize("day", ["2026-11-19", "2026-11", "2026"])
def test_partial_days_stay_partial(day: str) -> None:
    assert shown(told(detained_when=when(day))).day == day


CANARIES = (
    CANARY,
    [CANARY, "kgb"],
    {
        "given_name": CANARY, "surname": CANARY, "day": CANARY, "time": CANARY, "town": CANARY,
        "region": CANARY, "facility": CANARY, "birth_year": CANARY, "age": CANARY, "precision": CANARY,
    },
)  # fmt: skip


@each(product(QUESTIONS, CANARIES))
def test_no_word_of_the_reporter_reaches_the_card(question: str, value: object) -> None:
    answers = {question: Answer(value=value, words=CANARY)}
    facts = shown(answers)
    assert CANARY not in str(asdict(facts))
    assert CANARY in str(answers[question].value)  # the control: it was there to be found


def test_the_card_would_show_the_words_if_the_lists_let_them_through() -> None:
    open_lists = replace(load_rules(), regions=frozenset({CANARY}), bodies=(CANARY,))
    answers = told(detained_where={"region": CANARY}, detained_by=[CANARY])
    assert pick_region(answers, open_lists) == CANARY
    assert pick_bodies(answers, open_lists) == (CANARY,)


def held(facility: object) -> dict[str, Answer]:
    return told(facility={"town": CANARY, "region": "BY-HM", "facility": facility})


def test_where_the_person_is_held_is_one_of_the_packs_places_and_no_card_says_it() -> None:
    assert pick_facility(held("minsk_cip")) == "minsk_cip"
    assert "minsk_cip" not in str(asdict(shown(held("minsk_cip"))))


@each((facility,) for facility in [CANARY, "other_police", "other", "", None, 7, ["minsk_cip"]])
def test_a_place_that_is_only_a_kind_of_place_or_on_no_list_groups_nothing(facility: object) -> None:
    assert pick_facility(held(facility)) == ""


def test_reasons_that_no_rule_knows_are_dropped() -> None:
    facts = card_facts({}, Urgency(Level.RED, 9, (CANARY, "flag_minor")), now=NOW, finished=True)
    assert facts.reasons == ("flag_minor",)


@each((region,) for region in ["BY-XX", "by-hm", "", None, 7, ["BY-HM"]])
def test_a_region_that_is_not_on_the_list_is_not_known(region: object) -> None:
    assert shown(told(detained_where={"town": None, "region": region, "facility": None})).region is None


@each([
        (0, "0-13"), (13, "0-13"), (14, "14-17"), (17, "14-17"), (18, "18-29"), (29, "18-29"), (30, "30-44"),
        (44, "30-44"), (45, "45-59"), (59, "45-59"), (60, "60+"), (101, "60+"), (131, "unknown"),
        (-1, "unknown"), (None, "unknown"),
    ])  # fmt: skip
def test_age_groups_meet_without_gaps(age: int | None, group: str) -> None:
    assert shown(told(person=person(age=age))).age_group == group
    assert group in AGE_GROUPS


def test_an_unfinished_report_says_so() -> None:
    assert shown({}, finished=False).unfinished
    assert not shown({}).unfinished


def test_i_do_not_know_who_is_a_body_of_its_own() -> None:
    assert shown({"detained_by": Answer(missing="unknown")}).bodies == ("unknown",)
    assert shown({"detained_by": Answer(missing="refused")}).bodies == ()
