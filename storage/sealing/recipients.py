"""Hybrid keys: X-Wing (ML-KEM-768 and X25519) identities, recipients, and the file key wrapped between them.

X-Wing holds while either half does. One recipient costs one stanza of 1,557 bytes and about 100 µs.
Source: C2SP age.md, "The hybrid recipient type"; draft-connolly-cfrg-xwing-kem.
"""

import secrets
from base64 import b32encode
from collections.abc import Sequence
from functools import cache, lru_cache
from hashlib import sha256, shake_256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from storage.sealing import bech32
from storage.sealing.errors import BadKeyText
from storage.sealing.stanzas import HeaderFailure, Stanza, from_base64, to_base64

HYBRID = "mlkem768x25519"
FILE_KEY = 16
PUBLIC = 1216
SEED = 32

_INFO = b"age-encryption.org/mlkem768x25519"
_ENC, _MLKEM_PUBLIC, _MLKEM_SEED, _SHARE = 1120, 1184, 64, 32
_RECIPIENT_PREFIX, _IDENTITY_PREFIX = "age1pq", "age-secret-key-pq-"

# The u-coordinates whose product with any X25519 key is zero, on the curve and its twist, modulo 2^255 - 19.
_PRIME = 2**255 - 19
_LOW_ORDER = frozenset(
    (
        0,
        1,
        _PRIME - 1,
        325606250916557431795983626356110631294008115727848805560023387167927233504,
        39382357235489614581723060781553021112529911719440698176882885853963445705823,
    )
)


class Recipient:
    """A public key that an object can be sealed to."""

    __slots__ = ("_loaded", "public")

    public: bytes
    """1,216 bytes."""

    def __init__(self, public: bytes) -> None:
        """Take the raw key.

        Raises:
            BadKeyText: the bytes are no public key, or one that would give the secret away.
        """
        if len(public) != PUBLIC or is_low_order(public[_MLKEM_PUBLIC:]):
            raise BadKeyText("These bytes are not a sealing key. Ask its owner to send it again.")
        try:
            self._loaded = hpke.MLKEM768X25519PublicKey(
                MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC]),
                X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC:]),
            )
        except ValueError:
            raise BadKeyText("These bytes are not a sealing key. Ask its owner to send it again.") from None
        self.public = bytes(public)

    @classmethod
    def from_text(cls, text: str) -> "Recipient":
        """Read `age1pq1…`; white space around it does not matter. Raises BadKeyText."""
        return _read_recipient(text.strip())

    def to_text(self) -> str:
        """`age1pq1…`, about 1,960 letters."""
        return _spell_recipient(self.public)

    @property
    def fingerprint(self) -> str:
        """13 small letters and digits to compare by voice: base32 of the first 8 bytes of SHA-256."""
        return b32encode(sha256(self.public).digest()[:8]).decode("ascii").rstrip("=").lower()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Recipient) and self.public == other.public

    def __hash__(self) -> int:
        return hash(self.public)

    def __repr__(self) -> str:
        return f"Recipient({self.fingerprint})"

    def wrap(self, file_key: bytes) -> Stanza:
        """The stanza from which only the matching identity recovers `file_key`."""
        return _wrap(file_key, self._loaded)


