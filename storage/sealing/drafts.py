"""VDR1 drafts and VRC1 records: rows bound to a key, a purpose and an owner (docs/format.md, 4)."""

import re
import secrets

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

from storage.sealing.derivation import derive
from storage.sealing.errors import CannotOpen
from storage.sealing.padding import BLOCK, empty_blocks, fill_blocks

_VERSION = b"\x01"
_SALT, _REV, _NONCE = 32, 8, 24
_DRAFT = b"vestka/draft/v1"
_RECORD = b"vestka/record/v1\0"
_PURPOSE = re.compile(r"[a-z0-9/-]{1,64}")
_REFUSAL = "This record cannot be opened. Its key is gone or belongs to another record."


def seal_draft(key: bytes, body: bytes, *, bid: bytes, rev: int) -> bytes:
    """A draft of the person `bid` (16 bytes), change number `rev`, under a 32-byte day key."""
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    return write_draft(key, body, bid=bid, rev=rev, salt=salt, nonce=nonce)


def write_draft(key: bytes, body: bytes, *, bid: bytes, rev: int, salt: bytes, nonce: bytes) -> bytes:
    """As `seal_draft`, a plain function of its arguments: for vectors only, a nonce is never used twice."""
    if len(bid) != 16:
        raise ValueError("a pseudonym has 16 bytes")
    number = rev.to_bytes(_REV, "big")
    box = _lock(_key(key, salt, _DRAFT), nonce, filled=fill_blocks(body), aad=_DRAFT + bid + number)
    return _VERSION + salt + number + nonce + box


def open_draft(key: bytes, data: bytes, *, bid: bytes) -> tuple[int, bytes]:
    """The draft's change number and body. Raises CannotOpen."""
    salt, number, nonce, box = _cut(data, _SALT, _REV, _NONCE)
    body = _unlock(_key(key, salt, _DRAFT), nonce, box=box, aad=_DRAFT + bid + number)
    return int.from_bytes(number, "big"), body


def seal_record(key: bytes, purpose: str, body: bytes, *, bound_to: bytes = b"", block: int = BLOCK) -> bytes:
    """Any other row, under a 32-byte key.

    Args:
        purpose: names the table (`a-z 0-9 - /`, up to 64); a row does not open under another purpose.
        bound_to: what must stay with the row, usually its primary key.
        block: the body is padded to whole blocks of so many bytes.
    """
    info = _record_info(purpose)
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    filled = fill_blocks(body, block)
    box = _lock(_key(key, salt, info), nonce, filled=filled, aad=info + b"\0" + bound_to)
    return _VERSION + salt + nonce + box


def open_record(key: bytes, purpose: str, data: bytes, *, bound_to: bytes = b"", block: int = BLOCK) -> bytes:
    """The row's body. Raises CannotOpen."""
    info = _record_info(purpose)
    salt, nonce, box = _cut(data, _SALT, _NONCE)
    aad = info + b"\0" + bound_to
    return _unlock(_key(key, salt, info), nonce, box=box, aad=aad, block=block)


def _record_info(purpose: str) -> bytes:
    if not _PURPOSE.fullmatch(purpose):
        raise ValueError("a purpose is 1 to 64 of a-z 0-9 - /")
    return _RECORD + purpose.encode("ascii")


def _key(key: bytes, salt: bytes, info: bytes) -> bytes:
    if len(key) != 32:
        raise ValueError("a record key has 32 bytes")
    return derive(key, salt=salt, info=info)


def _cut(data: bytes, *sizes: int) -> list[bytes]:
    """The fields after the version byte, and whatever follows them."""
    if data[:1] != _VERSION:
        raise CannotOpen(_REFUSAL)
    fields, at = [], 1
    for size in sizes:
        fields.append(data[at : at + size])
        at += size
    return [*fields, data[at:]]


def _lock(key: bytes, nonce: bytes, *, filled: bytes, aad: bytes) -> bytes:
    return crypto_aead_xchacha20poly1305_ietf_encrypt(filled, aad, nonce, key)


def _unlock(key: bytes, nonce: bytes, *, box: bytes, aad: bytes, block: int = BLOCK) -> bytes:
    if len(nonce) == _NONCE:
        try:
            return empty_blocks(crypto_aead_xchacha20poly1305_ietf_decrypt(box, aad, nonce, key), block)
        except (CryptoError, ValueError):
            pass
    raise CannotOpen(_REFUSAL)
