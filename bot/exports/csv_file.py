"""digest.csv: one row per person, UTF-8 with a mark so that spreadsheets see it, every field quoted."""

from __future__ import annotations

import csv
from pathlib import Path

from bot.exports.formulas import neutralise
from bot.exports.tables import Value, people_headings, people_rows
from bot.exports.wording import Wording
from handlers.sharing.digest import Digest


def write_csv(digest: Digest, wording: Wording, path: Path) -> None:
    """Write the table of people to `path`."""
    with path.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow([neutralise(heading.text) for heading in people_headings(digest, wording)])
        writer.writerows([_field(value) for value in row] for row in people_rows(digest, wording))


def _field(value: Value) -> str:
    return neutralise(value) if isinstance(value, str) else neutralise(str(value))
