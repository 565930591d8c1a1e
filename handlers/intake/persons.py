"""Who was detained, from one line: given name, surname and patronymic in any order, year of birth or age.

Nothing is lost when a line is not understood: the caller keeps the words as they were typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from handlers.intake.birth_years import read_born
from handlers.intake.given_names import GIVEN, is_given_name
from handlers.intake.misreads import LONGEST, Misread
from handlers.intake.name_words import (
    ADDRESS,
    GIVEN_LABELS,
    PATRONYMIC_LABELS,
    SURNAME_LABELS,
    UNKNOWN_NAME,
    is_company,
    is_patronymic,
    is_surname_like,
)
from handlers.intake.spelling import fold

__all__ = ["Misread", "Person", "read_person"]

_READ = 400  # characters that are searched for a name; a longer text is a story
_BREAK = re.compile(r"[\n,;+&]|(?<=\s)(?:і|и|ды|and|i|плюс|та)(?=\s)", re.IGNORECASE)
_ALIAS = re.compile(
    r"[/()\[\]«»\"=]|\baka\b|(?<=\s)(?:з|из|са|со|from|at|in|у|ў|в|во|на|для)(?=\s)", re.IGNORECASE
)
_FROM = re.compile(r"(?:^|\s)(?:з|из|са|со|from|at|in|у|ў|в|во|на)\s*$", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_]+(?:['’ʼ‘`´-][^\W\d_]+)*\.?")
_INITIALS = re.compile(r"\b([^\W\d_])\.\s?([^\W\d_])(?=\.)")


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of a person's name and age; every part may be missing."""

    given_name: str | None = field(default=None, repr=False)
    surname: str | None = field(default=None, repr=False)
    patronymic: str | None = field(default=None, repr=False)
    birth_year: int | None = field(default=None, repr=False)
    age: int | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class _Names:
    given: str | None = field(default=None, repr=False)
    surname: str | None = field(default=None, repr=False)
    patronymic: str | None = field(default=None, repr=False)


def _write(word: str) -> str:
    """Capital letters where somebody typed all small or all large; "McName" stays as it is."""
    if not (word.islower() or (word.isupper() and len(word) > 1)):
        return word
    return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))


def _words(text: str) -> list[str]:
    """The words that may be names; "Я.П." are two, and lose no dot."""
    spaced = _INITIALS.sub(r"\1. \2", text)
    words = [word if len(word) == 2 else word.rstrip(".") for word in _NAME.findall(spaced)]
    names = [word for word in words if not is_company(word)]
    return names or [word for word in words if word[:1].isupper() and fold(word) in GIVEN]


def _take_labelled(words: Sequence[str], labels: frozenset[str]) -> str | None:
    """The word after "фамилия" or "name"."""
    pairs = pairwise(words)
    return next((b for a, b in pairs if fold(a) in labels and not is_company(b)), None)


def _labelled(text: str) -> _Names | None:
    words = [word.rstrip(".") for word in _NAME.findall(text)]
    surname = _take_labelled(words, SURNAME_LABELS)
    given = _take_labelled(words, GIVEN_LABELS)
    if surname is None:
        return None
    return _Names(given if given != surname else None, surname, _take_labelled(words, PATRONYMIC_LABELS))


def _join(words: Sequence[str]) -> str | None:
    return " ".join(words[:3]) or None


def _around_given(words: Sequence[str], at: int) -> _Names:
    """A known given name at `at`: what follows may be the patronymic, what is left is the surname."""
    follows = words[at + 1] if at + 1 < len(words) else ""
    others = len(words) > 2 or fold(follows).endswith(("na", "nu"))
    patronymic = follows if follows and others and is_patronymic(follows) else None
    behind = words[at + (2 if patronymic else 1) :]
    after, before = _large(behind), _large(words[:at])
    return _Names(words[at], _join(after[:2]) or _join(before[-1:]), patronymic)


def _large(words: Sequence[str]) -> list[str]:
    """The words with a capital letter; all of them where nobody typed one."""
    large = [word for word in words if word[:1].isupper()]
    return large or list(words)


