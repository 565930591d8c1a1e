"""Years of birth and ages in an answer about a person: 1990, 12.03.1990, 90 г.р., 36 гадоў, aged 36."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from handlers.intake.date_finds import OLDEST

_DATE = re.compile(r"(?<![0-9])[0-9]{1,2}[./-][0-9]{1,2}[./-]([0-9]{4}|[0-9]{2})(?![0-9])")
_ISO = re.compile(r"(?<![0-9])([12][0-9]{3})[./-][0-9]{1,2}[./-][0-9]{1,2}(?![0-9])")
_YEAR = re.compile(r"(?<![0-9])([0-9]{4})(?![0-9])")
_SHORT_YEAR = re.compile(
    r"(?<![0-9])([0-9]{2})(?:-?(?:га|го|й|і))?\s?"
    r"(?:г\.?\s?[рн]\b|(?:года|год|г\.?)\s?(?:рожд|нарад|нарож))",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"(?<![0-9])([0-9]{1,3})(?:\s?[-–]\s?[0-9]{1,3})?[\s-]{0,2}"
    r"(?:гадоў|гады|гадовы|гадовая|год|года|лет|летн|л\.|y\.?\s?o|years?|yrs)",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?<![0-9.№#])([0-9]{1,3})(?![0-9])")
_EVENT = re.compile(
    r"(?:затрым|задерж|задзерж|арышт|арест|забра|detain|arrest|taken)[^0-9\n]{0,30}$", re.IGNORECASE
)
_NEWBORN = re.compile(
    r"г\.?\s?[рн]\b|рожд|родил|нарад|нарож|born|birth|baby|infant|немаўля|младен|грудн"
    r"|[0-9]\s?(?:мес|дзён|дней|дні|дня|тыд|нед|month|week|day)",
    re.IGNORECASE,
)
_OR = re.compile(r"\s*,?\s*(?:[-–—/?]|ці|або|или|or)\s*", re.IGNORECASE)
_RECENT = 10  # a year this near, after "detained", is not of birth


@dataclass(frozen=True, slots=True)
class Born:
    """What was said about age; `rest` is the text without it. `problem` is a reason of `Misread`."""

    birth_year: int | None = field(repr=False)
    age: int | None = field(repr=False)
    rest: str = field(repr=False)
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class _Year:
    year: int
    start: int
    end: int


def _full(digits: str, year: int) -> int:
    if len(digits) == 4:
        return int(digits)
    century = year // 100 * 100
    return century + int(digits) if century + int(digits) <= year else century - 100 + int(digits)


def _years(text: str, *, year: int) -> tuple[list[_Year], str]:
    """All years that are not of the detention, and the text without them."""
    found: list[_Year] = []
    for pattern in (_DATE, _ISO, _SHORT_YEAR, _YEAR):
        for match in pattern.finditer(text):
            one = _Year(_full(match[1], year), match.start(), match.end())
            if one.year < year - _RECENT or not _EVENT.search(text[max(0, one.start - 60) : one.start]):
                found.append(one)
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return sorted(found, key=lambda one: one.start), text


def _are_rival(first: _Year, second: _Year, text: str) -> bool:
    """Two years belong to two people, unless they are "1990 or 1991"."""
    return first.year != second.year and _OR.fullmatch(text[first.end : second.start]) is None


def _ages(text: str, *, bare: bool) -> tuple[list[int], str]:
    """Ages that are named as such, else (`bare`) the first small number."""
    told = [int(match[1]) for match in _AGE.finditer(text)]
    rest = _AGE.sub(" ", text)
    if not told and bare:
        told = [int(match[1]) for match in _BARE.finditer(rest)][:1]
    return told, _BARE.sub(" ", rest)


def read_born(text: str, *, year: int) -> Born:
    """Year of birth and age; `year` is the present one. Problems: "impossible_year", "several"."""
    years, rest = _years(text, year=year)
    ages, rest = _ages(rest, bare=not years)
    if any(not year - OLDEST <= one.year <= year for one in years) or any(age > OLDEST for age in ages):
        return Born(None, None, rest, "impossible_year")
    if any(one.year >= year - 1 for one in years) and not (_NEWBORN.search(text) or _AGE.search(text)):
        return Born(None, None, rest, "impossible_year")  # rather the date of the detention
    pairs = pairwise(years)
    if any(_are_rival(first, second, text) for first, second in pairs) or len(set(ages)) > 1:
        return Born(None, None, rest, "several")
    return Born(years[0].year if years else None, ages[0] if ages else None, rest)
