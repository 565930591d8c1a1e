"""What a digest bundle holds, as types: the day, its cases, and their sealed objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from handlers.sharing.counters import Counters
from handlers.sharing.news import News
from handlers.triage.cases import Case


@dataclass(frozen=True, slots=True)
class ObjectEntry:
    """One sealed object as it lies on the server: its kind, its bytes, and the seal signature (64 bytes)."""

    kind: int
    data: bytes = field(repr=False)
    signature: bytes = field(repr=False)

    @property
    def digest(self) -> bytes:
        """SHA-256 of the file, 32 bytes."""
        return sha256(self.data).digest()


@dataclass(frozen=True, slots=True)
class Entry:
    """One case of the day. `digest` is what `object` must hash to by the manifest; both are None together.

    `notes` are what moderators wrote about it, `additions` what its reporter answered; both oldest first.
    """

    case: Case
    news: News
    overdue: bool
    object: ObjectEntry | None = None
    digest: bytes | None = None
    notes: tuple[ObjectEntry, ...] = ()
    additions: tuple[ObjectEntry, ...] = ()

    @property
    def intact(self) -> bool:
        """Whether the object is the one the manifest names."""
        return self.object is None or self.object.digest == self.digest


@dataclass(frozen=True, slots=True)
class Totals:
    """The whole day, also where the bundle comes in parts. `counters` counts the new cases."""

    new: int
    changed: int
    overdue: int
    open: int
    counters: Counters


@dataclass(frozen=True, slots=True)
class Bundle:
    """One part of one day's digest. `bot_key` is the server's public signing key, 32 bytes.

    `log` is the signed head of the server's audit log (docs/format.md, 4.4).

    `signature` is the server's, 64 bytes, over everything else here: see `bundle_text.signed_bytes`.
    """

    day: str
    since: str
    organisation: str
    bot_key: bytes
    part: int
    parts: int
    totals: Totals
    entries: tuple[Entry, ...]
    log: str = ""
    signature: bytes = field(default=b"", repr=False)
