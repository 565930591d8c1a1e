"""When an answer that somebody else reads our updates is more than our own restart.

The network ends the older of two polls. A process of ours that is being replaced hears that once, and then
ends; whoever hears it again and again while reading shares the token with somebody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

ENOUGH = 3  # answers
WITHIN = timedelta(hours=1)  # also a thief who only looks in from time to time is met


@dataclass(frozen=True, slots=True)
class Conflicts:
    """When we were told so lately, since we began to read."""

    heard: tuple[datetime, ...] = ()

    @property
    def persist(self) -> bool:
        """Whether somebody else has our token."""
        return len(self.heard) >= ENOUGH


def hear(conflicts: Conflicts, at: datetime) -> Conflicts:
    """We were told once more; what is long ago, or ahead of a clock that was set back, counts no more."""
    lately = (one for one in conflicts.heard if timedelta() <= at - one <= WITHIN)
    return Conflicts((*lately, at))
