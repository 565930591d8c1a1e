"""The outbox: the only way out. A row is written with the decision, marked before it is sent, removed after.

0 waits -> 1 is being sent -> gone. What is found in state 1 at start may have been sent already (`repeated`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as change
from typing import Any

import msgspec
import sqlalchemy as sa

from storage.rows import Row, Rows
from storage.shards import UNSORTED
from storage.tables import marks, outbox
from storage.vault import Vault
from storage.waiting import Place, Waiting

_PURPOSE = "outbox"
_WAITS, _SENDING = 0, 1
_ORDER = "outbox-order"  # the mark of the last sequence that was given, where several workers put letters


@dataclass(frozen=True, slots=True)
class Letter:
    """One thing to send.

    `slot` says what it is about (a room's screen, a case's card): a newer letter of the same slot may take
    the place of one that still waits. Lower `priority` goes first. `payload` holds JSON values and bytes.
    `sequence`, `replaces` and `shard` are given by `put`, `repeated` by `take`.
    """

    id: bytes
    slot: str = field(repr=False)
    priority: int
    payload: Mapping[str, Any] = field(repr=False)
    sequence: int = 0
    repeated: bool = False
    replaces: bool = False
    shard: int = 0


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
        mine = self._waiting.mine
        clause = sa.true() if mine is None else outbox.c.shard.in_(sorted(mine))
        found = await self._rows.find(outbox, clause, fits=lambda row: self._waiting.holds(row["shard"]))
        letters = {letter.id: letter for letter in map(self._read, found.values()) if letter is not None}
        for key in self._waiting.keys() - letters.keys():
            self._waiting.remove(key)
        for letter in sorted(letters.values(), key=lambda letter: letter.sequence):
            row, known = found[letter.id], self._waiting.place(letter.id)
            if known is None:
                self._admit(letter, row)
            else:
                busy = known.busy and row["state"] == _SENDING
                self._waiting.set(letter.id, _place(letter, busy=busy, repeated=known.repeated))

    async def learn(self) -> None:
        """Learn what other workers have put into our shards since we looked last."""
        mine = sorted(self._waiting.mine or ())
        waiting = await self._rows.keys(outbox, outbox.c.shard.in_(mine) & (outbox.c.state == _WAITS))
        new = waiting - self._waiting.keys()
        await self._rows.read_ahead((outbox.c.id, list(new)))
        rows = [row for key in new if (row := await self._rows.get(outbox, key)) is not None]
        letters = [(letter, row) for row in rows if (letter := self._read(row)) is not None]
        for letter, row in sorted(letters, key=lambda each: each[0].sequence):
            self._admit(letter, row)

    async def sort(self) -> None:
        """Give their shard to letters from before there were shards."""
        found = await self._rows.find(
            outbox, outbox.c.shard == UNSORTED, fits=lambda row: row["shard"] == UNSORTED
        )
        for row in found.values():
            if (letter := self._read(row)) is not None:
                self._rows.put(outbox, {**row, "shard": self._vault.shard_of(letter.slot)})
                self._waiting.told = True

    async def put(self, letter: Letter, *, replace: bool = False) -> Letter:
        """Let it wait; with `replace`, unsent letters of the same slot go. Returns it with its sequence.

        One that takes the place of a letter that may have been sent before a crash is `repeated`, too. In
        another worker's shard that worker does so, because only it knows what it is sending.
        """
        shard, sequence = self._vault.shard_of(letter.slot), await self._next_sequence()
        repeated = replace and self._take_place(letter.slot, before=sequence)
        kept = change(
            letter,
            sequence=sequence,
            payload=dict(letter.payload),
            repeated=False,
            replaces=replace,
            shard=shard,
        )
        data = self._vault.seal_today(_PURPOSE, msgspec.msgpack.encode(kept), bound_to=letter.id)
        row = {
            "id": letter.id,
            "priority": letter.priority,
            "state": _SENDING if repeated else _WAITS,
            "day": self._vault.ring.today.day,
            "blob": data,
            "shard": shard,
        }
        self._rows.put(outbox, row)
        if self._waiting.holds(shard):
            self._waiting.set(letter.id, _place(kept, busy=False, repeated=repeated))
        else:
            self._waiting.told = True
        return kept

    async def take(self, limit: int, *, fits: Callable[[str], bool] = lambda _: True) -> list[Letter]:
        """The first letters that wait, of slots that fit, by priority, then as put; changes nothing."""
        return await self._letters(self._waiting.first(limit, fits=fits))

    async def those(self, fits: Callable[[str], bool]) -> list[Letter]:
        """All letters of slots that fit, also those being sent or waiting for their time; changes nothing."""
        return await self._letters(self._waiting.fitting(fits))

    async def claim(self, limit: int, *, fits: Callable[[str], bool] = lambda _: True) -> list[Letter]:
        """`take` and `sending` in one transaction."""
        letters = await self.take(limit, fits=fits)
        for letter in letters:
            await self.sending(letter.id)
        return letters

    async def claim_these(self, letters: Iterable[Letter]) -> list[Letter]:
        """Those of these letters that wait here, as if claimed: for letters put in this very transaction.

        None where several workers send: which shard is whose may change until they are sent.
        """
        ours: list[Letter] = []
        if self._waiting.mine is not None:
            return ours
        for letter in letters:
            place = self._waiting.place(letter.id)
            if place is not None and not place.busy:
                await self.sending(letter.id)
                ours.append(change(letter, repeated=place.repeated) if place.repeated else letter)
        return ours

    async def sending(self, key: bytes) -> None:
        """It is about to be sent; commit this before sending."""
        await self._set_state(key, _SENDING)

    def has_newer(self, letter: Letter) -> bool:
        """Whether a newer letter of its slot waits or is being sent."""
        return self._waiting.has_newer(letter.slot, letter.sequence)

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

    async def _next_sequence(self) -> int:
        """Greater than any before; where several workers put letters, than any of theirs, too."""
        if self._waiting.mine is None:
            return self._waiting.next_sequence()
        row = await self._rows.get(marks, _ORDER)
        number = self._waiting.next_sequence(above=int(row["value"]) if row else 0)
        self._rows.put(marks, {"key": _ORDER, "value": str(number)})
        return number

    def _take_place(self, slot: str, *, before: int) -> bool:
        """Older unsent letters of this slot go; whether one of them may have been sent before a crash."""
        others = self._waiting.of_slot(slot, before=before)
        repeated = any(self._waiting.is_repeated(other) for other in others)
        for other in others:
            self._forget(other)
        return repeated

    def _admit(self, letter: Letter, row: Row) -> None:
        """A letter that we hear of for the first time; found as being sent, it may have been sent."""
        repeated = row["state"] == _SENDING
        if self._waiting.mine is not None and letter.replaces:
            repeated |= self._take_place(letter.slot, before=letter.sequence)
        if repeated and row["state"] == _WAITS:
            self._rows.put(outbox, {**row, "state": _SENDING})
        self._waiting.set(letter.id, _place(letter, busy=False, repeated=repeated))

    async def _set_state(self, key: bytes, state: int) -> None:
        row = await self._rows.get(outbox, key)
        if row is not None:
            self._rows.put(outbox, {**row, "state": state})
            self._waiting.set_busy(key, busy=state == _SENDING)

    async def _letters(self, keys: Sequence[bytes]) -> list[Letter]:
        await self._rows.read_ahead((outbox.c.id, keys))
        letters = [await self._letter(key) for key in keys]
        return [letter for letter in letters if letter is not None]

    async def _letter(self, key: bytes) -> Letter | None:
        row = await self._rows.get(outbox, key)
        letter = self._read(row) if row is not None else None
        if letter is None:
            self._forget(key)
            return None
        return change(letter, repeated=self._waiting.is_repeated(key))

    def _read(self, row: Row) -> Letter | None:
        body = self._vault.open_of(row["day"], _PURPOSE, row["blob"], bound_to=row["id"])
        letter = _decode(body) if body is not None else None
        if letter is None or letter.shard == row["shard"]:
            return letter
        return change(letter, shard=row["shard"])

    def _forget(self, key: bytes) -> None:
        self._rows.drop(outbox, key)
        self._waiting.remove(key)


def _place(letter: Letter, *, busy: bool, repeated: bool) -> Place:
    return Place(
        letter.slot,
        letter.priority,
        sequence=letter.sequence,
        busy=busy,
        repeated=repeated,
        shard=letter.shard,
    )
