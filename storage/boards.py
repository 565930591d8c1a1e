"""Where messages lie that tell of many cases; under the operator's key, as the places of cards."""

from __future__ import annotations

from collections.abc import Collection

import msgspec
import sqlalchemy as sa

from storage.cards import CardPlace
from storage.rows import Rows
from storage.tables import boards
from storage.vault import Vault

_PURPOSE = "board"


class _Board(msgspec.Struct, frozen=True):
    name: str
    place: CardPlace


_read = msgspec.json.Decoder(_Board).decode


class Boards:
    """The places of all boards, by name."""

    def __init__(self, rows: Rows, vault: Vault) -> None:
        self._rows = rows
        self._vault = vault

    async def get(self, name: str) -> CardPlace | None:
        """Where it lies, if it was posted."""
        key = self._vault.tag_board(name)
        row = await self._rows.get(boards, key)
        board = self._open(key, row["blob"]) if row else None
        return board.place if board else None

    async def all(self) -> dict[str, CardPlace]:
        """Every place, by name."""
        found = await self._rows.find(boards, sa.true(), fits=lambda _: True)
        opened = (self._open(row["id"], row["blob"]) for row in found.values())
        return {board.name: board.place for board in opened if board is not None}

    async def put(self, name: str, place: CardPlace) -> None:
        """It lies there now."""
        key = self._vault.tag_board(name)
        body = msgspec.json.encode(_Board(name, place))
        self._rows.put(boards, {"id": key, "blob": self._vault.seal_case(_PURPOSE, body, case=key)})

    async def drop(self, name: str) -> None:
        """It is no more."""
        self._rows.drop(boards, self._vault.tag_board(name))

    async def keep_only(self, names: Collection[str]) -> None:
        """Forget where all others lay."""
        for name in await self.all():
            if name not in names:
                await self.drop(name)

    def _open(self, key: bytes, blob: bytes) -> _Board | None:
        body = self._vault.read_case(_PURPOSE, blob, case=key)
        return _read(body) if body is not None else None
