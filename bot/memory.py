"""Was the volatile memory lost not long ago? Then people in the middle of a talk deserve to be told so.

An empty runtime directory on the very first start is no loss: only a database that was read before can
have had talks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.unit_of_work import UnitOfWork
from storage.volatile import LIFE, KeyRing

MARK = "memory-lost"
_JUST_NOW = timedelta(minutes=1)


@dataclass(slots=True)
class Memory:
    """Until when a stranger in the middle of a talk is told that answers were erased."""

    lost_until: datetime | None = None

    def is_lost(self, now: datetime) -> bool:
        """Whether talks may have been lost within the life of a day key."""
        return self.lost_until is not None and now < self.lost_until

    async def look(self, uow: UnitOfWork, ring: KeyRing, *, network: str, now: datetime) -> None:
        """At start: notice a loss, or remember one of the last two days."""
        if now - ring.born < _JUST_NOW and await uow.positions.get(network) is not None:
            await uow.marks.set(MARK, now.date().isoformat())
        day = await uow.marks.get(MARK)
        if day is not None:
            self.lost_until = (
                datetime.fromisoformat(day).replace(tzinfo=now.tzinfo) + LIFE + timedelta(days=1)
            )
