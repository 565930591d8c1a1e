"""A roster that grows old is told of a week ahead, and as long as it is old; it never stops a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.screens import Line, Screen

SOON = timedelta(days=7)
LONG_AGO = timedelta(days=30)
ENOUGH = 2
"""So many valid members, or as many as there are, must be able to read before anything is posted."""


@dataclass(frozen=True, slots=True)
class Stale:
    """Last days by pseudonym, within a week and over; `short`: too few are left who can read."""

    soon: Mapping[str, date]
    over: Mapping[str, date]
    short: bool

    def __bool__(self) -> bool:
        return bool(self.soon or self.over or self.short)


def find_stale(last_days: Mapping[str, date], *, valid: int, today: date) -> Stale:
    """Look at the last days of everybody who is not suspended; whoever was let go long ago is not told of."""
    dated = sorted(last_days.items(), key=lambda each: (each[1], each[0]))
    return Stale(
        soon={name: day for name, day in dated if today <= day <= today + SOON},
        over={name: day for name, day in dated if today - LONG_AGO <= day < today},
        short=is_short(valid, of=len(last_days)),
    )


def is_short(valid: int, *, of: int) -> bool:
    """Whether too few can read: two are enough, or the only one that there is."""
    return valid < min(ENOUGH, of) or not of


def tell_stale(stale: Stale) -> Screen:
    """The warning, with its remedy."""
    lines = [Line("stale-head")]
    lines += [
        Line("stale-soon", {"member": name, "day": day.isoformat()}) for name, day in stale.soon.items()
    ]
    lines += [
        Line("stale-over", {"member": name, "day": day.isoformat()}) for name, day in stale.over.items()
    ]
    lines += [Line("stale-short")] if stale.short else []
    return Screen((*lines, Line("stale-remedy")))
