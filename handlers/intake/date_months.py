"""Months, seasons and years: у сакавіку 2026, 03.2026, в прошлом месяце, мінулым летам, 2025, летась."""

from __future__ import annotations

import re

from handlers.intake.date_finds import Asked, Found, find_month, find_year, months_back
from handlers.intake.date_words import any_of, read_month, words_of
from handlers.intake.spelling import fold

_LAST = any_of("прошлого прошлом прошлый прошлым мінулага мінулым мінулы минулага мінулае last")
_THIS = any_of("этого этом этот этим гэтага гэтым гэты сего this")
_YEARS = any_of("год года году годзе г hod year")
_MONTHS = any_of("месяца месяце месяц месяцы month")
_END = r"(?![a-z])"
_NUMERIC = re.compile(
    r"(?<![0-9:/-])(?<![0-9]\.)(?:(0?[1-9]|1[0-2])[./-]([12][0-9]{3})|([12][0-9]{3})[./-](0?[1-9]|1[0-2]))"
    r"(?![0-9:/-]|\.[0-9])"
)
_YEAR = re.compile(
    rf"(?<![0-9:/-])(?<![0-9]\.)([12][0-9]{{3}})(?![0-9:/]|\.[0-9])"
    rf"(?:-?[a-z]{{1,3}}{_END})?( ?{_YEARS}{_END})?"
)
_LAST_YEAR = re.compile(rf"(?<![a-z])(?:{_LAST} {_YEARS}|{any_of('летась')}){_END}")
_THIS_YEAR = re.compile(rf"(?<![a-z])(?:{_THIS} {_YEARS}|{any_of('сёлета сёлетняга')}){_END}")
LAST_MONTH = re.compile(rf"(?<![a-z]){_LAST} {_MONTHS}{_END}")
_THIS_MONTH = re.compile(rf"(?<![a-z]){_THIS} {_MONTHS}{_END}")
_INTO = (
    any_of("в ў у за з с со в in since during early late mid of last this")
    + "|"
    + any_of("начале пачатку середине сярэдзіне конце канцы прошлом прошлого мінулым мінулага этом гэтым")
)
LEADING = re.compile(rf"(?<![a-z])(?:{_INTO}),? $")
_SEASONS = {
    fold(word): month
    for month, words in {
        6: "летом летам summer лета лето",
        9: "осенью восенню увосень восень autumn осень",
        3: "весной вясной увесну вясна весна spring",
        1: "зимой зімой узімку зима зіма winter",
    }.items()
    for word in words.split()
}


def read_spoken_year(asked: Asked) -> int | None:
    """The year that is said beside a date: "прошлого года", "сёлета"."""
    if _LAST_YEAR.search(asked.plain):
        return asked.today.year - 1
    return asked.today.year if _THIS_YEAR.search(asked.plain) else None


def find_numeric_month(asked: Asked) -> Found | None:
    """03.2026, 2026-03."""
    match = _NUMERIC.search(asked.plain)
    if match is None:
        return None
    return find_month(match, asked, year=int(match[2] or match[3]), month=int(match[1] or match[4]))


def _is_meant(word: re.Match[str], asked: Asked) -> bool:
    """A month's name counts after "в", "in" and the like, or in a short answer; "мая" is also "my"."""
    if LEADING.search(asked.plain[: word.start()]):
        return True
    brief = len(asked.plain.split()) <= 3
    return re.match(r"[.,]? [12][0-9]{3}", asked.plain[word.end() :]) is not None or (
        brief and not (word[0] in {"maia", "marc"} and " " in asked.plain)
    )


def _year_near(asked: Asked) -> int | None:
    match = _YEAR.search(asked.plain)
    return int(match[1]) if match else read_spoken_year(asked)


def _latest_year(asked: Asked, month: int) -> int:
    return asked.today.year if month <= asked.limit.month else asked.today.year - 1


def find_named_month(asked: Asked) -> Found | None:
    """у сакавіку 2026, в начале ноября, in March."""
    for word in words_of(asked.plain):
        month = read_month(word[0], short=False)
        if month is not None and _is_meant(word, asked):
            year = _year_near(asked)
            return find_month(word, asked, year=year or _latest_year(asked, month), month=month)
    return None


def find_relative_month(asked: Asked) -> Found | None:
    """в прошлом месяце, у гэтым месяцы."""
    for pattern, months in ((LAST_MONTH, 1), (_THIS_MONTH, 0)):
        match = pattern.search(asked.plain)
        if match:
            year, month = months_back(asked, months)
            return find_month(match, asked, year=year, month=month)
    return None


def find_year_alone(asked: Asked) -> Found | None:
    """2025, у 2025 годзе, летась. In a long story four digits need the word "year" or "in" beside them."""
    match = _YEAR.search(asked.plain)
    brief = len(asked.plain.split()) <= 4
    if (
        match
        and int(match[1]) <= asked.today.year + 10
        and (brief or match[2] or LEADING.search(asked.plain[: match.start()]))
    ):
        return find_year(match, asked, year=int(match[1]))
    spoken = _LAST_YEAR.search(asked.plain) or _THIS_YEAR.search(asked.plain)
    year = read_spoken_year(asked)
    return find_year(spoken, asked, year=year) if spoken and year else None


def find_season(asked: Asked) -> Found | None:
    """мінулым летам, зимой: the year of the latest one, because a season is no month."""
    for word in words_of(asked.plain):
        month = _SEASONS.get(word[0])
        if month is not None:
            year = _year_near(asked)
            return find_year(word, asked, year=year or _latest_year(asked, month))
    return None
