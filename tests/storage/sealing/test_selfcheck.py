"""The start-up check: passes here, and refuses a backend that cannot do the work, with a remedy."""

from collections.abc import Callable
from types import ModuleType

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from storage.sealing import BackendRefused, Identity, check_backend
from storage.sealing import known_answers as known
from storage.sealing.selfcheck import CHECKS, run_checks
from tests.vectors.oracle import drbg, wrap


def without_mlkem() -> bool:
    raise UnsupportedAlgorithm("ML-KEM-768 is not supported by this backend.")


def broken() -> bool:
    raise AttributeError("no such function in this library")


def wrong() -> bool:
    return False


def test_this_installation_gives_the_known_answers() -> None:
    check_backend()


@pytest.mark.parametrize(
    ("check", "words"), [(without_mlkem, "has no ML-KEM"), (broken, "ML-KEM fails"), (wrong, "wrong answer")]
)
def test_a_backend_that_cannot_is_refused_with_a_remedy(check: Callable[[], bool], words: str) -> None:
    with pytest.raises(BackendRefused, match=words) as refusal:
        run_checks({**CHECKS, "ML-KEM": check})
    assert "requirements/run.txt" in str(refusal.value)


def test_all_six_parts_are_checked() -> None:
    assert len(CHECKS) == 6
    assert all(check() for check in CHECKS.values())


@pytest.mark.parametrize("name", sorted(name for name in vars(known) if name.isupper()))
def test_a_library_that_gives_another_answer_is_noticed(name: str) -> None:
    """A library that answers wrongly and a known answer that is wrong look alike to the check."""
    other = ModuleType("known_answers")
    vars(other).update({**vars(known), name: _turned(getattr(known, name))})
    assert not all(check(other) for check in CHECKS.values())


def _turned(answer: bytes) -> bytes:
    return bytes([answer[0] ^ 1]) + answer[1:]


def test_the_known_key_comes_from_the_oracle() -> None:
    drawn = drbg("selfcheck", 80)
    enc, sealed = wrap(_public(), drawn[:16], seed=drawn[16:])
    assert drawn[:16] == known.FILE_KEY
    assert enc + sealed == known.WRAPPED


def test_a_second_library_agrees_on_cipher_and_passphrase() -> None:
    assert ChaCha20Poly1305(bytes(32)).encrypt(bytes(12), known.TEXT, known.AAD) == known.CHACHA
    second = Argon2id(salt=bytes(16), length=32, iterations=1, lanes=1, memory_cost=64)
    assert second.derive(known.PASSPHRASE) == known.ARGON2ID


def _public() -> bytes:
    return Identity.from_seed(known.SEED).recipient.public
