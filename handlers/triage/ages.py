"""How old the detained person was: in years where told, in groups where shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers.intake.talk import Answer
from handlers.triage.moments import MINSK, told_day

GROUPS = ((13, "0-13"), (17, "14-17"), (29, "18-29"), (44, "30-44"), (59, "45-59"), (130, "60+"))
UNKNOWN = "unknown"
AGE_GROUPS = (*(name for _, name in GROUPS), UNKNOWN)
ADULT = 18


def age_at_detention(answers: Mapping[str, Answer], *, now: datetime) -> int | None:
    """Years: as told, or the year of the detention (this year, where unknown) minus the year of birth."""
    person = _person(answers)
    age, born = _number(person.get("age")), _number(person.get("birth_year"))
    if age is None and born is not None:
        day = told_day(answers)
        age = (int(day[:4]) if day else now.astimezone(MINSK).year) - born
    return age if age is not None and 0 <= age <= GROUPS[-1][0] else None


def is_minor(answers: Mapping[str, Answer], *, now: datetime) -> bool:
    """Under 18 by the year of birth or the age told; the reporter's own word is a flag of its own."""
    age = age_at_detention(answers, now=now)
    return age is not None and age < ADULT


def age_group(answers: Mapping[str, Answer], *, now: datetime) -> str:
    """One of `AGE_GROUPS`."""
    age = age_at_detention(answers, now=now)
    if age is None:
        return UNKNOWN
    return next(name for upper, name in GROUPS if age <= upper)


def _person(answers: Mapping[str, Answer]) -> Mapping[str, Any]:
    answer = answers.get("person")
    return answer.value if answer and isinstance(answer.value, Mapping) else {}


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
