"""A second, slow way to wrap a file key, with a fixed encapsulation: kyber-py and its own HPKE key schedule.

The product cannot fix its randomness, so vectors need this. Sources: RFC 9180, draft-connolly-cfrg-xwing-kem.
"""

import hmac
from hashlib import sha3_256, sha256, shake_256

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from kyber_py.ml_kem import ML_KEM_768
from nacl.bindings import crypto_aead_chacha20poly1305_ietf_encrypt

_SUITE = b"HPKE" + (0x647A).to_bytes(2, "big") + (1).to_bytes(2, "big") + (3).to_bytes(2, "big")
_INFO = b"age-encryption.org/mlkem768x25519"
_XWING_LABEL = b"\\.//^\\"


def drbg(label: str, size: int = 32) -> bytes:
    """The test vectors' source of bytes."""
    return shake_256(b"vestka-test-vector/1/" + label.encode()).digest(size)


def wrap(public: bytes, file_key: bytes, *, seed: bytes) -> tuple[bytes, bytes]:
    """`enc` (1,120 bytes) and the HPKE ciphertext (32 bytes). `seed` is ML-KEM's m and an X25519 scalar."""
    shared, enc = _encapsulate(public, seed)
    context = b"\0" + _extract(b"", b"psk_id_hash", b"") + _extract(b"", b"info_hash", _INFO)
    secret = _extract(shared, b"secret", b"")
    key = _expand(secret, b"key", context, size=32)
    nonce = _expand(secret, b"base_nonce", context, size=12)
    return enc, crypto_aead_chacha20poly1305_ietf_encrypt(file_key, b"", nonce, key)


def _encapsulate(public: bytes, seed: bytes) -> tuple[bytes, bytes]:
    lattice_secret, lattice = ML_KEM_768._encaps_internal(public[:1184], seed[:32])
    scalar = X25519PrivateKey.from_private_bytes(seed[32:])
    curve = scalar.public_key().public_bytes_raw()
    curve_secret = scalar.exchange(X25519PublicKey.from_public_bytes(public[1184:]))
    secret = sha3_256(lattice_secret + curve_secret + curve + public[1184:] + _XWING_LABEL).digest()
    return secret, lattice + curve


def _extract(salt: bytes, label: bytes, material: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + _SUITE + label + material, sha256)


def _expand(secret: bytes, label: bytes, info: bytes, *, size: int) -> bytes:
    labelled = size.to_bytes(2, "big") + b"HPKE-v1" + _SUITE + label + info
    return hmac.digest(secret, labelled + b"\x01", sha256)[:size]
