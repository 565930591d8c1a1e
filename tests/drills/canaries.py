"""Words that occur nowhere else, and a search for them in files, however they may be spelt there.

A canary is 16 random bytes in a form that somebody could type. It is looked for by its halves, so that one
that was cut or broken over two lines is found, too. The search goes through gigabytes: every needle has a
stretch of seven bytes, so one of its 4-byte words stands at a multiple of four wherever the needle lies, and
only those words of a file are looked up. Streams of zlib and gzip are unpacked on the way.
"""

from __future__ import annotations

import json
import random
import re
import zlib
from base64 import b64encode, urlsafe_b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from io import FileIO
from itertools import chain
from pathlib import Path
from urllib.parse import quote

import numpy as np
import numpy.typing as npt

_CYRILLIC = "абвгдежзйклмнопрстуфхцчшыьэюяіўё"  # 32 letters: five bits each
_LATIN = "abcdefghijklmnopqrstuvwxyzčšžłńś"
_LEAST = 8  # bytes in a needle: fewer would be found by chance in a large file
CHUNK = 1 << 25
_OVERLAP = 1 << 16
_PACKED = (
    re.compile(rb"\x78[\x01\x5e\x9c\xda]"),
    re.compile(rb"\x1f\x8b\x08"),
)  # zlib, gzip; fast one by one
_UNPACKED = 1 << 22  # bytes of one stream at most
_PIECE = 1 << 12
_BLOCK = 1 << 16  # words looked up at once, so that they stay in the processor's cache
_TABLE_BITS = 20
_HASHES = (np.uint32(2654435761), np.uint32(2246822519))
_STRETCH = 7
Words = npt.NDArray[np.uint32]


def make_word(chance: random.Random, letters: str) -> str:
    """16 random bytes as letters of an alphabet of 32."""
    number = int.from_bytes(chance.randbytes(16), "big")
    return "".join(letters[number >> 5 * place & 31] for place in range(26)).capitalize()


def cyrillic(chance: random.Random) -> str:
    """As a name or a word of a story."""
    return make_word(chance, _CYRILLIC)


def latin(chance: random.Random) -> str:
    """The same in łacinka."""
    return make_word(chance, _LATIN)


def account(chance: random.Random) -> int:
    """As large as Telegram's ids may become: 41 to 52 bits, so that no page number looks like it."""
    return chance.randrange(2**40, 2**52)


