"""Key files on disk: written once, never over another file, readable by their owner alone."""

from __future__ import annotations

import os
from pathlib import Path

from rich.console import Console

from bot.errors import InputRefused, KeyRefused
from bot.keys.passphrase import read_passphrase
from storage.sealing import Cost, Key, SealingError, key_from_content, lock, unlock

OWNER_ONLY, EVERYBODY = 0o600, 0o644


def write_new(path: Path, data: bytes, *, mode: int = OWNER_ONLY) -> None:
    """Write a file that is not there yet, and put it on the disk before we say so.

    :raises InputRefused: something is there already, or the folder cannot be written.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        raise InputRefused(f"{path} is there already and was left as it is. Choose another name.") from None
    except OSError:
        raise InputRefused(f"{path} cannot be written. Check that the folder exists and is yours.") from None
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, data: bytes) -> None:
    """Put new content in the place of a file, whole or not at all; its owner alone may read it.

    :raises InputRefused: the folder cannot be written; the old file is untouched.
    """
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    write_new(draft, data)
    try:
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise InputRefused(f"{path} cannot be replaced. Check that it is a file and yours.") from None


def lock_key(key: Key, passphrase: str, *, cost: Cost) -> bytes:
    """The bytes of a key file; takes seconds, on purpose."""
    with Console(stderr=True).status("Locking the key (some seconds, on purpose)…"):
        return lock(key.to_content(), passphrase, cost=cost)


def open_key(path: Path, passphrase: str) -> Key:
    """The key in a file; takes seconds, on purpose.

    :raises InputRefused: the file cannot be read.
    :raises KeyRefused: it is no key file, weak, damaged, or the passphrase is another one.
    """
    data = read_bytes(path)
    try:
        with Console(stderr=True).status("Opening the key (some seconds, on purpose)…"):
            return key_from_content(unlock(data, passphrase))
    except SealingError as refused:
        raise KeyRefused(f"{path}: {refused}") from None


def unlock_file(path: Path, passphrase_file: Path | None) -> Key:
    """The key in a file; its passphrase is asked for where no file holds it, after the key file was found.

    :raises InputRefused, KeyRefused, PassphraseRefused: as `open_key` and `read_passphrase`.
    """
    read_bytes(path)
    return open_key(path, read_passphrase(passphrase_file, prompt=f"Passphrase of {path.name}"))


def read_bytes(path: Path) -> bytes:
    """The content of a file a command was given.

    :raises InputRefused: it cannot be read.
    """
    try:
        return path.expanduser().read_bytes()
    except OSError:
        raise InputRefused(f"{path} cannot be read. Check path and rights.") from None
