"""Dates and times as people type them, in Belarusian, Russian and English, mixed and misspelt.

The rules stand in files of their own: `date_days` and `date_months` (the calendar), `date_spans` (told
from today) and `date_times`. Here they are tried from the most to the least telling.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from handlers.intake import date_days, date_months, date_spans
from handlers.intake.date_finds import Asked, Found
from handlers.intake.date_times import BEGINS, Clock, find_time
from handlers.intake.date_words import is_about, plain_words
from handlers.intake.misreads import Misread

__all__ = ["Misread", "When", "quick_when", "read_when"]

_READ = 1200  # characters of plain words that are searched for a date
_GRACE = timedelta(hours=3)  # clocks of reporters and zones differ
_LEEWAY = timedelta(minutes=30)  # a bare time this far ahead is still today's
_LAST_THREE_HOURS = timedelta(minutes=90)  # the middle of "under 3 hours"


@dataclass(frozen=True, slots=True)
class When:
    """A day, as far as it is known ("2026-11-19", "2026-11", "2026"), and a time of day ("14:00").

    `precision` follows HURIDOCS: "exact", "estimate", "unknown_day" (a month), "unknown_month" (a year).
    """

    day: str | None = field(repr=False)
    time: str | None = field(repr=False)
    precision: str


def _find_spoken(asked: Asked) -> Found | None:
    """ "Today, 2 hours ago" is the hour; "yesterday … called 2 hours ago" is yesterday."""
    ago, word = date_spans.find_ago(asked), date_spans.find_day_word(asked)
    return ago if ago and (word is None or word.day == ago.day) else word


_RULES: tuple[Callable[[Asked], Found | None], ...] = (
    date_days.find_iso,
    date_days.find_numeric,
    date_days.find_named,
    date_days.find_named_first,
    date_months.find_numeric_month,
    date_days.find_short,
    date_spans.find_last_night,
    _find_spoken,
    date_days.find_day_of_month,
    date_days.find_weekday_and_day,
    date_spans.find_weekday,
    date_months.find_named_month,
    date_spans.find_week,
    date_months.find_relative_month,
    date_months.find_year_alone,
    date_months.find_season,
    date_spans.find_now,
    date_spans.find_coming,
)


def _at(day: date, time: str, now: datetime) -> datetime:
    hour, minute = map(int, time.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=now.tzinfo)


def _afternoon(day: date, clock: Clock, now: datetime) -> Clock:
    """ "At 3" with nothing else is rather the afternoon, if that has come already."""
    if clock.sure or clock.worded or not 1 <= clock.hour <= 5:
        return clock
    later = f"{clock.hour + 12}{clock.time[2:]}"
    return replace(clock, time=later) if _at(day, later, now) <= now else clock


def _late_night(found: Found, asked: Asked) -> bool:
    """ "Вчера ночью" and "в ночь с 12 на 13" begin before midnight."""
    word = date_spans.find_day_word(asked)
    yesterday = (asked.today - timedelta(days=1)).isoformat()
    if date_spans.is_overnight(asked):
        return True
    return found.precision == "estimate" or (word is not None and word.day == found.day == yesterday)


def _place_on_day(found: Found, clock: Clock, asked: Asked) -> When | Misread:
    """A day and a time together; a part of the day that is still to come is cut at this hour."""
    day = date.fromisoformat(found.day or "")
    rough = found.precision == "estimate" or not clock.sure or is_about(asked.plain)
    if clock.worded and clock.part == "night" and _late_night(found, asked):
        clock = replace(clock, time="23:00")
    if found.time and clock.hour < 6 and not clock.worded and "last" in asked.plain:
        day += timedelta(days=1)  # "last night at 2am"
    if found.time and 7 <= clock.hour < 12 and not (clock.sure or clock.worded) and "last" in asked.plain:
        clock = replace(clock, time=f"{clock.hour + 12}{clock.time[2:]}")  # "last night around 11"
    clock = _afternoon(day, clock, asked.now)
    moment = _at(day, clock.time, asked.now)
    if moment > asked.now and clock.worded:
        day, time = min(day, asked.today), f"{asked.now.hour:02}:00"
        return When(day.isoformat(), time, "estimate")
    if moment > asked.now + _GRACE:
        if clock.part != "night" or clock.hour < 20:
            return Misread("future")
        day -= timedelta(days=1)  # "сегодня ночью в 11": the night that began yesterday
    return When(day.isoformat(), clock.time, "estimate" if rough else "exact")


def _place_without_day(clock: Clock, asked: Asked) -> When:
    """A time alone is the latest such time that has come."""
    if clock.worded:
        today, time = asked.now.hour >= BEGINS[clock.part or "night"], clock.time
        if today and _at(asked.today, time, asked.now) > asked.now:
            time = f"{asked.now.hour:02}:00"
    else:
        clock = _afternoon(asked.today, clock, asked.now)
        today, time = _at(asked.today, clock.time, asked.now) <= asked.now + _LEEWAY, clock.time
    day = asked.today if today else asked.today - timedelta(days=1)
    return When(day.isoformat(), time, "estimate")


def _finish(found: Found, asked: Asked) -> When | Misread:
    if found.reason:
        return Misread(found.reason)
    if found.precision.startswith("unknown"):
        return When(found.day, None, found.precision)
    rest = asked.plain[: found.start] + " " * (found.end - found.start) + asked.plain[found.end :]
    clock = find_time(date_spans.blank_agos(rest), after_day=True)
    if isinstance(clock, str):
        return Misread(clock)
    if clock is not None and not (found.time and clock.worded):
        return _place_on_day(found, clock, asked)
    if not found.time and found.day and found.day > asked.today.isoformat():
        return Misread("future")  # the hours of grace are for times
    rough = found.precision == "estimate" or is_about(asked.plain)
    return When(found.day, found.time, "estimate" if rough else "exact")


def read_when(text: str, *, now: datetime) -> When | Misread:
    """The moment that an answer tells, as exactly as it tells it.

    `now` is aware, in the organisation's zone. A date without a year is the latest one that is not in the
    future. Misread: "not_understood", "future", "impossible".
    """
    plain = plain_words(text)[:_READ]
    asked = Asked(plain, now, (now + _GRACE).date())
    for rule in _RULES:
        found = rule(asked)
        if found is not None:
            return _finish(found, asked)
    clock = find_time(plain, after_day=False)
    if isinstance(clock, str):
        return Misread(clock)
    return _place_without_day(clock, asked) if clock else Misread("not_understood")


def quick_when(option_id: str, *, now: datetime) -> When:
    """What the buttons mean: now3h, today, yesterday; `now` as in `read_when`."""
    recent = now - _LAST_THREE_HOURS
    return {
        "now3h": When(recent.date().isoformat(), recent.strftime("%H:%M"), "estimate"),
        "today": When(now.date().isoformat(), None, "exact"),
        "yesterday": When((now.date() - timedelta(days=1)).isoformat(), None, "exact"),
    }[option_id]
