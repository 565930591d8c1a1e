"""The one language in which a country pack says "if": over options that were chosen, and hours that passed.

    if = { whereabouts = ["unknown", "denied"], detained_by = ["kgb"] }     all questions, any of the options
    unless = { urgent_flags = ["injured"] }                                 any question, any of the options
    hours_gte = 24                                                          may this much have passed?
    hours_lt = 72                                                           may less than this have passed?

A question that was never asked does not match; so the pack may speak of modules that come after sending.
"I do not know", given as a reason, counts as the option `unknown`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from handlers.intake.talk import Answer
from handlers.triage.ages import is_minor
from handlers.triage.moments import Span, detention_span

Choices = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Condition:
    """When a rule of the pack applies; see the module's text for the four parts."""

    if_: Choices
    unless: Choices
    hours_gte: float | None = None
    hours_lt: float | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What a condition may look at: the options chosen, and when it happened."""

    chosen: Choices = field(repr=False)
    span: Span | None = field(repr=False)
    now: datetime


def read_condition(row: Mapping[str, Any]) -> Condition:
    """The condition of one row of a pack's table."""
    return Condition(
        if_=_choices(row.get("if", {})),
        unless=_choices(row.get("unless", {})),
        hours_gte=row.get("hours_gte"),
        hours_lt=row.get("hours_lt"),
    )


def look_at(answers: Mapping[str, Answer], *, now: datetime) -> Known:
    """Prepare answers for conditions. Under 18 by year of birth or age counts as the flag `minor`."""
    chosen = {question: chosen_options(answer) for question, answer in answers.items()}
    if is_minor(answers, now=now):
        chosen["urgent_flags"] = chosen.get("urgent_flags", frozenset()) | {"minor"}
    return Known(chosen, detention_span(answers, now=now), now)


def chosen_options(answer: Answer) -> frozenset[str]:
    """The option ids of a choice or multi answer; empty for everything else."""
    if answer.missing == "unknown":
        return frozenset({"unknown"})
    value = answer.value
    if isinstance(value, str):
        return frozenset({value})
    if isinstance(value, list | tuple):
        return frozenset(each for each in value if isinstance(each, str))
    return frozenset()


def holds(condition: Condition, known: Known) -> bool:
    """Whether the condition applies.

    Where no date was told both questions about hours are answered with yes: an incomplete report is
    never less urgent than a complete one.
    """
    for question, options in condition.if_.items():
        if not _meets(known, question, options):
            return False
    for question, options in condition.unless.items():
        if _meets(known, question, options):
            return False
    return _hours_hold(condition, known)


def _meets(known: Known, question: str, options: frozenset[str]) -> bool:
    return not options.isdisjoint(known.chosen.get(question, frozenset()))


def _hours_hold(condition: Condition, known: Known) -> bool:
    if known.span is None:
        return True
    if condition.hours_gte is not None and known.span.most_hours(known.now) < condition.hours_gte:
        return False
    return condition.hours_lt is None or known.span.least_hours(known.now) < condition.hours_lt


def _choices(table: Mapping[str, list[str]]) -> Choices:
    return {question: frozenset(options) for question, options in table.items()}
