"""Unfinished conversations: one padded draft per room, found by a pseudonym that changes every day."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import sqlalchemy as sa

from handlers.events import Room
from handlers.intake.talk import Talk
from storage.rows import Row, Rows
from storage.speech import Wanted
from storage.tables import talks
from storage.vault import Vault

_read = msgspec.json.Decoder(Talk).decode
_write = msgspec.json.Encoder(order="deterministic").encode


class Talks:
    """The open conversations. `unreadable` counts drafts whose key was gone; they are dropped."""

    def __init__(self, rows: Rows, vault: Vault) -> None:
        self._rows = rows
        self._vault = vault
        self._known: dict[tuple[bytes, bytes], tuple[int, Talk]] = {}  # drafts opened in this unit of work
        self.unreadable = 0

    def wanted(self, rooms: Iterable[Room]) -> Wanted:
        """What `find` will look for."""
        return talks.c.bid, self._vault.bids_of(rooms)

    async def find(self, room: Room) -> Talk | None:
        """The conversation in this room, if one is open."""
        for _, bid in self._vault.names_of(room):
            row = await self._rows.get(talks, bid)
            if row is not None and (opened := self._open(row)):
                return opened[1]
        return None

    async def those_in(self, rooms: Iterable[Room]) -> list[Talk]:
        """The conversations that are open in these rooms."""
        found = [await self.find(room) for room in dict.fromkeys(rooms)]
        return [talk for talk in found if talk is not None]

    async def keep(self, talk: Talk) -> None:
        """Keep it as it is now, under today's keys."""
        revision = 0
        for keys, bid in self._vault.names_of(talk.room):
            row = await self._rows.get(talks, bid)
            if row is None:
                continue
            if opened := self._open(row):
                revision = max(revision, opened[0])
            if keys is not self._vault.ring.today:
                self._rows.drop(talks, bid)
        today = self._vault.ring.today
        bid = self._vault.name_room(talk.room, today)
        data = self._vault.seals.seal_draft(today.key, _write(talk), bid=bid, rev=revision + 1)
        self._known[bid, data] = revision + 1, talk
        self._rows.put(talks, {"bid": bid, "day": today.day, "blob": data})

    async def drop(self, room: Room) -> None:
        """Erase it."""
        for _, bid in self._vault.names_of(room):
            if await self._rows.get(talks, bid) is not None:
                self._rows.drop(talks, bid)

    async def all(self) -> list[Talk]:
        """Every open conversation, in no order."""
        found = await self._rows.find(talks, sa.true(), fits=lambda _: True)
        opened = [self._open(row) for row in found.values()]
        return [talk for _, talk in filter(None, opened)]

    def _open(self, row: Row) -> tuple[int, Talk] | None:
        """Revision and talk; a row that nobody can read any more is dropped without a word."""
        known = self._known.get((row["bid"], row["blob"]))
        if known is not None:
            return known
        opened = self._vault.open_draft(row["day"], row["blob"], bid=row["bid"])
        if opened is None:
            self.unreadable += 1
            self._rows.drop(talks, row["bid"])
            return None
        self._known[row["bid"], row["blob"]] = read = opened[0], _read(opened[1])
        return read
