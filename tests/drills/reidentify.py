"""The attacker's script: who reported? Written to win.

It holds everything that a stranger who joined the group late can save, the server's disk, and a moderator's
phone, which shows the same group. It knows the program, everybody who may have reported (accounts, names),
and the public list of detained people. It knows neither key nor passphrase. `Findings` says what it found by
which way; who is right is judged elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import sqlite3
import tomllib
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from tests.drills.canaries import Search, files_under, spell_halves, spell_number
from tests.drills.hajun_world import Candidate, Detained

_HASHES = ("md5", "sha1", "sha256", "sha512", "sha3_256", "blake2s", "blake2b")
_DIGITS = re.compile(rb"\d{9,20}")
_LETTERS = (
    re.compile(rb"(?:[\xd0-\xd2][\x80-\xbf]){8,}"),  # Cyrillic in UTF-8
    re.compile(rb"(?:[a-z]|[\xc4\xc5][\x80-\xbf]){8,}"),  # Latin with its marks
)
_WIDE = re.compile(rb"(?:[\x00-\xff]\x04){8,}")  # Cyrillic in UTF-16
_PREFIX = 8
_LINK_SECONDS = 60

Detail = tuple[str, ...]


@dataclass
class Findings:
    """What was found: accounts by the way that led to them, names of detained people, words of stories.

    `residual` are figures about what stays linkable, and is said so in the threat model.
    """

    reporters: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    names: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    links: dict[str, int] = field(default_factory=dict)  # code: account, by time alone
    residual: dict[str, float] = field(default_factory=dict)
    searched: int = 0


@dataclass(frozen=True)
class Loot:
    """The folder with everything that was taken."""

    folder: Path

    @cached_property
    def chat(self) -> list[dict[str, Any]]:
        """Everything that happened in the group, oldest first."""
        lines = (self.folder / "chat.jsonl").read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]

    @cached_property
    def cards(self) -> list[dict[str, Any]]:
        """The first form of each card."""
        posts = (one for one in self.chat if one["kind"] == "post" and one.get("file"))
        return [one for one in posts if not one["file"].startswith("digest-")]

    def rows(self) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Every row of the database, in the order in which it gives them out."""
        database = sqlite3.connect(f"file:{self.folder / 'disk' / 'vestka.db'}?mode=ro", uri=True)
        try:
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (table,) in tables:
                for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608  # its own names
                    yield table, row
        finally:
            database.close()

    @cached_property
    def ids(self) -> set[bytes]:
        """Whatever could be made from an account: the beginnings of all ids, tags and pseudonyms."""
        found = {value[:_PREFIX] for _, row in self.rows() for value in row if isinstance(value, bytes)}
        for line in self.chat:
            for _, token in line.get("buttons", ()):
                found |= {
                    bytes.fromhex(part) for part in token.split(":") if re.fullmatch("[0-9a-f]{16}", part)
                }
        return found | {bytes.fromhex(word) for word in re.findall(r"\b[0-9a-f]{16}\b", self.words)}

    @cached_property
    def words(self) -> str:
        """All texts and titles."""
        return "\n".join(f"{line.get('text', '')} {line.get('title', '')}" for line in self.chat)

    @cached_property
    def codes(self) -> set[str]:
        """All case codes."""
        return {card["file"].removesuffix(".age") for card in self.cards}

    @property
    def config(self) -> list[bytes]:
        """Words of the settings, which may have been used as keys."""
        settings = tomllib.loads((self.folder / "disk" / "vestka.toml").read_text("utf-8"))
        return [str(value).encode() for section in settings.values() for value in section.values()]


def reidentify(
    loot: Loot,
    candidates: Sequence[Candidate],
    detained: Sequence[Detained],
    *,
    words: Sequence[str],
    spelt: int,
    card_of: Callable[[Detained], str],
) -> Findings:
    """Try everything. `words` are words of stories that relatives were heard to use; for the first `spelt`
    candidates, names and words every spelling is looked for, for the others the plain ones; `card_of` writes
    a listed person's facts as a card would."""
    found = Findings()
    search_plainly(loot, candidates, detained, words=words, found=found)
    search_every_spelling(loot, candidates[:spelt], detained[:spelt], words=words[:spelt], found=found)
    try_hashes(loot, candidates, found)
    match_public_list(loot, [card_of(person) for person in detained], found)
    look_at_sizes(loot, found)
    link_by_time(loot, candidates, found)
    return found


def search_plainly(
    loot: Loot,
    candidates: Iterable[Candidate],
    detained: Iterable[Detained],
    *,
    words: Iterable[str],
    found: Findings,
) -> None:
    """Everybody's account, names and words, as digits, letters and 8 bytes, in every file."""
    accounts = {one.account for one in candidates}
    spoken = {one.name.split()[-1].lower(): one.account for one in candidates}
    spoken |= {one.username.lower(): one.account for one in candidates}
    surnames = {one.surname.lower(): one.surname for one in detained}
    told = {word.lower(): word for word in words}
    for path in files_under(loot.folder):
        data = path.read_bytes()
        found.searched += len(data)
        found.reporters["account"] |= accounts & {int(digits) for digits in _DIGITS.findall(data)}
        found.reporters["account"] |= _as_numbers(data, accounts)
        seen = set(_runs_of_letters(data))
        found.reporters["name"] |= {spoken[word] for word in spoken.keys() & seen}
        found.names |= {surnames[word] for word in surnames.keys() & seen}
        found.words |= {told[word] for word in told.keys() & seen}


