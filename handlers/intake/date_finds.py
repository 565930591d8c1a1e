"""What the rules of dates look at and what they find."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, datetime

OLDEST = 120  # years


@dataclass(frozen=True, slots=True)
class Asked:
    """The plain words of an answer, the moment, and the last day that does not count as the future."""

    plain: str = field(repr=False)
    now: datetime
    limit: date

    @property
    def today(self) -> date:
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Found:
    """A date found at `start`:`end` of the plain words; `reason` instead of a day when it cannot be one."""

    start: int
    end: int
    day: str | None = field(repr=False)
    precision: str = "exact"
    time: str | None = field(default=None, repr=False)
    reason: str | None = None


def find_day(match: re.Match[str], day: date, *, rough: bool = False, time: str | None = None) -> Found:
    """A day that is known to be good."""
    precision = "estimate" if rough else "exact"
    return Found(match.start(), match.end(), day.isoformat(), precision, time)


def find_month(match: re.Match[str], asked: Asked, *, year: int, month: int) -> Found:
    """A month of a year; its day stays open."""
    reason = _refuse(asked, year=year, month=month, day=1)
    name = None if reason else f"{year:04}-{month:02}"
    return Found(match.start(), match.end(), name, "unknown_day", reason=reason)


def find_year(match: re.Match[str], asked: Asked, *, year: int) -> Found:
    """A year alone."""
    reason = _refuse(asked, year=year, month=1, day=1)
    return Found(match.start(), match.end(), None if reason else f"{year:04}", "unknown_month", reason=reason)


def _refuse(asked: Asked, *, year: int, month: int, day: int) -> str | None:
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(max(year, 1), month)[1]:
        return "impossible"
    if year < asked.today.year - OLDEST:
        return "impossible"
    return "future" if date(year, month, day) > asked.limit else None


def find_exact(
    match: re.Match[str], asked: Asked, *, year: int, month: int, day: int, rough: bool = False
) -> Found:
    """A whole date with its year, refused where the calendar or the clock refuses it."""
    reason = _refuse(asked, year=year, month=month, day=day)
    if reason:
        return Found(match.start(), match.end(), None, reason=reason)
    return find_day(match, date(year, month, day), rough=rough)


def find_latest(match: re.Match[str], asked: Asked, *, month: int, day: int, rough: bool = False) -> Found:
    """The latest such day that is not in the future; 29 February goes back to a leap year."""
    for year in range(asked.limit.year, asked.limit.year - 9, -1):
        found = find_exact(match, asked, year=year, month=month, day=day, rough=rough)
        if found.reason is None:
            return found
    return Found(match.start(), match.end(), None, reason="impossible")


def months_back(asked: Asked, months: int) -> tuple[int, int]:
    """Year and month that many months ago."""
    year, month = divmod(asked.today.year * 12 + asked.today.month - 1 - months, 12)
    return year, month + 1
