"""Which messages still lie in a reporter's chat, so that they can be taken away again.

One padded row per room: the number of rows tells only how many chats there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
import sqlalchemy as sa

from handlers.events import Room
from storage.rows import Row, Rows
from storage.tables import traces
from storage.vault import Vault

_PURPOSE = "trace"


@dataclass(frozen=True, slots=True)
class Trace:
    """One message; `mine` if the bot sent it, `at` when it came to lie there."""

    message: str = field(repr=False)
    mine: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class _Page:
    room: Room
    lines: tuple[Trace, ...]


_read = msgspec.json.Decoder(_Page).decode


class Traces:
    """The messages that lie in rooms."""

    def __init__(self, rows: Rows, vault: Vault) -> None:
        self._rows = rows
        self._vault = vault

    async def read_ahead(self, rooms: Iterable[Room]) -> None:
        """Fetch what the other functions will be asked for."""
        await self._rows.read_ahead(traces, [bid for room in rooms for _, bid in self._vault.names_of(room)])

    async def note(self, room: Room, message: str, *, mine: bool, at: datetime) -> None:
        """A message lies there now."""
        lines = {line.message: line for line in await self.of(room)}
        lines[message] = Trace(message, mine, at)
        await self._put(room, tuple(lines.values()))

    async def of(self, room: Room) -> list[Trace]:
        """The messages in this room, oldest first."""
        found: list[Trace] = []
        for _, bid in reversed(tuple(self._vault.names_of(room))):
            row = await self._rows.get(traces, bid)
            page = self._open(row) if row else None
            found.extend(page.lines if page else ())
        return found

    async def forget(self, room: Room, messages: Collection[str]) -> None:
        """These messages are gone, or never will be."""
        gone = set(messages)
        await self._put(room, tuple(line for line in await self.of(room) if line.message not in gone))

    async def all(self) -> list[tuple[Room, tuple[Trace, ...]]]:
        """Every room with messages; a room may come twice around midnight."""
        found = await self._rows.find(traces, sa.true(), fits=lambda _: True)
        pages = filter(None, map(self._open, found.values()))
        return [(page.room, page.lines) for page in pages]

    async def _put(self, room: Room, lines: tuple[Trace, ...]) -> None:
        for _, bid in self._vault.names_of(room):
            if await self._rows.get(traces, bid) is not None:
                self._rows.drop(traces, bid)
        if not lines:
            return
        today = self._vault.ring.today
        bid = self._vault.name_room(room, today)
        data = self._vault.seal_today(_PURPOSE, msgspec.json.encode(_Page(room, lines)), bound_to=bid)
        self._rows.put(traces, {"bid": bid, "day": today.day, "blob": data})

    def _open(self, row: Row) -> _Page | None:
        body = self._vault.open_of(row["day"], _PURPOSE, row["blob"], bound_to=row["bid"])
        return _read(body) if body is not None else None
