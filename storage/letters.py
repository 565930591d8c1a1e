"""Dead letters: updates that could not be handled, kept under today's key so that they die soon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec
import sqlalchemy as sa

from storage.rows import Rows
from storage.tables import letters
from storage.vault import Vault

_PURPOSE = "dead-letter"


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An update as it came, and the code of the reason why it was parked."""

    raw: bytes = field(repr=False)
    reason: str


_read = msgspec.msgpack.Decoder(DeadLetter).decode


class Letters:
    """All dead letters."""

    def __init__(self, rows: Rows, vault: Vault, *, new_id: Callable[[], bytes]) -> None:
        self._rows = rows
        self._vault = vault
        self._new_id = new_id

    async def park(self, raw: bytes, reason: str) -> None:
        """Set an update aside; `reason` is a code from a closed list, never an error's text."""
        key = self._new_id()
        body = msgspec.msgpack.encode(DeadLetter(raw, reason))
        data = self._vault.seal_today(_PURPOSE, body, bound_to=key)
        self._rows.put(letters, {"id": key, "day": self._vault.ring.today.day, "blob": data})

    async def all(self) -> list[DeadLetter]:
        """Those that can still be opened, in no order."""
        found = await self._rows.find(letters, sa.true(), fits=lambda _: True)
        opened = (
            self._vault.open_of(row["day"], _PURPOSE, row["blob"], bound_to=row["id"])
            for row in found.values()
        )
        return [_read(body) for body in opened if body is not None]
