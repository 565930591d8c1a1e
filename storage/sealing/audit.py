"""The audit log: a chain of content-free entries. Who kept a head finds any earlier entry changed, dropped,
moved or cut off (docs/format.md, 4.4)."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from storage.sealing import canonical
from storage.sealing.notes import check_note, sign_note
from storage.sealing.signatures import SigningKey

AUDIT_START = bytes(32)
"""What stands before the first entry."""
NAME = "vestka"
"""The name of the server's key in signed notes."""

_ORIGIN = "vestka/audit/v1"
_WORD = re.compile(r"[a-z0-9_-]{0,16}")
_PSEUDONYM = re.compile(r"[a-z0-9-]{0,32}")
_HEAD = re.compile(rf"{_ORIGIN}\n([A-Za-z0-9+/]{{43}}=)\n(\d{{4}}-\d\d-\d\d)\n", re.ASCII)


def audit_hash(previous: bytes, entry: Mapping[str, object]) -> bytes:
    """The chain's next head, 32 bytes."""
    if len(previous) != 32:
        raise ValueError("a head of the chain has 32 bytes")
    return sha256(b"vestka/audit/v1\0" + previous + canonical.dump(entry)).digest()


class Event(StrEnum):
    """What an entry tells of."""

    SEAL = "seal"  # an object was sealed
    REPLACE = "replace"  # an object went, because a newer one took its place
    DELETE = "delete"  # an object went
    FORWARD = "forward"  # an object was posted to the moderators
    DIGEST = "digest"  # a digest was posted
    ACT = "act"  # somebody did something with a case
    APPROVAL = "approval"  # somebody asked for, agreed to or spent what needs two people
    GUARD = "guard"  # the moderators' channel was opened, paused or locked
    ROSTER = "roster"  # another roster is obeyed
    DUTY = "duty"  # new reports are sealed to this member (`by`), or to everybody (""); one entry for each


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry. It holds no content, no account and no time finer than a day.

    `number` counts from 1; `about` is SHA-256 of the id of an object, case or approval (32 bytes) or empty;
    `by` a pseudonym or "" for the bot (of DUTY: who is on the list); `what` a word of a closed list; `policy`
    the roster's serial.

    Raises:
        ValueError: a field holds something else.
    """

    number: int
    event: Event
    day: date
    about: bytes = b""
    by: str = ""
    what: str = ""
    policy: int = 0

    def __post_init__(self) -> None:
        fits = _WORD.fullmatch(self.what) and _PSEUDONYM.fullmatch(self.by) and len(self.about) in (0, 32)
        if not fits or self.number < 1 or self.policy < 0:
            raise ValueError("an entry of the audit log holds words of closed lists, and hashes")

    def follow(self, previous: bytes) -> bytes:
        """The chain's head with this entry, 32 bytes."""
        return audit_hash(previous, self.to_json())

    def to_json(self) -> dict[str, object]:
        """The entry as it is hashed."""
        return {
            "by": self.by,
            "d": self.day.isoformat(),
            "n": self.number,
            "o": self.about.hex(),
            "p": self.policy,
            "t": self.event.value,
            "w": self.what,
        }


@dataclass(frozen=True, slots=True)
class Head:
    """How many entries the chain had, and the hash of the last (32 bytes)."""

    size: int = 0
    hash: bytes = AUDIT_START


def hash_id(key: bytes) -> bytes:
    """How the id of an object, case or approval stands in an entry: SHA-256, 32 bytes; none for none."""
    return sha256(key).digest() if key else b""


def sign_head(key: SigningKey, head: Head, day: date) -> str:
    """The day's head as a signed note that whoever keeps it can hold against the log later.

    How long the log is does not stand there: whoever reads the note would learn how much there was to do.
    """
    lines = (_ORIGIN, b64encode(head.hash).decode(), day.isoformat())
    return sign_note(key, NAME, "".join(f"{line}\n" for line in lines))


def read_head(public: bytes, note: str) -> tuple[bytes, date]:
    """The hash in a signed note (32 bytes), and its day.

    Raises:
        BadSignature: it is no signed note of the server with this public key.
        ValueError: the note is signed, but tells no head.
    """
    found = _HEAD.fullmatch(check_note(public, NAME, note))
    if not found:
        raise ValueError("the note does not tell a head of the log")
    return b64decode(found[1], validate=True), date.fromisoformat(found[2])
