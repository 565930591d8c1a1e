"""Answers and cases for the tests of this folder, with invented content."""

from __future__ import annotations

from datetime import UTC, datetime

from handlers.intake.talk import Answer
from handlers.triage.cases import Case, Status, Step
from handlers.triage.facts import CardFacts, Level

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # noon in Minsk
CASE = bytes(range(16))
FLAGS = (
    "injured",
    "medicine",
    "illness",
    "pregnant",
    "minor",
    "disability",
    "kids",
    "threats",
    "hunger",
    "deport",
)


def told(**values: object) -> dict[str, Answer]:
    """Answers by question id; a Mapping, list or text becomes the value."""
    return {question: Answer(value=value) for question, value in values.items()}


def when(day: str | None, time: str | None = None, precision: str = "exact") -> dict[str, str | None]:
    return {"day": day, "time": time, "precision": precision}


def person(birth_year: int | None = None, age: int | None = None) -> dict[str, str | int | None]:
    return {
        "given_name": "Ян",
        "surname": "Прыклад",
        "patronymic": None,
        "birth_year": birth_year,
        "age": age,
    }


def facts(level: Level = Level.RED, *, unfinished: bool = False) -> CardFacts:
    return CardFacts(
        level=level,
        reasons=("whereabouts_denied", "flag_injured"),
        region="BY-HM",
        bodies=("omon", "kgb"),
        age_group="18-29",
        day="2026-11-19",
        unfinished=unfinished,
    )


def a_case(status: Status = Status.NEW, *, claimant: str | None = None, revision: int = 1) -> Case:
    claimant = claimant or ("m-07" if status is Status.CLAIMED else None)
    history = (Step(status, "2026-11-23"),)
    return Case(CASE, "K7Q4F", facts(), status, claimant, history, "2026-11-23", revision)
