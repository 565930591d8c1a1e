"""Drafts and records open only under their key, purpose and owner; pseudonyms; the audit chain."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.sealing import (
    AUDIT_START,
    CannotOpen,
    audit_hash,
    blind,
    open_draft,
    open_record,
    seal_draft,
    seal_record,
)
from storage.sealing.padding import ENTRY
from tests.searches import every
from tests.storage.sealing.variants import count_released, flips, truncations

KEY, BID = bytes(range(32)), bytes(range(16))
OTHER = bytes(32)


@given(st.binary(max_size=9000), st.integers(0, 2**64 - 1))
def test_a_draft_opens_to_its_number_and_body(body: bytes, rev: int) -> None:
    assert open_draft(KEY, seal_draft(KEY, body, bid=BID, rev=rev), bid=BID) == (rev, body)


@given(
    st.binary(max_size=9000), st.binary(max_size=40), st.sampled_from(["outbox", "dead-letter", "case/state"])
)
def test_a_record_opens_to_its_body(body: bytes, bound_to: bytes, purpose: str) -> None:
    data = seal_record(KEY, purpose, body, bound_to=bound_to)
    assert open_record(KEY, purpose, data, bound_to=bound_to) == body


def test_records_show_only_blocks_of_4096() -> None:
    drafts = {len(seal_draft(KEY, bytes(size), bid=BID, rev=1)) for size in (0, 1, 4092)}
    records = {len(seal_record(KEY, "outbox", bytes(size))) for size in (0, 1, 4092)}
    assert (drafts, records) == ({4177}, {4169})
    assert len(seal_record(KEY, "outbox", bytes(4093))) == 4169 + 4096


@pytest.mark.parametrize("size", [0, 1, ENTRY - 4])
def test_a_record_fills_the_blocks_it_was_sealed_in(size: int) -> None:
    data = seal_record(KEY, "audit", bytes(size), block=ENTRY)
    assert len(data) == 4169 - 4096 + ENTRY
    assert open_record(KEY, "audit", data, block=ENTRY) == bytes(size)
    with pytest.raises(CannotOpen):
        open_record(KEY, "audit", data)


@pytest.mark.parametrize(
    "opening",
    [
        lambda data: open_record(OTHER, "outbox", data, bound_to=b"row"),
        lambda data: open_record(KEY, "case", data, bound_to=b"row"),
        lambda data: open_record(KEY, "outbox", data, bound_to=b"another row"),
        lambda data: open_record(KEY, "outbox", data),
        lambda data: open_draft(KEY, data, bid=BID),
    ],
)
def test_a_record_does_not_open_elsewhere(opening: Callable[[bytes], object]) -> None:
    data = seal_record(KEY, "outbox", b"text", bound_to=b"row")
    with pytest.raises(CannotOpen) as refusal:
        opening(data)
    assert refusal.value.__context__ is None
    assert open_record(KEY, "outbox", data, bound_to=b"row") == b"text"


def test_a_draft_does_not_open_for_another_person_or_under_another_day_key() -> None:
    data = seal_draft(KEY, b"text", bid=BID, rev=3)
    for key, bid in ((KEY, bytes(16)), (OTHER, BID)):
        with pytest.raises(CannotOpen):
            open_draft(key, data, bid=bid)


def test_an_old_draft_cannot_be_given_a_new_number() -> None:
    data = seal_draft(KEY, b"text", bid=BID, rev=3)
    renumbered = data[:33] + (4).to_bytes(8, "big") + data[41:]
    with pytest.raises(CannotOpen):
        open_draft(KEY, renumbered, bid=BID)


def test_no_turned_bit_and_no_truncation_of_a_record_is_accepted(thorough: bool) -> None:
    record, draft = seal_record(KEY, "case", b"text"), seal_draft(KEY, b"text", bid=BID, rev=3)
    readers: list[tuple[bytes, Callable[[bytes], bytes]]] = [
        (record, lambda data: open_record(KEY, "case", data)),
        (draft, lambda data: open_draft(KEY, data, bid=BID)[1]),
    ]
    for data, reader in readers:
        bits = every(range(len(data) * 8), thorough=thorough, sample=2_001)
        ends = every(range(len(data)), thorough=thorough)
        assert count_released(reader, flips(data, bits)) == (len(bits), 0)
        assert count_released(reader, truncations(data, ends)) == (len(ends), 0)


def test_two_writes_of_one_body_share_nothing() -> None:
    first, second = (seal_record(KEY, "case", b"text") for _ in range(2))
    assert first[1:33] != second[1:33]
    assert first[57:] != second[57:]


@pytest.mark.parametrize("purpose", ["", "Outbox", "a b", "а", "x" * 65, "a\0b"])
def test_a_purpose_is_a_plain_word(purpose: str) -> None:
    with pytest.raises(ValueError, match="purpose"):
        seal_record(KEY, purpose, b"")


def test_keys_and_pseudonyms_of_another_length_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        seal_record(bytes(16), "case", b"")
    with pytest.raises(ValueError, match="16 bytes"):
        seal_draft(KEY, b"", bid=b"", rev=0)


def test_a_pseudonym_changes_with_pepper_network_and_account() -> None:
    made = {
        blind(KEY, "telegram", b"1"),
        blind(OTHER, "telegram", b"1"),
        blind(KEY, "matrix", b"1"),
        blind(KEY, "telegram", b"2"),
    }
    assert len(made) == 4
    assert all(len(bid) == 16 for bid in made)
    assert blind(KEY, "telegram", b"1") in made


def test_a_pseudonym_needs_a_whole_pepper_and_a_plain_network() -> None:
    with pytest.raises(ValueError, match="pepper"):
        blind(bytes(16), "telegram", b"1")
    with pytest.raises(ValueError, match="zero byte"):
        blind(KEY, "tele\0gram", b"1")


def chain(entries: list[dict[str, object]]) -> bytes:
    head = AUDIT_START
    for entry in entries:
        head = audit_hash(head, entry)
    return head


def test_the_audit_head_shows_any_change_of_the_past() -> None:
    entries: list[dict[str, object]] = [{"i": number, "t": "seal"} for number in range(4)]
    changed = [
        entries[:1] + entries[2:],
        entries[::-1],
        entries[:-1],
        [*entries[:3], {"i": 3, "t": "sealed"}],
    ]
    heads = {chain(each) for each in [entries, *changed]}
    assert len(heads) == 5
    assert chain([dict(reversed(entry.items())) for entry in entries]) == chain(entries)


def test_a_head_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        audit_hash(b"", {})
