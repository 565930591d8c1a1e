"""Every bit flip and every truncation of a sealed report is refused, and no byte of it is released.

All 157,544 flips and 19,693 truncations are tried by `pytest --thorough`, an even sample of them every time.
The controls read the same files with one protection off, and must release something.
"""

from storage.sealing import Identity, Kind, open_sealed, seal
from tests.searches import every
from tests.storage.sealing.people import EPOCH, identity_of, set_of
from tests.storage.sealing.variants import count_released, flips, truncations
from tests.storage.sealing.weak_readers import read_chunk_by_chunk, read_without_mac
from tests.vectors.objects import vso1_1
from tests.vectors.oracle import drbg

HOLDER = Identity.from_seed(drbg("mod"))


def read(data: bytes) -> bytes:
    return open_sealed(data, [HOLDER]).body


def test_no_turned_bit_of_a_sealed_report_is_accepted(thorough: bool) -> None:
    data = vso1_1()
    bits = every(range(len(data) * 8), thorough=thorough, sample=3_001)
    assert count_released(read, flips(data, bits)) == (157_544 if thorough else 3_001, 0)
    assert read(data)


def test_no_truncation_of_a_sealed_report_is_accepted(thorough: bool) -> None:
    data = vso1_1()
    ends = every(range(len(data)), thorough=thorough, sample=1_001)
    assert count_released(read, truncations(data, ends)) == (19_693 if thorough else 1_001, 0)


def test_no_appended_byte_is_accepted() -> None:
    data = vso1_1()
    longer = (data + tail for tail in (b"\0", b"\n", bytes(16), bytes(65_552), data))
    assert count_released(read, longer) == (5, 0)


def test_control_without_the_mac_turned_bits_are_accepted() -> None:
    data = vso1_1()
    bits = range(data.index(b"20780") * 8, data.index(b"-> mlkem") * 8)
    _, released = count_released(lambda variant: read_without_mac(variant, HOLDER), flips(data, bits))
    assert released > 100


def two_chunks() -> tuple[bytes, Identity]:
    sealed = seal(
        Kind.ATTACHMENT, b"\x07" * 66_000, object_id=bytes(16), epoch=EPOCH, to=set_of(1, strict=True)
    )
    return sealed.data, identity_of(0)


def test_a_change_in_the_second_chunk_releases_nothing_of_the_first() -> None:
    data, holder = two_chunks()
    bits = range((len(data) - 100) * 8, len(data) * 8)
    assert count_released(lambda variant: open_sealed(variant, [holder]).body, flips(data, bits)) == (800, 0)


def test_control_a_reader_that_releases_chunk_by_chunk_gives_a_prefix_away() -> None:
    data, holder = two_chunks()
    bits = range((len(data) - 100) * 8, len(data) * 8)
    _, released = count_released(lambda variant: read_chunk_by_chunk(variant, holder), flips(data, bits))
    assert released == 800
