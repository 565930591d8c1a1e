"""The audit chain: who kept a head finds any earlier entry changed, dropped, moved (docs/format.md, 4.4)."""

from collections.abc import Mapping
from hashlib import sha256

from storage.sealing import canonical

AUDIT_START = bytes(32)
"""What stands before the first entry."""


def audit_hash(previous: bytes, entry: Mapping[str, object]) -> bytes:
    """The chain's next head, 32 bytes."""
    if len(previous) != 32:
        raise ValueError("a head of the chain has 32 bytes")
    return sha256(b"vestka/audit/v1\0" + previous + canonical.dump(entry)).digest()
