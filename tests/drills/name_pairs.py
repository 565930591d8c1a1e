"""Labelled pairs of reports: about one person, or about two who are hard to tell apart.

A report is a line as relatives type it, read by the product's own reader, with a day and a region. How often
people leave something out or are wrong by a little is set below, by judgement: nobody has counted it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from handlers.intake.persons import Person, read_person
from tests.drills.invented_people import ENDINGS, GIVEN, Given, Someone, draw_family, draw_person
from tests.drills.latin_rules import SPELLINGS, spell

YEAR = 2026
REGIONS = ("BY-HM", "BY-MI", "BY-BR", "BY-VI", "BY-HO", "BY-HR", "BY-MA")
FULL, SHORT = 0.7, 0.25  # the given name; else left out
PATRONYMIC = 0.35
BORN, AGED = 0.6, 0.25  # the year of birth, an age; else left out
NEARLY = 0.2  # of those who give a year for the second time: wrong by one
DAY, MONTH = 0.9, 0.05  # else left out
REGION = 0.92
_ORDERS = (
    "{given} {surname}",
    "{surname} {given}",
    "{given} {patronymic} {surname}",
    "{surname} {given} {patronymic}",
)


@dataclass(frozen=True, slots=True)
class Told:
    """One report: how it is spelt, what was read of it, and the card's day and region."""

    spelling: str
    line: str = field(repr=False)
    person: dict[str, Any] = field(repr=False)
    day: str | None
    region: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports; `kind` says how they came about, `same` whether they are about one person."""

    kind: str
    same: bool
    one: Told
    two: Told


def _name(chance: Random, given: Given, language: int) -> str:
    drawn = chance.random()
    if drawn < FULL:
        return given.full[language]
    return chance.choice(given.short[language]) if drawn < FULL + SHORT else ""


def _age(chance: Random, someone: Someone) -> str:
    drawn = chance.random()
    if drawn < BORN:
        return f", {someone.born}"
    if drawn < BORN + AGED:
        return f", {YEAR - someone.born - chance.choice((0, 1))} гадоў"
    return ""


def _line(chance: Random, someone: Someone, spelling: str) -> str:
    language = ("be", "ru").index(SPELLINGS[spelling][0])
    given = _name(chance, someone.given, language)
    patronymic = someone.patronymic[language] if given and chance.random() < PATRONYMIC else ""
    words = {"given": given, "surname": someone.surname[language], "patronymic": patronymic}
    order = chance.choice(_ORDERS[2:] if patronymic else _ORDERS[:2])
    typed = " ".join(order.format(**{key: spell(word, spelling) for key, word in words.items()}).split())
    return typed + _age(chance, someone)


def _when(chance: Random, day: date) -> str | None:
    drawn = chance.random()
    if drawn < DAY:
        return day.isoformat()
    return day.isoformat()[:7] if drawn < DAY + MONTH else None


def tell(chance: Random, someone: Someone, *, day: date, region: str, spelling: str | None = None) -> Told:
    """One relative's report; `day` is when they say it was."""
    spelling = spelling or chance.choice([*SPELLINGS])
    line = _line(chance, someone, spelling)
    read = read_person(line, year=YEAR)
    parts = ("given_name", "surname", "patronymic", "birth_year", "age")
    person = {part: getattr(read, part) for part in parts} if isinstance(read, Person) else {}
    place = region if chance.random() < REGION else None
    return Told(spelling, line, person, _when(chance, day), place)


def _brother(chance: Random, someone: Someone) -> Someone:
    others = [given for given in GIVEN[someone.woman] if given is not someone.given]
    return replace(
        someone, given=chance.choice(others), born=someone.born + chance.choice((-7, -4, -2, 2, 3, 6))
    )


def _father(chance: Random, someone: Someone) -> Someone:
    """Every fourth has the name of his son."""
    father = draw_person(chance).father
    given = someone.given if not someone.woman and chance.random() < 0.25 else someone.father
    born = someone.born - chance.randrange(19, 36)
    return replace(someone, given=given, father=father, born=born, woman=False)


def _namesake(chance: Random, someone: Someone) -> Someone:
    """The same name, another father, another age: told apart only if somebody says so."""
    other = draw_person(chance)
    return replace(someone, father=other.father, born=other.born)


def _same_family_name(chance: Random, someone: Someone) -> Someone:
    others = [given for given in GIVEN[someone.woman] if given is not someone.given]
    return replace(_namesake(chance, someone), given=chance.choice(others))


def _same_given_name(chance: Random, someone: Someone) -> Someone:
    noun, ending = draw_family(chance)
    return replace(someone, noun=noun, ending=ending)


def _alike(chance: Random, someone: Someone) -> Someone:
    """Another family name from the same noun; all else the same."""
    others = [replace(someone, ending=ending) for ending in ENDINGS]
    return chance.choice([other for other in others if _differ(other, someone)])


def _differ(one: Someone, two: Someone) -> bool:
    return all(a != b for a, b in zip(one.surname, two.surname, strict=True))


def _stranger(chance: Random, _: Someone) -> Someone:
    return draw_person(chance)


OTHERS: dict[str, tuple[int, Callable[[Random, Someone], Someone]]] = {
    "brothers": (6, _brother),
    "father and son": (4, _father),
    "namesakes": (1, _namesake),
    "one family name": (6, _same_family_name),
    "one given name": (6, _same_given_name),
    "alike names": (6, _alike),
    "strangers": (6, _stranger),
}
"""Pairs about two people, on one day in one region: how often each kind comes, and who the second is."""


def draw_pairs(seed: int, *, same: int, others: int) -> Iterator[Pair]:
    """`same` pairs about one person and `others` about two."""
    chance = Random(seed)
    for number in range(same + others):
        yield _same(chance) if number < same else _two(chance)


def _same(chance: Random) -> Pair:
    someone, day, region = draw_person(chance), _day(chance), chance.choice(REGIONS)
    nearly = chance.choice((-1, 1)) if chance.random() < NEARLY else 0
    later = day + timedelta(days=chance.choice((0, 0, 0, 0, 1, -1, 2, -3)))
    one = tell(chance, someone, day=day, region=region)
    two = tell(chance, replace(someone, born=someone.born + nearly), day=later, region=region)
    return Pair("same", True, one, two)


def _two(chance: Random) -> Pair:
    kind = chance.choices([*OTHERS], [often for often, _ in OTHERS.values()])[0]
    someone = draw_person(chance)
    other = OTHERS[kind][1](chance, someone)
    day, region = _day(chance), chance.choice(REGIONS)
    one, two = (tell(chance, each, day=day, region=region) for each in (someone, other))
    return Pair(kind, False, one, two)


def _day(chance: Random) -> date:
    return date(YEAR, 1, 5) + timedelta(days=chance.randrange(300))
