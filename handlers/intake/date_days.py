"""Days as the calendar names them: 12.03, 2026-03-12, 19 ноября, с 12 на 13 марта, 5 числа."""

from __future__ import annotations

import re
from datetime import timedelta

from handlers.intake.date_finds import Asked, Found, find_exact, find_latest, months_back
from handlers.intake.date_months import LAST_MONTH, LEADING, read_spoken_year
from handlers.intake.date_times import PARTS
from handlers.intake.date_words import read_day_word, read_month, read_weekday, words_of

_YEAR = r"([12][0-9]{3})(?![0-9])"
_TAIL = r"(?![0-9:/-]|\.[0-9])"
_HEAD = r"(?<![0-9:/-])(?<![0-9]\.)"
_ORDINAL = r"(?:(?: ?(?:th|st|nd|rd|ha|aha)|-?(?:th|st|nd|rd|ha|aha|e|ae|i|ih|mu|ta))(?![a-z]))?"
_ISO = re.compile(r"(?<![0-9])([12][0-9]{3})([-./])([0-9]{1,2})\2([0-9]{1,2})(?![0-9])")
_NUMERIC = re.compile(
    _HEAD + r"(?:([0-9]{1,2}) ?- ?)?([0-9]{1,2}) ?([./-]) ?([0-9]{1,2}) ?\3 ?([12][0-9]{3}|[0-9]{2})" + _TAIL
)
_SPACED = re.compile(_HEAD + r"()([0-9]{1,2})( )([0-9]{1,2}) ([12][0-9]{3})" + _TAIL)
_SHORT = re.compile(_HEAD + r"(?:([0-9]{1,2}) ?- ?)?([0-9]{1,2})([./-])([0-9]{1,2})" + _TAIL)
_NAMED = re.compile(
    _HEAD + rf"(?:([0-9]{{1,2}}){_ORDINAL} ?(?:na|pa|da|-|/|i|ci|ili) ?)?([0-9]{{1,2}}){_ORDINAL}"
    rf"[ .,-]{{0,3}}(?:af )?([a-z]{{3,12}})[.,]?(?:[ -]{{0,2}}{_YEAR})?"
)
_NAMED_FIRST = re.compile(
    rf"(?<![a-z])([a-z]{{3,12}})[.,]? (?:the )?([0-9]{{1,2}})(?![0-9:.-]?[0-9:]){_ORDINAL}(?:,? {_YEAR})?"
)
_OF_MONTH = re.compile(
    r"(?<![0-9.:-])(?:([0-9]{1,2})-?(?:ha|aha)(?![a-z])"
    r"|([0-9]{1,2})(?:-?[a-z]{1,3})? (?:cisla|cislau)(?![a-z])|the ([0-9]{1,2})-?(?:th|st|nd|rd))"
)
_PART = "|".join(sorted(PARTS, key=len, reverse=True))
_ENDS = rf"(?= ?$| ?[,.](?![0-9])| (?:u|a|at|kalia|akala|{_PART})(?![a-z]))"
_SPELT_DAY = re.compile(rf"(?:(?:s|z|u|a|at|an|the) )?([0-9]{{1,2}})-?th{_ENDS}")
_WITH_DAY = re.compile(rf"[, ]{{0,3}}([0-9]{{1,2}}){_ENDS}")
_NEAR = 45  # days: a weekday and a day of the month longer ago are rather a weekday and an hour
_HOUR_WORD = re.compile(
    rf" ?(?:{'|'.join(sorted(PARTS, key=len, reverse=True))}|cas[a-z]{{0,2}}|hadin[a-z]?)(?![a-z])"
)
_AT = re.compile(r"(?<![a-z])(?:u|a|at|kalia|akala|~) ?$")


def _dated(
    match: re.Match[str], asked: Asked, *, year: str | None, month: int, day: int, rough: bool = False
) -> Found:
    known = int(year) if year else read_spoken_year(asked)
    if known is None:
        return find_latest(match, asked, month=month, day=day, rough=rough)
    return find_exact(match, asked, year=known, month=month, day=day, rough=rough)


def find_iso(asked: Asked) -> Found | None:
    """2026-03-12."""
    match = _ISO.search(asked.plain)
    return match and find_exact(match, asked, year=int(match[1]), month=int(match[3]), day=int(match[4]))


def _full_year(digits: str, asked: Asked) -> int:
    """Two digits are of this century up to ten years ahead (a slip, refused later), else before it."""
    if len(digits) == 4:
        return int(digits)
    year = asked.today.year // 100 * 100 + int(digits)
    return year if year <= asked.today.year + 10 else year - 100


