"""Objects sealed anew, on their way from a holder's machine to the server (docs/format.md, 7).

Whoever may reseal can read everything anyway; the signature says who it was, and that nothing was changed on
the way. The server cannot look inside: it checks for whom the new objects say that they are.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from storage.sealing import canonical
from storage.sealing.errors import BadSignature, CannotOpen, ResealRefused
from storage.sealing.labels import Label, read_label
from storage.sealing.members import Member, read_day, read_hex
from storage.sealing.sealing_set import sealing_set
from storage.sealing.signatures import SigningKey, check_signature
from storage.sealing.verified import VerifiedRoster

PREFIX = b"vestka/reseal/v1\0"
RESEALERS = frozenset(("coordinator", "lead"))
FRESH = timedelta(days=7)
_FIELDS = frozenset(("by", "made", "objects", "roster", "sig", "v"))


@dataclass(frozen=True, slots=True)
class Resealed:
    """One object: the id and the SHA-256 of the old file, and the whole new one."""

    old: bytes
    old_digest: bytes
    data: bytes = field(repr=False)

    def to_json(self) -> dict[str, object]:
        """As the document spells it."""
        return {
            "data": b64encode(self.data).decode("ascii"),
            "old": self.old.hex(),
            "sha256": self.old_digest.hex(),
        }


@dataclass(frozen=True, slots=True)
class Reseals:
    """What somebody sealed anew on the day `made`, for the roster with the hash `roster`."""

    by: str
    made: date
    roster: bytes
    objects: tuple[Resealed, ...]

    def to_json(self) -> dict[str, object]:
        """What is signed."""
        return {
            "by": self.by,
            "made": self.made.isoformat(),
            "objects": [each.to_json() for each in self.objects],
            "roster": self.roster.hex(),
            "v": 1,
        }


def write_reseals(reseals: Reseals, key: SigningKey) -> bytes:
    """The document, signed with the identity key of whoever sealed."""
    content = reseals.to_json()
    return canonical.dump({**content, "sig": key.sign(PREFIX, canonical.dump(content)).hex()})


def read_reseals(
    data: bytes, roster: VerifiedRoster, *, on: date, strict: bool = False
) -> tuple[Reseals, Sequence[Label]]:
    """Check a document against the roster that is obeyed on that day; labels of the new objects beside it.

    Raises:
        ResealRefused: altered, not by somebody who may, or not for exactly the readers of this roster.
    """
    try:
        content = canonical.load(data)
        reseals, signature = _read(content)
    except ValueError as error:
        raise ResealRefused(
            f"The file cannot be read: {error}. Take the one that vestka reseal make wrote, unchanged."
        ) from None
    _check_giver(reseals, _find(roster, reseals.by, on), signature)
    if reseals.roster != roster.hash or not timedelta() <= on - reseals.made <= FRESH:
        raise ResealRefused(
            "The objects were sealed for another roster than the one in use, or more than a week ago. "
            "Seal them anew with the roster that is installed here."
        )
    labels = [_label(each) for each in reseals.objects]
    readers = sealing_set(roster, on=reseals.made, strict=strict).roster_hash
    if any(label.day != reseals.made or label.roster_hash != readers for label in labels):
        raise ResealRefused(
            "The objects are sealed to others than those who may read now. Somebody may have been suspended "
            "in the chat: then make them anew with --without and the pseudonym."
        )
    return reseals, labels


def _read(content: dict[str, object]) -> tuple[Reseals, bytes]:
    if content.keys() != _FIELDS or content["v"] != 1:
        raise ValueError("these are not resealed objects of version 1")
    by, listed = content["by"], content["objects"]
    objects = tuple(_read_object(each) for each in listed) if isinstance(listed, list) else ()
    if len({each.old for each in objects}) < len(objects):
        raise ValueError("an object stands in it twice")
    made = read_day("the file", content["made"])
    roster = read_hex("the roster", content["roster"], size=32)
    signature = read_hex("the signature", content["sig"], size=64)
    return Reseals(str(by), made, roster, objects), signature


def _read_object(content: object) -> Resealed:
    if not isinstance(content, dict) or content.keys() != {"data", "old", "sha256"}:
        raise ValueError("an object has its old id, its old hash and its new bytes")
    old = read_hex("an object", content["old"], size=16)
    digest = read_hex("an object", content["sha256"], size=32)
    data = b64decode(str(content["data"]), validate=True)
    if b64encode(data).decode("ascii") != content["data"]:
        raise ValueError("an object is spelt in an odd way")
    return Resealed(old, digest, data)


def _find(roster: VerifiedRoster, pseudonym: str, on: date) -> Member:
    for member in roster.members_on(on):
        if member.pseudonym == pseudonym and member.role in RESEALERS:
            return member
    raise ResealRefused(
        "Whoever sealed these objects anew is no coordinator or lead of the roster today. "
        "Ask one who is to seal them."
    )


def _check_giver(reseals: Reseals, member: Member, signature: bytes) -> None:
    message = canonical.dump(reseals.to_json())
    try:
        check_signature(member.identity_key, PREFIX, message=message, signature=signature)
    except BadSignature:
        raise ResealRefused(
            "The file was changed after it was signed, or somebody else signed it. Nothing was replaced; "
            "fetch it again from whoever made it."
        ) from None


def _label(resealed: Resealed) -> Label:
    try:
        label = read_label(resealed.data)
    except CannotOpen:
        raise ResealRefused("One of the new objects is no sealed object. Seal them anew.") from None
    if label.object_id == resealed.old:
        raise ResealRefused("A new object must have a new id. Seal them anew.")
    return label