def _as_numbers(data: bytes, accounts: set[int]) -> set[int]:
    """Accounts that lie somewhere as 8 bytes, in either order."""
    known = np.array(sorted(accounts), dtype=np.uint64)
    found: set[int] = set()
    for kind in ("<u8", ">u8"):
        for start in range(min(8, len(data))):
            numbers = np.frombuffer(data[start : start + (len(data) - start) // 8 * 8], dtype=kind)
            likely = numbers[(numbers >= known[0]) & (numbers <= known[-1])]  # few: most numbers are larger
            found |= set(np.intersect1d(likely.astype(np.uint64), known).tolist())
    return found


def _runs_of_letters(data: bytes) -> Iterator[str]:
    for kind in _LETTERS:
        yield from (run.decode("utf-8", "replace").lower() for run in kind.findall(data))
    yield from (run.decode("utf-16-le", "replace").lower() for run in _WIDE.findall(data))


def search_every_spelling(
    loot: Loot,
    candidates: Sequence[Candidate],
    detained: Sequence[Detained],
    *,
    words: Sequence[str],
    found: Findings,
) -> None:
    """Hexadecimal, base64, reversed, escaped, packed: everything that the canaries' search knows."""
    needles: dict[str, set[bytes]] = {}
    for number, one in enumerate(candidates):
        needles[f"account {number}"] = spell_number(one.account)
        needles[f"name {number}"] = spell_halves(one.name.split()[-1]) | spell_halves(one.username)
    needles |= {f"surname {number}": spell_halves(one.surname) for number, one in enumerate(detained)}
    needles |= {f"word {number}": spell_halves(word) for number, word in enumerate(words)}
    hits = Search(needles).in_files(files_under(loot.folder)).hits
    for _, needle in hits:
        kind, _, place = needle.partition(" ")
        if kind == "surname":
            found.names.add(detained[int(place)].surname)
        elif kind == "word":
            found.words.add(words[int(place)])
        else:
            found.reporters[kind].add(candidates[int(place)].account)


def try_hashes(loot: Loot, candidates: Iterable[Candidate], found: Findings) -> None:
    """Is any id, tag, pseudonym or token made from an account without a secret?"""
    keys = [b"", b"vestka", b"telegram", *loot.config]
    for one in candidates:
        if any(guess[:_PREFIX] in loot.ids for guess in _guesses(one.account, keys)):
            found.reporters["hash"].add(one.account)


def _guesses(account: int, keys: Iterable[bytes]) -> Iterator[bytes]:
    eight = account.to_bytes(8, "big")
    digits = str(account).encode()
    yield from (eight, eight[::-1])
    for form in (digits, eight, eight[::-1], b"telegram:" + digits, b"telegram\0" + eight):
        yield from (hashlib.new(name, form).digest() for name in _HASHES)
        yield from (hmac.digest(key, form, "sha256") for key in keys)


def match_public_list(loot: Loot, listed: Sequence[str], found: Findings) -> None:
    """Which cards fit exactly one person of the public list? That names the detained, not the reporter."""
    people = Counter(listed)
    fitting = [people[facts_on(card["text"])] for card in loot.cards]
    found.residual["cards"] = len(fitting)
    found.residual["cards_that_fit_exactly_one_listed_person"] = fitting.count(1)
    found.residual["cards_that_fit_nobody_listed"] = fitting.count(0)


def facts_on(card: str) -> str:
    """The lines of a card that are about the detained person."""
    kept = ("Region:", "Detained by:", "Age:", "Day:")
    return "\n".join(line for line in card.splitlines() if line.startswith(kept))


def look_at_sizes(loot: Loot, found: Findings) -> None:
    """Does the size of a file tell one report from the others?"""
    sizes = Counter(card["size"] for card in loot.cards)
    found.residual["sizes_of_files"] = len(sizes)
    found.residual["cards_alone_in_their_size"] = sum(times == 1 for times in sizes.values())


def link_by_time(loot: Loot, candidates: Iterable[Candidate], found: Findings) -> None:
    """Whoever watches the lines as well: was exactly one candidate writing when the card appeared?"""
    seen = sorted((moment.timestamp(), one.account) for one in candidates for moment in one.times)
    moments = [moment for moment, _ in seen]
    for card in loot.cards:
        first = bisect_left(moments, card["at"] - _LINK_SECONDS)
        writing = {account for _, account in seen[first : bisect_right(moments, card["at"] + 1)]}
        if len(writing) == 1:
            found.links[card["file"].removesuffix(".age")] = writing.pop()
    found.residual["cards_with_one_candidate_writing_within_a_minute"] = len(found.links)
