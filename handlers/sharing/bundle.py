"""The digest bundle: what the server knows of the day, and the sealed objects themselves, as one document.

The server cannot open a report, so it sends what it holds; the holder's machine opens both layers. Bytes
and rules: docs/digest.md. Everything here is pure: the same cases give the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.sharing.bundle_text import (
    SIGNED_AS,
    measure_entry,
    peek_part,
    read_bundle,
    signed_bytes,
    strip_signature,
    write_bundle,
)
from handlers.sharing.counters import Tally
from handlers.sharing.entries import Bundle, Entry, ObjectEntry, Totals
from handlers.sharing.news import News, find_news, is_overdue
from handlers.triage.cases import Case, Status
from handlers.triage.facts import Level

__all__ = [
    "LIMIT",
    "SIGNED_AS",
    "Bundle",
    "Entry",
    "ObjectEntry",
    "Outline",
    "Totals",
    "fill_entries",
    "peek_part",
    "read_bundle",
    "signed_bytes",
    "strip_signature",
    "write_bundle",
]

LIMIT = 30 * 1024 * 1024
_HEAD = 64 * 1024  # room for everything that is not a case
_ORDER = {level: place for place, level in enumerate(Level)}


class Outline:
    """A day's digest before its objects are fetched: takes case after case, then shares them out.

    `day` is the digest's (ISO), `since` the day of the last one. `waiting`: tell what is neither new nor
    changed and overdue, too.
    """

    def __init__(self, day: str, since: str, *, waiting: bool = True) -> None:
        self.day, self.since = day, since
        self._left_out = () if waiting else (News.WAITING,)
        self._entries: list[Entry] = []
        self._counted = Counter(new=0, changed=0, overdue=0, open=0)
        self._new = Tally()

    def add(self, case: Case) -> bool:
        """Count the case; whether it is told, being new, changed or (where asked for) overdue."""
        if case.status is Status.HELD:
            return False
        news, overdue = find_news(case, day=self.day, since=self.since), is_overdue(case, day=self.day)
        self._counted.update(
            new=news is News.NEW,
            changed=news is News.CHANGED,
            overdue=overdue,
            open=case.status in (Status.NEW, Status.CLAIMED),
        )
        if news is News.NEW:
            self._new.add(case.facts)
        if news is None or news in self._left_out:
            return False
        self._entries.append(Entry(case, news, overdue))
        return True

    @property
    def totals(self) -> Totals:
        """The day so far."""
        return Totals(**self._counted, counters=self._new.counters())

    def share_out(self, sizes: Mapping[bytes, int], *, limit: int = LIMIT) -> list[tuple[Entry, ...]]:
        """The told cases, the most urgent first, then the oldest, cut into parts; at least one.

        `sizes` are those of the objects in bytes, by case id. A part is at most `limit` bytes long, unless a
        single case is longer.
        """
        groups: list[list[Entry]] = [[]]
        filled = 0
        for entry in sorted(self._entries, key=lambda entry: _rank(entry.case)):
            size = measure_entry(entry, sizes.get(entry.case.id, 0))
            if groups[-1] and filled + size > limit - _HEAD:
                groups.append([])
                filled = 0
            groups[-1].append(entry)
            filled += size + 1
        return [tuple(group) for group in groups]


def fill_entries(
    entries: Sequence[Entry],
    objects: Mapping[bytes, ObjectEntry],
    notes: Mapping[bytes, tuple[ObjectEntry, ...]] | None = None,
    additions: Mapping[bytes, tuple[ObjectEntry, ...]] | None = None,
) -> tuple[Entry, ...]:
    """The entries with their reports, notes and additions, which go by case id."""
    filled = []
    for entry in entries:
        held = objects.get(entry.case.id)
        filled.append(
            replace(
                entry,
                object=held,
                digest=held.digest if held else None,
                notes=(notes or {}).get(entry.case.id, ()),
                additions=(additions or {}).get(entry.case.id, ()),
            )
        )
    return tuple(filled)


def _rank(case: Case) -> tuple[int, str, str, bytes]:
    return (_ORDER[case.level], case.day, case.code, case.id)
