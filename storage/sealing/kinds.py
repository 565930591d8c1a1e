"""What a sealed object can be, and the two states of one: sealed and opened."""

from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from hashlib import sha256


class Kind(IntEnum):
    """The kind written into an object, outside (authenticated) and inside."""

    REPORT = 1
    ATTACHMENT = 2
    REPLY = 3
    ADDITION = 4
    DIGEST = 5
    CHECKPOINT = 6
    NOTE = 7


KINDS: frozenset[int] = frozenset(Kind)
"""The numbers a reader accepts."""

REPORTS = (Kind.REPORT, Kind.CHECKPOINT)
"""What a case's card carries: the report as it was told last, finished or not."""


class Flag(IntFlag):
    """The bits of a frame's flags."""

    RETURN_ADDRESS = 1
    CHECKPOINT = 2


@dataclass(frozen=True, slots=True)
class Sealed:
    """Bytes that nobody on the server can open: they may be stored and posted."""

    object_id: bytes
    kind: Kind
    data: bytes = field(repr=False)

    @property
    def digest(self) -> bytes:
        """SHA-256 of the file, 32 bytes: its name in audit log and signatures."""
        return sha256(self.data).digest()


@dataclass(frozen=True, slots=True)
class Opened:
    """What a holder of a key reads. The body never shows in a repr."""

    object_id: bytes
    kind: Kind
    schema: int
    epoch: int
    roster_hash: bytes
    flags: int
    body: bytes = field(repr=False)