class Identity:
    """A private key. Its seed never shows in a repr, and nothing about it is compared or hashed by value."""

    __slots__ = ("_loaded", "recipient", "seed")

    seed: bytes
    """32 bytes: the whole secret."""
    recipient: Recipient
    """The public key that belongs to it."""

    def __init__(self, seed: bytes) -> None:
        """Expand a 32-byte seed. Raises BadKeyText for another length."""
        if len(seed) != SEED:
            raise BadKeyText("A secret key has 32 bytes. Copy it again as a whole.")
        expanded = shake_256(seed).digest(_MLKEM_SEED + 32)
        lattice = MLKEM768PrivateKey.from_seed_bytes(expanded[:_MLKEM_SEED])
        curve = X25519PrivateKey.from_private_bytes(expanded[_MLKEM_SEED:])
        self._loaded = hpke.MLKEM768X25519PrivateKey(lattice, curve)
        self.seed = bytes(seed)
        self.recipient = Recipient(
            lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
        )

    @classmethod
    def generate(cls) -> "Identity":
        """A new identity from the system's random source."""
        return cls(secrets.token_bytes(SEED))

    @classmethod
    def from_seed(cls, seed: bytes) -> "Identity":
        """The identity of a stored 32-byte seed. Raises BadKeyText."""
        return cls(seed)

    @classmethod
    def from_text(cls, text: str) -> "Identity":
        """Read `AGE-SECRET-KEY-PQ-1…`; white space around it does not matter. Raises BadKeyText."""
        return cls(bech32.decode(_IDENTITY_PREFIX, text.strip()))

    def to_text(self) -> str:
        """`AGE-SECRET-KEY-PQ-1…`, as the stock age tool reads it from a key file."""
        return bech32.encode(_IDENTITY_PREFIX, self.seed).upper()

    def __repr__(self) -> str:
        return "Identity(hidden)"

    def unwrap(self, wrapped: bytes) -> bytes | None:
        """The file key, or None where what `read_stanza` gave is not for this identity."""
        try:
            return _suite().decrypt(wrapped, self._loaded, info=_INFO)
        except (InvalidTag, ValueError):
            return None


@lru_cache(maxsize=128)  # a roster is spelt and read many times while it is checked
def _read_recipient(text: str) -> Recipient:
    return Recipient(bech32.decode(_RECIPIENT_PREFIX, text))


@lru_cache(maxsize=128)
def _spell_recipient(public: bytes) -> str:
    return bech32.encode(_RECIPIENT_PREFIX, public)


def wrap_for_nobody(file_key: bytes) -> Stanza:
    """A stanza like any other, for a fresh key whose private half is dropped at once."""
    lattice, curve = MLKEM768PrivateKey.generate(), X25519PrivateKey.generate()
    return _wrap(file_key, hpke.MLKEM768X25519PublicKey(lattice.public_key(), curve.public_key()))


def _wrap(file_key: bytes, public: hpke.MLKEM768X25519PublicKey) -> Stanza:
    wrapped = _suite().encrypt(file_key, public, info=_INFO)
    return Stanza(HYBRID, (to_base64(wrapped[:_ENC]),), wrapped[_ENC:])


def read_stanza(stanza: Stanza) -> bytes:
    """The wrapped file key, from a hybrid stanza of the right shape whose share contributes something.

    Raises:
        HeaderFailure: wrong number of arguments, wrong lengths, or an X25519 share of low order.
    """
    if len(stanza.arguments) != 1:
        raise HeaderFailure("a hybrid stanza has one argument")
    enc = from_base64(stanza.arguments[0])
    if len(enc) != _ENC or len(stanza.body) != FILE_KEY + 16:
        raise HeaderFailure("a hybrid stanza has a wrong length")
    if is_low_order(enc[-_SHARE:]):
        raise HeaderFailure("an X25519 share of low order")
    return enc + stanza.body


def find_file_key(wrapped: Sequence[bytes], identities: Sequence[Identity]) -> bytes | None:
    """Try every identity on every wrapped key: stanzas carry no name, so there is no quicker way."""
    for each in wrapped:
        for identity in identities:
            file_key = identity.unwrap(each)
            if file_key is not None:
                return file_key
    return None


def is_low_order(share: bytes) -> bool:
    """Whether X25519 with this 32-byte point gives zero for any private key; the top bit does not count."""
    return (int.from_bytes(share, "little") & (2**255 - 1)) % _PRIME in _LOW_ORDER


@cache
def _suite() -> hpke.Suite:
    # Made on first use, so that a backend without ML-KEM is reported by check_backend and not by an import.
    return hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
