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
from storage.speech import Wanted
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
        self._known: dict[tuple[bytes, bytes], _Page] = {}  # rows opened in this unit of work

    def wanted(self, rooms: Iterable[Room]) -> Wanted:
        """What the other functions will look for."""
        return traces.c.bid, self._vault.bids_of(rooms)

    async def note(self, room: Room, message: str, *, mine: bool, at: datetime) -> None:
        """A message lies there now."""
        await self.change(room, add=Trace(message, mine, at))

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
        await self.change(room, gone=messages)

    async def change(
        self, room: Room, *, add: Trace | None = None, gone: Collection[str] = ()
    ) -> list[Trace]:
        """Without what is gone, with what lies there now; returns what then lies there, oldest first."""
        old = await self.of(room)
        lines = {line.message: line for line in old if line.message not in gone}
        if add is not None:
            lines[add.message] = add
        new = list(lines.values())
        if new != old:
            await self._put(room, tuple(new))
        return new

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
        page = _Page(room, lines)
        data = self._vault.seal_today(_PURPOSE, msgspec.json.encode(page), bound_to=bid)
        self._known[bid, data] = page
        self._rows.put(traces, {"bid": bid, "day": today.day, "blob": data})

    def _open(self, row: Row) -> _Page | None:
        known = self._known.get((row["bid"], row["blob"]))
        if known is not None:
            return known
        body = self._vault.open_of(row["day"], _PURPOSE, row["blob"], bound_to=row["bid"])
        if body is None:
            return None
        self._known[row["bid"], row["blob"]] = page = _read(body)
        return page
