"""Ed25519: the key type of server, moderators and roots, and VSG1, the seal signature (docs/format.md, 2)."""

from hashlib import sha256

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey as _Ed25519
from nacl.signing import VerifyKey

from storage.sealing.errors import BadKeyText, BadSignature

_SEAL = b"vestka/seal/v1\0"


class SigningKey:
    """A private Ed25519 key. Its seed never shows in a repr."""

    __slots__ = ("_key",)

    def __init__(self, seed: bytes) -> None:
        """Take a 32-byte seed. Raises BadKeyText for another length."""
        if len(seed) != 32:
            raise BadKeyText("A signing key has 32 bytes. Copy it again as a whole.")
        self._key = _Ed25519(seed)

    @classmethod
    def generate(cls) -> "SigningKey":
        """A new key from the system's random source."""
        return cls(bytes(_Ed25519.generate()))

    @classmethod
    def from_seed(cls, seed: bytes) -> "SigningKey":
        """The key of a stored 32-byte seed. Raises BadKeyText."""
        return cls(seed)

    @property
    def seed(self) -> bytes:
        """32 bytes: the whole secret."""
        return bytes(self._key)

    @property
    def public(self) -> bytes:
        """32 bytes."""
        return bytes(self._key.verify_key)

    def sign(self, prefix: bytes, message: bytes) -> bytes:
        """64 bytes over `prefix ‖ message`; the prefix names the use and ends with a zero byte."""
        return self._key.sign(prefix + message).signature

    def __repr__(self) -> str:
        return "SigningKey(hidden)"


def check_signature(public: bytes, prefix: bytes, *, message: bytes, signature: bytes) -> None:
    """Return if `signature` was made by `public` over `prefix ‖ message`. Raises BadSignature otherwise."""
    try:
        VerifyKey(public).verify(prefix + message, signature)
    except (BadSignatureError, ValueError):
        raise BadSignature(
            "The signature does not fit. The bytes were changed, or another key signed them."
        ) from None


def sign_seal(key: SigningKey, data: bytes) -> bytes:
    """VSG1: this server sealed this file. 64 bytes, kept beside it."""
    return key.sign(_SEAL, sha256(data).digest())


def check_seal(public: bytes, data: bytes, signature: bytes) -> None:
    """Return if the server with this public key sealed this file. Raises BadSignature otherwise."""
    check_signature(public, _SEAL, message=sha256(data).digest(), signature=signature)
