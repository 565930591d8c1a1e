"""Which help cards fit: three to five, chosen by what was answered. The words are in `guidance.ftl`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from handlers.country import read_table
from handlers.intake.talk import Answer
from handlers.screens import Line
from handlers.triage.conditions import Condition, holds, look_at, read_condition


@dataclass(frozen=True, slots=True)
class Guidance:
    """All of `guidance.toml`: cards in their order; one id may have several conditions."""

    most: int
    cards: tuple[tuple[str, Condition], ...]


@cache
def load_guidance(country: str = "by") -> Guidance:
    """The help cards of one country pack."""
    table = read_table("guidance", country=country)
    cards = tuple((row["id"], read_condition(row)) for row in table["cards"])
    return Guidance(table["most"], cards)


def help_cards(answers: Mapping[str, Answer], *, now: datetime, country: str = "by") -> tuple[Line, ...]:
    """Three to five cards, the most useful first; one paragraph each."""
    guidance = load_guidance(country)
    known = look_at(answers, now=now)
    fitting = dict.fromkeys(card for card, condition in guidance.cards if holds(condition, known))
    return tuple(Line(f"help-card-{card}") for card in list(fitting)[: guidance.most])
