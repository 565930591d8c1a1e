"""digest.csv: one row per person (for statistics: per count), UTF-8 with a mark, every field quoted."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from bot.exports.formulas import neutralise
from bot.exports.tables import Case, Export, Terms, Value, number_rows
from handlers.sharing.consent import Purpose
from handlers.sharing.digest import Digest


class CsvFile(Export):
    """The people, or the counts alone where no person may be shown."""

    def __init__(self, path: Path, terms: Terms) -> None:
        super().__init__(path, terms)
        file = path.open("w", encoding="utf-8-sig", newline="", errors="replace")
        self._writer = csv.writer(
            self.aside.enter_context(file), quoting=csv.QUOTE_ALL, lineterminator="\r\n"
        )
        if terms.purpose is not Purpose.STATS:
            self._write([heading.text for heading in terms.headings])

    def add(self, case: Case) -> None:
        """One person."""
        if case.row is not None:
            self._write(case.words)

    def end(self, digest: Digest) -> None:
        """The counts."""
        if digest.purpose is Purpose.STATS:
            for row in number_rows(digest, self.terms.wording):
                self._write(row)
        self.aside.close()

    def _write(self, row: Sequence[Value]) -> None:
        self._writer.writerow([neutralise(str(value)) for value in row])
