"""Whom a roster lets read on a day, and whom it falls back on when nobody is valid."""

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pytest

from storage.sealing import (
    NobodyToSealTo,
    canonical,
    epoch_of,
    sealing_set,
)
from tests.storage.sealing.people import (
    DAY,
    EPOCH,
    RECOVERY,
    identity_of,
    member_of,
    verified,
)


def test_a_sealing_set_holds_the_valid_and_the_recovery_key() -> None:
    roster = verified([member_of(0, role="lead"), member_of(1, suspended=True), member_of(2)])
    people = {identity_of(0).recipient, identity_of(2).recipient}
    assert set(sealing_set(roster, on=DAY).recipients) == people | {RECOVERY.recipient}
    assert set(sealing_set(roster, on=DAY, strict=True).recipients) == people


def test_with_nobody_left_the_recovery_key_still_keeps_the_report() -> None:
    roster = verified([member_of(0)])
    assert sealing_set(roster, on=date(2030, 1, 1)).recipients == (RECOVERY.recipient,)


def test_without_a_recovery_key_those_who_expired_last_still_keep_the_report() -> None:
    early = replace(member_of(2), expires=date(2027, 1, 30))
    roster = verified([member_of(0), member_of(1, suspended=True), early])
    late = sealing_set(roster, on=date(2030, 1, 1), strict=True)
    assert late.recipients == (identity_of(0).recipient,)


def test_with_nobody_at_all_sealing_is_refused() -> None:
    with pytest.raises(NobodyToSealTo, match="Sign a new roster"):
        sealing_set(verified([member_of(0, suspended=True)]), on=date(2030, 1, 1), strict=True)
    with pytest.raises(NobodyToSealTo):
        sealing_set(verified([member_of(0)]), on=date(2026, 10, 1), strict=True)
    with pytest.raises(NobodyToSealTo):
        sealing_set(verified([], recovery=False), on=DAY)


def test_a_roster_without_somebody_neither_obeys_them_nor_seals_to_them() -> None:
    whole = verified([member_of(0), member_of(1)])
    less = whole.without(frozenset({"m-01", "m-77"}))
    account = member_of(1).accounts["telegram"]
    assert whole.member_by_account("telegram", account, DAY)
    assert less.member_by_account("telegram", account, DAY) is None
    assert set(sealing_set(less, on=DAY).recipients) == {identity_of(0).recipient, RECOVERY.recipient}
    assert less.hash == whole.hash
    assert whole.without(frozenset()) is whole
    assert less is whole.without(frozenset({"m-77", "m-01"}))


def test_the_hash_of_a_set_is_the_documented_one() -> None:
    named = [("m-00", identity_of(0)), ("m-01", identity_of(1)), ("recovery", RECOVERY)]
    lines = [[name, EPOCH, sha256(each.recipient.public).hexdigest()] for name, each in named]
    expected = sha256(b"vestka/roster/v1\0" + canonical.dump(lines)).digest()
    roster = verified([member_of(1), member_of(0)])
    assert sealing_set(roster, on=DAY).roster_hash == expected
    assert sealing_set(roster, on=DAY + timedelta(days=1)).roster_hash != expected


def test_days_are_counted_from_1970() -> None:
    assert (epoch_of(date(1970, 1, 1)), epoch_of(DAY)) == (0, EPOCH)
