"""An invented organisation: three moderators, a recovery key, a root, and the sets made from its roster."""

from collections.abc import Sequence
from datetime import date

from storage.sealing import (
    Identity,
    Member,
    Roster,
    SealingSet,
    SigningKey,
    VerifiedRoster,
    sealing_set,
    sign_roster,
    verify_roster,
)
from tests.vectors.oracle import drbg

DAY = date(2026, 11, 23)
EPOCH = 20780
ROOT = SigningKey.from_seed(drbg("people/root"))
RECOVERY = Identity.from_seed(drbg("people/recovery"))


def identity_of(number: int) -> Identity:
    """The sealing identity of moderator `m-<number>`."""
    return Identity.from_seed(drbg(f"people/moderator/{number}"))


def signing_of(number: int) -> SigningKey:
    """The signing key of moderator `m-<number>`."""
    return SigningKey.from_seed(drbg(f"people/signing/{number}"))


def member_of(number: int, *, role: str = "moderator", suspended: bool = False) -> Member:
    """Moderator `m-<number>`, valid from 1 November 2026 to 31 January 2027."""
    return Member(
        pseudonym=f"m-{number:02}",
        accounts={"telegram": f"{10**12 + number}"},
        recipient=identity_of(number).recipient,
        identity_key=signing_of(number).public,
        role=role,
        not_before=date(2026, 11, 1),
        expires=date(2027, 1, 31),
        suspended=suspended,
    )


def roster_of(members: Sequence[Member], *, serial: int = 7, recovery: bool = True) -> Roster:
    """Unsigned content."""
    return Roster("Узор", serial, DAY, tuple(members), RECOVERY.recipient if recovery else None)


def verified(members: Sequence[Member], *, serial: int = 7, recovery: bool = True) -> VerifiedRoster:
    """Signed by the root and verified."""
    draft = roster_of(members, serial=serial, recovery=recovery)
    return verify_roster(sign_roster(draft, [ROOT]), roots=[ROOT.public])


def set_of(count: int, *, strict: bool = False) -> SealingSet:
    """`count` moderators, and the recovery key unless strict."""
    return sealing_set(verified([member_of(number) for number in range(count)]), on=DAY, strict=strict)
