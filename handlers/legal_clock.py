"""The terms the law sets after a detention, counted for one report and said as "should".

People know "on the 19th". A term is therefore counted from the latest moment their words allow: when we
write that it has passed, it has passed. An hour is shown only where an hour was told; without at least a
day, terms are given as lengths. Times are those of Minsk.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from handlers.country import read_table
from handlers.intake.talk import Answer
from handlers.screens import Line
from handlers.triage.conditions import Condition, holds, look_at, read_condition
from handlers.triage.moments import MINSK, Span


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its length, the day on which it was last compared with the law, and whom it concerns."""

    id: str
    hours: int
    days: int
    months: int
    checked_on: str
    when: Condition

    def ends(self, start: datetime) -> datetime:
        """The moment at which the term ends; months as the calendar counts them."""
        month = start.month - 1 + self.months
        year, month = start.year + month // 12, month % 12 + 1
        day = min(start.day, calendar.monthrange(year, month)[1])
        return start.replace(year=year, month=month, day=day) + timedelta(days=self.days, hours=self.hours)


@dataclass(frozen=True, slots=True)
class Clock:
    """All of `clock.toml`: the terms from the shortest to the longest."""

    shown: int
    terms: tuple[Term, ...]
    silent: tuple[Condition, ...]


@cache
def load_clock(country: str = "by") -> Clock:
    """The terms of one country pack."""
    table = read_table("clock", country=country)
    terms = tuple(
        Term(
            id=row["id"],
            hours=row.get("hours", 0),
            days=row.get("days", 0),
            months=row.get("months", 0),
            checked_on=row["checked_on"],
            when=read_condition(row),
        )
        for row in table["terms"]
    )
    return Clock(table["shown"], terms, tuple(read_condition(row) for row in table["silent"]))


def deadlines(answers: Mapping[str, Answer], *, now: datetime, country: str = "by") -> tuple[Line, ...]:
    """A heading, at most four terms (the last that has passed, then the next), and a word of caution.

    Empty where the person is free or has died.
    """
    clock, known = load_clock(country), look_at(answers, now=now)
    if any(holds(condition, known) for condition in clock.silent):
        return ()
    terms = [term for term in clock.terms if holds(term.when, known)]
    span = known.span
    if span and span.daily:
        chosen = _around(terms, span, now=now)[: clock.shown]
        lines = [_line(term, span, now=now) for term in chosen]
    else:
        chosen = terms[: clock.shown]
        lines = [_length(term) for term in chosen]
    checked = ".".join(reversed(min(term.checked_on for term in chosen).split("-")))
    return (Line("clock-head"), *lines, Line("clock-note", {"day": checked}))


def _around(terms: list[Term], span: Span, *, now: datetime) -> list[Term]:
    """The last term that has passed, and all that are still to come."""
    start = span.latest.astimezone(MINSK)
    past = [term for term in terms if term.ends(start) <= now]
    return [*past[-1:], *(term for term in terms if term.ends(start) > now)]


def _line(term: Term, span: Span, *, now: datetime) -> Line:
    ends = term.ends(span.latest.astimezone(MINSK))
    shown = ends.strftime("%d.%m.%Y, %H:%M" if span.timed else "%d.%m.%Y")
    key = "clock-past" if ends <= now else "clock-next"
    return Line(key, {"when": shown, "what": Line(f"clock-{term.id}")})


def _length(term: Term) -> Line:
    amount = term.hours or term.days or term.months
    unit = "hours" if term.hours else "days" if term.days else "months"
    length = Line(f"clock-after-{unit}", {"count": amount})
    return Line("clock-length", {"length": length, "what": Line(f"clock-{term.id}")})
