"""The towns of a country by the keys of their names, ready to be looked up in any case ending."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.intake.spelling import fold, one_slip, stem

_SHORT_FORMS = ((re.compile(r"[ae](?=[ck]$)"), ""), (re.compile(r"ka$"), "ca"), (re.compile(r"ha$"), "za"))
Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of one place; `common` marks an everyday word, `place` is a town's id or "abroad"."""

    keys: Keys
    place: str
    common: bool = False


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """`names` by the base of their first word; `slips` by bases with one letter left out."""

    regions_of: Mapping[str, str]
    around: Mapping[str, str]
    names: Mapping[str, tuple[Name, ...]]
    slips: Mapping[str, tuple[Name, ...]]
    adjectives: Mapping[str, str]
    region_words: frozenset[str]
    district_words: frozenset[str]
    kinds: tuple[tuple[str, tuple[Keys, ...]], ...]


def count_shared(word: str, other: str) -> int:
    """How many letters two words have in common at their beginning."""
    unequal = (i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b)
    return next(unequal, min(len(word), len(other)))


def is_form(word: str, key: str) -> bool:
    """True when a word is the name `key` in one of its cases."""
    if word == key:
        return True
    shared = count_shared(word, key)
    needed = len(key) - (2 if len(key) > 5 else 1)
    return shared >= max(needed, 2) and len(word) <= len(key) + 3 and stem(word) == stem(key)


def leave_one_out(word: str) -> set[str]:
    """The word, and the word without each of its letters in turn."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def find_slips(gazetteer: Gazetteer, word: str) -> tuple[Name, ...]:
    """Names of one longer word that differ from `word` by one letter after the first."""
    base = stem(word)
    if not 5 <= len(base) <= 24:
        return ()
    near = {name for form in leave_one_out(base) for name in gazetteer.slips.get(form, ())}
    return tuple(
        n for n in sorted(near, key=_order) if n.keys[0][0] == word[0] and one_slip(stem(n.keys[0]), base)
    )


def town_in(gazetteer: Gazetteer, towns: Sequence[str], region: str | None) -> str | None:
    """The one of these towns that lies in a region; None when none or several do."""
    own = [town for town in towns if gazetteer.regions_of.get(town) == region]
    return own[0] if len(own) == 1 else None


def _order(name: Name) -> tuple[Keys, str]:
    return name.keys, name.place


def _spellings(names: Iterable[str]) -> set[Keys]:
    """Keys of all names, with the forms that lose or change a letter in other cases (Лунінец: Лунінцы)."""
    spelt: set[Keys] = set()
    for keys in (tuple(fold(name).split()) for name in names):
        spelt.add(keys)
        for pattern, instead in _SHORT_FORMS:
            if len(keys[-1]) > 4 and pattern.search(keys[-1]):
                spelt.add((*keys[:-1], pattern.sub(instead, keys[-1])))
    return {keys for keys in spelt if keys}


def _by_key(pairs: Iterable[tuple[str, Name]]) -> Mapping[str, tuple[Name, ...]]:
    table: dict[str, list[Name]] = {}
    for key, name in pairs:
        table.setdefault(key, []).append(name)
    return {key: tuple(dict.fromkeys(names)) for key, names in table.items()}


def _names(table: Mapping[str, Any]) -> list[Name]:
    rows: list[tuple[str, bool, Sequence[str]]] = [
        *((str(row["id"]), bool(row.get("common")), row["names"]) for row in table["towns"]),
        *((str(row["town"]), False, row["names"]) for row in table["quarters"]),
        *((str(row["id"]), False, row["names"]) for row in table["regions"]),
        ("abroad", False, table["abroad"]),
    ]
    return [Name(keys, place, common) for place, common, names in rows for keys in sorted(_spellings(names))]


def read_gazetteer(table: Mapping[str, Any]) -> Gazetteer:
    """From the table "places" of a country pack."""
    names = _names(table)
    single = [
        name for name in names if len(name.keys) == 1 and not name.common and len(stem(name.keys[0])) >= 5
    ]
    regions = {region: region for row in table["towns"] for region in (str(row["region"]), "abroad")}
    return Gazetteer(
        regions_of={str(row["id"]): str(row["region"]) for row in table["towns"]} | regions,
        around={str(row["id"]): str(row["around"]) for row in table["towns"] if "around" in row},
        names=_by_key((stem(name.keys[0]), name) for name in names),
        slips=_by_key((form, name) for name in single for form in leave_one_out(stem(name.keys[0]))),
        adjectives={
            stem(fold(word)): str(row["id"]) for row in table["regions"] for word in row["adjectives"]
        },
        region_words=frozenset(map(fold, table["region_words"])),
        district_words=frozenset(map(fold, table["district_words"])),
        kinds=tuple(
            (kind, tuple(tuple(fold(word).split()) for word in words))
            for kind, words in table["kinds"].items()
        ),
    )
