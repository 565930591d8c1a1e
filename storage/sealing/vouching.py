"""Who may come in: a roster that follows another one brings nobody whom the team did not vouch for.

The root alone can take people out, suspend them, let them return and renew them. Whoever is new, or has
another key, account or role than before, needs vouchers by active members (docs/format.md, 6.4).
"""

from datetime import date

from storage.sealing.errors import BadSignature, RosterRefused
from storage.sealing.members import Member, Voucher
from storage.sealing.signatures import SigningKey, check_signature
from storage.sealing.verified import VerifiedRoster

PREFIX = b"vestka/vouch/v1\0"
VOUCHERS = 2


def vouch(member: Member, organisation: str, *, by: str, key: SigningKey) -> Voucher:
    """The voucher of the member called `by` for another one."""
    return Voucher(by, key.sign(PREFIX, member.vouched_bytes(organisation)))


def check_successor(
    roster: VerifiedRoster, *, after: VerifiedRoster, on: date, vouchers: int = VOUCHERS
) -> None:
    """Return if `roster` may take the place of `after` on that day.

    A team that is too small gives as many vouchers as it has active members.

    Raises:
        RosterRefused: another organisation, a serial that did not grow, or somebody without vouchers.
    """
    if roster.organisation != after.organisation:
        raise RosterRefused(
            "The roster is one of another organisation. Sign one under the name that is in use."
        )
    if roster.serial <= after.serial:
        raise RosterRefused(
            f"The roster has serial {roster.serial}, but serial {after.serial} was accepted before. "
            "Sign a new roster with a higher serial."
        )
    known = {member.vouched_bytes(roster.organisation) for member in after.members}
    for member in roster.members:
        if member.vouched_bytes(roster.organisation) not in known:
            _check_vouched(member, roster.organisation, team=after.members_on(on), vouchers=vouchers)


def _check_vouched(member: Member, organisation: str, *, team: tuple[Member, ...], vouchers: int) -> None:
    others = {each.pseudonym: each for each in team if each.pseudonym != member.pseudonym}
    needed = min(vouchers, len(others))
    good = sum(_is_good(each, member, organisation, giver=others.get(each.by)) for each in member.vouchers)
    if good < needed:
        raise RosterRefused(
            f"{member.pseudonym} is new, or has another key, account or role than before, and "
            f"{good} of {needed} active members vouch for that. Each does so with "
            "`vestka roster vouch`; then the root signs."
        )


def _is_good(voucher: Voucher, member: Member, organisation: str, *, giver: Member | None) -> bool:
    if giver is None:
        return False
    message = member.vouched_bytes(organisation)
    try:
        check_signature(giver.identity_key, PREFIX, message=message, signature=voucher.sig)
    except BadSignature:
        return False
    return True
