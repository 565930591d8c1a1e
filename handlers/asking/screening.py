"""Looks through a question in free words: does it ask about the reporter, or lead them elsewhere?

Whoever fishes for reporters asks who they are. This is no judge: what it finds is shown to the second person,
who decides; only what leads out of the chat is refused at once. Words are in the country pack.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from handlers.asking.skeletons import Words, by_look, by_sound
from handlers.clean import clean
from handlers.country import read_table
from handlers.screens import Line

LONGEST = 300  # characters of a question


@dataclass(frozen=True, slots=True)
class Rule:
    """`phrases` as they sound and as they look; the last word of each may be a beginning (it ends in *)."""

    id: str
    stops: bool
    by_sound: tuple[Words, ...]
    by_look: tuple[Words, ...]


_DOTS = r"\s*(?:\.|\[\.\]|\(\.\)|\[dot\]|\(dot\)|。|․)\s*"
_PATTERNS = {
    "link": (
        re.compile(r"(?<!\w)www(?!\w)", re.IGNORECASE),
        re.compile(r"[a-z][a-z0-9+.-]*\s*(?:\[:\]|:)\s*/\s*/", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:t|telegram){_DOTS}me(?!\w)", re.IGNORECASE),
        re.compile(r"(?<!\w)[\w-]+(?:\.|\[\.\]|\(\.\))(?:[a-z]{2,24}|бел|рф|укр)(?!\w)", re.IGNORECASE),
        re.compile(r"(?<![\d.])(?:\d{1,3}(?:\.|\[\.\])){3}\d{1,3}(?![\d.])"),
    ),
    "account": (re.compile(r"@\s?[a-z0-9_]{3,}", re.IGNORECASE | re.ASCII), re.compile(r"\w@\w+[.-]")),
    "digits": (re.compile(r"(?:\d[\s().+*_–—-]*){6,}\d"),),
}
_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d)(?!\d)")


@cache
def load_rules(country: str = "by") -> tuple[Rule, ...]:
    """The rules of one country pack, in the order in which findings are shown."""
    return tuple(
        Rule(
            row["id"],
            stops=bool(row.get("stops")),
            by_sound=tuple(_read(phrase, by_sound) for phrase in row["words"]),
            by_look=tuple(_read(phrase, by_look) for phrase in row["words"]),
        )
        for row in read_table("asking", country=country)["rule"]
    )


def screen(text: str) -> tuple[Rule, ...]:
    """The rules that a question meets; none where nothing was found."""
    sounds, looks = by_sound(text), by_look(text)
    plain = _DATE.sub("#", unicodedata.normalize("NFKC", clean(unicodedata.normalize("NFKC", text))))
    return tuple(
        rule
        for rule in load_rules()
        if _holds(rule.by_sound, sounds)
        or _holds(rule.by_look, looks)
        or any(pattern.search(plain) for pattern in _PATTERNS.get(rule.id, ()))
    )


def findings(rules: Sequence[Rule]) -> Line:
    """What was found, in one line."""
    if not rules:
        return Line("asking-finds-nothing")
    return Line("asking-finds", {"what": _joined([Line(f"asking-finds-{rule.id}") for rule in rules])})


def _joined(lines: Sequence[Line]) -> Line:
    first, *rest = lines
    return Line("card-list", {"first": first, "rest": _joined(rest)}) if rest else first


def _read(phrase: str, read: Callable[[str], Words]) -> Words:
    words: list[str] = []
    for word in phrase.split():
        found = read(word.rstrip("*"))
        if word.endswith("*") and found:
            found = (*found[:-1], found[-1] + "*")
        words.extend(found)
    return tuple(words)


def _holds(phrases: Sequence[Words], words: Words) -> bool:
    return any(_stands_in(phrase, words) for phrase in phrases if phrase)


def _stands_in(phrase: Words, words: Words) -> bool:
    starts = range(len(words) - len(phrase) + 1)
    return any(all(map(_fits, phrase, words[start:])) for start in starts)


def _fits(wanted: str, word: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
