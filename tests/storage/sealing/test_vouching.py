"""Nobody comes in whom the team did not vouch for; the root alone can only take away and prolong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from storage.sealing import (
    Member,
    RosterRefused,
    SigningKey,
    VerifiedRoster,
    canonical,
    check_successor,
    vouch,
)
from storage.sealing.members import Voucher
from tests.storage.sealing.people import DAY, identity_of, member_of, roster_of, signing_of, verified

ORGANISATION = roster_of([]).organisation
TEAM = [member_of(number) for number in range(3)]
BEFORE = verified(TEAM)


def vouched(member: Member, *givers: int) -> Member:
    given = [vouch(member, ORGANISATION, by=f"m-{by:02}", key=signing_of(by)) for by in givers]
    return replace(member, vouchers=tuple(given))


def after(*members: Member, serial: int = 8) -> VerifiedRoster:
    return verified(members, serial=serial)


def refusal(roster: VerifiedRoster, *, before: VerifiedRoster = BEFORE, on: date = DAY) -> str:
    with pytest.raises(RosterRefused) as refused:
        check_successor(roster, after=before, on=on)
    return str(refused.value)


def test_what_is_vouched_for_is_who_it_is_for_which_organisation_in_the_first_version() -> None:
    spelt = canonical.load(member_of(9).vouched_bytes("Узорны цэнтр"))
    assert (spelt.pop("org"), spelt.pop("v")) == ("Узорны цэнтр", 1)
    assert spelt.items() <= member_of(9).to_json().items()


def test_somebody_new_comes_in_by_two_members() -> None:
    check_successor(after(*TEAM, vouched(member_of(9), 0, 2)), after=BEFORE, on=DAY)


@pytest.mark.parametrize("givers", [(), (0,)])
def test_with_fewer_they_are_refused_by_name_of_pseudonym_alone(givers: tuple[int, ...]) -> None:
    said = refusal(after(*TEAM, vouched(member_of(9), *givers)))
    assert f"m-09 is new, or has another key, account or role than before, and {len(givers)} of 2" in said
    assert member_of(9).accounts["telegram"] not in said


CHANGES = {
    "role": {"role": "lead"},
    "account": {"accounts": {"telegram": "77"}},
    "sealing key": {"recipient": identity_of(20).recipient},
    "identity key": {"identity_key": signing_of(20).public},
}


@pytest.mark.parametrize("what", CHANGES)
def test_another_key_account_or_role_needs_vouchers_anew(what: str) -> None:
    known = vouched(member_of(2), 0, 1)
    before = verified([*TEAM[:2], known])
    changed = replace(known, **CHANGES[what])  # type: ignore[arg-type]  # a table of fields
    assert "m-02 is new, or has another" in refusal(after(*TEAM[:2], changed), before=before)
    check_successor(after(*TEAM[:2], vouched(changed, 0, 1)), after=before, on=DAY)


def test_the_root_alone_renews_suspends_lets_return_and_takes_out() -> None:
    gone, longer = TEAM[1], replace(TEAM[0], expires=date(2027, 4, 1))
    suspended = replace(TEAM[2], suspended=True)
    check_successor(after(longer, suspended), after=BEFORE, on=DAY)
    check_successor(after(longer, TEAM[2], serial=9), after=after(longer, suspended), on=DAY)
    assert "m-01 is new" in refusal(after(*TEAM, serial=9), before=after(longer, suspended))
    assert gone.pseudonym == "m-01"


def test_vouchers_count_only_from_those_who_are_active_now() -> None:
    newcomer = vouched(member_of(9), 0, 1)
    tired = [replace(TEAM[0], suspended=True), *TEAM[1:]]
    assert "1 of 2" in refusal(after(*tired, newcomer), before=verified(tired))
    late = [replace(TEAM[0], expires=DAY), *TEAM[1:]]
    assert "1 of 2" in refusal(after(*late, newcomer), before=verified(late), on=date(2026, 11, 24))


def test_newcomers_do_not_vouch_for_each_other() -> None:
    pair = [vouched(member_of(8), 9, 0), vouched(member_of(9), 8, 0)]
    assert "m-08 is new" in refusal(after(*TEAM, *pair))


@pytest.mark.parametrize(
    "forge",
    [
        lambda good: replace(good, sig=bytes(64)),
        lambda good: replace(good, by="m-02"),
        lambda good: vouch(member_of(9), "Іншая", by="m-01", key=signing_of(1)),
        lambda good: vouch(member_of(8), ORGANISATION, by="m-01", key=signing_of(1)),
        lambda good: vouch(member_of(9), ORGANISATION, by="m-01", key=SigningKey.generate()),
    ],
)
def test_a_voucher_that_is_not_exactly_that_counts_for_nothing(forge: object) -> None:
    assert callable(forge)
    newcomer = vouched(member_of(9), 0, 1)
    bad: Voucher = forge(newcomer.vouchers[1])
    assert "1 of 2" in refusal(after(*TEAM, replace(newcomer, vouchers=(newcomer.vouchers[0], bad))))


def test_a_small_team_gives_as_many_as_it_can() -> None:
    alone = verified(TEAM[:1])
    assert "0 of 1" in refusal(after(TEAM[0], member_of(9)), before=alone)
    check_successor(after(TEAM[0], vouched(member_of(9), 0)), after=alone, on=DAY)
    check_successor(after(member_of(9)), after=verified([]), on=DAY)


def test_control_where_no_vouchers_are_asked_for_the_root_alone_brings_somebody_in() -> None:
    check_successor(after(*TEAM, member_of(9)), after=BEFORE, on=DAY, vouchers=0)


def test_another_organisation_and_an_old_serial_follow_on_nothing() -> None:
    assert "higher serial" in refusal(after(*TEAM, serial=7))
    from storage.sealing import sign_roster, verify_roster
    from tests.storage.sealing.people import ROOT

    foreign = sign_roster(replace(roster_of(TEAM, serial=8), organisation="Іншая"), [ROOT])
    assert "another organisation" in refusal(verify_roster(foreign, roots=[ROOT.public]))
