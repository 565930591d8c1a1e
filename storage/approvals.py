"""Approvals under the operator's key: whoever only writes to the database makes none and changes none.

A row is sealed with authentication under a key of its own (purpose "approval"), bound to its id, its case and
its last day as they stand in the columns beside it. One that does not open counts as not there.
"""

from __future__ import annotations

from datetime import date

import msgspec
import sqlalchemy as sa

from handlers.approvals import Approval
from storage.rows import Row, Rows
from storage.sealing.errors import CannotOpen
from storage.tables import approvals
from storage.vault import Vault

_read = msgspec.json.Decoder(Approval).decode
_write = msgspec.json.Encoder(order="deterministic").encode
_PURPOSE = "approval"
_NO_CASE = bytes(16)


class Approvals:
    """Everything that waits for a second person, or was agreed to lately."""

    def __init__(self, rows: Rows, vault: Vault) -> None:
        self._rows = rows
        self._vault = vault

    async def keep(self, approval: Approval) -> None:
        """It stands like this now."""
        case, day = approval.request.case, date.fromisoformat(approval.until)
        bound = _bind(approval.id, case, day)
        row = {
            "id": approval.id,
            "case_id": case or None,
            "day": day,
            "blob": self._vault.seal_case(_PURPOSE, _write(approval), case=bound),
        }
        self._rows.put(approvals, row)

    async def get(self, key: bytes) -> Approval | None:
        """The approval with this id; None also where somebody has altered it."""
        row = await self._rows.get(approvals, key)
        return self._open(row) if row else None

    async def of_case(self, case: bytes) -> list[Approval]:
        """Those about this case, by last day and id."""
        return self._opened(await self._rows.find_by(approvals.c.case_id, case))

    async def all(self) -> list[Approval]:
        """Those of all cases and of none, by last day and id."""
        return self._opened(await self._rows.find(approvals, sa.true(), fits=lambda _: True))

    async def delete(self, *keys: bytes) -> None:
        """Remove some."""
        for key in keys:
            self._rows.drop(approvals, key)

    def _opened(self, rows: dict[bytes | str, Row]) -> list[Approval]:
        known = [one for one in map(self._open, rows.values()) if one is not None]
        return sorted(known, key=lambda one: (one.until, one.id))

    def _open(self, row: Row) -> Approval | None:
        bound = _bind(row["id"], row["case_id"], row["day"])
        try:
            return _read(self._vault.open_case(_PURPOSE, row["blob"], case=bound))
        except CannotOpen:
            return None


def _bind(key: bytes, case: bytes | None, day: date) -> bytes:
    return key + (case or _NO_CASE) + day.isoformat().encode()
