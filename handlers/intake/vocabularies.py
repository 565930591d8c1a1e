"""Long lists by typing: search as you type, and picking by number, label or word.

Names are compared by the keys of `spelling`, so that "Окрестина", "акрэсціна" and "okrest" meet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from handlers.intake.misreads import LONGEST
from handlers.intake.negations import is_negated
from handlers.intake.spelling import fold, one_slip, stem

_LONGEST_QUERY = 120  # characters; what is longer is a story
_SPLIT = re.compile(
    r"[,;\n/+&]|(?<=\s)(?:і|и|й|ды|да|and|or|або|или|ці|i|плюс|а таксама|также|яшчэ|ещё)(?=\s)", re.IGNORECASE
)
_MOST_PARTS = 40  # more commas make a story
_SLIPPING = 5  # letters; in a shorter word one slip makes another word
_SHORT = 4  # letters of a key that many words share
_SIGNED = re.compile(r"(?:^|[,;.])\s*[-+−–—]\s*[0-9]|[0-9]\.[0-9]")
_SPEAKING = re.compile(r"^(?:я|мы|i|we|пока|пакуль)\s+", re.IGNORECASE)  # "я не ведаю"
_LETTERED = re.compile(r"\w+")
_SMALL = frozenset(("u", "ua", "na", "z", "iz", "s", "in", "at", "the", "an"))
_RANGE = re.compile(r"([0-9]{1,2})\s?[-–—]\s?([0-9]{1,2})")
_NUMBERS = re.compile(r"[0-9\s,;.\-–—+&/іиi)(№#]+|[0-9\s,;.]+(?:and|да|ды)[0-9\s,;.]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list; `names` are all its labels and aliases, in all languages."""

    id: str
    names: tuple[str, ...]


