"""The key of somebody who may read: a key file under a passphrase, or identities as age writes them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.errors import InputRefused, KeyRefused
from bot.keys.passphrase import read_passphrase
from storage.sealing import BadKeyText, Identity, RootKey, key_from_content, unlock

_KEYFILE = b"VKF1"
_LONGEST = 1024 * 1024
_LONGEST_SEALED = 256 * 1024 * 1024  # far above what the server makes; a device would never end
_NOT_A_KEY = (
    "This is neither a Vestka key file nor an age identity (AGE-SECRET-KEY-PQ-1…). "
    "Check the path after --key."
)

Ask = Callable[[str], str]


def read_identities(path: Path, passphrase_file: Path | None, *, ask: Ask | None = None) -> list[Identity]:
    """The identities in the key file at `path`; asks for the passphrase only if the file has one.

    :raises KeyRefused: the file cannot be read, holds no key, or a key that does not open reports.
    :raises PassphraseRefused: no passphrase was given.
    :raises KeyfileError: the passphrase is wrong, or the key file damaged or weak.
    """
    data = _read(path)
    if data.startswith(_KEYFILE):
        passphrase = read_passphrase(passphrase_file, prompt="Passphrase of the key", ask=ask)
        return [_unlock(data, passphrase)]
    return _read_text(data)


def read_sealed(path: Path) -> bytes:
    """The bytes of a sealed file.

    :raises InputRefused: it cannot be read.
    """
    try:
        with path.expanduser().open("rb") as file:
            data = file.read(_LONGEST_SEALED + 1)
    except IsADirectoryError:
        raise InputRefused(f"{path} is a folder. Name the sealed file in it.") from None
    except (OSError, MemoryError):
        raise InputRefused(f"{path} cannot be read. Check the path and the rights.") from None
    if not data or len(data) > _LONGEST_SEALED:
        state = "too long for a sealed file" if data else "empty"
        raise InputRefused(f"{path} is {state}. Download it again from the group.")
    return data


def _read(path: Path) -> bytes:
    try:
        with path.expanduser().open("rb") as file:
            data = file.read(_LONGEST + 1)
    except OSError:
        raise KeyRefused(f"The key file {path} cannot be read. Check the path and the rights.") from None
    if len(data) > _LONGEST:
        raise KeyRefused(_NOT_A_KEY)
    return data


def _unlock(data: bytes, passphrase: str) -> Identity:
    key = key_from_content(unlock(data, passphrase))
    if isinstance(key, RootKey):
        raise KeyRefused(
            "This is the organisation's root key: it signs rosters and opens no report. Take your own key."
        )
    return key.identity


def _read_text(data: bytes) -> list[Identity]:
    try:
        lines = [line.strip() for line in data.decode("utf-8").splitlines()]
        found = [Identity.from_text(line) for line in lines if line and not line.startswith("#")]
    except (UnicodeDecodeError, BadKeyText):
        raise KeyRefused(_NOT_A_KEY) from None
    if not found:
        raise KeyRefused(_NOT_A_KEY)
    return found
