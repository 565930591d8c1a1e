"""Small facts about the instance itself, such as the day of the last digest; nothing about people."""

from __future__ import annotations

from storage.positions import check_word
from storage.rows import Rows
from storage.tables import marks


class Marks:
    """Words under words."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def get(self, key: str) -> str | None:
        """The value, if there is one."""
        row = await self._rows.get(marks, key)
        return str(row["value"]) if row else None

    async def set(self, key: str, value: str) -> None:
        """From now on it is this."""
        check_word(key)
        check_word(value)
        self._rows.put(marks, {"key": key, "value": value})
