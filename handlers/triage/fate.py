"""What became of the detained person: three axes (life, legal track, contact), read from the country pack.

Source: the life cycle of domain knowledge in `handlers/questionnaires/by/fate.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from handlers.country import read_table
from handlers.errors import PackRefused
from handlers.triage.cases import Case

LIFE, TRACK, CONTACT = "life", "track", "contact"
_FIRST = "reported"
_LAST = "died"


@dataclass(frozen=True, slots=True)
class Fate:
    """The closed lists: states of each axis, arrows of the life, sources, grades, facts with a grade."""

    states: Mapping[str, tuple[str, ...]]
    after: Mapping[str, frozenset[str]]
    codes: Mapping[str, str]
    sources: tuple[str, ...]
    grades: tuple[str, ...]
    facts: tuple[str, ...]


@cache
def load_fate(country: str = "by") -> Fate:
    """The closed lists of one country pack.

    :raises PackRefused: an arrow leads to a state that is not there.
    """
    table = read_table("fate", country=country)
    life = tuple(row["id"] for row in table["life"])
    always = frozenset(table["always"])
    after = {
        row["id"]: frozenset(row["next"]) | (always if row["id"] != _LAST else frozenset())
        for row in table["life"]
    }
    if unknown := frozenset().union(*after.values()) - set(life):
        raise PackRefused(f"fate.toml: no state is called {min(unknown)!r}.")
    return Fate(
        states={LIFE: life, TRACK: tuple(table["track"]["ids"]), CONTACT: tuple(table["contact"]["ids"])},
        after=after,
        codes={row["id"]: row["huridocs"] for row in table["life"]},
        sources=tuple(table["sources"]),
        grades=tuple(table["grades"]),
        facts=tuple(table["facts"]),
    )


def standing(case: Case, axis: str) -> str | None:
    """What is known last on one axis; a life of which nothing was noted is "reported", the others None."""
    for finding in reversed(case.fate):
        if finding.axis == axis:
            return finding.state
    return _FIRST if axis == LIFE else None


def may_follow(case: Case, axis: str, state: str) -> bool:
    """Whether this state can come next. Only the life has arrows; the other axes may change at will."""
    fate = load_fate()
    if axis != LIFE:
        return state in fate.states[axis]
    return state in fate.after[standing(case, LIFE) or _FIRST]
