"""Where somebody was detained, from free text: the town, its region, and what kind of place it was.

Any text is an answer. What is not found stays open: without a region the conversation asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from handlers.intake.gazetteer import (
    Gazetteer,
    Name,
    count_shared,
    find_slips,
    is_form,
    read_gazetteer,
)
from handlers.intake.misreads import LONGEST
from handlers.intake.spelling import fold, latinise, stem

__all__ = ["Gazetteer", "Place", "read_gazetteer", "read_place"]

_READ = 300  # words that are searched
_TOKEN = re.compile(r"[a-z]+|[0-9]+|[,.;:!?()\n]")
_BREAKS = frozenset(",.;:!?()\n")
_DISTRICT = re.compile(r"\br-n\b")


def _keys(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


_INTO = _keys(
    "в у ў во г горад город горадзе городе пад под каля возле ля около из з са до да in near at from"
)
_NEAR = _keys("пад под каля возле ля около недалёка недалеко near outside")
_STREETS = _keys(
    "вул вуліца вуліцы вуліцу ул улица улице улицы улицу праспект праспекце проспект проспекте пр завулак "
    "переулок бульвар бульвары бульваре шаша шоссе тракт плошча площадь площади плошчы street avenue st"
)
_ADJECTIVE = re.compile(r"[sc]k(?:i|ai|aia|ae|aha|amu|im|uiu|ia|ih)$")
_HOUSE = re.compile(
    r"(?:\b(?:дом|доме|дома|д|буд|кв|кватэра|кватэры|квартира|квартиры|квартире|корп|корпус"
    r"|house|flat|apt|apartment|bld)\b[.,]?\s{0,2}(?:№|#|no\.?)?\s{0,2}[0-9]{1,4}(?![0-9:]))"
    r"|(?:\b(?:вул|вуліц[аыуе]|ул|улиц[аеыу]|пр-т|праспекц?[те]?|проспекте?|завул\w{0,4}"
    r"|пер|переул\w{0,4}|бульвар\w?|street|avenue)\b[^0-9\n]{1,40}?[0-9]{1,4}(?![0-9:]))"
    r"|(?:[^\W\d_]{2,24}(?:ая|ой|ай|ого|ага|ова|ева|ава)\s?,?\s[0-9]{1,3}(?:[/-][0-9]{1,4})?[а-яa-z]?(?![\w:.]))"
    r"|(?:\b[0-9]{1,4}[а-яa-z]? [^\W\d_]{3,24} (?:street|avenue|st)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place as far as it was understood.

    `town`: an id of the gazetteer; `region`: ISO 3166-2 code or "abroad"; `kind`: an id as of the question
    "what kind of place" (home, work, street, police, border, school, court, prison_gate, other);
    `candidates`: towns between which only a region can decide; a town that was found by a slip of one letter
    is one too, because another place may be spelt just so.
    """

    town: str | None = None
    region: str | None = None
    kind: str | None = None
    candidates: tuple[str, ...] = ()
    has_street_number: bool = field(default=False)


@dataclass(frozen=True, slots=True)
class _Hit:
    """The places that one stretch of words may name; weak ones count only if there is nothing better."""

    places: tuple[str, ...]
    weak: bool = False
    slip: bool = False


def _tokens(text: str) -> list[str]:
    plain = _DISTRICT.sub(f" {fold('раён')} ", latinise(text[:LONGEST]))
    return _TOKEN.findall(plain)[:_READ]


def _matches(tokens: Sequence[str], at: int, name: Name) -> bool:
    words = tokens[at : at + len(name.keys)]
    return len(words) == len(name.keys) and all(map(is_form, words, name.keys))


def _longest(names: Iterable[Name]) -> list[Name]:
    found = list(names)
    longest = max((len(name.keys) for name in found), default=0)
    return [name for name in found if len(name.keys) == longest]


def _at(tokens: Sequence[str], index: int) -> str:
    return tokens[index] if 0 <= index < len(tokens) else ","


def _is_weak(tokens: Sequence[str], at: int, length: int) -> bool:
    """A street of that name is not the town: "на вуліцы Брэсцкай"."""
    return _at(tokens, at - 1) in _STREETS or _at(tokens, at + length) in _STREETS


def _is_foreign_adjective(word: str, name: Name) -> bool:
    return _ADJECTIVE.search(word) is not None and not _ADJECTIVE.search(name.keys[-1])


def _counts(gazetteer: Gazetteer, tokens: Sequence[str], at: int, *, name: Name) -> bool:
    """An everyday word is a town after "у" or "г.", or when nothing else was written."""
    words = sum(token not in _BREAKS for token in tokens)
    led = _at(tokens, at - 1) in _INTO or (_at(tokens, at - 1) == "." and _at(tokens, at - 2) == "h")
    district = (
        _at(tokens, at + len(name.keys)) in gazetteer.district_words
    )  # "Октябрьский район" is of a city
    return not name.common or (led and not district) or words == len(name.keys)


