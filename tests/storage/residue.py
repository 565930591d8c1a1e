"""Looks for words in files, however they may be spelt there."""

from __future__ import annotations

from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path


def spellings(word: bytes) -> Iterator[bytes]:
    """The word plainly, backwards, in hexadecimal, and in base64 at each of its three alignments."""
    yield word
    yield word[::-1]
    yield word.hex().encode()
    yield word.hex().upper().encode()
    for encode in (b64encode, urlsafe_b64encode):
        for shift in range(3):
            text = encode(b"\0" * shift + word)
            yield text[4 if shift else 0 : -4]  # the ends depend on the neighbours


def spell_word(word: str) -> set[bytes]:
    """A word in UTF-8, in both UTF-16, and as JSON may escape it."""
    escaped = word.encode("ascii", "backslashreplace")
    plain = (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"), escaped)
    return {spelling for form in plain for spelling in spellings(form)}


def spell_number(number: int) -> set[bytes]:
    """A number in digits, and as 8 bytes in both orders."""
    forms = (str(number).encode(), number.to_bytes(8, "big"), number.to_bytes(8, "little"))
    return {spelling for form in forms for spelling in spellings(form)}


def count_hits(files: Iterable[Path], needles: Iterable[bytes]) -> int:
    """How many of the needles lie in how many of the files."""
    contents = [path.read_bytes() for path in files if path.is_file()]
    return sum(needle in content for needle in needles for content in contents)


def files_under(folder: Path) -> list[Path]:
    """All files of a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]
