"""The country pack: what is in it, and what is refused with a sentence that names file and key."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from handlers.country import read_table
from handlers.errors import PackRefused
from handlers.intake.pack_reading import load_questionnaire, read_questionnaire
from handlers.intake.questionnaire import Kind
from handlers.intake.talk import Answer
from tests.tables import each

TABLE = read_table("questions")
READ = load_questionnaire()
ORDER = (
    "start", "relation", "person", "detained_when", "detained_where", "detained_by", "whereabouts",
    "facility", "urgent_flags", "profile", "narrative", "consent_use",
)  # fmt: skip


def broken(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """The pack with one thing wrong."""
    table = copy.deepcopy(TABLE)
    change(table)
    return table


def test_the_short_path_has_its_twelve_questions_in_order() -> None:
    assert tuple(question.id for question in READ.questions) == ORDER


def test_the_facility_is_asked_only_where_a_place_was_named() -> None:
    asked = [question.id for question in READ.visible({"whereabouts": Answer("told")})]
    assert "facility" in asked
    assert "facility" not in [question.id for question in READ.visible({"whereabouts": Answer("denied")})]


def test_every_body_and_every_profile_can_be_found_by_typing() -> None:
    body, profile = READ.find("detained_by"), READ.find("profile")
    assert body is not None
    assert profile is not None
    assert len(READ.choices(body)) == 16
    assert len(READ.choices(profile)) == 24
    assert READ.excludes(body, "unknown")
    assert not READ.excludes(body, "kgb")


def test_the_time_limits_are_those_of_the_pack() -> None:
    assert (READ.limits.warn_minutes, READ.limits.idle_minutes, READ.limits.total_hours) == (45, 60, 24)


def test_nothing_about_consent_is_chosen_beforehand() -> None:
    question = READ.find(READ.consent.question)
    assert question is not None
    assert question.kind is Kind.MULTI
    assert READ.excludes(question, READ.consent.none)


@each(
    [
        (lambda t: t.update(surprise=1), "surprise"),
        (lambda t: t.update(schema="something/else"), "schema"),
        (lambda t: t.pop("zone"), "zone"),
        (lambda t: t["limits"].update(text="many"), "limits: text"),
        (lambda t: t["limits"].update(warn_minutes=60), "warn_minutes"),
        (lambda t: t["question"][0].update(kind="riddle"), "question 'start': kind"),
        (lambda t: t["question"][1].update(colour="red"), "question 'relation'"),
        (lambda t: t["question"][1].update(sensitivity="loud"), "sensitivity"),
        (lambda t: t["question"][1].update(options=["with space"]), "question 'relation': options"),
        (lambda t: t["question"][1].update(options=["a" * 25]), "question 'relation': options"),
        (lambda t: t["question"][1].update(options=["a", "a"]), "question 'relation'"),
        (lambda t: t["question"][5].update(short=["nobody"]), "'nobody' is not one of its options"),
        (lambda t: t["question"][5].update(vocabulary="nothing"), "no vocabulary 'nothing'"),
        (lambda t: t["question"][6]["branch"].update(lost={}), "'lost' is not one of its options"),
        (lambda t: t["question"][6]["branch"]["died"].update(then="nowhere"), "leads nowhere"),
        (lambda t: t["question"][6]["branch"]["died"].update(do="it"), "'do' is unknown"),
        (lambda t: t["question"][7].update(show_if={"whereabouts": ["gone"]}), "show_if"),
        (lambda t: t["question"][7].update(show_if={"any_of": [{"whereabout": ["told"]}]}), "show_if"),
        (lambda t: t["question"].append(t["question"][0]), "stands twice"),
        (lambda t: t["checkpoint"].update(needs=["nobody"]), "nobody"),
        (lambda t: t["vocabulary"]["region"].append({"id": "BY-HM"}), "vocabulary 'region'"),
        (lambda t: t["vocabulary"]["region"].append({"name": "x"}), "vocabulary 'region'"),
        (lambda t: t.update(default_language="eo"), "default_language"),
    ]
)
def test_a_pack_that_does_not_hold_together_is_refused(
    change: Callable[[dict[str, Any]], object], named: str
) -> None:
    with pytest.raises(PackRefused, match=r"questions\.toml") as refused:
        read_questionnaire(broken(change))
    assert named in str(refused.value)
