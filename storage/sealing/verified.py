"""From a roster to one to obey: the checks, and the type that only they make (docs/format.md, 6.2)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from hashlib import sha256

from storage.sealing.errors import BadSignature, RosterRefused
from storage.sealing.members import Member
from storage.sealing.recipients import Recipient
from storage.sealing.roster import PREFIX, Roster
from storage.sealing.signatures import check_signature

MAX_MEMBERS = 59
_PROOF = object()


class VerifiedRoster:
    """A roster that the organisation's roots have signed. Made by `verify_roster` alone."""

    __slots__ = ("_roster", "hash")

    hash: bytes
    """SHA-256 of what was signed, 32 bytes; the same for the roster `without` somebody."""

    def __init__(self, roster: Roster, *, proof: object) -> None:
        if proof is not _PROOF:
            raise TypeError("a VerifiedRoster is made by verify_roster")
        self._roster = roster
        self.hash = sha256(PREFIX + roster.signed_bytes()).digest()

    @property
    def organisation(self) -> str:
        """The organisation's name."""
        return self._roster.organisation

    @property
    def serial(self) -> int:
        """Keep it, and pass it as `newer_than` next time."""
        return self._roster.serial

    @property
    def made(self) -> date:
        """The day it was signed."""
        return self._roster.made

    @property
    def members(self) -> tuple[Member, ...]:
        """Everybody in it, also those not valid today."""
        return self._roster.members

    @property
    def recovery(self) -> Recipient | None:
        """The offline key that opens every report, if the organisation has one."""
        return self._roster.recovery

    def members_on(self, on: date) -> tuple[Member, ...]:
        """Those who may read and act on that day."""
        return tuple(member for member in self.members if member.is_valid(on))

    def member_by_account(self, network: str, account: str, on: date) -> Member | None:
        """The valid member behind an account, or None: then nobody is to be obeyed."""
        found = (each for each in self.members_on(on) if each.accounts.get(network) == account)
        return next(found, None)

    def without(self, suspended: frozenset[str]) -> "VerifiedRoster":
        """The same roster, in which these pseudonyms are suspended: this can only take away."""
        return _without(self, suspended) if suspended else self

    def __repr__(self) -> str:
        return f"VerifiedRoster(serial={self.serial}, members={len(self.members)})"


@lru_cache(maxsize=8)
def _without(roster: VerifiedRoster, suspended: frozenset[str]) -> VerifiedRoster:
    members = [
        replace(each, suspended=each.suspended or each.pseudonym in suspended) for each in roster.members
    ]
    less = VerifiedRoster(replace(roster._roster, members=tuple(members)), proof=_PROOF)
    less.hash = roster.hash
    return less


def verify_roster(
    data: bytes, *, roots: Sequence[bytes], threshold: int = 1, newer_than: int | None = None
) -> VerifiedRoster:
    """Check a roster document.

    Args:
        roots: the organisation's trusted root public keys, 32 bytes each.
        threshold: how many different roots must have signed.
        newer_than: the serial of the last accepted roster; a lower or equal one is refused.

    Raises:
        RosterRefused: a sentence that names what is wrong and what to do.
    """
    if not 1 <= threshold <= len(set(roots)):
        raise RosterRefused(
            f"The settings ask for {threshold} root signatures but name {len(set(roots))} roots. "
            "Correct the settings."
        )
    roster = Roster.from_bytes(data)
    _check_signatures(roster, frozenset(roots), threshold)
    if newer_than is not None and roster.serial <= newer_than:
        raise RosterRefused(
            f"The roster has serial {roster.serial}, but serial {newer_than} was accepted before. "
            "Sign a new roster with a higher serial."
        )
    _check_members(roster)
    return VerifiedRoster(roster, proof=_PROOF)


def _check_signatures(roster: Roster, roots: frozenset[bytes], threshold: int) -> None:
    message, good = roster.signed_bytes(), set()
    for each in roster.signatures:
        if each.root not in roots:
            continue
        try:
            check_signature(each.root, PREFIX, message=message, signature=each.sig)
        except BadSignature:
            raise RosterRefused(
                "The roster was changed after it was signed. "
                "Fetch it again from the person who keeps the root key."
            ) from None
        good.add(each.root)
    if len(good) < threshold:
        raise RosterRefused(
            f"The roster has {len(good)} of {threshold} signatures by the organisation's root. "
            "Sign it with the root key, and check that the settings name that root."
        )


def _check_members(roster: Roster) -> None:
    members = roster.members
    if len(members) > MAX_MEMBERS:
        raise RosterRefused(f"The roster has {len(members)} members; {MAX_MEMBERS} is the most. Remove some.")
    keys = [member.recipient for member in members]
    _check_once("pseudonym", (member.pseudonym for member in members))
    _check_once("sealing key", keys if roster.recovery is None else [*keys, roster.recovery])
    _check_once("identity key", (member.identity_key for member in members))
    _check_once("account", (pair for member in members for pair in member.accounts.items()))


def _check_once(what: str, values: Iterable[object]) -> None:
    # The value itself stays out of the sentence: it may be somebody's account.
    if any(count > 1 for count in Counter(values).values()):
        raise RosterRefused(
            f"The same {what} stands in the roster twice. Give everybody their own, and sign again."
        )
