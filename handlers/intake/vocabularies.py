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
from handlers.intake.spelling import fold, one_slip, stem

_LONGEST_QUERY = 120  # characters; what is longer is a story
_SPLIT = re.compile(
    r"[,;\n/+&]|(?<=\s)(?:і|и|й|ды|да|and|or|або|или|ці|i|плюс|а таксама|также|яшчэ|ещё)(?=\s)", re.IGNORECASE
)
_MOST_PARTS = 40  # more commas make a story
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


@lru_cache(maxsize=2048)
def _keys(names: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of an entry of our data; what people type is never remembered here."""
    return tuple(dict.fromkeys(key for name in names if (key := fold(name))))


def _word_score(typed: Sequence[str], key: str) -> int | None:
    """All typed words begin words of the name: 2; they do with one slip or another ending: 3 or 4."""
    words = key.split()
    if all(any(word.startswith(part) for word in words) for part in typed):
        return 2
    if all(any(word.startswith(part) or stem(word) == stem(part) for word in words) for part in typed):
        return 3
    if all(any(_slips(part, word) for word in words) for part in typed):
        return 4
    return None


def _slips(part: str, word: str) -> bool:
    if word.startswith(part):
        return True
    if len(part) < 4 or part.isdigit():
        return False
    return one_slip(part, word) or one_slip(part, word[: len(part)])


def _query(text: str) -> str:
    """The key of what was typed, without the small words before names ("у Магілёве", "the prison")."""
    words = fold(text[:_LONGEST_QUERY]).split()
    telling = [word for word in words if word not in _SMALL]
    return " ".join(telling or words)


def _score(query: str, key: str) -> int | None:
    """0 the same, 1 a prefix, 2 all words, 3 other endings, 4 one slip; None for no match."""
    if query == key:
        return 0
    joined = query.replace(" ", "")
    if key.startswith(query) or (len(joined) > 2 and key.replace(" ", "").startswith(joined)):
        return 1
    return _word_score(query.split(), key)


def _rank(entries: Sequence[Entry], query: str) -> list[tuple[int, int, str]]:
    ranked = []
    for place, entry in enumerate(entries):
        scores = [score for key in _keys(entry.names) if (score := _score(query, key)) is not None]
        if scores:
            ranked.append((min(scores), place, entry.id))
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
        named = [entry.id for entry in entries if any(key.split()[-1] == query for key in _keys(entry.names))]
        return (named[0] if len(named) == 1 else None) if named else _by_number(entries, int(query))
    ranked = _rank(entries, query)
    best = [key for score, _, key in ranked if score == ranked[0][0]]
    if len(best) == 1:
        return best[0]
    return None if best else _contained(entries, query)


def _by_number(entries: Sequence[Entry], number: int) -> str | None:
    return entries[number - 1].id if 1 <= number <= len(entries) else None


def _contained(entries: Sequence[Entry], query: str) -> str | None:
    """The entry whose names cover most of a longer phrase: "какие-то люди в масках", "ИВС Гомель"."""
    typed = {stem(word) for word in query.split()}
    sizes: dict[str, int] = {}
    for entry in entries:
        names = [{stem(word) for word in key.split()} for key in _keys(entry.names) if len(key) > 1]
        covered = set[str]().union(*(words for words in names if words <= typed))
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
        return _numbers(entries, told)
    labelled = [entry.id for entry in entries if fold(told[:_LONGEST_QUERY]) in _keys(entry.names)]
    parts = {part.strip() for part in _SPLIT.split(told) if fold(part)}
    if len(parts) > _MOST_PARTS:
        return ()
    picked = {labelled[0]} if len(labelled) == 1 else {pick_one(entries, part) for part in parts}
    return () if None in picked else tuple(entry.id for entry in entries if entry.id in picked)
