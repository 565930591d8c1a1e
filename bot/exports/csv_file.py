"""digest.csv: one row per person (for statistics: per count), UTF-8 with a mark, every field quoted."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from bot.exports.formulas import neutralise
from bot.exports.tables import Value, number_rows, people_headings, people_rows
from bot.exports.wording import Wording
from handlers.sharing.consent import Purpose
from handlers.sharing.digest import Digest


def write_csv(digest: Digest, wording: Wording, path: Path) -> None:
    """Write the table to `path`."""
    with path.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerows([_field(value) for value in row] for row in _rows(digest, wording))


def _rows(digest: Digest, wording: Wording) -> Iterator[tuple[Value, ...]]:
    """The people, or the counts alone where no person may be shown."""
    if digest.purpose is Purpose.STATS:
        yield from number_rows(digest, wording)
        return
    yield tuple(heading.text for heading in people_headings(digest, wording))
    yield from people_rows(digest, wording)


def _field(value: Value) -> str:
    return neutralise(value) if isinstance(value, str) else neutralise(str(value))