def _encodings(word: bytes) -> Iterator[bytes]:
    """As it is, backwards, in hexadecimal, and in base64 at each of its three alignments."""
    yield word
    yield word[::-1]
    yield word.hex().encode()
    yield word.hex().upper().encode()
    for encode in (b64encode, urlsafe_b64encode):
        for shift in range(3):
            text = encode(b"\0" * shift + word)
            yield text[-(-shift * 8 // 6) : (shift + len(word)) * 8 // 6]  # what the neighbours do not change


def spell_bytes(secret: bytes) -> set[bytes]:
    """Bytes, such as a key."""
    return {one for one in _encodings(secret) if len(one) >= _LEAST}


def spell_word(word: str) -> set[bytes]:
    """A word as typed, small and capital, in UTF-8 and UTF-16, and as JSON and addresses escape it."""
    found: set[bytes] = set()
    for text in {word, word.lower(), word.upper(), word[::-1]}:
        escaped = json.dumps(text)[1:-1].encode()
        address = quote(text).encode()
        forms = [text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be"), escaped, address]
        forms += [address.lower(), re.sub(rb"(?<=\\u)\w{4}", lambda code: code[0].upper(), escaped)]
        for form in forms:
            found |= spell_bytes(form)
    return found


def spell_halves(word: str) -> set[bytes]:
    """A long word by its two halves."""
    middle = len(word) // 2
    return spell_word(word[:middle]) | spell_word(word[middle:])


def spell_number(number: int) -> set[bytes]:
    """A number in digits, in hexadecimal, and as 8 bytes in both orders."""
    eight = number.to_bytes(8, "big")
    forms = spell_word(str(number)) | spell_word(f"{number:x}")
    return forms | spell_bytes(eight) | spell_bytes(eight[::-1])


@dataclass
class Found:
    """What a search found: bytes looked through, files, and hits as (file, name of the canary)."""

    bytes: int = 0
    files: int = 0
    hits: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """How many times anything was found."""
        return self.hits.total()

    def add(self, other: Found) -> None:
        """Together with another search."""
        self.bytes += other.bytes
        self.files += other.files
        self.hits += other.hits

    def names(self) -> list[str]:
        """Where what was found, without the words themselves."""
        return sorted({f"{canary} in {file}" for file, canary in self.hits})


class Search:
    """Looks for all spellings of all canaries at once; `canaries` names each set of spellings."""

    def __init__(self, canaries: Mapping[str, Iterable[bytes]]) -> None:
        self._names = {needle: name for name, needles in canaries.items() for needle in needles}
        self._words: dict[int, list[tuple[bytes, int]]] = {}
        for needle in self._names:
            for offset in _best_offsets(needle):
                word = int.from_bytes(needle[offset : offset + 4], "little")
                self._words.setdefault(word, []).append((needle, offset))
        known = np.array(list(self._words), dtype=np.uint32)
        self._tables = [_note(known, factor) for factor in _HASHES]

    def in_bytes(self, data: bytes, *, until: int | None = None) -> Counter[str]:
        """How often each canary begins before `until`, also inside packed streams that begin there."""
        until = len(data) if until is None else until
        found = self._plain(data, until)
        for stream in _unpack(data, until):
            found += self._plain(stream, len(stream))
            for inner in _unpack(stream, len(stream)):
                found += self._plain(inner, len(inner))
        return found

    def _plain(self, data: bytes, until: int) -> Counter[str]:
        hits: set[tuple[int, bytes]] = set()
        for at, word in self._candidates(np.frombuffer(data, dtype="<u4", count=len(data) // 4)):
            for needle, offset in self._words.get(word, ()):
                start = at - offset
                if 0 <= start < until and data.startswith(needle, start):
                    hits.add((start, needle))
        return Counter(self._names[needle] for _, needle in hits)

    def _candidates(self, words: Words) -> Iterator[tuple[int, int]]:
        """Place and value of the words that are very likely part of a needle."""
        for first in range(0, len(words), _BLOCK):
            block = words[first : first + _BLOCK]
            places = np.flatnonzero(self._tables[0].take(_slots(block, _HASHES[0])))
            places = places[self._tables[1].take(_slots(block[places], _HASHES[1]))]
            yield from zip((4 * (places + first)).tolist(), block[places].tolist(), strict=True)

    def in_file(self, path: Path) -> Found:
        """One file."""
        found = Found(files=1)
        with path.open("rb", buffering=0) as file:
            for data, until in _pieces(file):
                for name, times in self.in_bytes(data, until=until).items():
                    found.hits[path.name, name] += times
                found.bytes += until
        return found

    def in_files(self, paths: Iterable[Path]) -> Found:
        """Files; a folder, and one that has gone meanwhile, count for nothing."""
        found = Found()
        for path in paths:
            with suppress(FileNotFoundError):
                if path.is_file():
                    found.add(self.in_file(path))
        return found


def _pieces(file: FileIO) -> Iterator[tuple[bytes, int]]:
    """A file in pieces that overlap, each with its length without the overlap."""
    at = 0
    while data := file.read(CHUNK + _OVERLAP):
        until = min(len(data), CHUNK)
        yield data, until
        at += until
        file.seek(at)


def _best_offsets(needle: bytes) -> range:
    """Four places in a needle one of which is at a multiple of four; where it has most different bytes."""
    if len(needle) < _LEAST:
        raise ValueError("a needle this short is found by chance")
    starts = range(len(needle) - _STRETCH + 1)
    best = max(starts, key=lambda start: len(set(needle[start : start + _STRETCH])))
    return range(best, best + _STRETCH - 3)


def _note(words: Words, factor: np.uint32) -> npt.NDArray[np.bool_]:
    """A table in which words are noted."""
    table = np.zeros(1 << _TABLE_BITS, dtype=np.bool_)
    table[_slots(words, factor)] = True
    return table


def _slots(words: Words, factor: np.uint32) -> npt.NDArray[np.intp]:
    """Where in the table words are noted."""
    return ((words * factor) >> np.uint32(32 - _TABLE_BITS)).astype(np.intp)


def _unpack(data: bytes, until: int) -> Iterator[bytes]:
    """Whatever can be unpacked of streams of zlib and gzip, also of broken ones."""
    view = memoryview(data)
    for head in chain.from_iterable(kind.finditer(data, 0, until) for kind in _PACKED):
        stream = zlib.decompressobj(wbits=47)
        pieces: list[bytes] = []
        try:
            for start in range(head.start(), len(data), _PIECE):
                pieces.append(stream.decompress(view[start : start + _PIECE], _UNPACKED))
                if stream.eof or sum(map(len, pieces)) >= _UNPACKED:
                    break
        except zlib.error:
            pass
        if unpacked := b"".join(pieces):
            yield unpacked


def files_under(folder: Path) -> list[Path]:
    """All files of a folder."""
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
