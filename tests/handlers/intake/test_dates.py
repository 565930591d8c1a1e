"""Dates as people type them: tables of phrases, and what no text may ever do."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.intake.dates import Misread, When, quick_when, read_when
from tests.handlers.intake.date_phrases import DAYS, MONTHS, REFUSED, TIMES
from tests.handlers.intake.phrases import rows
from tests.tables import each

MINSK = ZoneInfo("Europe/Minsk")
NOW = datetime(2026, 11, 23, 15, 20, tzinfo=MINSK)  # a Monday


def read(text: str) -> tuple[str | None, ...]:
    found = read_when(text, now=NOW)
    return (found.reason,) if isinstance(found, Misread) else (found.day, found.time, found.precision)


EVERYDAY = """
пятница 13 | 2026-11-13 | exact
в пятницу, 13 | 2026-11-13 | exact
пятница, 13-го | 2026-11-13 | exact
двадцатого | 2026-11-20 | exact
дваццатага | 2026-11-20 | exact
20 ліст | 2026-11-20 | exact
з учорашняга дня | 2026-11-22 | exact
со вчерашнего дня | 2026-11-22 | exact
ужо тыдзень | 2026-11-16 | estimate
уже неделю | 2026-11-16 | estimate
уже 3 дня | 2026-11-20 | exact
"""


@each(rows(DAYS + EVERYDAY))
def test_a_day_is_read_as_it_is_told(phrase: str, day: str, precision: str) -> None:
    assert read(phrase) == (day, None, precision)


@each(rows(TIMES))
def test_a_day_and_its_time_are_read_together(phrase: str, day: str, time: str, precision: str) -> None:
    assert read(phrase) == (day, time, precision)


@each(rows(MONTHS))
def test_a_month_or_year_stays_as_rough_as_it_is_told(phrase: str, month: str, precision: str) -> None:
    assert read(phrase) == (month, None, precision)


@each(rows(REFUSED))
def test_what_cannot_be_is_refused_with_its_reason(phrase: str, reason: str) -> None:
    assert read(phrase) == (reason,)


@each(
    [
        (datetime(2026, 11, 24, 1, 5, tzinfo=MINSK), "ночью", "2026-11-24"),
        (datetime(2026, 11, 24, 1, 5, tzinfo=MINSK), "2 hours ago", "2026-11-23"),
        (datetime(2026, 11, 24, 1, 5, tzinfo=MINSK), "вечером", "2026-11-23"),
        (datetime(2026, 1, 1, 10, 0, tzinfo=MINSK), "вчера", "2025-12-31"),
        (datetime(2026, 1, 1, 10, 0, tzinfo=MINSK), "в прошлом месяце", "2025-12"),
        (datetime(2028, 3, 1, 10, 0, tzinfo=MINSK), "29.02", "2028-02-29"),
    ]
)
def test_the_turn_of_night_month_and_year_is_kept(now: datetime, phrase: str, day: str) -> None:
    found = read_when(phrase, now=now)
    assert isinstance(found, When)
    assert found.day == day


def test_the_buttons_mean_what_they_say() -> None:
    assert quick_when("now3h", now=NOW) == When("2026-11-23", "13:50", "estimate")
    assert quick_when("today", now=NOW) == When("2026-11-23", None, "exact")
    assert quick_when("yesterday", now=NOW) == When("2026-11-22", None, "exact")


def test_a_date_shows_nothing_of_itself_in_its_repr() -> None:
    assert "2026" not in repr(quick_when("today", now=NOW))


_WORDS = """
12 3 2026 31 99 . / - : , в у сёння вчера tomorrow назад ago гадзіны марта лістапада friday пятніцу утром
pm ночью 14:30 12.03 пару through last месяц года 🙂 полседьмого без число
"""
_PIECES = st.sampled_from(_WORDS.split())
_TEXTS = st.one_of(st.text(max_size=4000), st.lists(_PIECES, max_size=60).map(" ".join))
_NOWS = st.datetimes(datetime(2021, 1, 1), datetime(2040, 1, 1), timezones=st.just(MINSK))  # noqa: DTZ001


@given(text=_TEXTS, now=_NOWS)
def test_no_text_breaks_the_reader_and_no_date_lies_in_the_future(text: str, now: datetime) -> None:
    found = read_when(text, now=now)
    assert found == read_when(text, now=now)
    if isinstance(found, When):
        assert found.day is not None
        assert found.day <= (now + timedelta(hours=3)).date().isoformat()
        assert (found.time is None) or len(found.day) == 10
        assert found.precision in {"exact", "estimate", "unknown_day", "unknown_month"}


@given(day=st.dates(datetime(1990, 1, 1).date(), datetime(2026, 11, 23).date()))  # noqa: DTZ001
def test_a_read_date_written_out_reads_the_same_again(day: object) -> None:
    assert read(str(day)) == (str(day), None, "exact")


@pytest.mark.search
@pytest.mark.parametrize(
    "text", ["1" * 4000, "12." * 1300, "a " * 2000, "два " * 1000, "-" * 4000, "1 na " * 800]
)
def test_long_monotonous_text_is_read_to_its_end(text: str) -> None:
    assert isinstance(read_when(text, now=NOW), When | Misread)


@pytest.mark.parametrize("phrase", ["24.11", "24 лістапада", "2026-11-24"])
def test_tomorrow_has_not_come_even_shortly_before_midnight(phrase: str) -> None:
    late = datetime(2026, 11, 23, 23, 40, tzinfo=MINSK)
    assert read_when(phrase, now=late) == Misread("future")


@pytest.mark.parametrize("phrase", ["пятница 14", "панядзелак 40"])
def test_a_weekday_and_a_day_that_do_not_fit_are_not_guessed(phrase: str) -> None:
    assert read(phrase) == ("not_understood",)


@pytest.mark.parametrize("phrase", ["в пятницу в 14", "в пятницу 14:00", "пятница 14 часов", "пятница 2 дня"])
def test_an_hour_said_as_one_after_a_weekday_stays_an_hour(phrase: str) -> None:
    assert read(phrase)[:2] == ("2026-11-20", "14:00")


@pytest.mark.parametrize("phrase", ["только шо", "токо шо", "толькі шо"])
def test_just_now_in_everyday_speech_is_now(phrase: str) -> None:
    assert read(phrase) == ("2026-11-23", "15:20", "estimate")


def test_people_counted_after_a_weekday_are_neither_a_day_nor_an_hour() -> None:
    assert read("в пятницу 3 человека в масках") == ("2026-11-20", None, "exact")
