"""Counting cases by what the server knows of them: closed lists only.

The monthly form of Viasna has detentions, administrative cases heard, arrests with days, and fines with
their sum. The short path tells of detentions. The others are left out, because a zero would say that there
were none, and the truth is that nobody was asked. Every report counts: two reports about one person are two
until a moderator merges them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from handlers.triage.ages import AGE_GROUPS, UNKNOWN
from handlers.triage.facts import CardFacts, Level

LEVELS = tuple(level.value for level in Level)
SMALL = 5
HIDDEN = -1

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Counters:
    """How many, and by what; each list is (id, count) in a fixed order.

    A body is counted once per case that names it, so bodies can add up to more than `detentions`.
    `HIDDEN` stands for a count that is too small to be told.
    """

    detentions: int
    unfinished: int
    level: Counts
    region: Counts
    body: Counts
    age_group: Counts


def count(facts: Iterable[CardFacts]) -> Counters:
    """Count cases by level, region, detaining body and age group."""
    known = tuple(facts)
    return Counters(
        detentions=len(known),
        unfinished=sum(fact.unfinished for fact in known),
        level=_in_order(Counter(fact.level.value for fact in known), LEVELS),
        region=_by_size(Counter(fact.region or UNKNOWN for fact in known)),
        body=_by_size(Counter(body for fact in known for body in dict.fromkeys(fact.bodies) or (UNKNOWN,))),
        age_group=_in_order(Counter(fact.age_group for fact in known), AGE_GROUPS),
    )


def hide_small(counters: Counters) -> Counters:
    """What may leave as statistics: no count from 1 to 4, and none that the others give away.

    Where one number of a list is hidden, the next smallest is hidden as well. Levels and the number of
    unfinished reports say how work goes inside, so they stay inside.
    """
    return Counters(
        detentions=_hide(counters.detentions),
        unfinished=HIDDEN,
        level=(),
        region=_hide_list(counters.region),
        body=_hide_list(counters.body),
        age_group=_hide_list(counters.age_group),
    )


def _hide(number: int) -> int:
    return HIDDEN if 0 < number < SMALL else number


def _hide_list(counts: Counts) -> Counts:
    hidden = {name for name, number in counts if 0 < number < SMALL}
    others = sorted((number, name) for name, number in counts if number >= SMALL)
    if len(hidden) == 1 and others:
        hidden.add(others[0][1])
    return tuple((name, HIDDEN if name in hidden else number) for name, number in counts)


def _in_order(counted: Counter[str], order: tuple[str, ...]) -> Counts:
    strange = sorted(set(counted) - set(order))
    return tuple((name, counted[name]) for name in (*order, *strange))


def _by_size(counted: Counter[str]) -> Counts:
    return tuple(sorted(counted.items(), key=lambda item: (item[0] == UNKNOWN, -item[1], item[0])))
