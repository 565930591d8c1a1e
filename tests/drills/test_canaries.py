"""The search finds a canary however it is spelt, wherever it lies; and nothing where there is none."""

from __future__ import annotations

import gzip
import json
import random
import zlib
from base64 import b64encode, urlsafe_b64encode
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.drills import canaries
from tests.drills.canaries import Search, account, cyrillic, latin, spell_halves, spell_number, spell_word

CHANCE = random.Random(16)
WORD, TYPED, NUMBER = cyrillic(CHANCE), latin(CHANCE), account(CHANCE)
SEARCH = Search({"word": spell_halves(WORD) | spell_halves(TYPED), "number": spell_number(NUMBER)})
PLAIN = WORD.encode()


@pytest.mark.parametrize(
    "spelt",
    [
        PLAIN,
        WORD.upper().encode(),
        WORD.lower().encode(),
        TYPED.encode(),
        PLAIN[:30],  # cut short
        PLAIN[::-1],
        WORD[::-1].encode(),
        WORD.encode("utf-16-le"),
        WORD.encode("utf-16-be"),
        PLAIN.hex().encode(),
        PLAIN.hex().upper().encode(),
        *(b64encode(b"xy"[:shift] + PLAIN + b"yz") for shift in range(3)),
        *(urlsafe_b64encode(b"xy"[:shift] + PLAIN + b"yz") for shift in range(3)),
        json.dumps(WORD).encode(),
        quote(WORD).encode(),
        zlib.compress(PLAIN),
        gzip.compress(b"before" + PLAIN, mtime=0),
        zlib.compress(zlib.compress(PLAIN)),
        zlib.compress(PLAIN + random.Random(1).randbytes(9_000))[:8_000],  # broken off
        str(NUMBER).encode(),
        f"{NUMBER:x}".encode(),
        NUMBER.to_bytes(8, "big"),
        NUMBER.to_bytes(8, "little"),
        b64encode(b"x" + NUMBER.to_bytes(8, "big")),
    ],
)
@pytest.mark.parametrize("shift", range(4))
def test_the_search_knows_how_words_can_be_spelt(spelt: bytes, shift: int) -> None:
    noise = random.Random(2).randbytes(1_000 + shift)
    assert SEARCH.in_bytes(noise + spelt + noise).total() > 0


def test_noise_zeros_and_other_words_are_no_hits() -> None:
    chance = random.Random(3)
    others = "".join(cyrillic(chance) + str(account(chance)) for _ in range(1_000)).encode()
    for data in (chance.randbytes(1 << 20), bytes(1 << 20), others, zlib.compress(others)):
        assert SEARCH.in_bytes(data).total() == 0


@pytest.mark.parametrize("back", [0, 1, 25, 52, 60])
def test_a_word_across_two_pieces_of_a_large_file_counts_once(tmp_path: Path, back: int) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.seek(canaries.CHUNK - back)
        file.write(str(NUMBER).encode() + PLAIN)
        file.truncate(canaries.CHUNK + 100_000)
    found = SEARCH.in_file(path)
    assert found.bytes == canaries.CHUNK + 100_000
    here = Search({"word": spell_halves(WORD), "number": spell_number(NUMBER)}).in_bytes(
        str(NUMBER).encode() + PLAIN
    )
    assert {canary: times for (_, canary), times in found.hits.items()} == dict(here)


def test_a_needle_that_chance_would_find_is_refused() -> None:
    with pytest.raises(ValueError, match="by chance"):
        Search({"short": {b"1234567"}})
    assert min(map(len, spell_word("Ян") | spell_number(2**40))) >= 8
