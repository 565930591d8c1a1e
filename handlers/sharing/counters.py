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


class Tally:
    """Counts cases by level, region, detaining body and age group, one at a time."""

    def __init__(self) -> None:
        self._whole: Counter[str] = Counter()
        self._by: dict[str, Counter[str]] = {name: Counter() for name in ("level", "region", "body", "age")}

    def add(self, facts: CardFacts) -> None:
        """One more case."""
        self._whole.update(detentions=1, unfinished=int(facts.unfinished))
        self._by["level"][facts.level.value] += 1
        self._by["region"][facts.region or UNKNOWN] += 1
        self._by["body"].update(dict.fromkeys(facts.bodies, 1) or {UNKNOWN: 1})
        self._by["age"][facts.age_group] += 1

    def counters(self) -> Counters:
        """What was counted so far."""
        return Counters(
            detentions=self._whole["detentions"],
            unfinished=self._whole["unfinished"],
            level=_in_order(self._by["level"], LEVELS),
            region=_by_size(self._by["region"]),
            body=_by_size(self._by["body"]),
            age_group=_in_order(self._by["age"], AGE_GROUPS),
        )


def count(facts: Iterable[CardFacts]) -> Counters:
    """Count all these cases."""
    tally = Tally()
    for each in facts:
        tally.add(each)
    return tally.counters()


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
