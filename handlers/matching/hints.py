"""From likenesses to what a card says: which other cases are possibly about the same person, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from handlers.matching.likeness import Agreement, Fact, Sighting, compare
from handlers.matching.traits import Traits, read_traits

MOST = 3
"""More codes than this say little more, and take the card's room."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Another case, and the facts in which the two agree; never what they are."""

    code: str
    facts: tuple[Fact, ...]


def read_report(report: Mapping[str, Any], *, year: int) -> Traits | None:
    """The traits of the person in a report as it is sealed; None where there is no family name in it."""
    answers = report.get("answers")
    told = answers.get("person") if isinstance(answers, Mapping) else None
    person = told.get("value") if isinstance(told, Mapping) else None
    return read_traits(person, year=year) if isinstance(person, Mapping) else None


def find_alike(mine: Sighting, others: Iterable[tuple[str, Sighting]]) -> tuple[Alike, ...]:
    """The cases that are like enough, the most alike first; `others` come with their codes."""
    compared: list[tuple[Agreement, str]] = [(compare(mine, other), code) for code, other in others]
    enough = sorted((-agreement.score, code, agreement) for agreement, code in compared if agreement.enough)
    return tuple(Alike(code, agreement.facts) for _, code, agreement in enough[:MOST])
