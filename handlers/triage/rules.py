"""The urgency table of a country pack, read and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from handlers.country import read_table
from handlers.triage.conditions import Condition, read_condition
from handlers.triage.facts import Level


@dataclass(frozen=True, slots=True)
class Weight:
    """Points with their reason."""

    reason: str
    points: int
    when: Condition


@dataclass(frozen=True, slots=True)
class Bound:
    """A floor or a cap: a level, and the reason to show where it decides."""

    level: Level
    reason: str | None
    when: Condition


@dataclass(frozen=True, slots=True)
class Rules:
    """All of `urgency.toml`. `thresholds` from the most urgent level down.

    `facilities`: the places of detention that the pack knows one by one, each with its region; a kind of
    place ("a police station") is none.
    """

    maximum: int
    thresholds: tuple[tuple[Level, int], ...]
    weights: tuple[Weight, ...]
    clock: tuple[Weight, ...]
    floors: tuple[Bound, ...]
    caps: tuple[Bound, ...]
    regions: frozenset[str]
    bodies: tuple[str, ...]
    facilities: Mapping[str, str]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Every reason id there is, the heaviest first: the closed list for cards."""
        weighed = (*self.weights, *self.clock)
        bounds = (bound.reason for bound in (*self.floors, *self.caps) if bound.reason)
        return (*bounds, *(weight.reason for weight in weighed))


@cache
def load_rules(country: str = "by") -> Rules:
    """The rules of one country pack."""
    table = read_table("urgency", country=country)
    return Rules(
        maximum=table["maximum"],
        thresholds=tuple((Level(row["id"]), row["score_gte"]) for row in table["levels"]),
        weights=tuple(_weight(row) for row in table["weights"]),
        clock=tuple(_weight(row) for row in table["clock"]),
        floors=tuple(_bound(row) for row in table["floors"]),
        caps=tuple(_bound(row) for row in table["caps"]),
        regions=frozenset(table["card"]["regions"]),
        bodies=tuple(table["card"]["bodies"]),
        facilities=_facilities(read_table("questions", country=country)["vocabulary"]["facility"]),
    )


def _facilities(rows: Iterable[Mapping[str, Any]]) -> Mapping[str, str]:
    return {row["id"]: row["region"] for row in rows if not row.get("town")}


def _weight(row: Mapping[str, Any]) -> Weight:
    return Weight(reason=row["id"], points=row["add"], when=read_condition(row))


def _bound(row: Mapping[str, Any]) -> Bound:
    return Bound(level=Level(row["level"]), reason=row.get("reason"), when=read_condition(row))
