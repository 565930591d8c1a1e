"""The key files of the people in `paperwork`: members by number, the root; made once, at the lowest cost."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.keys.files import write_new
from storage.sealing import FLOOR, Identity, IdentityKey, Key, RootKey, SigningKey, lock
from tests.bot.commands.paperwork import ROOT, WORDS


def own_key(number: int) -> IdentityKey:
    """The keys of m-01, m-02 …"""
    seeds = bytes([number]) * 32, bytes([number + 100]) * 32
    return IdentityKey(f"m-{number:02}", Identity.from_seed(seeds[0]), SigningKey.from_seed(seeds[1]))


def key_file(folder: Path, number: int) -> Path:
    """A member's key file."""
    return _put(folder / f"m-{number:02}.key", own_key(number))


def root_file(folder: Path) -> Path:
    """The root's key file."""
    return _put(folder / "root.key", RootKey(ROOT))


def _put(path: Path, key: Key) -> Path:
    if not path.exists():
        write_new(path, _locked(key))
    return path


@cache
def _locked(key: Key) -> bytes:
    return lock(key.to_content(), WORDS, cost=FLOOR)
