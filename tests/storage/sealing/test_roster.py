"""The roster: believed only when signed, new and consistent; and the sets made from it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from storage.sealing import (
    Identity,
    Member,
    Roster,
    RosterRefused,
    SigningKey,
    VerifiedRoster,
    canonical,
    sealing_set,
    sign_roster,
    verify_roster,
)
from storage.sealing.members import Voucher
from tests.storage.sealing.people import (
    DAY,
    RECOVERY,
    ROOT,
    identity_of,
    member_of,
    roster_of,
    verified,
)

OTHER = SigningKey.generate()
THIRD = SigningKey.generate()
MEMBERS = [member_of(number) for number in range(3)]
SIGNED = sign_roster(roster_of(MEMBERS), [ROOT])


def refusal(
    data: bytes, *, roots: list[bytes] | None = None, threshold: int = 1, newer: int | None = None
) -> str:
    with pytest.raises(RosterRefused) as refused:
        verify_roster(data, roots=roots or [ROOT.public], threshold=threshold, newer_than=newer)
    return str(refused.value)


def test_a_signed_roster_says_what_was_signed() -> None:
    roster = verify_roster(SIGNED, roots=[ROOT.public], newer_than=6)
    assert (roster.organisation, roster.serial, roster.made) == ("Узор", 7, DAY)
    assert roster.members == tuple(MEMBERS)
    assert roster.recovery == RECOVERY.recipient
    assert roster.hash == sha256(b"vestka/roster/v1\0" + roster_of(MEMBERS).signed_bytes()).digest()


def test_an_unsigned_roster_is_refused() -> None:
    assert "0 of 1 signatures" in refusal(roster_of(MEMBERS).to_bytes())


def test_a_roster_signed_by_somebody_else_is_refused() -> None:
    assert "0 of 1 signatures" in refusal(sign_roster(roster_of(MEMBERS), [OTHER]))


def test_any_turned_bit_is_refused() -> None:
    for place in range(0, len(SIGNED), 23):
        altered = SIGNED[:place] + bytes([SIGNED[place] ^ 1]) + SIGNED[place + 1 :]
        refusal(altered)


def test_a_member_added_after_signing_is_noticed() -> None:
    content = canonical.load(SIGNED)
    members = content["members"]
    assert isinstance(members, list)
    members.append(member_of(9).to_json())
    assert "changed after it was signed" in refusal(canonical.dump(content))


def test_control_the_same_addition_signed_is_accepted() -> None:
    data = sign_roster(roster_of([*MEMBERS, member_of(9)]), [ROOT])
    assert len(verify_roster(data, roots=[ROOT.public]).members) == 4


@pytest.mark.parametrize("last", [7, 8])
def test_an_old_roster_cannot_return(last: int) -> None:
    assert "higher serial" in refusal(SIGNED, newer=last)


def test_another_spelling_of_the_same_content_is_refused() -> None:
    assert "canonical" in refusal(SIGNED.replace(b",", b", ", 1))
    assert "canonical" in refusal(b'{"v":1,' + SIGNED[1:])


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"null", b"\xff", b"[" * 100_000, b'{"v":NaN}'])
def test_what_is_no_roster_is_refused_with_a_remedy(data: bytes) -> None:
    assert "vestka roster" in refusal(data)


def test_two_of_three_roots_can_be_asked_for() -> None:
    roots = [ROOT.public, OTHER.public, THIRD.public]
    assert "1 of 2 signatures" in refusal(SIGNED, roots=roots, threshold=2)
    both = sign_roster(Roster.from_bytes(SIGNED), [THIRD])
    assert verify_roster(both, roots=roots, threshold=2).serial == 7


def test_signing_twice_with_one_root_does_not_count_twice() -> None:
    doubled = Roster.from_bytes(SIGNED)
    doubled = replace(doubled, signatures=doubled.signatures * 2)
    roots = [ROOT.public, OTHER.public]
    assert "1 of 2 signatures" in refusal(doubled.to_bytes(), roots=roots, threshold=2)


@pytest.mark.parametrize("threshold", [0, 2])
def test_a_threshold_that_the_roots_cannot_meet_is_refused(threshold: int) -> None:
    assert "settings" in refusal(SIGNED, roots=[ROOT.public, ROOT.public], threshold=threshold)


@pytest.mark.parametrize(
    ("what", "twin"),
    [
        ("pseudonym", lambda twin: replace(twin, pseudonym="m-00")),
        ("sealing key", lambda twin: replace(twin, recipient=identity_of(0).recipient)),
        ("sealing key", lambda twin: replace(twin, recipient=RECOVERY.recipient)),
        ("identity key", lambda twin: replace(twin, identity_key=MEMBERS[0].identity_key)),
        ("account", lambda twin: replace(twin, accounts=MEMBERS[0].accounts)),
    ],
)
def test_nothing_belongs_to_two_people(what: str, twin: Callable[[Member], Member]) -> None:
    sentence = refusal(sign_roster(roster_of([*MEMBERS, twin(member_of(9))]), [ROOT]))
    assert f"same {what} stands in the roster twice" in sentence
    assert MEMBERS[0].accounts["telegram"] not in sentence


@pytest.mark.parametrize(
    "change",
    [
        {"pseudonym": "recovery"},
        {"pseudonym": "Ганна"},
        {"role": "boss"},
        {"identity_key": bytes(31)},
        {"accounts": {"telegram": ""}},
    ],
)
def test_a_member_outside_the_rules_is_refused(change: dict[str, object]) -> None:
    odd = replace(member_of(0), **change)  # type: ignore[arg-type]  # wrong types are part of the test
    assert "cannot be read" in refusal(sign_roster(roster_of([odd]), [ROOT]))


def test_a_member_with_a_foreign_field_is_refused() -> None:
    content = canonical.load(SIGNED)
    content["members"] = [{**member_of(0).to_json(), "admin": True}]
    assert "exactly the fields" in refusal(canonical.dump(content))


def test_a_crowd_that_does_not_fit_a_header_is_refused() -> None:
    assert "59 is the most" in refusal(sign_roster(roster_of([member_of(n) for n in range(60)]), [ROOT]))


def test_the_largest_roster_is_sealed_to_and_read() -> None:
    chosen = sealing_set(verified([member_of(number) for number in range(59)]), on=DAY)
    assert len(chosen.recipients) == 60


def test_a_verified_roster_cannot_be_made_by_hand() -> None:
    with pytest.raises(TypeError, match="verify_roster"):
        VerifiedRoster(roster_of(MEMBERS), proof=object())


def test_an_account_finds_its_member_only_while_valid() -> None:
    roster = verified([member_of(0), member_of(1, suspended=True)])
    first, suspended = member_of(0), member_of(1)
    account = first.accounts["telegram"]
    found = roster.member_by_account("telegram", account, DAY)
    assert found == first
    assert roster.member_by_account("matrix", account, DAY) is None
    assert roster.member_by_account("telegram", "1", DAY) is None
    assert roster.member_by_account("telegram", suspended.accounts["telegram"], DAY) is None


def test_both_ends_of_a_validity_count() -> None:
    roster, first = verified([member_of(0)]), member_of(0)
    valid = [
        bool(roster.members_on(day))
        for day in (
            first.not_before - timedelta(days=1),
            first.not_before,
            first.expires,
            first.expires + timedelta(days=1),
        )
    ]
    assert valid == [False, True, True, False]


VOUCHER = {"by": "m-01", "sig": "00" * 64}


@pytest.mark.parametrize(
    ("vouchers", "why"),
    [
        ({}, "are a list"),
        ([VOUCHER] * 9, "at most 8"),
        ([VOUCHER] * 2, "given once"),
        ([VOUCHER | {"by": "m-00"}], "somebody else"),
        ([VOUCHER | {"by": "Ганна"}], "by pseudonym"),
        ([VOUCHER | {"by": 5}], "by pseudonym"),
        ([VOUCHER | {"sig": "00"}], "64 bytes"),
        ([VOUCHER | {"more": 1}], "names who gave it"),
        (["m-01"], "names who gave it"),
    ],
)
def test_vouchers_outside_the_rules_are_refused(vouchers: object, why: str) -> None:
    content = canonical.load(SIGNED)
    content["members"] = [{**member_of(0).to_json(), "vouchers": vouchers}]
    said = refusal(canonical.dump(content))
    assert why in said
    assert "read: m-00: " in said


def test_a_member_may_have_eight_vouchers() -> None:
    eight = tuple(Voucher(f"m-{number:02}", bytes(64)) for number in range(1, 9))
    full = replace(member_of(0), vouchers=eight)
    assert verified([full]).members[0].vouchers == eight


def test_no_account_shows_in_a_repr() -> None:
    account = member_of(0).accounts["telegram"]
    shown = repr([verified(MEMBERS), roster_of(MEMBERS), *MEMBERS])
    assert account not in shown
    assert account.encode() in SIGNED


def test_a_recovery_identity_is_not_needed_to_read_the_roster() -> None:
    data = sign_roster(roster_of([member_of(0)], recovery=False), [ROOT])
    assert verify_roster(data, roots=[ROOT.public]).recovery is None
    assert Identity.generate().recipient != RECOVERY.recipient


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("v", 2, "version 1"),
        ("org", 5, "a name and the serial"),
        ("serial", 0, "a name and the serial"),
        ("serial", "7", "a name and the serial"),
        ("serial", True, "a name and the serial"),
        ("made", "23.11.2026", "read: the roster: a day"),
        ("made", 5, "read: the roster: a day"),
        ("recovery", "age1", "read: the recovery key: "),
        ("members", {}, "lists"),
        ("signatures", [["root", "sig"]], "names its root"),
        ("signatures", [{"root": "00"}], "names its root"),
        ("signatures", [{"root": "00", "sig": "00" * 64}], "read: a signature: "),
        ("signatures", [{"root": "00" * 32, "sig": "00"}], "read: a signature: "),
    ],
)
def test_a_roster_that_is_spelt_otherwise_is_refused_and_says_where(
    field: str, value: object, why: str
) -> None:
    content = canonical.load(SIGNED)
    content[field] = value
    with pytest.raises(RosterRefused, match=why):
        Roster.from_bytes(canonical.dump(content))


@pytest.mark.parametrize("field", ["accounts", "pk", "ik", "nbf", "exp"])
def test_a_members_fault_is_told_with_the_pseudonym(field: str) -> None:
    content = canonical.load(SIGNED)
    members = content["members"]
    assert isinstance(members, list)
    members[1][field] = "нешта"
    with pytest.raises(RosterRefused, match="m-01"):
        Roster.from_bytes(canonical.dump(content))


def test_the_first_serial_is_one() -> None:
    first = sign_roster(roster_of(MEMBERS, serial=1), [ROOT])
    assert verify_roster(first, roots=[ROOT.public]).serial == 1


def test_a_strangers_signature_before_ours_does_not_hide_it() -> None:
    both = sign_roster(Roster.from_bytes(sign_roster(roster_of(MEMBERS), [OTHER])), [ROOT])
    assert Roster.from_bytes(both).signatures[0].root == OTHER.public
    assert verify_roster(both, roots=[ROOT.public]).serial == 7


def test_the_recovery_key_is_nobodys_own() -> None:
    twice = replace(member_of(0), recipient=RECOVERY.recipient)
    assert "sealing key" in refusal(sign_roster(roster_of([twice]), [ROOT]))
