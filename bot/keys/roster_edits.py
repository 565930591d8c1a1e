"""Changes to a roster before it is signed: each takes a roster and gives the next one.

A change takes the signatures away and, where there were any, makes the serial grow: an older signed roster
can then never be put back. Every result has passed the same checks as a signed one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.errors import InputRefused
from bot.keys.public import PublicKeys
from storage.sealing import (
    ROLES,
    IdentityKey,
    Member,
    Recipient,
    Roster,
    SigningKey,
    sign_roster,
    verify_roster,
    vouch,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as somebody types it. `accounts`: texts like "telegram=123456"."""

    keys: PublicKeys
    accounts: Sequence[str] = field(repr=False)
    role: str
    not_before: date
    expires: date


def new_roster(organisation: str, *, recovery: PublicKeys | None, made: date) -> Roster:
    """A roster without members. No recovery key means strict mode."""
    if not organisation.strip():
        raise InputRefused("The organisation needs a name: --organisation NAME.")
    recipient = Recipient.from_text(recovery.parts["recipient"]) if recovery else None
    return Roster(organisation.strip(), serial=1, made=made, members=(), recovery=recipient)


def add_member(roster: Roster, entry: Entry, *, replace: bool) -> Roster:
    """Put a member in; `replace` allows the same pseudonym to stand there already.

    :raises InputRefused: something in the entry cannot be; the sentence never holds an account.
    :raises RosterRefused: a key or an account stands there twice.
    """
    member = _member(entry)
    others = tuple(each for each in roster.members if each.pseudonym != member.pseudonym)
    if len(others) < len(roster.members) and not replace:
        raise InputRefused(f"{member.pseudonym} is in the roster already. Add --replace to change the entry.")
    return _changed(roster, (*others, member))


def drop_member(roster: Roster, pseudonym: str) -> Roster:
    """Take a member out.

    :raises InputRefused: there is no such member.
    """
    gone = _find(roster, pseudonym)
    return _changed(roster, tuple(each for each in roster.members if each is not gone))


def suspend_member(roster: Roster, pseudonym: str, *, suspended: bool) -> Roster:
    """Let a member neither read nor act, or return.

    :raises InputRefused: there is no such member.
    """
    found = _find(roster, pseudonym)
    changed = replace(found, suspended=suspended)
    return _changed(roster, tuple(changed if each is found else each for each in roster.members))


def renew_members(roster: Roster, pseudonyms: Sequence[str], *, until: date) -> Roster:
    """Let these members (nobody named: all) go on to that day; an earlier first day stays.

    :raises InputRefused: there is no such member, or the day lies before somebody's first.
    """
    chosen = [_find(roster, each) for each in pseudonyms] or roster.members
    if any(until < member.not_before for member in chosen):
        raise InputRefused("The new last day lies before somebody's first. Correct --until.")
    renewed = (replace(each, expires=until) if each in chosen else each for each in roster.members)
    return _changed(roster, tuple(renewed))


def vouch_for(roster: Roster, pseudonym: str, giver: IdentityKey) -> Roster:
    """The roster with a voucher by the owner of this key, in the place of an earlier one.

    :raises InputRefused: there is no such member, or the giver is not in the roster with this key.
    """
    found, by = _find(roster, pseudonym), _find(roster, giver.mod)
    if by is found or by.identity_key != giver.signing.public:
        raise InputRefused(
            "Members vouch for others, not for themselves, with the key by which they stand in the roster."
        )
    given = vouch(found, roster.organisation, by=giver.mod, key=giver.signing)
    others = tuple(each for each in found.vouchers if each.by != giver.mod)
    changed = replace(found, vouchers=(*others, given))
    return _changed(roster, tuple(changed if each is found else each for each in roster.members))


def sign(roster: Roster, key: SigningKey, *, made: date) -> bytes:
    """The signed document. Where others have signed already, its day stays, or their signatures would break.

    :raises RosterRefused: it would be refused by whoever reads it; nothing is signed for nothing.
    """
    others = any(each.root != key.public for each in roster.signatures)
    data = sign_roster(roster if others else replace(roster, made=made, signatures=()), [key])
    verify_roster(data, roots=[key.public])
    return data


def _changed(roster: Roster, members: tuple[Member, ...]) -> Roster:
    serial = roster.serial + 1 if roster.signatures else roster.serial
    ordered = tuple(sorted(members, key=lambda member: member.pseudonym))
    changed = replace(roster, members=ordered, serial=serial, signatures=())
    rehearsal = SigningKey.generate()  # signs nothing that is kept; the reader's checks want a signature
    verify_roster(sign_roster(changed, [rehearsal]), roots=[rehearsal.public])
    return changed


def _member(entry: Entry) -> Member:
    if entry.role not in ROLES:
        raise InputRefused(f"There is no such role. Choose one of: {', '.join(ROLES)}.")
    if entry.expires < entry.not_before:
        raise InputRefused("The last day lies before the first. Correct --since or --until.")
    parts = entry.keys.parts
    return Member(
        pseudonym=parts["pseudonym"],
        accounts=_accounts(entry.accounts),
        recipient=Recipient.from_text(parts["recipient"]),
        identity_key=bytes.fromhex(parts["identity"]),
        role=entry.role,
        not_before=entry.not_before,
        expires=entry.expires,
    )


def _accounts(texts: Sequence[str]) -> dict[str, str]:
    pairs = [_account(text) for text in texts]
    if len(dict(pairs)) < len(pairs):
        raise InputRefused("A network was given twice. A member has one account on each network.")
    return dict(pairs)


def _account(text: str) -> tuple[str, str]:
    network, _, account = text.partition("=")
    if not network.isalpha() or not account.strip():
        raise InputRefused("An account is written network=id, for example telegram=123456.")
    if network == "telegram" and not (account.isascii() and account.isdigit()):
        raise InputRefused(
            "A Telegram account is a number, not a name with @. The member sees it as their id."
        )
    return network, account.strip()


def _find(roster: Roster, pseudonym: str) -> Member:
    for member in roster.members:
        if member.pseudonym == pseudonym:
            return member
    known = ", ".join(each.pseudonym for each in roster.members) or "nobody"
    raise InputRefused(f"There is no such member. In the roster: {known}.")
