"""When it happened, told as a span: the earliest and the latest moment the words allow.

People know "yesterday" or "on the 19th, about two". We never make that sharper than it is. Whoever asks
for hours says in which direction an error does less harm:

* `least` hours (from the latest possible moment) for "less than … ago",
* `most` hours (from the earliest possible moment) for "at least … ago".

So an imprecise date can raise urgency, and never hides it. A date in the future counts as now.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from handlers.intake.talk import Answer

MINSK = ZoneInfo("Europe/Minsk")
GIVE_OR_TAKE = timedelta(hours=3)  # what "about two" or "in the evening" may mean
YEARS = (1900, 2200)  # outside of these a date is a slip of the pen

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_TIME = re.compile(r"(\d{2}):(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """Between which two moments the detention lies. `timed`: an hour was told; `daily`: at least a day."""

    earliest: datetime
    latest: datetime
    timed: bool
    daily: bool

    def least_hours(self, now: datetime) -> float:
        """Hours that have passed for certain."""
        return max((now - self.latest) / timedelta(hours=1), 0.0)

    def most_hours(self, now: datetime) -> float:
        """Hours that may have passed."""
        return max((now - self.earliest) / timedelta(hours=1), 0.0)


def told_day(answers: Mapping[str, Answer]) -> str | None:
    """The day of the detention as told ("2026-11-19", "2026-11", "2026"); None where it is no real date."""
    day = _told(answers).get("day")
    return day if isinstance(day, str) and day_bounds(day) else None


def detention_span(answers: Mapping[str, Answer], *, now: datetime) -> Span | None:
    """The span of `detained_when` in Minsk time; None where no date was told."""
    day = told_day(answers)
    bounds = day_bounds(day) if day else None
    if day is None or bounds is None:
        return None
    first, last = bounds
    told = _told(answers)
    hour = _clock_time(told.get("time"))
    daily = len(day) == len("2026-11-19")
    if hour is None or not daily:
        return _span(_midnight(first), _midnight(last + timedelta(days=1)), now=now, daily=daily)
    moment = datetime.combine(first, hour, MINSK)
    slack = timedelta(0) if told.get("precision") == "exact" else GIVE_OR_TAKE
    return _span(moment - slack, moment + slack, now=now, daily=True, timed=True)


def _span(earliest: datetime, latest: datetime, *, now: datetime, daily: bool, timed: bool = False) -> Span:
    return Span(min(earliest, now), min(latest, now), timed=timed, daily=daily)


def _told(answers: Mapping[str, Answer]) -> Mapping[str, Any]:
    answer = answers.get("detained_when")
    return answer.value if answer and isinstance(answer.value, Mapping) else {}


def day_bounds(day: str) -> tuple[date, date] | None:
    """The first and last day that an ISO date, whole or partial, may mean; None where it is no real date."""
    found = _DATE.fullmatch(day)
    if not found:
        return None
    year, month, dom = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, dom or 1)
    except ValueError:
        return None
    if not YEARS[0] <= first.year <= YEARS[1]:
        return None
    return first, first if dom else _last_day(first.year, month)


def _last_day(year: int, month: int | None) -> date:
    following = date(year, month + 1, 1) if month and month < 12 else date(year + 1, 1, 1)
    return following - timedelta(days=1)


def _clock_time(text: object) -> time | None:
    found = _TIME.fullmatch(text) if isinstance(text, str) else None
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2])
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), MINSK)
