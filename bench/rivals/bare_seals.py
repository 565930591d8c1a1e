"""A sealed object's primitives and nothing else: no header is spelt or parsed, nothing is looked at twice.

The same libraries as Vestka's: HPKE over X-Wing wraps the file key for each reader and dummy, HKDF derives
two keys, HMAC covers what was wrapped, ChaCha20-Poly1305 goes over the padded frame in chunks of 64 KiB.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import shake_256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl.bindings import (
    crypto_aead_chacha20poly1305_ietf_decrypt,
    crypto_aead_chacha20poly1305_ietf_encrypt,
)

_INFO = b"age-encryption.org/mlkem768x25519"
_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
_CHUNK, _TAG, _LATTICE = 64 * 1024, 16, 1184
Public = hpke.MLKEM768X25519PublicKey
Private = hpke.MLKEM768X25519PrivateKey


@dataclass(frozen=True, slots=True)
class BareSeal:
    """What the primitives leave: wrapped file keys, a MAC and what it covers, a nonce, the chunks."""

    wrapped: Sequence[bytes]
    covered: bytes
    mac: bytes
    nonce: bytes
    payload: bytes


def load_public(public: bytes) -> Public:
    """A reader's key of 1,216 bytes."""
    lattice, curve = public[:_LATTICE], public[_LATTICE:]
    return Public(MLKEM768PublicKey.from_public_bytes(lattice), X25519PublicKey.from_public_bytes(curve))


def load_private(seed: bytes) -> Private:
    """The other half, from its 32 bytes."""
    expanded = shake_256(seed).digest(96)
    lattice = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
    return Private(lattice, X25519PrivateKey.from_private_bytes(expanded[64:]))


def seal(frame: bytes, readers: Sequence[Public], *, dummies: int, padded: int) -> BareSeal:
    """Seal a frame."""
    file_key, nonce = secrets.token_bytes(16), secrets.token_bytes(16)
    keys = [*readers, *(_draw() for _ in range(dummies))]
    wrapped = [_SUITE.encrypt(file_key, key, info=_INFO) for key in keys]
    payload = _encrypt(_derive(file_key, nonce, b"payload"), frame.ljust(padded, b"\0"))
    covered = b"".join(wrapped)
    return BareSeal(wrapped, covered, _mac(file_key, covered), nonce, payload)


def unseal(sealed: BareSeal, identity: Private) -> bytes:
    """The padded frame."""
    file_key = _find(sealed.wrapped, identity)
    if not hmac.compare_digest(_mac(file_key, sealed.covered), sealed.mac):
        raise ValueError("altered")
    return _decrypt(_derive(file_key, sealed.nonce, b"payload"), sealed.payload)


def _draw() -> Public:
    return Public(MLKEM768PrivateKey.generate().public_key(), X25519PrivateKey.generate().public_key())


def _find(wrapped: Sequence[bytes], identity: Private) -> bytes:
    for each in wrapped:
        try:
            return _SUITE.decrypt(each, identity, info=_INFO)
        except InvalidTag:
            continue
    raise ValueError("not for this reader")


def _derive(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, info).derive(key)


def _mac(file_key: bytes, covered: bytes) -> bytes:
    return hmac.digest(_derive(file_key, b"", b"header"), covered, "sha256")


def _encrypt(key: bytes, plain: bytes) -> bytes:
    last = (len(plain) - 1) // _CHUNK
    return b"".join(
        crypto_aead_chacha20poly1305_ietf_encrypt(
            plain[number * _CHUNK : (number + 1) * _CHUNK], None, _nonce(number, last), key
        )
        for number in range(last + 1)
    )


def _decrypt(key: bytes, sealed: bytes) -> bytes:
    size = _CHUNK + _TAG
    last = (len(sealed) - 1) // size
    return b"".join(
        crypto_aead_chacha20poly1305_ietf_decrypt(
            sealed[number * size : (number + 1) * size], None, _nonce(number, last), key
        )
        for number in range(last + 1)
    )


def _nonce(number: int, last: int) -> bytes:
    return number.to_bytes(11, "big") + bytes([number == last])
