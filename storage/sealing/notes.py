"""Signed notes: a text that people can copy, with signature lines below it (docs/format.md, 4.5).

Source: https://c2sp.org/signed-note, Ed25519 (algorithm 1).
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from hashlib import sha256

from storage.sealing.errors import BadSignature
from storage.sealing.signatures import SigningKey, check_signature

_ED25519 = b"\x01"
_LINE = re.compile(r"\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
_REFUSAL = "This is no note signed by this server. Take it as a whole, from the first line to the last."


def key_id(name: str, public: bytes) -> bytes:
    """4 bytes by which a signature line names its key."""
    return sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def spell_key(name: str, public: bytes) -> str:
    """The public key as other programs for signed notes take it: NAME+HEX+BASE64."""
    return f"{name}+{key_id(name, public).hex()}+{b64encode(_ED25519 + public).decode()}"


def sign_note(key: SigningKey, name: str, text: str) -> str:
    """The note: `text` (ends with a line's end), an empty line, one signature line."""
    if not text.endswith("\n") or "\n\n" in text or re.search(r"[\s+]", name) or not name:
        raise ValueError("a note is whole lines without an empty one, and a key's name one word")
    signature = key_id(name, key.public) + key.sign(b"", text.encode())
    return f"{text}\n\u2014 {name} {b64encode(signature).decode()}\n"


def check_note(public: bytes, name: str, note: str) -> str:
    """The text of a note that the key of this name has signed; other signatures beside it are not looked at.

    Raises:
        BadSignature: it has not, or this is no signed note.
    """
    text, empty, lines = note.replace("\r\n", "\n").rpartition("\n\n")
    wanted = key_id(name, public)
    for line in lines.splitlines() if empty else ():
        found = _LINE.fullmatch(line.rstrip())
        if not found or found[1] != name:
            continue
        signature = _decode(found[2])
        if signature[:4] == wanted and len(signature) == 68:
            message = f"{text}\n".encode()
            check_signature(public, b"", message=message, signature=signature[4:])
            return f"{text}\n"
    raise BadSignature(_REFUSAL)


def _decode(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        return b""