def _hit(gazetteer: Gazetteer, tokens: Sequence[str], at: int) -> tuple[_Hit, int] | None:
    word = tokens[at]
    known = _longest(name for name in gazetteer.names.get(stem(word), ()) if _matches(tokens, at, name))
    exact = [name for name in known if name.keys == tuple(tokens[at : at + len(name.keys)])]
    good = [
        name
        for name in exact or known
        if _counts(gazetteer, tokens, at, name=name)
        and not _is_foreign_adjective(tokens[at + len(name.keys) - 1], name)
    ]
    if good:
        length = len(good[0].keys)
        return _Hit(_places(good), _is_weak(tokens, at, length)), length
    if known or word in _BREAKS or word in gazetteer.district_words or word in gazetteer.region_words:
        return None
    near = [name for name in find_slips(gazetteer, word) if not _is_foreign_adjective(word, name)]
    return (_Hit(_places(near), weak=True, slip=True), 1) if near else None


def _places(names: Iterable[Name]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.place for name in names))


def _district(gazetteer: Gazetteer, word: str) -> str | None:
    """The region of "Пружанскі раён", by the town whose name the adjective is made of."""
    if stem(word) in gazetteer.adjectives:
        return gazetteer.adjectives[stem(word)]
    if not _ADJECTIVE.search(word):
        return None
    root = _ADJECTIVE.sub("", word)
    sizes: dict[str, int] = {}
    for base, names in gazetteer.names.items():
        shared = count_shared(root, base)
        if shared >= max(3, len(base) - 2, len(root) - 3):
            for region in _regions_of_singles(gazetteer, names):
                sizes[region] = max(shared, sizes.get(region, 0))
    best = [region for region, size in sizes.items() if size == max(sizes.values())]
    return best[0] if len(best) == 1 else None


def _regions_of_singles(gazetteer: Gazetteer, names: Iterable[Name]) -> set[str]:
    own = (name.place for name in names if len(name.keys) == 1 and not name.common)
    return {gazetteer.regions_of[place] for place in own} - {"abroad"}


def _area(gazetteer: Gazetteer, tokens: Sequence[str], at: int) -> _Hit | None:
    """A region or a district: "Мінская вобласць", "Лідскі раён"."""
    word, following = tokens[at], _at(tokens, at + 1)
    region = None
    if following in gazetteer.region_words:
        region = gazetteer.adjectives.get(stem(word))
    elif following in gazetteer.district_words:
        region = _district(gazetteer, word)
    return _Hit((region,)) if region else None


def _stretch(gazetteer: Gazetteer, tokens: Sequence[str], at: int) -> tuple[_Hit, int] | None:
    """A town, a region or a district that begins at a word, and how many words it takes."""
    hit = _hit(gazetteer, tokens, at)
    if hit and hit[1] > 1:
        return hit
    if area := _area(gazetteer, tokens, at):
        return area, 2
    if hit is None:
        return None
    places, following = hit[0].places, _at(tokens, at + 1)
    if _at(tokens, at - 1) in _NEAR or following in gazetteer.region_words | gazetteer.district_words:
        places = tuple(gazetteer.around.get(place, place) for place in places)
    if following in gazetteer.region_words:
        places = tuple(dict.fromkeys(gazetteer.regions_of[place] for place in places))
    return replace(hit[0], places=places), 1


def _find_hits(gazetteer: Gazetteer, tokens: Sequence[str]) -> list[_Hit]:
    hits, at = [], 0
    while at < len(tokens):
        found = _stretch(gazetteer, tokens, at)
        if found:
            hits.append(found[0])
        at += found[1] if found else 1
    return [hit for hit in hits if not hit.weak] or [hit for hit in hits if not hit.slip] or hits


def _find_kind(gazetteer: Gazetteer, tokens: Sequence[str]) -> str | None:
    words = f" {' '.join(token for token in tokens if token not in _BREAKS)} "
    for kind, phrases in gazetteer.kinds:
        if any(f" {' '.join(phrase)} " in words for phrase in phrases):
            return kind
    return None


def _narrow(gazetteer: Gazetteer, hits: Sequence[_Hit]) -> list[tuple[str, ...]]:
    """What each hit may be, with regions that were named deciding between towns of one name."""
    regions = {place for hit in hits for place in hit.places if gazetteer.regions_of[place] == place}
    home = regions - {"abroad"}
    towns = [tuple(place for place in hit.places if place not in regions) for hit in hits]
    fitting = [
        tuple(p for p in places if not home or gazetteer.regions_of[p] in home) or places for places in towns
    ]
    return [places for places in fitting if places] or [(region,) for region in sorted(home or regions)]


def _decide(gazetteer: Gazetteer, hits: Sequence[_Hit]) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Town, region and candidates."""
    all_places = tuple(dict.fromkeys(place for places in _narrow(gazetteer, hits) for place in places))
    towns = tuple(place for place in all_places if gazetteer.regions_of[place] != place)
    regions = {gazetteer.regions_of[place] for place in all_places}
    if len(regions) > 1 or any(hit.slip for hit in hits):
        return None, None, towns
    region = regions.pop() if regions else None
    return (towns[0] if len(towns) == 1 else None), region, (towns if len(towns) > 1 else ())


def read_place(text: str, gazetteer: Gazetteer) -> Place:
    """The place that a text tells; nothing in it is refused."""
    tokens = _tokens(text)
    town, region, candidates = _decide(gazetteer, _find_hits(gazetteer, tokens))
    return Place(
        town=town,
        region=region,
        kind=_find_kind(gazetteer, tokens),
        candidates=candidates,
        has_street_number=_HOUSE.search(text[:LONGEST]) is not None,
    )
