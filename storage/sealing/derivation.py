"""The one key derivation of every format: HKDF-SHA-256 with 32 bytes of output."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def derive(key: bytes, *, salt: bytes, info: bytes) -> bytes:
    """32 bytes from `key`; `info` names the use, so that no two uses share a key."""
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(key)
