"""What of a person is compared, in forms that no script changes: names and the year of birth."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from handlers.matching.given_names import father_groups, is_known, name_groups
from handlers.matching.sounds import hear, hear_surname

NOTHING: frozenset[str] = frozenset()
_KEYS = ("given_name", "patronymic", "surname")
_PARTS = re.compile(r"[\s\-–—]+")
_LETTER = re.compile(r"[^\W\d_]")
_PATRONYMIC = re.compile(r"(.+?)(?:auih|auna|inihna|ihna|ih)(?:a|u|am|i|ai)?")


@dataclass(frozen=True, slots=True)
class Traits:
    """Forms that two reports may share. Any one in common is agreement; an empty set says nothing.

    `spans` are spans of two years, named by their second: two years of birth that differ by one share a
    span, and two that differ by more share none.
    """

    surnames: frozenset[str] = field(repr=False)
    given: frozenset[str] = field(default=NOTHING, repr=False)
    fathers: frozenset[str] = field(default=NOTHING, repr=False)
    spans: frozenset[str] = field(default=NOTHING, repr=False)


def read_traits(person: Mapping[str, Any], *, year: int) -> Traits | None:
    """The traits of the answer `person` of a report; `year` is the present one.

    None where no family name was told: too many people share everything else.
    """
    given, patronymic, surname = _sort_out(*(_word(person, key) for key in _KEYS))
    surnames = frozenset(key for part in _PARTS.split(surname) if len(key := hear_surname(part)) > 1)
    if not surnames:
        return None
    return Traits(
        surnames=surnames,
        given=_given(given),
        fathers=_fathers(patronymic),
        spans=_spans(person, year=year),
    )


def _word(person: Mapping[str, Any], key: str) -> str:
    value = person.get(key)
    return value if isinstance(value, str) else ""


def _sort_out(given: str, patronymic: str, surname: str) -> tuple[str, str, str]:
    """Read the other way round, where only another of the words is a given name by its sound."""
    told = [word for word in (surname, patronymic) if is_known(word)]
    if not given or is_known(given) or not told:
        return given, patronymic, surname
    rest = [word for word in (given, patronymic, surname) if word and word != told[0]]
    fathers = [word for word in rest if len(rest) > 1 and _fathers(word)]
    others = [word for word in rest if word not in fathers[:1]]
    return told[0], "".join(fathers[:1]), " ".join(others)


def _given(text: str) -> frozenset[str]:
    """An initial says nothing."""
    words = [word for word in _PARTS.split(text) if len(_LETTER.findall(word)) > 1]
    return frozenset().union(*(name_groups(word) for word in words))


def _fathers(text: str) -> frozenset[str]:
    found = _PATRONYMIC.fullmatch(hear(text))
    return father_groups(found[1].rstrip("aiu") or found[1]) if found else NOTHING


def _spans(person: Mapping[str, Any], *, year: int) -> frozenset[str]:
    """Somebody aged 36 was born this year minus 36, or the year before that."""
    born, age = person.get("birth_year"), person.get("age")
    years = (born,) if isinstance(born, int) else (year - age, year - age - 1) if isinstance(age, int) else ()
    return frozenset(str(each + more) for each in years for more in (0, 1))
