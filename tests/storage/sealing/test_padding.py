"""Sizes that show nothing: buckets, Padmé, blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.sealing import BodyTooLong, Kind
from storage.sealing.padding import empty_blocks, fill_blocks, padded_size, padme

KIB = 1024
REPORT_LIKE = [Kind.REPORT, Kind.REPLY, Kind.ADDITION, Kind.CHECKPOINT, Kind.NOTE]


@pytest.mark.parametrize("kind", REPORT_LIKE)
def test_reports_have_four_sizes(kind: Kind) -> None:
    edges = [64, 16 * KIB, 16 * KIB + 1, 32 * KIB + 1, 64 * KIB + 1, 128 * KIB]
    assert [padded_size(kind, edge) // KIB for edge in edges] == [16, 16, 32, 64, 128, 128]
    with pytest.raises(BodyTooLong, match="two parts"):
        padded_size(kind, 128 * KIB + 1)


def test_a_digest_grows_in_steps_of_256_kib_and_is_never_smaller() -> None:
    assert [padded_size(Kind.DIGEST, size) // KIB for size in (64, 256 * KIB, 256 * KIB + 1)] == [
        256,
        256,
        512,
    ]


def test_attachments_have_a_floor_and_few_sizes_above_it() -> None:
    assert padded_size(Kind.ATTACHMENT, 64) == 64 * KIB
    sizes, total = set(), 64 * KIB
    while total <= 10 * KIB * KIB:
        sizes.add(padded_size(Kind.ATTACHMENT, total))
        total = padded_size(Kind.ATTACHMENT, total) + 1
    assert len(sizes) == 233


@given(st.integers(64 * KIB, 1 << 40))
def test_padme_never_shrinks_costs_little_and_keeps_its_own_sizes(total: int) -> None:
    padded = padme(total)
    assert total <= padded <= total * 1.0313
    assert padme(padded) == padded


@given(st.binary(max_size=9000))
def test_blocks_give_back_what_filled_them(body: bytes) -> None:
    filled = fill_blocks(body)
    assert len(filled) % 4096 == 0
    assert empty_blocks(filled) == body


@pytest.mark.parametrize(
    "filled",
    [b"", bytes(4095), bytes(4097), bytes(8192), bytes(4095) + b"\x01", b"\xff" * 4 + bytes(4092)],
)
def test_blocks_filled_otherwise_are_refused(filled: bytes) -> None:
    with pytest.raises(ValueError, match="filled"):
        empty_blocks(filled)
