"""The tables of a country pack speak of the same questions, options and lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from handlers.country import read_table
from handlers.guidance import load_guidance
from handlers.legal_clock import load_clock
from handlers.triage.conditions import Condition
from handlers.triage.rules import load_rules

# Questions of the modules that are offered after sending: rules about them wait for their answers.
LATER = {"ill_treatment", "contact_family", "others_count", "search_done", "dependants"}


def known_options() -> dict[str, set[str]]:
    table = read_table("questions")
    lists = {name: {row["id"] for row in rows} for name, rows in table["vocabulary"].items()}
    return {
        row["id"]: set(row.get("options", ())) | lists.get(row.get("vocabulary", ""), set())
        for row in table["question"]
    }


def conditions() -> Iterator[Condition]:
    rules, clock = load_rules(), load_clock()
    yield from (weight.when for weight in (*rules.weights, *rules.clock))
    yield from (bound.when for bound in (*rules.floors, *rules.caps))
    yield from (term.when for term in clock.terms)
    yield from clock.silent
    yield from (condition for _, condition in load_guidance().cards)


@pytest.mark.parametrize("part", ["if_", "unless"])
def test_every_condition_asks_for_options_that_exist(part: str) -> None:
    options = known_options()
    for condition in conditions():
        choices: Mapping[str, frozenset[str]] = getattr(condition, part)
        for question, wanted in choices.items():
            assert question in LATER or wanted <= options[question], question


def test_questions_of_later_modules_are_not_asked_yet() -> None:
    assert not LATER & known_options().keys()


def test_a_card_knows_every_region_and_body_that_can_be_answered() -> None:
    rules, options = load_rules(), known_options()
    assert set(rules.bodies) == options["detained_by"]
    assert rules.regions == options["detained_where"]
