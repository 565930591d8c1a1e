"""The closed list of facts about a case that may stand on a card. Deny by default: no free text, ever."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How soon a person must read the report (domain: HURIDOCS priority)."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What a card may say.

    `reasons` and `bodies` are ids from the country pack's vocabularies, `region` an ISO 3166-2 code,
    "abroad" or None, `age_group` an id such as "18-29" or "unknown", `day` an ISO date, a partial one
    ("2026-11") or None.
    """

    level: Level
    reasons: tuple[str, ...]
    region: str | None
    bodies: tuple[str, ...]
    age_group: str
    day: str | None
    unfinished: bool = False
