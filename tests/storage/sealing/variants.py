"""Altered copies of a file, and the question that a tamper test and its negative control ask of a reader."""

from collections.abc import Callable, Iterable, Iterator

from storage.sealing import CannotOpen
from storage.sealing.stanzas import AgeFailure


def flips(data: bytes, bits: Iterable[int]) -> Iterator[bytes]:
    """One copy per bit number, with that bit turned."""
    copy = bytearray(data)
    for bit in bits:
        copy[bit // 8] ^= 1 << bit % 8
        yield bytes(copy)
        copy[bit // 8] ^= 1 << bit % 8


def truncations(data: bytes, ends: Iterable[int] | None = None) -> Iterator[bytes]:
    """Proper prefixes: those that end where told, or every one, the empty one first."""
    return (data[:end] for end in (range(len(data)) if ends is None else ends))


def count_released(reader: Callable[[bytes], bytes], variants: Iterable[bytes]) -> tuple[int, int]:
    """How many variants were tried, and from how many the reader released anything.

    A refusal is CannotOpen or AgeFailure; any other exception goes through and fails the test.
    """
    tried = released = 0
    for variant in variants:
        tried += 1
        try:
            reader(variant)
        except (CannotOpen, AgeFailure):
            continue
        released += 1
    return tried, released
