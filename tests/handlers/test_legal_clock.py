"""The legal clock says "should", says what it counted from, and never says "passed" too early."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.intake.talk import Answer
from handlers.legal_clock import deadlines, load_clock
from handlers.screens import Line
from tests.handlers.triage.asked import NOW, told, when
from tests.handlers.triage.wording import LANGUAGES, keys, say


def words(answers: dict[str, Answer], now: datetime = NOW, language: str = "en") -> list[str]:
    return [say(language, line) for line in deadlines(answers, now=now)]


def test_an_hour_that_was_told_gives_days_and_hours_in_minsk() -> None:
    lines = words(told(detained_when=when("2026-11-23", "11:00")))
    assert lines[0].startswith("What the law says should happen. In practice it is often broken.")
    assert lines[1].startswith("By 23.11.2026, 14:00: an ordinary administrative detention should end")
    assert lines[2].startswith("By 23.11.2026, 23:00: in a criminal case")
    assert lines[3].startswith("By 24.11.2026, 11:00: the prosecutor")
    assert lines[4].startswith("By 26.11.2026, 11:00")
    assert "Compared with the law on 23.11.2026" in lines[5]
    assert len(lines) == 6


def test_the_last_term_that_passed_is_named_before_the_next_ones() -> None:
    lines = words(told(detained_when=when("2026-11-22", "11:00")))
    assert lines[1].startswith("This term passed on 23.11.2026, 11:00: the prosecutor")
    assert lines[2].startswith("By 25.11.2026, 11:00")
    assert len(lines) == 6


def test_a_day_without_an_hour_is_counted_from_its_end_and_shows_no_hour() -> None:
    lines = words(told(detained_when=when("2026-11-20")))
    assert lines[1].startswith("This term passed on 22.11.2026: the prosecutor")
    assert lines[2].startswith("By 24.11.2026: the person should be free")


@pytest.mark.parametrize("day", [None, "2026-11", "2026"])
def test_without_a_day_terms_are_lengths(day: str | None) -> None:
    lines = words(told(detained_when=when(day)))
    assert lines[1].startswith("3 hours after the detention: an ordinary")
    assert len(lines) == 6


def test_an_unanswered_date_is_no_obstacle() -> None:
    assert words({})[1].startswith("3 hours after")
    assert words({"detained_when": Answer(missing="unknown")})[1].startswith("3 hours after")


@pytest.mark.parametrize("place", ["released", "died"])
def test_nobody_is_held_and_no_clock_runs(place: str) -> None:
    assert deadlines(told(whereabouts=place, detained_when=when("2026-11-22")), now=NOW) == ()


def test_a_foreign_citizen_has_a_consulate() -> None:
    answers = told(detained_when=when("2026-11-23", "11:00"), profile=["foreigner"])
    assert any("consulate" in line for line in words(answers))
    assert not any("consulate" in line for line in words(told(detained_when=when("2026-11-23", "11:00"))))


def test_an_unknown_place_shows_when_the_urgent_procedure_closes() -> None:
    answers = told(detained_when=when("2026-09-30", "12:00"), whereabouts="denied")
    assert any(line.startswith("By 30.12.2026, 12:00: the urgent procedure") for line in words(answers))


def test_months_end_on_a_day_that_exists() -> None:
    term = next(term for term in load_clock().terms if term.id == "wgeid_3m")
    assert term.ends(datetime(2026, 11, 30, tzinfo=UTC)).date() == date(2027, 2, 28)


def test_long_after_everything_only_the_last_term_is_left() -> None:
    lines = words(told(detained_when=when("2020-08-10", "12:00")))
    assert len(lines) == 3
    assert lines[1].startswith("This term passed")


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001
    st.booleans(),
    st.sampled_from(("exact", "estimate")),
)
def test_never_more_than_four_terms_and_never_passed_too_early(
    moment: datetime, hour: bool, precision: str
) -> None:
    told_time = moment.strftime("%H:%M") if hour else None
    answers = told(detained_when=when(moment.date().isoformat(), told_time, precision))
    now = (moment + timedelta(hours=30)).replace(tzinfo=UTC)
    lines = deadlines(answers, now=now)
    terms = [line for line in lines if line.key in {"clock-next", "clock-past"}]
    assert 1 <= len(terms) <= 4
    assert sum(line.key == "clock-past" for line in terms) <= 1
    assert all(line.key != "clock-past" for line in terms[1:])


def test_each_term_says_when_it_was_checked_and_terms_grow() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    ends = [term.ends(start) for term in load_clock().terms]
    assert ends == sorted(ends)
    for term in load_clock().terms:
        assert date.fromisoformat(term.checked_on) <= date(2100, 1, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_has_words_that_say_should(language: str) -> None:
    should = {"en": ("should", "is open"), "ru": ("долж", "открыта"), "be": ("мус", "адкрыта")}[language]
    for term in load_clock().terms:
        key = f"clock-{term.id}"
        assert key in keys(language, "guidance")
        sentence = say(language, Line(key))
        assert any(word in sentence for word in should)
        assert len(sentence.split()) <= 60


@pytest.mark.parametrize(
    ("language", "words_for_3"), [("en", "3 hours"), ("ru", "3 часа"), ("be", "3 гадзіны")]
)
def test_lengths_are_counted_as_the_language_counts(language: str, words_for_3: str) -> None:
    assert words_for_3 in words({}, language=language)[1]
