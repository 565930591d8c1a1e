"""How far each network was read; written with the batch it acknowledges."""

from __future__ import annotations

from storage.errors import Misused
from storage.rows import Rows
from storage.tables import positions


class Positions:
    """One read position per network."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def get(self, network: str) -> str | None:
        """Where to go on reading."""
        row = await self._rows.get(positions, network)
        return str(row["position"]) if row else None

    async def set(self, network: str, position: str) -> None:
        """Everything before `position` is kept."""
        check_word(network)
        check_word(position)
        self._rows.put(positions, {"network": network, "position": position})


def check_word(word: str) -> None:
    """Readable columns hold short printable words, never what somebody wrote."""
    if not word or len(word) > 1000 or not word.isprintable() or not word.isascii():
        raise Misused("A readable column takes up to 1,000 printable ASCII characters.")
