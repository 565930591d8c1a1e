"""Ways back to reporters who agreed to be asked: from a case to a chat, for two days at most.

A row is sealed under the key of the day of the report and never under a later one: whatever is asked and
answered, nobody can tell who told of a case once that key is forgotten.
"""

from __future__ import annotations

import msgspec

from handlers.asking.ways import Way
from handlers.events import Room
from storage.rows import Row, Rows
from storage.tables import ways
from storage.vault import Vault

_read = msgspec.json.Decoder(Way).decode
_write = msgspec.json.Encoder(order="deterministic").encode
_PURPOSE = "way"


class Ways:
    """All ways back that still exist."""

    def __init__(self, rows: Rows, vault: Vault) -> None:
        self._rows = rows
        self._vault = vault

    async def keep(self, way: Way) -> None:
        """It stands like this now; one whose key was forgotten meanwhile is let go."""
        keys = self._vault.ring.of(way.day)
        tag = next((tag for known, tag in self._vault.tags_of_case(way.case) if known is keys), None)
        blob = self._vault.seal_of(way.day, _PURPOSE, _write(way), bound_to=tag) if tag else None
        if keys is None or blob is None:
            return
        bid = self._vault.name_room(way.room, keys)
        self._rows.put(ways, {"tag": tag, "bid": bid, "day": way.day, "blob": blob})

    async def of_case(self, case: bytes) -> Way | None:
        """The way back of this case."""
        for _, tag in self._vault.tags_of_case(case):
            row = await self._rows.get(ways, tag)
            if row is not None and (way := self._open(row)):
                return way
        return None

    async def of_room(self, room: Room) -> list[Way]:
        """All that lead to this chat, oldest first."""
        found: list[Way] = []
        for _, bid in self._vault.names_of(room):
            rows = await self._rows.find_by(ways.c.bid, bid)
            found.extend(way for row in rows.values() if (way := self._open(row)))
        return sorted(found, key=lambda way: (way.day, way.case))

    async def drop_room(self, room: Room) -> list[Way]:
        """No case leads to this chat any more; returns those that did."""
        found = await self.of_room(room)
        for way in found:
            for _, tag in self._vault.tags_of_case(way.case):
                self._rows.drop(ways, tag)
        return found

    def _open(self, row: Row) -> Way | None:
        body = self._vault.open_of(row["day"], _PURPOSE, row["blob"], bound_to=row["tag"])
        return _read(body) if body is not None else None