def _by_endings(words: Sequence[str]) -> _Names:
    """No known given name: endings decide, then the order of the example we show."""
    if len(words) == 1:
        return _Names(surname=words[0])
    if len(words) == 2 and fold(words[1]).endswith(("auna", "euna", "icna")):
        return _Names(words[0], None, words[1])
    if len(words) > 2 and is_patronymic(words[2]):
        return _Names(words[1], words[0], words[2])
    if len(words) > 2 and is_patronymic(words[1]):
        return _Names(words[0], _join(words[2:]), words[1])
    if is_surname_like(words[0]) and not is_surname_like(words[1]):
        return _Names(words[1], words[0])
    return _Names(words[0], _join(words[1:]))


def _initials(words: Sequence[str]) -> _Names | None:
    """Я.П. Прыклад; Прыклад Я."""
    short = [word for word in words if len(word.rstrip(".")) == 1]
    long = [word for word in words if len(word.rstrip(".")) > 1]
    if not short or len(long) != 1 or len(short) > 2:
        return None
    dotted = [word.rstrip(".").upper() + "." for word in short]
    return _Names(dotted[0], long[0], dotted[1] if len(dotted) > 1 else None)


def _near_name(words: Sequence[str]) -> list[str]:
    """Of a long line, the given name with the capitalised words beside it, or all capitalised words."""
    if len(words) <= 4:
        return list(words)
    at = next((i for i, word in enumerate(words) if fold(word) in GIVEN), None)
    if at is None:
        return [word for word in words if word[:1].isupper()]
    near = [(i, word) for i, word in enumerate(words) if abs(i - at) <= 2]
    return [word for i, word in near if i == at or word[:1].isupper()] if len(near) > 1 else [words[at]]


def _sort_out(words: Sequence[str]) -> _Names | None:
    near = _near_name(words)
    if not near or len(near) > 6:
        return None
    if (named := _initials(near)) is not None:
        return named
    exact = [i for i, word in enumerate(near) if fold(word) in GIVEN]
    known = exact or [i for i, word in enumerate(near) if is_given_name(word)]
    if len(known) > 1 and len(near) == 2 and is_surname_like(near[0]) and not is_surname_like(near[1]):
        return _around_given(near, 1)
    return _around_given(near, known[0]) if known else _by_endings(near)


def _are_several(text: str) -> bool:
    """Two people, each with a name, with "and", a comma or a new line between them."""
    groups = [words for part in _BREAK.split(text) if (words := _words(part))]
    given = {frozenset(map(fold, names)) for words in groups if (names := [*filter(is_given_name, words)])}
    joined = any(mark.strip() not in {",", ""} for mark in _BREAK.findall(text))
    if joined and not given:
        return sum(any(word[:1].isupper() for word in words) for words in groups) > 1
    return len(given) > 1 and (joined or sum(map(len, groups)) > 2)


def _before_address(text: str) -> str | None:
    """The text up to an address; None where there is an address and nobody's name before it."""
    address = ADDRESS.search(text)
    if address is None:
        return text
    before = text[: address.start()]
    return before if any(map(is_given_name, _words(before))) else None


def read_person(text: str, *, year: int) -> Person | Misread:
    """A person from a typed line; `year` is the present one.

    Misread: "several", "impossible_year", "unknown_name" (said so, and nothing else is known),
    "not_understood" (no word that can be a name).
    """
    person = _before_address(text[:LONGEST])
    if person is None:
        return Misread("not_understood")
    born = read_born(person, year=year)
    if born.problem:
        return Misread(born.problem)
    told = UNKNOWN_NAME.sub(" ", born.rest)
    parts = [part[:_READ] for part in _ALIAS.split(told) if _words(part[:_READ])]
    main = next(
        (part for part in parts if any(map(is_given_name, _words(part)))), _first_telling(told, parts)
    )
    if _are_several(main):
        return Misread("several")
    names = _labelled(main) or _sort_out(_words(main))
    if names is None and born.birth_year is None and born.age is None:
        return Misread("unknown_name" if told != born.rest else "not_understood")
    found = names or _Names()
    given, surname, patronymic = (p and _write_all(p) for p in (found.given, found.surname, found.patronymic))
    return Person(given, surname, patronymic, born.birth_year, born.age)


def _first_telling(told: str, parts: Sequence[str]) -> str:
    """The first part; a later one only with a capital letter, and not after "from" or "in"."""
    if not parts or told.startswith(parts[0]):
        return parts[0] if parts else ""
    named = (part for part in parts if not _FROM.search(told[: told.find(part)]))
    return next((part for part in named if any(word[:1].isupper() for word in _words(part))), "")


def _write_all(words: str) -> str:
    return " ".join(map(_write, words.split()))
