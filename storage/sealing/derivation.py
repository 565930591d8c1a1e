"""The one key derivation of every format: HKDF-SHA-256 with 32 bytes of output. Source: RFC 5869."""

import hmac

_ONLY = b"\x01"  # the number of the one block that 32 bytes take


def derive(key: bytes, *, salt: bytes, info: bytes) -> bytes:
    """32 bytes from `key`; `info` names the use, so that no two uses share a key."""
    return hmac.digest(hmac.digest(salt, key, "sha256"), info + _ONLY, "sha256")
