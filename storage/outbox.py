"""The outbox: the only way out. A row is written with the decision, marked before it is sent, removed after.

0 waits -> 1 is being sent -> gone. What is found in state 1 at start may have been sent already (`repeated`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as change
from typing import Any

import msgspec
import sqlalchemy as sa

from storage.rows import Row, Rows
from storage.tables import outbox
from storage.vault import Vault
from storage.waiting import Place, Waiting

_PURPOSE = "outbox"
_WAITS, _SENDING = 0, 1


@dataclass(frozen=True, slots=True)
class Letter:
    """One thing to send.

    `slot` says what it is about (a room's screen, a case's card): a newer letter of the same slot may take
    the place of one that still waits. Lower `priority` goes first. `payload` holds JSON values and bytes.
    `sequence` is given by `put`, `repeated` by `take`.
    """

    id: bytes
    slot: str = field(repr=False)
    priority: int
    payload: Mapping[str, Any] = field(repr=False)
    sequence: int = 0
    repeated: bool = False


_decode = msgspec.msgpack.Decoder(Letter).decode


class Outbox:
    """What waits to be sent."""

    def __init__(self, rows: Rows, vault: Vault, *, waiting: Waiting) -> None:
        self._rows = rows
        self._vault = vault
        self._waiting = waiting

    async def load(self) -> None:
        """Learn what waits. Deletes nothing: whoever looks with other day keys must do no harm.

        What this process is sending stays under way; what another one was sending waits again.
        """
        found = await self._rows.find(outbox, sa.true(), fits=lambda _: True)
        letters = {letter.id: letter for letter in map(self._read, found.values()) if letter is not None}
        for key in self._waiting.keys() - letters.keys():
            self._waiting.remove(key)
        for key, letter in letters.items():
            self._waiting.set(key, _place(letter, found[key]["state"], self._waiting.place(key)))

    async def put(self, letter: Letter, *, replace: bool = False) -> Letter:
        """Let it wait; with `replace`, unsent letters of the same slot go. Returns it with its sequence.

        One that takes the place of a letter that may have been sent before a crash is `repeated`, too.
        """
        others = self._waiting.of_slot(letter.slot) if replace else ()
        repeated = any(self._waiting.is_repeated(other) for other in others)
        for other in others:
            self._forget(other)
        kept = change(
            letter, sequence=self._waiting.next_sequence(), payload=dict(letter.payload), repeated=False
        )
        data = self._vault.seal_today(_PURPOSE, msgspec.msgpack.encode(kept), bound_to=letter.id)
        row = {
            "id": letter.id,
            "priority": letter.priority,
            "state": _SENDING if repeated else _WAITS,
            "day": self._vault.ring.today.day,
            "blob": data,
        }
        self._rows.put(outbox, row)
        place = Place(letter.slot, letter.priority, sequence=kept.sequence, repeated=repeated)
        self._waiting.set(letter.id, place)
        return kept

    async def take(self, limit: int, *, fits: Callable[[str], bool] = lambda _: True) -> list[Letter]:
        """The first letters that wait, of slots that fit, by priority, then as put; changes nothing."""
        keys = self._waiting.first(limit, fits=fits)
        await self._rows.read_ahead(outbox, keys)
        letters = [await self._letter(key) for key in keys]
        return [letter for letter in letters if letter is not None]

    async def claim(self, limit: int, *, fits: Callable[[str], bool] = lambda _: True) -> list[Letter]:
        """`take` and `sending` in one transaction."""
        letters = await self.take(limit, fits=fits)
        for letter in letters:
            await self.sending(letter.id)
        return letters

    async def sending(self, key: bytes) -> None:
        """It is about to be sent; commit this before sending."""
        await self._set_state(key, _SENDING)

    async def later(self, key: bytes) -> None:
        """It was not sent and waits again."""
        await self._set_state(key, _WAITS)

    async def done(self, key: bytes) -> None:
        """It was sent, or never will be."""
        self._forget(key)

    async def drop_undecryptable(self) -> int:
        """Remove letters whose day is forgotten; how many."""
        days = [keys.day for keys in self._vault.ring.days]
        lost = await self._rows.find(
            outbox, outbox.c.day.not_in(days), fits=lambda row: row["day"] not in days
        )
        for row in lost.values():
            self._forget(row["id"])
        return len(lost)

    async def _set_state(self, key: bytes, state: int) -> None:
        row = await self._rows.get(outbox, key)
        if row is not None:
            self._rows.put(outbox, {**row, "state": state})
            self._waiting.set_busy(key, busy=state == _SENDING)

    async def _letter(self, key: bytes) -> Letter | None:
        row = await self._rows.get(outbox, key)
        letter = self._read(row) if row is not None else None
        if letter is None:
            self._forget(key)
            return None
        return change(letter, repeated=self._waiting.is_repeated(key))

    def _read(self, row: Row) -> Letter | None:
        body = self._vault.open_of(row["day"], _PURPOSE, row["blob"], bound_to=row["id"])
        return _decode(body) if body is not None else None

    def _forget(self, key: bytes) -> None:
        self._rows.drop(outbox, key)
        self._waiting.remove(key)


def _place(letter: Letter, state: int, known: Place | None) -> Place:
    """Where a letter found in the table stands; `known` if this process has seen it before."""
    sending = state == _SENDING
    return Place(
        letter.slot,
        letter.priority,
        sequence=letter.sequence,
        busy=sending and known is not None and known.busy,
        repeated=sending if known is None else known.repeated,
    )
