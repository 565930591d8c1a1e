"""A date as people know it is a span, never a sharper moment than it was told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.triage.moments import detention_span, told_day
from tests.handlers.triage.asked import NOW, told, when
from tests.tables import each


def test_an_exact_hour_in_minsk_is_one_moment() -> None:
    span = detention_span(told(detained_when=when("2026-11-23", "11:00")), now=NOW)
    assert span
    assert span.earliest == span.latest == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert span.least_hours(NOW) == span.most_hours(NOW) == 1


def test_about_two_may_be_three_hours_earlier_or_later() -> None:
    span = detention_span(told(detained_when=when("2026-11-22", "14:00", "estimate")), now=NOW)
    assert span
    assert span.latest - span.earliest == timedelta(hours=6)


def test_a_day_without_an_hour_counts_from_its_start_and_from_its_end() -> None:
    span = detention_span(told(detained_when=when("2026-11-22")), now=NOW)
    assert span
    assert (span.least_hours(NOW), span.most_hours(NOW)) == (12, 36)
    assert span.daily
    assert not span.timed


def test_today_cannot_end_later_than_now() -> None:
    span = detention_span(told(detained_when=when("2026-11-23")), now=NOW)
    assert span
    assert (span.least_hours(NOW), span.most_hours(NOW)) == (0, 12)


def test_a_month_is_a_span_and_not_a_day() -> None:
    span = detention_span(told(detained_when=when("2026-02", precision="unknown_day")), now=NOW)
    assert span
    assert span.latest - span.earliest == timedelta(days=28)
    assert not span.daily


def test_the_future_counts_as_now() -> None:
    span = detention_span(told(detained_when=when("2027-01-01", "10:00")), now=NOW)
    assert span
    assert (span.least_hours(NOW), span.most_hours(NOW)) == (0, 0)


@each((day,) for day in [None, "", "2026-13", "2026-02-30", "0000", "0001-01-01", "9999", "учора", 7])
def test_what_is_no_date_is_no_date(day: object) -> None:
    answers = told(detained_when={"day": day, "time": None, "precision": "exact"})
    assert told_day(answers) is None
    assert detention_span(answers, now=NOW) is None


@each((time,) for time in ["25:00", "10:61", "ten", "", 10])
def test_an_impossible_hour_leaves_the_day(time: object) -> None:
    span = detention_span(told(detained_when={"day": "2026-11-22", "time": time}), now=NOW)
    assert span
    assert not span.timed


@given(
    st.dates(min_value=datetime(1990, 1, 1).date(), max_value=datetime(2100, 1, 1).date()),  # noqa: DTZ001
    st.sampled_from((4, 7, 10)),
    st.none() | st.times().map(lambda t: t.strftime("%H:%M")),
    st.sampled_from(("exact", "estimate", "unknown_day", "unknown_month")),
)
def test_the_earliest_moment_is_never_after_the_latest(
    day: object, length: int, time: str | None, precision: str
) -> None:
    span = detention_span(told(detained_when=when(str(day)[:length], time, precision)), now=NOW)
    assert span
    assert span.earliest <= span.latest <= NOW
    assert 0 <= span.least_hours(NOW) <= span.most_hours(NOW)