def read_aliases(table: Mapping[str, Any]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Further names of entries, from the table "aliases" of a country pack: vocabulary, id, names."""
    return {
        vocabulary: {key: tuple(str(name) for name in names) for key, names in entries.items()}
        for vocabulary, entries in table.items()
    }


@dataclass(frozen=True, slots=True)
class _Key:
    """One name of an entry, ready to be compared."""

    key: str
    joined: str
    words: tuple[str, ...]
    stems: tuple[str, ...]
    initials: frozenset[str]
    negated: bool


@dataclass(frozen=True, slots=True)
class _Names:
    keys: Mapping[str, _Key]
    spelt: frozenset[str]  # all words of all names, as they are written


@lru_cache(maxsize=2048)
def _names(names: tuple[str, ...]) -> _Names:
    """The names of an entry of our data, folded once; what people type is never remembered here."""
    keys: dict[str, _Key] = {}
    for name in names:
        key = fold(name)
        words = tuple(key.split())
        if key and key not in keys:
            keys[key] = _Key(
                key, "".join(words), words, tuple(map(stem, words)), _initials(words), is_negated(name)
            )
    return _Names(keys, frozenset(_LETTERED.findall(" ".join(names).lower())))


def _initials(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word[0] for word in words)


def is_number(text: str) -> bool:
    """False for signs and decimals: "-1" and "1.5" are no numbers of a list."""
    return _SIGNED.search(text) is None


def _word_score(typed: Sequence[str], stems: Sequence[str], name: _Key) -> int | None:
    """All typed words begin words of the name: 2; they do with one slip or another ending: 3 or 4.

    All of these leave the first letter as it is, which is why the caller compares that first.
    """
    if all(any(word.startswith(part) for word in name.words) for part in typed):
        return 2
    pairs = list(zip(typed, stems, strict=True))
    if all(base in name.stems or any(w.startswith(part) for w in name.words) for part, base in pairs):
        return 3
    if all(any(_slips(part, word) for word in name.words) for part in typed):
        return 4
    return None


def _slips(part: str, word: str) -> bool:
    if word.startswith(part):
        return True
    if len(part) < _SLIPPING or part.isdigit() or part[0] != word[0]:
        return False
    return one_slip(part, word) or one_slip(part, word[: len(part)])


def _query(text: str) -> str:
    """The key of what was typed, without the small words before names ("у Магілёве", "the prison")."""
    words = fold(text[:_LONGEST_QUERY]).split()
    telling = [word for word in words if word not in _SMALL]
    return " ".join(telling or words)


def _rank(entries: Sequence[Entry], query: str) -> list[tuple[int, int, str]]:
    """0 the same, 1 a prefix, 2 all words, 3 other endings, 4 one slip; what does not match is left out."""
    typed, joined = query.split(), query.replace(" ", "")
    stems, initials = [stem(word) for word in typed], _initials(typed)
    ranked = []
    for place, entry in enumerate(entries):
        keys = _names(entry.names).keys
        if query in keys:
            ranked.append((0, place, entry.id))
            continue
        best: int | None = None
        for key, name in keys.items():
            begun = key.startswith(query) or (len(joined) > 2 and name.joined.startswith(joined))
            if begun:
                best = 1
                break
            score = _word_score(typed, stems, name) if initials <= name.initials else None
            best = score if best is None else min(best, score or best)
        if best is not None:
            ranked.append((best, place, entry.id))
    return sorted(ranked)


def search(entries: Sequence[Entry], text: str, *, limit: int = 8) -> tuple[str, ...]:
    """Ids for what has been typed so far, best first: same, prefix, all words, other endings, one slip."""
    query = _query(text)
    return tuple(key for _, _, key in _rank(entries, query)[:limit]) if query else ()


def pick_one(entries: Sequence[Entry], text: str) -> str | None:
    """The one entry that a number (from 1), a label, an alias or the start of one names; None if unclear."""
    query = _query(text)
    if not query:
        return None
    if query.isdigit() and len(query) <= 3:
        return _numbered(entries, query) if is_number(text.strip()) else None
    if is_negated(text):
        return _said_so(entries, text)
    ranked = _rank(entries, query)
    best = [key for score, _, key in ranked if score == ranked[0][0]]
    if len(best) == 1:
        return best[0]
    return None if best else _contained(entries, text)


def _numbered(entries: Sequence[Entry], digits: str) -> str | None:
    """ "8" is prison no. 8, where a name ends so; else the entry of that number."""
    named = [e.id for e in entries if any(key.words[-1] == digits for key in _names(e.names).keys.values())]
    if named:
        return named[0] if len(named) == 1 else None
    return _by_number(entries, int(digits))


def _said_so(entries: Sequence[Entry], text: str) -> str | None:
    """A "not" turns a name round; it counts only where the name itself says "not" ("не ведаю")."""
    keys = {fold(text[:_LONGEST_QUERY]), fold(_SPEAKING.sub("", text[:_LONGEST_QUERY].strip()))}
    same = [entry.id for entry in entries if keys & _names(entry.names).keys.keys()]
    if same:
        return same[0] if len(same) == 1 else None
    begun = [
        entry.id
        for entry in entries
        if any(
            name.negated and f" {key} " in f" {name.key} "
            for name in _names(entry.names).keys.values()
            for key in keys
            if " " in key
        )
    ]
    return begun[0] if len(begun) == 1 else None


def _by_number(entries: Sequence[Entry], number: int) -> str | None:
    return entries[number - 1].id if 1 <= number <= len(entries) else None


def _contained(entries: Sequence[Entry], text: str) -> str | None:
    """The entry whose names cover most of a longer phrase: "какие-то люди в масках", "ИВС Гомель".

    A short word counts only as it is written in a name: "qwer" is not another spelling of "queer".
    """
    told = [(word, stem(key)) for word in _LETTERED.findall(text.lower()) for key in fold(word).split()]
    keys = {stem(word) for word in _query(text).split()}
    sizes: dict[str, int] = {}
    for entry in entries:
        names = _names(entry.names)
        typed = {key for word, key in told if key in keys and (len(key) > _SHORT or word in names.spelt)}
        typed |= {key for key in keys if key.isdigit()}
        own = (set(name.stems) for name in names.keys.values() if len(name.key) > 1)
        covered = set[str]().union(*(stems for stems in own if stems <= typed))
        if covered:
            sizes[entry.id] = len(covered)
    best = [key for key, size in sizes.items() if size == max(sizes.values())]
    return best[0] if len(best) == 1 else None


def _numbers(entries: Sequence[Entry], text: str) -> tuple[str, ...]:
    """1,3; 1 и 3; 1-3; () when a number names nothing."""
    spans = [(int(a), int(b)) for a, b in _RANGE.findall(text)]
    singles = [(int(n), int(n)) for n in re.findall(r"[0-9]{1,3}", _RANGE.sub(" ", text))]
    if any(low > high for low, high in spans):
        return ()
    wanted = [number for low, high in sorted(spans + singles) for number in range(low, high + 1)]
    picked = [_by_number(entries, number) for number in dict.fromkeys(wanted)]
    known = tuple(key for key in picked if key is not None)
    return known if len(known) == len(picked) else ()


def pick_many(entries: Sequence[Entry], text: str) -> tuple[str, ...]:
    """The entries that a typed answer names, in the list's order; () unless all of it is understood."""
    told = text[:LONGEST].strip()
    if any(c.isdigit() for c in told) and _NUMBERS.fullmatch(told):
        return _numbers(entries, told) if is_number(told) else ()
    whole = fold(told[:_LONGEST_QUERY])
    labelled = [entry.id for entry in entries if whole in _names(entry.names).keys]
    parts = {part.strip() for part in _SPLIT.split(told) if fold(part)}
    if len(parts) > _MOST_PARTS:
        return ()
    picked = {labelled[0]} if len(labelled) == 1 else {pick_one(entries, part) for part in parts}
    return () if None in picked else tuple(entry.id for entry in entries if entry.id in picked)
