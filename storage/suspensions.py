"""Suspensions under the operator's key: whoever only writes to the database suspends nobody.

One that does not open counts as not there. Whoever can delete rows can let somebody return this way: what two
people decided in the chat is to be signed by the root soon.
"""

from __future__ import annotations

import msgspec
import sqlalchemy as sa

from handlers.suspensions import Suspension
from storage.rows import Row, Rows
from storage.sealing.errors import CannotOpen
from storage.tables import suspensions
from storage.vault import Vault

_read = msgspec.json.Decoder(Suspension).decode
_write = msgspec.json.Encoder(order="deterministic").encode
_PURPOSE = "suspension"


class Suspensions:
    """Everybody whom two of the team suspended."""

    def __init__(self, rows: Rows, vault: Vault) -> None:
        self._rows = rows
        self._vault = vault

    async def keep(self, one: Suspension) -> None:
        """It counts from now on."""
        blob = self._vault.seal_case(_PURPOSE, _write(one), case=one.id)
        self._rows.put(suspensions, {"id": one.id, "blob": blob})

    async def all(self) -> list[Suspension]:
        """All of them, by day and pseudonym."""
        found = await self._rows.find(suspensions, sa.true(), fits=lambda _: True)
        opened = (self._open(row) for row in found.values())
        known = [one for one in opened if one is not None]
        return sorted(known, key=lambda one: (one.day, one.pseudonym, one.id))

    def _open(self, row: Row) -> Suspension | None:
        try:
            return _read(self._vault.open_case(_PURPOSE, row["blob"], case=row["id"]))
        except CannotOpen:
            return None
