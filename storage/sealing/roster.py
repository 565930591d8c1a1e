"""The roster document: who may read and act, signed offline by the organisation's root (docs/format.md, 6).

A `Roster` is content that nobody has checked. Only `verify_roster` (verified.py) makes one to be obeyed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from storage.sealing import canonical
from storage.sealing.errors import RosterRefused
from storage.sealing.members import Member, member_from_json, read_day, read_hex, read_recipient
from storage.sealing.recipients import Recipient
from storage.sealing.signatures import SigningKey

PREFIX = b"vestka/roster/v1\0"
_FIELDS = frozenset(("made", "members", "org", "recovery", "serial", "signatures", "v"))


@dataclass(frozen=True, slots=True)
class RootSignature:
    """One root's signature: public key (32 bytes) and Ed25519 signature (64 bytes)."""

    root: bytes
    sig: bytes


@dataclass(frozen=True, slots=True)
class Roster:
    """The content of a roster, not yet believed.

    Args:
        organisation: its name.
        serial: grows by one with every roster, so that an old one cannot return.
        made: the day it was signed.
        recovery: the offline key every report is sealed to as well; None for strict mode.
    """

    organisation: str
    serial: int
    made: date
    members: tuple[Member, ...]
    recovery: Recipient | None
    signatures: tuple[RootSignature, ...] = ()

    def signed_bytes(self) -> bytes:
        """What the roots sign (after the prefix): the document without its signatures."""
        return canonical.dump(self._content())

    def to_bytes(self) -> bytes:
        """The whole document."""
        signatures = [{"root": each.root.hex(), "sig": each.sig.hex()} for each in self.signatures]
        return canonical.dump({**self._content(), "signatures": signatures})

    @classmethod
    def from_bytes(cls, data: bytes) -> "Roster":
        """Read a document without believing it: to show it, or to add another root's signature.

        Raises:
            RosterRefused: it is not spelt as a roster is.
        """
        try:
            return _read(canonical.load(data))
        except ValueError as error:
            raise RosterRefused(
                f"The roster cannot be read: {error}. Take the file that vestka roster wrote, unchanged."
            ) from None

    def _content(self) -> dict[str, object]:
        return {
            "made": self.made.isoformat(),
            "members": [member.to_json() for member in self.members],
            "org": self.organisation,
            "recovery": self.recovery.to_text() if self.recovery else None,
            "serial": self.serial,
            "v": 1,
        }


def sign_roster(roster: Roster, keys: Sequence[SigningKey]) -> bytes:
    """The document with the signatures of these roots, beside those of other roots it already carries."""
    message = roster.signed_bytes()
    ours = {key.public: key.sign(PREFIX, message) for key in keys}
    kept = [each for each in roster.signatures if each.root not in ours]
    added = [RootSignature(root, sig) for root, sig in ours.items()]
    return replace(roster, signatures=(*kept, *added)).to_bytes()


def _read(content: dict[str, object]) -> Roster:
    if content.get("v") != 1 or content.keys() != _FIELDS:
        raise ValueError("it is not a roster of version 1")
    organisation, serial, recovery = content["org"], content["serial"], content["recovery"]
    if not isinstance(organisation, str) or type(serial) is not int or serial < 1:
        raise ValueError("the organisation is a name and the serial a number from 1")
    return Roster(
        organisation=organisation,
        serial=serial,
        made=read_day("the roster", content["made"]),
        members=tuple(member_from_json(each) for each in _list(content["members"])),
        recovery=None if recovery is None else read_recipient("the recovery key", recovery),
        signatures=tuple(_read_signature(each) for each in _list(content["signatures"])),
    )


def _read_signature(content: object) -> RootSignature:
    if not isinstance(content, dict) or content.keys() != {"root", "sig"}:
        raise ValueError("a signature names its root and holds its bytes")
    return RootSignature(
        root=read_hex("a signature", content["root"], size=32),
        sig=read_hex("a signature", content["sig"], size=64),
    )


def _list(content: object) -> list[object]:
    if isinstance(content, list):
        return content
    raise ValueError("members and signatures are lists")
