"""When a question is shown."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.errors import PackRefused
from handlers.intake.conditions import chosen, holds, read_condition
from handlers.intake.talk import Answer
from tests.tables import each

ANSWERS = {
    "whereabouts": Answer("known"),
    "profile": Answer(["unionist", "lawyer"]),
    "facility": Answer(missing="skipped"),
}


@each(
    [
        ({}, True),
        ({"whereabouts": ["known", "told"]}, True),
        ({"whereabouts": ["told"]}, False),
        ({"profile": ["lawyer", "medic"]}, True),
        ({"profile": ["medic"]}, False),
        ({"whereabouts": ["known"], "profile": ["medic"]}, False),
        ({"whereabouts": ["known"], "profile": ["unionist"]}, True),
        ({"facility": ["skipped"]}, False),
        ({"never_asked": ["known"]}, False),
        ({"any_of": [{"whereabouts": ["denied"]}, {"profile": ["unionist"]}]}, True),
        ({"any_of": [{"whereabouts": ["denied"]}, {"profile": ["medic"]}]}, False),
        ({"whereabouts": ["denied"], "any_of": [{"profile": ["unionist"]}]}, False),
        ({"any_of": [{"any_of": [{"profile": ["lawyer"]}]}]}, True),
    ]
)
def test_a_condition_holds_as_it_is_written(table: dict[str, Any], shown: bool) -> None:
    assert holds(read_condition(table, where="here"), ANSWERS) is shown


def test_a_condition_names_the_questions_it_looks_at() -> None:
    condition = read_condition({"a": ["x"], "any_of": [{"b": ["y"]}, {"c": ["z"]}]}, where="here")
    assert condition.questions == {"a", "b", "c"}


@pytest.mark.parametrize("table", [{"a": "x"}, {"a": [1]}, {"any_of": {"a": ["x"]}}, {"any_of": ["a"]}])
def test_a_condition_that_is_no_condition_is_refused_with_its_place(table: dict[str, Any]) -> None:
    with pytest.raises(PackRefused, match="question 'facility'"):
        read_condition(table, where="question 'facility'")


def test_a_reason_is_not_a_choice() -> None:
    assert chosen(ANSWERS, "facility") == frozenset()
