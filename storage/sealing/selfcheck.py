"""Start-up check: do the libraries here give the known answers? If not, nothing may be accepted."""

from collections.abc import Callable, Mapping
from hashlib import sha256

from cryptography.exceptions import UnsupportedAlgorithm
from nacl.bindings import (
    crypto_aead_chacha20poly1305_ietf_encrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.pwhash import argon2id

from storage.sealing import known_answers as known
from storage.sealing.derivation import derive
from storage.sealing.errors import BackendRefused
from storage.sealing.recipients import Identity, read_stanza
from storage.sealing.signatures import SigningKey

_REMEDY = (
    "Install the cryptography and PyNaCl wheels that requirements/run.txt names "
    "(pip install --require-hashes -r requirements/run.txt) instead of the system's packages, "
    "then start again."
)


def check_backend() -> None:
    """Run all known-answer tests; about 5 ms.

    Raises:
        BackendRefused: a sentence that names the part and the remedy.
    """
    run_checks(CHECKS)


def run_checks(checks: Mapping[str, Callable[[], bool]]) -> None:
    """Run the named checks in order and stop at the first that fails. Raises BackendRefused."""
    for name, check in checks.items():
        try:
            passed = check()
        except UnsupportedAlgorithm:
            raise BackendRefused(f"This installation has no {name}. {_REMEDY}") from None
        except Exception as error:  # a broken library can raise anything; all of it means "do not start"
            raise BackendRefused(f"{name} fails here ({type(error).__name__}). {_REMEDY}") from None
        if not passed:
            raise BackendRefused(f"{name} gives a wrong answer here. {_REMEDY}")


def _hybrid() -> bool:
    identity = Identity.from_seed(known.SEED)
    if sha256(identity.recipient.public).digest() != known.PUBLIC_SHA256:
        return False
    fresh = identity.recipient.wrap(known.FILE_KEY)
    return identity.unwrap(known.WRAPPED) == known.FILE_KEY == identity.unwrap(read_stanza(fresh))


def _chacha() -> bool:
    return (
        crypto_aead_chacha20poly1305_ietf_encrypt(known.TEXT, known.AAD, bytes(12), bytes(32)) == known.CHACHA
    )


def _xchacha() -> bool:
    return (
        crypto_aead_xchacha20poly1305_ietf_encrypt(known.TEXT, known.AAD, bytes(24), bytes(32))
        == known.XCHACHA
    )


def _argon2id() -> bool:
    return argon2id.kdf(32, known.PASSPHRASE, bytes(16), opslimit=1, memlimit=64 * 1024) == known.ARGON2ID


def _ed25519() -> bool:
    return SigningKey.from_seed(known.SIGNING_SEED).sign(b"", b"") == known.SIGNATURE


def _hkdf() -> bool:
    return derive(known.HKDF_KEY, salt=known.HKDF_SALT, info=known.HKDF_INFO) == known.HKDF_OUT


CHECKS: Mapping[str, Callable[[], bool]] = {
    "ML-KEM-768 with X25519 (X-Wing)": _hybrid,
    "ChaCha20-Poly1305": _chacha,
    "XChaCha20-Poly1305": _xchacha,
    "Argon2id": _argon2id,
    "Ed25519": _ed25519,
    "HKDF-SHA-256": _hkdf,
}
