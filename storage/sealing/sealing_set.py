"""Whom an object is sealed to on a day (docs/format.md, 6.3). There is no other way to name a recipient."""

from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256

from storage.sealing import canonical
from storage.sealing.errors import NobodyToSealTo
from storage.sealing.members import RECOVERY_NAME, Member
from storage.sealing.recipients import Recipient
from storage.sealing.roster import PREFIX
from storage.sealing.verified import VerifiedRoster

_PROOF = object()
_FIRST_DAY = date(1970, 1, 1)


class SealingSet:
    """Recipients taken from a verified roster. Made by `sealing_set` alone."""

    __slots__ = ("recipients", "roster_hash")

    recipients: tuple[Recipient, ...]
    """Moderators first, the recovery key last; sealing shuffles them."""
    roster_hash: bytes
    """Names the set without naming anybody: 32 bytes."""

    def __init__(self, recipients: tuple[Recipient, ...], *, roster_hash: bytes, proof: object) -> None:
        if proof is not _PROOF:
            raise TypeError("a SealingSet is made by sealing_set from a verified roster")
        self.recipients = recipients
        self.roster_hash = roster_hash

    def __repr__(self) -> str:
        return f"SealingSet({len(self.recipients)} recipients)"


@lru_cache(maxsize=4)
def sealing_set(roster: VerifiedRoster, *, on: date, strict: bool = False) -> SealingSet:
    """Everybody valid on that day, and the recovery key unless `strict`.

    Where that would be nobody, those whose days ended last: a stale roster stops no report.

    Raises:
        NobodyToSealTo: there is not even one of these, and sealing would destroy the text.
    """
    readers = roster.members_on(on)
    if not readers and (strict or roster.recovery is None):
        readers = _last_valid(roster, on)
    named = [(member.pseudonym, member.recipient) for member in readers]
    if roster.recovery is not None and not strict:
        named.append((RECOVERY_NAME, roster.recovery))
    if not named:
        raise NobodyToSealTo(
            "No moderator of the roster is valid today or was before, and there is no recovery key to "
            "seal to. Sign a new roster."
        )
    day = epoch_of(on)
    lines = sorted([name, day, sha256(recipient.public).hexdigest()] for name, recipient in named)
    return SealingSet(
        tuple(recipient for _, recipient in named),
        roster_hash=sha256(PREFIX + canonical.dump(lines)).digest(),
        proof=_PROOF,
    )


def _last_valid(roster: VerifiedRoster, on: date) -> tuple[Member, ...]:
    """Those who expired last, none of them suspended."""
    expired = [member for member in roster.members if not member.suspended and member.expires < on]
    last = max((member.expires for member in expired), default=on)
    return tuple(member for member in expired if member.expires == last)


def epoch_of(day: date) -> int:
    """The number of a day as objects carry it: days since 1970-01-01."""
    return (day - _FIRST_DAY).days


def day_of(epoch: int) -> date:
    """The day that an object's number stands for.

    Raises:
        OverflowError: there is no such day.
    """
    return _FIRST_DAY + timedelta(days=epoch)
