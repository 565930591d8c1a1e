"""What was sealed anew is taken from a coordinator or lead alone, unchanged, for the readers of today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pytest

from storage.sealing import (
    CannotOpen,
    Kind,
    Resealed,
    ResealRefused,
    Reseals,
    canonical,
    epoch_of,
    open_sealed,
    read_label,
    read_reseals,
    seal,
    sealing_set,
    write_reseals,
)
from storage.sealing.verified import VerifiedRoster
from tests.storage.sealing.people import DAY, identity_of, member_of, signing_of, verified

BEFORE = verified([member_of(0, role="lead"), member_of(1), member_of(2)])
NOW = verified([member_of(0, role="lead"), member_of(1)], serial=8)
BODY = b'{"person":"invented"}'


def sealed(roster: VerifiedRoster, number: int, *, day: date = DAY) -> bytes:
    to = sealing_set(roster, on=day)
    return seal(Kind.REPORT, BODY, object_id=bytes([number]) * 16, epoch=epoch_of(day), to=to).data


OLD = sealed(BEFORE, 1)
NEW = Resealed(bytes([1]) * 16, sha256(OLD).digest(), sealed(NOW, 2))
GOOD = Reseals("m-00", DAY, NOW.hash, (NEW,))
WRITTEN = write_reseals(GOOD, signing_of(0))


def refusal(data: bytes, *, roster: VerifiedRoster = NOW, on: date = DAY) -> str:
    with pytest.raises(ResealRefused) as refused:
        read_reseals(data, roster, on=on)
    return str(refused.value)


def test_what_a_lead_sealed_anew_is_read_with_its_labels() -> None:
    reseals, labels = read_reseals(WRITTEN, NOW, on=DAY)
    assert reseals == GOOD
    assert [(label.object_id, label.kind, label.day) for label in labels] == [
        (bytes([2]) * 16, Kind.REPORT, DAY)
    ]


def test_it_may_lie_for_a_week() -> None:
    """Sealed for the readers of its own day, who are the same."""
    kept = replace(NEW, data=sealed(NOW, 2, day=DAY - timedelta(days=7)))
    written = write_reseals(replace(GOOD, made=DAY - timedelta(days=7), objects=(kept,)), signing_of(0))
    assert read_reseals(written, NOW, on=DAY)[0].made == DAY - timedelta(days=7)


def test_the_dropped_key_opens_the_old_object_and_not_the_new_one() -> None:
    dropped = [identity_of(2)]
    assert open_sealed(OLD, dropped).body == BODY
    with pytest.raises(CannotOpen):
        open_sealed(NEW.data, dropped)
    assert open_sealed(NEW.data, [identity_of(1)]).body == BODY


def test_any_turned_bit_is_refused() -> None:
    for place in range(0, len(WRITTEN), 61):
        refusal(WRITTEN[:place] + bytes([WRITTEN[place] ^ 1]) + WRITTEN[place + 1 :])


@pytest.mark.parametrize(
    ("changed", "key", "why"),
    [
        (GOOD, 1, "changed after it was signed"),
        (replace(GOOD, by="m-01"), 1, "no coordinator or lead"),
        (replace(GOOD, by="m-02"), 2, "no coordinator or lead"),
        (replace(GOOD, by="m-77"), 0, "no coordinator or lead"),
        (replace(GOOD, roster=BEFORE.hash), 0, "another roster"),
        (replace(GOOD, made=DAY - timedelta(days=8)), 0, "more than a week"),
        (replace(GOOD, made=DAY + timedelta(days=1)), 0, "another roster"),
        (replace(GOOD, made=DAY - timedelta(days=1)), 0, "sealed to others"),
        (replace(GOOD, objects=(replace(NEW, data=sealed(BEFORE, 2)),)), 0, "sealed to others"),
        (replace(GOOD, objects=(replace(NEW, data=b"age"),)), 0, "no sealed object"),
        (replace(GOOD, objects=(replace(NEW, data=sealed(NOW, 1)),)), 0, "new id"),
        (replace(GOOD, objects=(NEW, NEW)), 0, "twice"),
    ],
)
def test_everything_else_is_refused(changed: Reseals, key: int, why: str) -> None:
    assert why in refusal(write_reseals(changed, signing_of(key)))


def test_somebody_suspended_in_the_chat_must_be_left_out() -> None:
    less = NOW.without(frozenset({"m-01"}))
    assert "--without" in refusal(WRITTEN, roster=less)
    fitting = replace(GOOD, objects=(replace(NEW, data=sealed(less, 2)),))
    read_reseals(write_reseals(fitting, signing_of(0)), less, on=DAY)


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"objects": 5},
        {"objects": [5]},
        {"objects": [{"data": "AA", "old": "00" * 16, "sha256": "00" * 32}]},
        {"objects": [{"data": "AB==", "old": "00" * 16, "sha256": "00" * 32}]},
        {"made": "today"},
        {"by": 5},
        {"more": 1},
    ],
)
def test_what_is_spelt_otherwise_is_refused_in_a_sentence(change: dict[str, object]) -> None:
    assert refusal(canonical.dump({**canonical.load(WRITTEN), **change}))


OBJECT = {"data": "", "old": "00" * 16, "sha256": "00" * 32}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"made": "today"}, "the file: a day"),
        ({"roster": "00"}, "the roster: "),
        ({"sig": "00"}, "the signature: "),
        ({"objects": [OBJECT | {"old": "00"}]}, "an object: "),
        ({"objects": [OBJECT | {"sha256": "00"}]}, "an object: "),
    ],
)
def test_a_refusal_says_where_the_fault_is(change: dict[str, object], where: str) -> None:
    assert f"read: {where}" in refusal(canonical.dump({**canonical.load(WRITTEN), **change}))


def test_where_no_recovery_key_may_read_nothing_sealed_to_it_is_taken() -> None:
    to = sealing_set(NOW, on=DAY, strict=True)
    data = seal(Kind.REPORT, BODY, object_id=bytes([2]) * 16, epoch=epoch_of(DAY), to=to).data
    strictly = write_reseals(replace(GOOD, objects=(replace(NEW, data=data),)), signing_of(0))
    assert len(read_reseals(strictly, NOW, on=DAY, strict=True)[1]) == 1
    with pytest.raises(ResealRefused, match="sealed to others"):
        read_reseals(WRITTEN, NOW, on=DAY, strict=True)
    assert "sealed to others" in refusal(strictly)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", OLD])
def test_another_file_is_refused_with_the_name_of_the_right_one(data: bytes) -> None:
    assert "vestka reseal make" in refusal(data)


def test_the_label_of_an_object_is_what_was_sealed_and_nothing_else_has_one() -> None:
    label = read_label(OLD)
    assert (label.object_id, label.day) == (bytes([1]) * 16, DAY)
    assert label.roster_hash == sealing_set(BEFORE, on=DAY).roster_hash
    for data in (b"", b"age-encryption.org/v1\n", WRITTEN):
        with pytest.raises(CannotOpen):
            read_label(data)
