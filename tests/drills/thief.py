"""Somebody takes the database, and perhaps the operator's key: which names does the comparing give away?

The thief has a dictionary of every family name and given name that there is in this invented country. Without
the key all they see is which rows share eight bits; with it they hash the dictionary and look what fits: that
is not prevented, only measured. The control keeps the same hashes under a key that everybody knows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from random import Random
from statistics import median
from typing import Any

from handlers.matching.given_names import name_groups
from handlers.matching.likeness import BITS, Likeness, blind_traits
from handlers.matching.sounds import hear_surname
from handlers.matching.traits import read_traits
from tests.drills.drill import Drill, Outcome, Show, Size, Sizes
from tests.drills.invented_people import ENDINGS, GIVEN, NOUNS, Someone, draw_person
from tests.drills.name_pairs import YEAR
from tests.drills.tags import tag_with

Tag = Callable[[str, str, int], int]
_KNOWN = bytes(32)  # the key that everybody knows
_AT_MOST = 0.01  # of the names may fit by accident, under a key that is not the right one


def blind_person(someone: Someone, tag: Tag) -> Likeness:
    """What is kept when a report tells the whole name and the year."""
    person = {"given_name": someone.given.full[0], "surname": someone.surname[0], "birth_year": someone.born}
    traits = read_traits(person, year=YEAR)
    assert traits is not None
    return blind_traits(traits, tag)


def _list_names() -> tuple[set[str], set[frozenset[str]]]:
    someone = replace(draw_person(Random(0)), woman=False)
    named = (replace(someone, noun=noun, ending=ending) for noun in NOUNS for ending in ENDINGS)
    given = {name_groups(each.full[0]) for names in GIVEN.values() for each in names}
    return {hear_surname(each.surname[0]) for each in named}, given


def attack(crowd: Sequence[Someone], kept: Sequence[Likeness], tag: Tag) -> dict[str, Any]:
    """The whole dictionary, hashed with the thief's key, against every row."""
    surnames, given = _list_names()
    by_surname = Counter(tag("surname", form, BITS["surname"]) for form in surnames)
    by_given: dict[int, set[frozenset[str]]] = defaultdict(set)
    for groups in given:
        for group in groups:
            by_given[tag("given", group, BITS["given"])].add(groups)
    fitting = [
        by_surname[row.surname[0]] * len(set[frozenset[str]]().union(*(by_given[each] for each in row.given)))
        for row in kept
    ]
    pairs = zip(crowd, kept, strict=True)
    true = sum(blind_person(one, tag).surname == row.surname for one, row in pairs)
    return {
        "names_in_the_dictionary": len(surnames) * len(given),
        "rows_that_their_own_family_name_fits": round(true / len(kept), 3),
        "rows_that_exactly_one_name_fits": round(sum(each == 1 for each in fitting) / len(kept), 3),
        "names_that_fit_a_row_median": median(fitting),
    }


def look_at_buckets(crowd: Sequence[Someone], kept: Sequence[Likeness]) -> dict[str, Any]:
    """What shows without any key: rows in one bucket, and how many of them have one family name."""
    rows = list(zip(crowd, kept, strict=True))
    together = [(a, b) for (a, x), (b, y) in combinations(rows, 2) if x.buckets == y.buckets]
    alike = sum(a.noun == b.noun and a.ending == b.ending for a, b in together)
    return {
        "pairs_in_one_bucket": len(together),
        "of_one_family_name": round(alike / max(1, len(together)), 3),
    }


async def hold(sizes: Sizes, show: Show) -> Outcome:
    """The thief with the key, with a wrong one, and against hashes that need none."""
    chance = Random(sizes.seed)
    right, wrong = tag_with(chance.randbytes(32)), tag_with(chance.randbytes(32))
    crowd = [draw_person(chance) for _ in range(sizes["people"])]
    kept = [blind_person(one, right) for one in show.each(crowd, "keeping")]
    bare = [blind_person(one, tag_with(_KNOWN)) for one in crowd]
    without = attack(crowd, kept, wrong)
    control = attack(crowd, bare, tag_with(_KNOWN))
    hits = "rows_that_their_own_family_name_fits"
    figures = {
        "without_the_key": {**without, **look_at_buckets(crowd, kept)},
        "with_the_key": attack(crowd, kept, right),
    }
    faults = [f"a wrong key finds {without[hits]}"] if without[hits] > _AT_MOST else []
    return Outcome(figures, faults, control, fired=control[hits] > _AT_MOST)


DRILL = Drill(
    "thief",
    "What is kept for comparing names tells none of them without the operator's key.",
    {"people": Size(400, 4_000, "open cases, each of somebody with a full name")},
    hold,
)
