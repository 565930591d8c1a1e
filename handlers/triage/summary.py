"""From answers to the facts of a card: only ids from closed lists come through."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from handlers.intake.talk import Answer
from handlers.triage.ages import age_group
from handlers.triage.conditions import chosen_options
from handlers.triage.facts import CardFacts
from handlers.triage.moments import told_day
from handlers.triage.rules import Rules, load_rules
from handlers.triage.urgency import Urgency


def card_facts(
    answers: Mapping[str, Answer], urgency: Urgency, *, now: datetime, finished: bool, country: str = "by"
) -> CardFacts:
    """What moderators may see of a report. No word that was typed, no hour, no town."""
    rules = load_rules(country)
    return CardFacts(
        level=urgency.level,
        reasons=tuple(reason for reason in urgency.reasons if reason in rules.reasons),
        region=pick_region(answers, rules),
        bodies=pick_bodies(answers, rules),
        age_group=age_group(answers, now=now),
        day=told_day(answers),
        unfinished=not finished,
    )


def pick_region(answers: Mapping[str, Answer], rules: Rules) -> str | None:
    """The region of the detention, where it is one of the pack's."""
    answer = answers.get("detained_where")
    place = answer.value if answer else None
    region = place.get("region") if isinstance(place, Mapping) else None
    return region if isinstance(region, str) and region in rules.regions else None


def pick_facility(answers: Mapping[str, Answer], *, country: str = "by") -> str:
    """Where the person is held, where it is one of the pack's; else "". No card says it: it only groups."""
    answer = answers.get("facility")
    place = answer.value if answer else None
    facility = place.get("facility") if isinstance(place, Mapping) else None
    return facility if isinstance(facility, str) and facility in load_rules(country).facilities else ""


def pick_bodies(answers: Mapping[str, Answer], rules: Rules) -> tuple[str, ...]:
    """The detaining bodies of the pack's list, in its order."""
    answer = answers.get("detained_by")
    chosen = chosen_options(answer) if answer else frozenset()
    return tuple(body for body in rules.bodies if body in chosen)
