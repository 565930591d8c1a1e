"""Seals that do nothing: what the files would hold without them."""

from __future__ import annotations

from dataclasses import replace

from storage.vault import Seals


def _plain(_key: bytes, _purpose: str, body: bytes, *, bound_to: bytes = b"", block: int = 0) -> bytes:
    return body


def _plain_draft(_key: bytes, body: bytes, *, bid: bytes, rev: int) -> bytes:
    return body


def _read_draft(_key: bytes, data: bytes, *, bid: bytes) -> tuple[int, bytes]:
    return 1, data


def _plain_name(_pepper: bytes, _network: str, account: bytes) -> bytes:
    return account[:16].ljust(16, b"\0")


UNSEALED = Seals(_plain, _plain, _plain_draft, _read_draft, _plain_name)
UNBLINDED = replace(Seals(), blind=_plain_name)
