"""How like two reports are: traits as short keyed hashes, and an account of what agrees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from handlers.matching.traits import Traits
from handlers.triage.moments import day_bounds

Tag = Callable[[str, str, int], int]
"""Kind of trait, its form, how many bits are wanted: a keyed hash of that length."""

BITS = {"surname": 9, "given": 8, "father": 4, "span": 8}
"""How much of each hash is kept. Short on purpose: several names share a hash, so that none proves a name."""
BUCKET_BITS = 8
"""How much of the family name's hash lies open in the database, to look by; the rest is sealed."""
NEAR = timedelta(days=3)


class Fact(StrEnum):
    """What two reports may agree in; the ids of words in `triage.ftl`."""

    NAME = "name"
    SURNAME = "surname"
    PATRONYMIC = "patronymic"
    YEAR = "year"
    DAY = "day"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Weight:
    """What it counts when both reports tell it and it agrees, or differs."""

    agrees: int
    differs: int


WEIGHTS = {
    "surname": Weight(3, -20),
    "given": Weight(4, -8),
    "father": Weight(2, -4),
    "span": Weight(4, -6),
    "day": Weight(3, -1),
    "region": Weight(1, -2),
}
ENOUGH = 8
"""From here on two reports are shown as possibly the same: docs/matching.md says how these were found."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The traits of one report, blinded."""

    surname: tuple[int, ...] = field(repr=False)
    given: tuple[int, ...] = field(default=(), repr=False)
    father: tuple[int, ...] = field(default=(), repr=False)
    span: tuple[int, ...] = field(default=(), repr=False)

    @property
    def buckets(self) -> tuple[int, ...]:
        """Where it is looked for; the first is where it is kept."""
        return tuple(dict.fromkeys(tag >> (BITS["surname"] - BUCKET_BITS) for tag in self.surname))


@dataclass(frozen=True, slots=True)
class Sighting:
    """A likeness with what the case's card says of the detention."""

    likeness: Likeness
    day: str | None
    region: str | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two reports have in common, and how much that counts."""

    score: int
    facts: tuple[Fact, ...]

    @property
    def enough(self) -> bool:
        """Whether moderators should hear of it."""
        return self.score >= ENOUGH


def blind_traits(traits: Traits, tag: Tag) -> Likeness:
    """The traits as hashes; forms that share one are one."""

    def tags(kind: str, forms: frozenset[str]) -> tuple[int, ...]:
        return tuple(sorted({tag(kind, form, BITS[kind]) for form in forms}))

    return Likeness(
        surname=tags("surname", traits.surnames),
        given=tags("given", traits.given),
        father=tags("father", traits.fathers),
        span=tags("span", traits.spans),
    )


def compare(mine: Sighting, other: Sighting) -> Agreement:
    """What agrees; what only one of the two tells counts for nothing."""
    verdicts = {kind: _share(getattr(mine.likeness, kind), getattr(other.likeness, kind)) for kind in BITS}
    verdicts["day"] = _are_near(mine.day, other.day)
    verdicts["region"] = mine.region == other.region if mine.region and other.region else None
    told = {kind: agrees for kind, agrees in verdicts.items() if agrees is not None}
    score = sum(WEIGHTS[kind].agrees if agrees else WEIGHTS[kind].differs for kind, agrees in told.items())
    named = Fact.NAME if verdicts["given"] else Fact.SURNAME
    shown = {
        "surname": named,
        "father": Fact.PATRONYMIC,
        "span": Fact.YEAR,
        "day": Fact.DAY,
        "region": Fact.REGION,
    }
    return Agreement(score, tuple(fact for kind, fact in shown.items() if verdicts[kind]))


def _share(mine: tuple[int, ...], other: tuple[int, ...]) -> bool | None:
    return not set(mine).isdisjoint(other) if mine and other else None


def _are_near(mine: str | None, other: str | None) -> bool | None:
    """Within three days; None where a month or a year was told that leaves it open."""
    first, second = (day_bounds(day) if day else None for day in (mine, other))
    if first is None or second is None:
        return None
    if first[0] - second[1] > NEAR or second[0] - first[1] > NEAR:
        return False
    return True if first[0] == first[1] and second[0] == second[1] else None
