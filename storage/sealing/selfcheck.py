"""Start-up check: do the libraries here give the known answers? If not, nothing may be accepted."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from types import ModuleType

from cryptography.exceptions import UnsupportedAlgorithm
from nacl.bindings import (
    crypto_aead_chacha20poly1305_ietf_encrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.pwhash import argon2id

from storage.sealing import known_answers
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


def _hybrid(known: ModuleType = known_answers) -> bool:
    identity = Identity.from_seed(known.SEED)
    fresh = identity.recipient.wrap(known.FILE_KEY)
    digest = sha256(identity.recipient.public).digest()
    opened = identity.unwrap(known.WRAPPED), identity.unwrap(read_stanza(fresh))
    return bool((digest, opened) == (known.PUBLIC_SHA256, (known.FILE_KEY, known.FILE_KEY)))


def _chacha(known: ModuleType = known_answers) -> bool:
    sealed = crypto_aead_chacha20poly1305_ietf_encrypt(known.TEXT, known.AAD, bytes(12), bytes(32))
    return bool(sealed == known.CHACHA)


def _xchacha(known: ModuleType = known_answers) -> bool:
    sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(known.TEXT, known.AAD, bytes(24), bytes(32))
    return bool(sealed == known.XCHACHA)


def _argon2id(known: ModuleType = known_answers) -> bool:
    key = argon2id.kdf(32, known.PASSPHRASE, bytes(16), opslimit=1, memlimit=64 * 1024)
    return bool(key == known.ARGON2ID)


def _ed25519(known: ModuleType = known_answers) -> bool:
    return bool(SigningKey.from_seed(known.SIGNING_SEED).sign(b"", b"") == known.SIGNATURE)


def _hkdf(known: ModuleType = known_answers) -> bool:
    return bool(derive(known.HKDF_KEY, salt=known.HKDF_SALT, info=known.HKDF_INFO) == known.HKDF_OUT)


CHECKS: Mapping[str, Callable[..., bool]] = {
    "ML-KEM-768 with X25519 (X-Wing)": _hybrid,
    "ChaCha20-Poly1305": _chacha,
    "XChaCha20-Poly1305": _xchacha,
    "Argon2id": _argon2id,
    "Ed25519": _ed25519,
    "HKDF-SHA-256": _hkdf,
}