def _day_first(first: int, second: int, *, slash: bool) -> tuple[int, int]:
    """Day and month; 03/25 can only be meant the American way."""
    return (second, first) if slash and second > 12 >= first else (first, second)


def find_numeric(asked: Asked) -> Found | None:
    """12.03.2026, 12/3/26, 12 03 2026; of 12-13.03.2026 the first day."""
    match = _NUMERIC.search(asked.plain) or _SPACED.search(asked.plain)
    if match is None:
        return None
    day, month = _day_first(int(match[2]), int(match[4]), slash=match[3] == "/")
    year, rough = _full_year(match[5], asked), bool(match[1])
    return find_exact(match, asked, year=year, month=month, day=int(match[1] or day), rough=rough)


def find_named(asked: Asked) -> Found | None:
    """19 ноября, 19 лістапада 2025, 12th of March; of "с 12 на 13 марта" the first day."""
    for match in _NAMED.finditer(asked.plain):
        month = read_month(match[3])
        if month is not None:
            day, rough = int(match[1] or match[2]), match[1] is not None
            return _dated(match, asked, year=match[4], month=month, day=day, rough=rough)
    return None


def find_named_first(asked: Asked) -> Found | None:
    """March 12, 2026; марта 12. "в марте 2 человека" is not a day."""
    for match in _NAMED_FIRST.finditer(asked.plain):
        month = read_month(match[1])
        if month is not None and not LEADING.search(asked.plain[: match.start()]):
            return _dated(match, asked, year=match[3], month=month, day=int(match[2]))
    return None


def _is_spoken_day(match: re.Match[str], asked: Asked) -> bool | None:
    """Whether 23.11 is the day that a word beside it names (сёння); None when there is no such word."""
    ages = [age for word in words_of(asked.plain) if (age := read_day_word(word[0])) is not None]
    if not ages:
        return None
    days = [asked.today - timedelta(days=age) for age in ages]
    return any((day.day, day.month) == (int(match[2]), int(match[4])) for day in days)


def _is_time(match: re.Match[str], asked: Asked) -> bool:
    """12.45 and 14-30 are times; 14.05 after a spoken day ("сёння каля 14.05") is one too."""
    hour, minute = int(match[2]), int(match[4])
    led = _AT.search(asked.plain[: match.start()]) is not None
    if match[3] == "-" and (
        led or len(match[2] + match[4]) < 4 or _HOUR_WORD.match(asked.plain, match.end())
    ):
        return True  # "7-8 утра", "у 10-11"
    if match[1] or match[3] == "/" or hour > 23 or minute > 59 or len(match[4]) != 2:
        return False
    if minute == 0 or minute > 12:
        return led or minute % 5 == 0
    return _is_spoken_day(match, asked) is False and (led or minute % 5 == 0)


def find_short(asked: Asked) -> Found | None:
    """12.03, 12/3, 12-03; of 12-13.03 the first day."""
    for match in _SHORT.finditer(asked.plain):
        day, month = _day_first(int(match[2]), int(match[4]), slash=match[3] == "/")
        if not _is_time(match, asked):
            rough = bool(match[1])
            return _dated(match, asked, year=None, month=month, day=int(match[1] or day), rough=rough)
    return None


def find_day_of_month(asked: Asked) -> Found | None:
    """20го, 5 числа, the 20th: the latest such day, or the one of last month if that is said."""
    match = _OF_MONTH.search(asked.plain) or _SPELT_DAY.match(asked.plain)
    if match is None:
        return None
    day = int(next(digits for digits in match.groups() if digits))
    tries = (1,) if LAST_MONTH.search(asked.plain) else range(12)
    for year, month in (months_back(asked, months) for months in tries):
        found = find_exact(match, asked, year=year, month=month, day=day)
        if found.reason is None:
            return found
    return Found(match.start(), match.end(), None, reason="impossible")


def find_weekday_and_day(asked: Asked) -> Found | None:
    """пятница 13: the Friday not long ago that was the 13th; what else it could mean is not guessed."""
    for word in words_of(asked.plain):
        day = _WITH_DAY.match(asked.plain, word.end()) if read_weekday(word[0]) is not None else None
        if day is None or _HOUR_WORD.match(asked.plain, day.end()):
            continue
        dates = (asked.today - timedelta(days=back) for back in range(_NEAR))
        fits = (d for d in dates if d.weekday() == read_weekday(word[0]) and d.day == int(day[1]))
        found = next(fits, None)
        if found is None:
            return Found(word.start(), day.end(), None, reason="not_understood")
        return Found(word.start(), day.end(), found.isoformat())
    return None
