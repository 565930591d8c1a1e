"""The public half of a key as a small JSON file, so that nobody types two thousand letters.

    FILE.public    {"fingerprint": …, "identity": <hex>, "kind": "identity", "pseudonym": "m-07",
                    "recipient": "age1pq1…", "v": 1}

A root has `root` instead of `recipient`, a recovery key `recipient` alone. The fingerprint covers everything
else in the file; two people compare it by voice, and `vestka roster add --fingerprint` does it for them.
"""

from __future__ import annotations

import json
from base64 import b32encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.errors import InputRefused
from storage.sealing import IdentityKey, Key, Recipient, RootKey, SealingError

_FIELDS = {
    "identity": {"pseudonym", "recipient", "identity"},
    "root": {"root"},
    "recovery": {"recipient"},
}

# Source of the spelling: D. Wilkerson, "A Proposal for Proquints" (arXiv:0901.4016): 16 bits a word.
_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aiou"
_SYLLABLES = ((_CONSONANTS, 12), (_VOWELS, 10), (_CONSONANTS, 6), (_VOWELS, 4), (_CONSONANTS, 0))


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """What may be told of a key: its kind, and the parts that this kind has."""

    kind: str
    parts: dict[str, str]

    @property
    def fingerprint(self) -> str:
        """16 small letters and digits in groups of four (80 bits of SHA-256)."""
        code = b32encode(self._digest()).decode().lower()
        return "-".join(code[at : at + 4] for at in range(0, 16, 4))

    @property
    def words(self) -> str:
        """The same 80 bits as five words that nobody knows and anybody can say: bab-…"""
        digest = self._digest()
        return "-".join(_say(int.from_bytes(digest[at : at + 2], "big")) for at in range(0, 10, 2))

    def sounds_like(self, told: str) -> bool:
        """Whether somebody read out this fingerprint, in letters or in words."""
        return _letters(told) in {_letters(self.fingerprint), _letters(self.words)}

    def _digest(self) -> bytes:
        plain = json.dumps({"kind": self.kind, "v": 1, **self.parts}, sort_keys=True, separators=(",", ":"))
        return sha256(b"vestka/public/v1\0" + plain.encode()).digest()[:10]

    def to_json(self) -> dict[str, object]:
        """The file's content."""
        return {"v": 1, "kind": self.kind, **self.parts, "fingerprint": self.fingerprint}


def _say(number: int) -> str:
    return "".join(letters[number >> shift & len(letters) - 1] for letters, shift in _SYLLABLES)


def _letters(fingerprint: str) -> str:
    return "".join(fingerprint.lower().replace("-", " ").split())


def public_keys(key: Key) -> PublicKeys:
    """The public half of a key that was unlocked."""
    if isinstance(key, RootKey):
        return PublicKeys("root", {"root": key.signing.public.hex()})
    recipient = key.identity.recipient.to_text()
    if isinstance(key, IdentityKey):
        identity = key.signing.public.hex()
        return PublicKeys("identity", {"pseudonym": key.mod, "recipient": recipient, "identity": identity})
    return PublicKeys("recovery", {"recipient": recipient})


def recovery_keys(recipient: Recipient) -> PublicKeys:
    """The public half of the recovery key as the roster names it; the fingerprint is that of its own file."""
    return PublicKeys("recovery", {"recipient": recipient.to_text()})


def member_keys(pseudonym: str, recipient: Recipient, identity_key: bytes) -> PublicKeys:
    """The public keys of a member as the roster names them; the fingerprint is that of their own file."""
    parts = {"pseudonym": pseudonym, "recipient": recipient.to_text(), "identity": identity_key.hex()}
    return PublicKeys("identity", parts)


def read_public_keys(path: Path, *, kind: str) -> PublicKeys:
    """Read FILE.public and insist on its kind and its own fingerprint.

    :raises InputRefused: not such a file, of another kind, or changed on its way.
    """
    content = _read(path)
    told = str(content.get("kind"))
    if told not in _FIELDS or content.keys() != _FIELDS[told] | {"v", "kind", "fingerprint"}:
        raise InputRefused(
            f"{path} is not a file of public keys. Take the .public file of `vestka keys new`."
        )
    if told != kind:
        raise InputRefused(f"{path} belongs to a key of kind {told}; here a key of kind {kind} is needed.")
    keys = PublicKeys(told, {name: str(content[name]) for name in _FIELDS[told]})
    if keys.fingerprint != content["fingerprint"]:
        raise InputRefused(f"{path} was changed or cut off on its way. Ask its owner to send it again.")
    _check_parts(path, keys)
    return keys


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except OSError:
        raise InputRefused(f"{path} cannot be read. Check path and rights.") from None
    except ValueError:
        content = None
    return content if isinstance(content, dict) else {}


def _check_parts(path: Path, keys: PublicKeys) -> None:
    hexadecimal = [keys.parts[name] for name in ("identity", "root") if name in keys.parts]
    try:
        whole = all(len(bytes.fromhex(text)) == 32 for text in hexadecimal)
        if "recipient" in keys.parts:
            Recipient.from_text(keys.parts["recipient"])
    except (ValueError, SealingError):
        whole = False
    if not whole:
        raise InputRefused(f"{path} holds a key that cannot be used. Ask its owner to send it again.")
