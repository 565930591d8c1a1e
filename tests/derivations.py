"""Argon2id that remembers: one passphrase and salt are stretched once a run, in whichever process.

The key is the one that the library makes; the second time half a second is spared, and 256 MiB.
The memory is a folder of the run, which forks know, too; programs that are really started do not.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from nacl.pwhash import argon2id

from storage.sealing import keyfile

VARIABLE = "TESTS_DERIVATIONS"


class RememberingArgon2id:
    """Stands where PyNaCl's module stands."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def kdf(self, size: int, password: bytes, salt: bytes, opslimit: int, memlimit: int) -> bytes:
        """The key, made or remembered."""
        asked = repr((size, password, salt, opslimit, memlimit)).encode()
        known = self._folder / hashlib.sha256(asked).hexdigest()
        if not known.exists():
            made = argon2id.kdf(size, password, salt, opslimit=opslimit, memlimit=memlimit)
            with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as file:
                file.write(made)
            Path(file.name).rename(known)
        return known.read_bytes()


def remember() -> None:
    """From now on, in this process and in its forks; only in a run of the tests."""
    folder = os.environ.get(VARIABLE)
    if folder:
        setattr(keyfile, "argon2id", RememberingArgon2id(Path(folder)))  # noqa: B010  (a module to its type)
