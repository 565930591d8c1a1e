"""How soon a person must read a report: deterministic, and every point has a reason.

Points are added up, floors beat the sum, caps come last. How much we believe a report plays no part: an
incomplete one is not less urgent. Only people lower a level.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers.intake.talk import Answer
from handlers.triage.conditions import Known, holds, look_at
from handlers.triage.facts import Level
from handlers.triage.rules import Bound, Rules, Weight, load_rules

__all__ = ["Rules", "Urgency", "load_rules", "rank", "weigh"]


@dataclass(frozen=True, slots=True)
class Urgency:
    """The level, the points behind it (0 to 100), and the ids of the reasons, the heaviest first."""

    level: Level
    score: int
    reasons: tuple[str, ...]


def rank(level: Level) -> int:
    """0 for the most urgent level; for sorting and comparing."""
    return tuple(Level).index(level)


def weigh(rules: Rules, answers: Mapping[str, Answer], *, now: datetime) -> Urgency:
    """Weigh what was told so far; may be called at any moment of a conversation.

    `now` is an aware datetime. A detained person under 18 by the year of birth counts as flagged `minor`.
    """
    known = look_at(answers, now=now)
    counted = (*_holding(rules.weights, known), *_clock(rules, known))
    score = min(sum(weight.points for weight in counted), rules.maximum)
    level, bounds = _bounded(rules, _by_score(rules, score), known=known)
    heaviest = sorted(counted, key=lambda weight: -weight.points)
    return Urgency(level, score, (*bounds, *(weight.reason for weight in heaviest)))


def _holding(weights: Iterable[Weight], known: Known) -> tuple[Weight, ...]:
    return tuple(weight for weight in weights if holds(weight.when, known))


def _clock(rules: Rules, known: Known) -> tuple[Weight, ...]:
    return _holding(rules.clock, known)[:1] if known.span else ()


def _by_score(rules: Rules, score: int) -> Level:
    return next(level for level, least in rules.thresholds if score >= least)


def _bounded(rules: Rules, level: Level, *, known: Known) -> tuple[Level, tuple[str, ...]]:
    floors = [floor for floor in rules.floors if holds(floor.when, known)]
    raised = min((level, *(floor.level for floor in floors)), key=rank)
    caps = [cap for cap in rules.caps if holds(cap.when, known)]
    capped = max((raised, *(cap.level for cap in caps)), key=rank)
    return capped, _reasons((*floors, *caps))


def _reasons(bounds: Iterable[Bound]) -> tuple[str, ...]:
    return tuple(bound.reason for bound in bounds if bound.reason)
