"""VKF1: secret keys in a file under a passphrase (docs/format.md, 3)."""

import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from struct import Struct

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError
from nacl.exceptions import RuntimeError as NaclRuntimeError
from nacl.pwhash import argon2id

from storage.sealing import canonical
from storage.sealing.errors import DamagedKeyfile, NotEnoughMemory, WeakKeyfile, WrongPassphrase
from storage.sealing.padding import BLOCK, empty_blocks, fill_blocks

_HEAD = Struct(">4sBBIQ16s24s")
_MAGIC, _VERSION, _ALGORITHM = b"VKF1", 1, 1
_MIB = 1024 * 1024


@dataclass(frozen=True)
class Cost:
    """What one guess of the passphrase costs: passes, and bytes of memory."""

    ops: int
    mem: int

    def covers(self, other: "Cost") -> bool:
        """Whether guessing is at least as dear as `other` in both."""
        return self.ops >= other.ops and self.mem >= other.mem


DEFAULT = Cost(ops=4, mem=1024 * _MIB)
"""About 4 seconds on two cores of 2024."""
FLOOR = Cost(ops=3, mem=256 * _MIB)
"""Weaker files are neither written nor read."""
CEILING = Cost(ops=64, mem=8192 * _MIB)
"""Dearer files are not read: they could only exhaust the reader."""


def lock(
    content: Mapping[str, object],
    passphrase: str,
    *,
    cost: Cost = DEFAULT,
    salt: bytes | None = None,
    nonce: bytes | None = None,
) -> bytes:
    """Write a key file.

    Args:
        content: JSON values; see keys.py for what is stored.
        salt, nonce: 16 and 24 bytes, given only by test vectors; fresh ones otherwise.

    Raises:
        WeakKeyfile: the cost is below the floor, or the passphrase is empty.
        NotEnoughMemory: this machine cannot run Argon2id at this cost.
    """
    _check_cost(cost)
    if not passphrase.strip():
        raise WeakKeyfile("The passphrase is empty. Choose seven random words.")
    salt = secrets.token_bytes(16) if salt is None else salt
    nonce = secrets.token_bytes(24) if nonce is None else nonce
    head = _HEAD.pack(_MAGIC, _VERSION, _ALGORITHM, cost.ops, cost.mem, salt, nonce)
    key = _derive(passphrase, salt, cost)
    return head + crypto_aead_xchacha20poly1305_ietf_encrypt(
        fill_blocks(canonical.dump(content)), head, nonce, key
    )


def unlock(data: bytes, passphrase: str) -> dict[str, object]:
    """Read a key file.

    Raises:
        DamagedKeyfile: the bytes are not a whole key file.
        WeakKeyfile: the file is below the floor; the passphrase was not tried.
        WrongPassphrase: the passphrase does not open it.
        NotEnoughMemory: this machine cannot run Argon2id at the file's cost.
    """
    cost, salt, nonce = _read_head(data)
    key = _derive(passphrase, salt, cost)
    try:
        filled = crypto_aead_xchacha20poly1305_ietf_decrypt(
            data[_HEAD.size :], data[: _HEAD.size], nonce, key
        )
    except CryptoError:
        raise WrongPassphrase(
            "The passphrase does not open this key file. "
            "Check capital letters, the keyboard's language and spaces."
        ) from None
    try:
        return canonical.load(empty_blocks(filled))
    except ValueError:
        raise DamagedKeyfile(
            "The key file opens, but what it holds was not written by Vestka. Take your second copy."
        ) from None


def cost_of(data: bytes) -> Cost:
    """What a key file costs to open, so that it can be written again at the same cost.

    Raises:
        DamagedKeyfile, WeakKeyfile: as `unlock`.
    """
    return _read_head(data)[0]


def _read_head(data: bytes) -> tuple[Cost, bytes, bytes]:
    sealed = len(data) - _HEAD.size - 16
    if data[:4] != _MAGIC or sealed < BLOCK or sealed % BLOCK:
        raise DamagedKeyfile("This is not a whole Vestka key file. Take your second copy.")
    _, version, algorithm, ops, mem, salt, nonce = _HEAD.unpack_from(data)
    if (version, algorithm) != (_VERSION, _ALGORITHM):
        raise DamagedKeyfile("This key file was written by a newer Vestka. Update Vestka, then try again.")
    cost = Cost(ops, mem)
    if not CEILING.covers(cost):
        raise DamagedKeyfile(
            "This key file asks for more memory or time than any real one. Take your second copy."
        )
    _check_cost(cost)
    return cost, salt, nonce


def _check_cost(cost: Cost) -> None:
    if not cost.covers(FLOOR):
        raise WeakKeyfile(
            f"A key file needs at least {FLOOR.ops} passes over {FLOOR.mem // _MIB} MiB. "
            "Make a new one with vestka keys new."
        )
    if not CEILING.covers(cost):
        raise WeakKeyfile(
            f"No key file may ask for more than {CEILING.ops} passes or {CEILING.mem // _MIB} MiB."
        )


def _derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    text = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    try:
        return argon2id.kdf(32, text, salt, opslimit=cost.ops, memlimit=cost.mem)
    except (NaclRuntimeError, MemoryError):
        raise NotEnoughMemory(
            f"This machine has no {cost.mem // _MIB} MiB of memory to spare, which the key file needs. "
            "Close other programs, or open it on another machine."
        ) from None
