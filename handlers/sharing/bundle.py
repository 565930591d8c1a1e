"""The digest bundle: what the server knows of the day, and the sealed objects themselves, as one document.

The server cannot open a report, so it sends what it holds; the holder's machine opens both layers. Bytes
and rules: docs/digest.md. Everything here is pure: the same cases give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from handlers.sharing.bundle_text import (
    SIGNED_AS,
    peek_part,
    read_bundle,
    signed_bytes,
    write_bundle,
    write_entry,
)
from handlers.sharing.counters import count
from handlers.sharing.entries import Bundle, Entry, ObjectEntry, Totals
from handlers.sharing.news import News, find_news, is_overdue
from handlers.triage.cases import Case, Status
from handlers.triage.facts import Level

__all__ = [
    "SIGNED_AS",
    "Bundle",
    "Entry",
    "ObjectEntry",
    "Totals",
    "build_bundle",
    "peek_part",
    "read_bundle",
    "signed_bytes",
]

LIMIT = 30 * 1024 * 1024
_HEAD = 64 * 1024  # room for everything that is not a case
_ORDER = {level: place for place, level in enumerate(Level)}


def build_bundle(
    day: str,
    cases: Sequence[Case],
    objects: Mapping[bytes, ObjectEntry],
    *,
    since: str,
    organisation: str,
    bot_key: bytes,
    sign: Callable[[bytes], bytes],
    limit: int = LIMIT,
) -> list[bytes]:
    """Write the digest of `day` (ISO); `since` is the day of the last one; `objects` go by case id.

    `sign` makes the server's signature (Ed25519, 64 bytes) over `SIGNED_AS` and the bytes it is given.
    Returns the bodies of one or more objects of kind 5, each at most `limit` bytes unless a single case is
    longer. An empty day gives one body of the same shape.
    """
    entries = select_entries(day, cases, objects, since=since)
    groups = _share_out(entries, [len(write_entry(entry)) for entry in entries], limit=limit - _HEAD)
    totals = add_up(day, cases, since=since)
    return [
        write_bundle(Bundle(day, since, organisation, bot_key, number, len(groups), totals, group), sign)
        for number, group in enumerate(groups, 1)
    ]


def select_entries(
    day: str, cases: Iterable[Case], objects: Mapping[bytes, ObjectEntry], *, since: str
) -> tuple[Entry, ...]:
    """The cases that are new, changed or overdue; the most urgent first, then the oldest."""
    entries = []
    for case in cases:
        news = find_news(case, day=day, since=since)
        if news is not None:
            held = objects.get(case.id)
            entries.append(Entry(case, news, is_overdue(case, day=day), held, held.digest if held else None))
    return tuple(sorted(entries, key=lambda entry: _rank(entry.case)))


def add_up(day: str, cases: Iterable[Case], *, since: str) -> Totals:
    """Count the day."""
    told = [(case, find_news(case, day=day, since=since)) for case in cases if case.status is not Status.HELD]
    return Totals(
        new=sum(news is News.NEW for _, news in told),
        changed=sum(news is News.CHANGED for _, news in told),
        overdue=sum(is_overdue(case, day=day) for case, _ in told),
        open=sum(case.status in (Status.NEW, Status.CLAIMED) for case, _ in told),
        counters=count(case.facts for case, news in told if news is News.NEW),
    )


def _rank(case: Case) -> tuple[int, str, str, bytes]:
    return (_ORDER[case.level], case.day, case.code, case.id)


def _share_out(entries: tuple[Entry, ...], sizes: Sequence[int], *, limit: int) -> list[tuple[Entry, ...]]:
    """Cut the row of entries into parts of at most `limit` bytes; there is always at least one part."""
    groups: list[list[Entry]] = [[]]
    filled = 0
    for entry, size in zip(entries, sizes, strict=True):
        if groups[-1] and filled + size > limit:
            groups.append([])
            filled = 0
        groups[-1].append(entry)
        filled += size + 1
    return [tuple(group) for group in groups]
