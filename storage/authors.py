"""Which account a report came from, as long as its pseudonym lives; and accounts that are read no more.

Both rows die with the day keys. Who holds the disk alone sees how many there are, and their days.
"""

from __future__ import annotations

from collections.abc import Iterable

from handlers.events import Room
from storage.rows import Row, Rows
from storage.speech import Wanted
from storage.tables import authors, shadows
from storage.vault import Vault

_PURPOSE = "author"


class Authors:
    """Authors of reports, by case."""

    def __init__(self, rows: Rows, vault: Vault) -> None:
        self._rows = rows
        self._vault = vault

    def wanted(self, rooms: Iterable[Room]) -> Wanted:
        """What `is_shadowed` will look for."""
        return shadows.c.bid, self._vault.bids_of(rooms)

    async def note(self, case: bytes, room: Room) -> None:
        """A report of this case came from this private chat today."""
        today = self._vault.ring.today
        name = self._vault.name_room(room, today)
        data = self._vault.seal_today(_PURPOSE, name, bound_to=case)
        self._rows.put(authors, {"case_id": case, "day": today.day, "blob": data})

    async def is_known(self, case: bytes) -> bool:
        """Whether anything can still tell the account behind this case."""
        return await self._find(case) is not None

    async def shadow(self, case: bytes) -> bool:
        """Read the account behind this case no more; False where nobody knows it any longer."""
        row = await self._find(case)
        if row is not None:
            self._rows.put(shadows, row)
        return row is not None

    async def is_shadowed(self, room: Room) -> bool:
        """Whether what comes from this private chat is thrown away."""
        for _, name in self._vault.names_of(room):
            if await self._rows.get(shadows, name) is not None:
                return True
        return False

    async def _find(self, case: bytes) -> Row | None:
        """The row that would shadow the account behind this case."""
        row = await self._rows.get(authors, case)
        name = self._vault.open_of(row["day"], _PURPOSE, row["blob"], bound_to=case) if row else None
        return {"bid": name, "day": row["day"]} if row and name else None
