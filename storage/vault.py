"""Which key seals which row. The stores know tables and types; this file knows keys.

`Seals` holds the five functions of `storage.sealing` that rows need, so that a test can show what the files
would hold if they did nothing.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from handlers.events import Room
from storage.sealing import drafts
from storage.sealing.blind import blind
from storage.sealing.errors import CannotOpen
from storage.sealing.padding import BLOCK, ENTRY
from storage.shards import SHARDS, lane_of_slot
from storage.volatile import DayKeys, KeyRing

Days = tuple[DayKeys, ...]
Names = tuple[tuple[DayKeys, bytes], ...]


class SealRecord(Protocol):
    """`storage.sealing.drafts.seal_record`."""

    def __call__(
        self, key: bytes, purpose: str, body: bytes, /, *, bound_to: bytes = b"", block: int = BLOCK
    ) -> bytes: ...


class OpenRecord(Protocol):
    """`storage.sealing.drafts.open_record`."""

    def __call__(
        self, key: bytes, purpose: str, data: bytes, /, *, bound_to: bytes = b"", block: int = BLOCK
    ) -> bytes: ...


class SealDraft(Protocol):
    """`storage.sealing.drafts.seal_draft`."""

    def __call__(self, key: bytes, body: bytes, /, *, bid: bytes, rev: int) -> bytes: ...


class OpenDraft(Protocol):
    """`storage.sealing.drafts.open_draft`."""

    def __call__(self, key: bytes, data: bytes, /, *, bid: bytes) -> tuple[int, bytes]: ...


@dataclass(frozen=True, slots=True)
class Seals:
    """The sealing that rows go through."""

    seal: SealRecord = drafts.seal_record
    open: OpenRecord = drafts.open_record
    seal_draft: SealDraft = drafts.seal_draft
    open_draft: OpenDraft = drafts.open_draft
    blind: Callable[[bytes, str, bytes], bytes] = blind


class Vault:
    """The volatile keys and the case key at work."""

    def __init__(self, ring: KeyRing, case_key: bytes, *, seals: Seals) -> None:
        self.ring = ring
        self._case_key = case_key
        self.seals = seals
        self._names: dict[Room, tuple[Days, Names]] | None = None
        self.damaged: set[tuple[str, bytes]] = set()  # rows under the operator's key that did not open

    def for_one_unit(self) -> Vault:
        """The same, remembering the pseudonyms it made: for one unit of work, and gone with it."""
        vault = Vault(self.ring, self._case_key, seals=self.seals)
        vault._names = {}
        vault.damaged = self.damaged
        return vault

    def name_room(self, room: Room, keys: DayKeys) -> bytes:
        """The room's pseudonym of that day."""
        return next((name for known, name in self.names_of(room) if known is keys), None) or self._name(
            room, keys
        )

    def names_of(self, room: Room) -> Names:
        """Today's pseudonym, then yesterday's, so that midnight cuts nobody short."""
        days = self.ring.days
        known = self._names.get(room) if self._names is not None else None
        if known is not None and known[0] is days:
            return known[1]
        names = tuple((keys, self._name(room, keys)) for keys in days)
        if self._names is not None:
            self._names[room] = days, names
        return names

    def bids_of(self, rooms: Iterable[Room]) -> list[bytes]:
        """All pseudonyms of these rooms."""
        return [name for room in rooms for _, name in self.names_of(room)]

    def _name(self, room: Room, keys: DayKeys) -> bytes:
        return self.seals.blind(keys.pepper, room.network, _spell(room))

    def tag_update(self, network: str, key: str, keys: DayKeys) -> bytes:
        """A hash by which an update is recognised for a day or two."""
        return self.seals.blind(keys.pepper, f"seen/{network}", key.encode())

    def tag_ring(self, keys: DayKeys) -> bytes:
        """A mark by which two processes see that they use the same day keys."""
        return self.seals.blind(keys.pepper, "ring", b"")

    def shard_of(self, slot: str) -> int:
        """The shard of a letter's lane; it stays the same over midnight."""
        lane = lane_of_slot(slot).encode()
        return hmac.digest(self._case_key, b"vestka/shard/v1\0" + lane, "sha256")[0] % SHARDS

    def tags_of_case(self, case: bytes) -> Names:
        """Today's pseudonym of a case, then yesterday's: what the case is called where accounts are."""
        return tuple((keys, self.seals.blind(keys.pepper, "way", case)) for keys in self.ring.days)

    def seal_today(self, purpose: str, body: bytes, *, bound_to: bytes) -> bytes:
        """Seal a row that is to die with today's keys."""
        return self.seals.seal(self.ring.today.key, purpose, body, bound_to=bound_to)

    def seal_of(self, day: date, purpose: str, body: bytes, *, bound_to: bytes) -> bytes | None:
        """Seal a row that is to die with the keys of that day; None when they are gone."""
        keys = self.ring.of(day)
        return self.seals.seal(keys.key, purpose, body, bound_to=bound_to) if keys else None

    def open_of(self, day: date, purpose: str, data: bytes, *, bound_to: bytes) -> bytes | None:
        """Open a row of a day; None when its key is gone."""
        keys = self.ring.of(day)
        if keys is None:
            return None
        try:
            return self.seals.open(keys.key, purpose, data, bound_to=bound_to)
        except CannotOpen:
            return None

    def open_draft(self, day: date, data: bytes, *, bid: bytes) -> tuple[int, bytes] | None:
        """Open a draft of a day: its revision and body; None when its key is gone."""
        keys = self.ring.of(day)
        if keys is None:
            return None
        try:
            return self.seals.open_draft(keys.key, data, bid=bid)
        except CannotOpen:
            return None

    def seal_case(self, purpose: str, body: bytes, *, case: bytes) -> bytes:
        """Seal a row under the operator's key."""
        return self.seals.seal(self._case_key, purpose, body, bound_to=case)

    def open_case(self, purpose: str, data: bytes, *, case: bytes) -> bytes:
        """Open a row under the operator's key (raises CannotOpen)."""
        return self.seals.open(self._case_key, purpose, data, bound_to=case)

    def read_case(self, purpose: str, data: bytes, *, case: bytes) -> bytes | None:
        """The same for a row that others can do without: None, and `damaged` tells of it."""
        try:
            body = self.open_case(purpose, data, case=case)
        except CannotOpen:
            self.damaged.add((purpose, case))
            return None
        self.damaged.discard((purpose, case))
        return body

    def seal_entry(self, body: bytes, *, place: bytes) -> bytes:
        """Seal one row of the audit log under the operator's key; `place` is what `tag_place` gave."""
        return self.seals.seal(self._case_key, "audit", body, bound_to=place, block=ENTRY)

    def open_entry(self, data: bytes, *, place: bytes) -> bytes | None:
        """Open one; None when it was altered, or does not belong there."""
        try:
            return self.seals.open(self._case_key, "audit", data, bound_to=place, block=ENTRY)
        except CannotOpen:
            return None

    def tag_place(self, number: int) -> bytes:
        """Where an entry of the audit log lies; 0 is the place of its head. Tells nobody else the order."""
        spelt = b"vestka/audit-place/v1\0" + number.to_bytes(8, "big")
        return hmac.digest(self._case_key, spelt, "sha256")[:16]

    def tag_day(self, day: date) -> bytes:
        """Where the head that was posted on a day lies."""
        return hmac.digest(self._case_key, b"vestka/audit-day/v1\0" + day.isoformat().encode(), "sha256")[:16]

    def tag_code(self, code: str) -> bytes:
        """A hash by which a case is found by its code."""
        return hmac.digest(self._case_key, b"vestka/code/v1\0" + code.encode(), "sha256")[:16]

    def tag_board(self, name: str) -> bytes:
        """A hash by which the place of a message about many cases is found."""
        return hmac.digest(self._case_key, b"vestka/board/v1\0" + name.encode(), "sha256")[:16]

    def tag_trait(self, kind: str, form: str, bits: int) -> int:
        """The first bits (at most 32) of a hash of something that two reports about one person may share."""
        label = f"vestka/match/v1\0{kind}\0{form}".encode()
        return int.from_bytes(hmac.digest(self._case_key, label, "sha256")[:4], "big") >> (32 - bits)

    def tag_topic(self, network: str, topic: str) -> bytes:
        """A hash by which a case is found by its topic; it stays when the group gets a new id."""
        message = b"vestka/topic/v1\0" + network.encode() + b"\0" + topic.encode()
        return hmac.digest(self._case_key, message, "sha256")[:16]


def _spell(room: Room) -> bytes:
    """The room as bytes: Telegram's numbers as 8 of them, everything else as UTF-8."""
    if room.network == "telegram" and room.id.lstrip("-").isdecimal():
        account = int(room.id).to_bytes(8, "big", signed=True)
    else:
        account = room.id.encode()
    return account if room.topic is None else account + b"\0" + room.topic.encode()
