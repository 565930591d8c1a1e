"""What a name is kept as where names are compared: keyed hashes, as the store makes them."""

from __future__ import annotations

import hmac
from collections.abc import Callable


def tag_with(key: bytes) -> Callable[[str, str, int], int]:
    """Keyed hashes with a key of the test's own."""

    def tag(kind: str, form: str, bits: int) -> int:
        digest = hmac.digest(key, f"{kind}\0{form}".encode(), "sha256")
        return int.from_bytes(digest[:4], "big") >> (32 - bits)

    return tag
