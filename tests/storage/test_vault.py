"""Which key seals what, how a room is spelled, and that a row opens under its own key and place alone."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from handlers.events import Room
from storage.sealing import CannotOpen, blind, open_record
from storage.sealing.padding import ENTRY
from storage.shards import lane_of_slot
from storage.vault import Seals, Vault
from storage.volatile import KeyRing
from tests.conftest import CASE_KEY
from tests.fakes import FakeClock

DAY = timedelta(days=1)
LARGE = str(2**33 + 7)


@pytest.fixture
def vault(ring: KeyRing) -> Vault:
    return Vault(ring, CASE_KEY, seals=Seals())


@pytest.mark.parametrize(
    ("room", "spelled"),
    [
        (Room("telegram", LARGE), (2**33 + 7).to_bytes(8, "big")),
        (Room("telegram", "-1001234567890"), (-1001234567890).to_bytes(8, "big", signed=True)),
        (Room("telegram", "-100", "7"), (-100).to_bytes(8, "big", signed=True) + b"\0" + b"7"),
        (Room("telegram", "12-"), b"12-"),
        (Room("telegram", "X12"), b"X12"),
        (Room("matrix", LARGE), LARGE.encode()),
        (Room("matrix", "!узор:example", "тэма"), "!узор:example".encode() + b"\0" + "тэма".encode()),
    ],
)
def test_a_room_has_one_spelling_of_bytes(ring: KeyRing, room: Room, spelled: bytes) -> None:
    vault = Vault(ring, CASE_KEY, seals=Seals(blind=lambda _pepper, _network, account: account))
    assert vault.name_room(room, ring.today) == spelled


def test_a_room_has_a_name_of_each_day_the_newest_first(
    vault: Vault, ring: KeyRing, clock: FakeClock
) -> None:
    room, first = Room("telegram", LARGE), ring.today
    ring.turn(clock.advance(days=1))
    names = dict(vault.names_of(room))
    assert list(names) == [ring.today, first]
    account = (2**33 + 7).to_bytes(8, "big")
    assert list(names.values()) == [blind(day.pepper, "telegram", account) for day in names]


def test_what_a_unit_of_work_remembers_is_over_at_midnight(
    vault: Vault, ring: KeyRing, clock: FakeClock
) -> None:
    room, unit = Room("telegram", LARGE), vault.for_one_unit()
    for _ in range(3):  # the third midnight leaves two days again, others than before
        assert unit.names_of(room) == unit.names_of(room) == vault.names_of(room)
        ring.turn(clock.advance(days=1))
    assert [keys for keys, _ in unit.names_of(room)] == [*ring.days]


def test_a_room_has_a_name_of_a_day_that_was_just_forgotten(
    vault: Vault, ring: KeyRing, clock: FakeClock
) -> None:
    room, first = Room("telegram", LARGE), ring.today
    name = vault.name_room(room, first)
    ring.turn(clock.advance(days=2))
    assert vault.name_room(room, first) == name


def test_an_update_has_a_mark_that_is_no_rooms_name(vault: Vault, ring: KeyRing) -> None:
    mark = vault.tag_update("telegram", "77", ring.today)
    assert mark == blind(ring.today.pepper, "seen/telegram", b"77")
    assert mark != vault.tag_update("matrix", "77", ring.today)


def test_a_row_of_today_opens_by_its_day_purpose_and_place_and_never_after_its_key(
    vault: Vault, ring: KeyRing, clock: FakeClock
) -> None:
    day = ring.today.day
    sealed = vault.seal_today("outbox", b"words", bound_to=b"row")
    assert open_record(ring.today.key, "outbox", sealed, bound_to=b"row") == b"words"
    assert vault.open_of(day, "outbox", sealed, bound_to=b"row") == b"words"
    assert vault.open_of(day, "outbox", sealed, bound_to=b"other") is None
    assert vault.open_of(day, "dead-letter", sealed, bound_to=b"row") is None
    assert vault.open_of(day - DAY, "outbox", sealed, bound_to=b"row") is None
    ring.turn(clock.advance(days=2))
    assert vault.open_of(day, "outbox", sealed, bound_to=b"row") is None


def test_a_draft_opens_by_its_day_and_owner_alone(vault: Vault, ring: KeyRing) -> None:
    day, owner = ring.today.day, bytes(16)
    sealed = vault.seals.seal_draft(ring.today.key, b"words", bid=owner, rev=3)
    assert vault.open_draft(day, sealed, bid=owner) == (3, b"words")
    assert vault.open_draft(day, sealed, bid=bytes(15) + b"\1") is None
    assert vault.open_draft(day - DAY, sealed, bid=owner) is None


def test_a_row_of_a_case_opens_under_the_operators_key_in_its_place_alone(vault: Vault) -> None:
    sealed = vault.seal_case("case/state", b"words", case=b"case")
    assert open_record(CASE_KEY, "case/state", sealed, bound_to=b"case") == b"words"
    assert vault.open_case("case/state", sealed, case=b"case") == b"words"
    for purpose, case in (("case/state", b"other"), ("case/other", b"case")):
        with pytest.raises(CannotOpen):
            vault.open_case(purpose, sealed, case=case)


def test_a_row_of_a_case_that_does_not_open_is_counted_until_it_does_again(vault: Vault) -> None:
    sealed = vault.seal_case("case/state", b"words", case=b"case")
    for case in (b"one", b"two"):
        assert vault.read_case("case/state", sealed, case=case) is None
    assert vault.damaged == {("case/state", b"one"), ("case/state", b"two")}
    mended = vault.seal_case("case/state", b"words", case=b"one")
    assert vault.read_case("case/state", mended, case=b"one") == b"words"
    assert vault.damaged == {("case/state", b"two")}


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        (lambda vault: vault.tag_code("K7Q4F"), b"vestka/code/v1\0K7Q4F"),
        (lambda vault: vault.tag_board("digest"), b"vestka/board/v1\0digest"),
        (lambda vault: vault.tag_topic("telegram", "77"), b"vestka/topic/v1\0telegram\x0077"),
        (lambda vault: vault.tag_day(date(2026, 11, 23)), b"vestka/audit-day/v1\x002026-11-23"),
        (lambda vault: vault.tag_place(258), b"vestka/audit-place/v1\0" + bytes(6) + b"\1\2"),
    ],
)
def test_what_is_found_by_a_mark_is_found_by_one_of_its_own_that_needs_the_key(
    vault: Vault, ring: KeyRing, mark: Callable[[Vault], bytes], message: bytes
) -> None:
    assert mark(vault) == hmac.digest(CASE_KEY, message, "sha256")[:16]
    assert mark(Vault(ring, bytes(32), seals=Seals())) != mark(vault)


def test_a_trait_has_as_many_bits_of_a_mark_as_were_asked_for(vault: Vault) -> None:
    whole = int.from_bytes(hmac.digest(CASE_KEY, b"vestka/match/v1\0name\0pryklad", "sha256")[:4], "big")
    assert [vault.tag_trait("name", "pryklad", bits) for bits in (32, 12)] == [whole, whole >> 20]


def test_a_case_has_a_name_of_each_day_where_accounts_are(
    vault: Vault, ring: KeyRing, clock: FakeClock
) -> None:
    ring.turn(clock.advance(days=1))
    expected = tuple((keys, blind(keys.pepper, "way", b"case")) for keys in ring.days)
    assert len(expected) == 2
    assert vault.tags_of_case(b"case") == expected


def test_an_entry_of_the_audit_log_is_short_and_opens_in_its_place_alone(vault: Vault) -> None:
    sealed = vault.seal_entry(b"words", place=b"place")
    assert open_record(CASE_KEY, "audit", sealed, bound_to=b"place", block=ENTRY) == b"words"
    assert vault.open_entry(sealed, place=b"place") == b"words"
    assert vault.open_entry(sealed, place=b"other") is None


def test_a_row_is_sealed_for_a_day_while_its_keys_are_there(
    vault: Vault, ring: KeyRing, clock: FakeClock
) -> None:
    first = ring.today
    ring.turn(clock.advance(days=1))
    sealed = vault.seal_of(first.day, "outbox", b"words", bound_to=b"row")
    assert sealed
    assert open_record(first.key, "outbox", sealed, bound_to=b"row") == b"words"
    ring.turn(clock.advance(days=2))
    assert vault.seal_of(first.day, "outbox", b"words", bound_to=b"row") is None


def test_the_keys_of_a_day_have_a_mark_that_tells_nothing_else(vault: Vault, ring: KeyRing) -> None:
    assert vault.tag_ring(ring.today) == blind(ring.today.pepper, "ring", b"")


def test_a_lane_keeps_its_shard_whatever_day_it_is(vault: Vault, ring: KeyRing, clock: FakeClock) -> None:
    slots = [f"show:telegram:{number}" for number in range(40)]
    lanes = [lane_of_slot(slot).encode() for slot in slots]
    expected = [hmac.digest(CASE_KEY, b"vestka/shard/v1\0" + lane, "sha256")[0] % 16 for lane in lanes]
    assert [vault.shard_of(slot) for slot in slots] == expected
    assert len(set(expected)) > 8
    ring.turn(clock.advance(days=2))
    assert [vault.shard_of(slot) for slot in slots] == expected
