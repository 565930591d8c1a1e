"""A day's digest as it comes to a holder: parts sealed by an invented server, and its rows for the rival.

`python -m bench.day CASES FOLDER` leaves there the parts (`digest-*.age`), the holder's key (`key.txt`) and
`rows`: one pickle per person, headings first, each (cells as words, the person as digest.json has them).
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.exports.json_file import to_person
from bot.exports.wording import Wording
from handlers.sharing.bundle import Outline, fill_entries, write_bundle
from handlers.sharing.columns import COLUMNS
from handlers.sharing.consent import CHOICES, Purpose
from handlers.sharing.entries import Bundle, Entry
from handlers.sharing.rows import make_row
from handlers.texts import Texts
from tests.bot.exports.sealed_days import BOT, seal_bundle, seal_reports, sign_bundle, write_key
from tests.handlers.sharing.samples import DAY, SINCE, make_case, make_report

KEY, ROWS = "key.txt", "rows"
_PART = 1000  # cases in a part: just under 30 MiB, as the server cuts them
_STORY = "Прыйшлі ўранку, паказалі паперу, забралі тэлефон і ноўтбук; суседзі бачылі аўтобус без нумароў. "

Row = tuple[Sequence[str | int], Mapping[str, Any] | None]


def write_day(count: int, folder: Path) -> None:
    """So many cases, each with a sealed report of its own."""
    write_key(folder)
    wording = Wording(Texts.load(), "be")
    starts = range(0, count, _PART)
    totals = _outline(range(count)).totals
    with (folder / ROWS).open("wb") as rows:
        pickle.dump(([wording.column(column) for column in COLUMNS], None), rows)
        for part, start in enumerate(starts, 1):
            numbers = range(start, min(start + _PART, count))
            reports = {make_case(number).id: _report(number) for number in numbers}
            (told,) = _outline(numbers).share_out({})
            sealed = seal_reports([entry.case for entry in told], [reports[entry.case.id] for entry in told])
            entries = fill_entries(told, sealed)
            bundle = Bundle(DAY, SINCE, "Узор", BOT.public, part, len(starts), totals, entries)
            name = f"digest-{DAY}-{part}of{len(starts)}.age"
            (folder / name).write_bytes(seal_bundle(write_bundle(bundle, sign_bundle)))
            for row in _rows(entries, reports, wording=wording):
                pickle.dump(row, rows)


def _outline(numbers: Iterable[int]) -> Outline:
    outline = Outline(DAY, SINCE)
    for number in numbers:
        outline.add(make_case(number))
    return outline


def _report(number: int) -> dict[str, Any]:
    """Somebody invented, with a story of usual length."""
    report = make_report(number, choices=CHOICES[: number % 5], mark=f"-{number}")
    report["answers"]["narrative"]["value"] += _STORY * (number % 7)
    return report


def _rows(
    entries: Sequence[Entry], reports: Mapping[bytes, Mapping[str, Any]], *, wording: Wording
) -> Iterator[Row]:
    for entry in entries:
        row = make_row(entry, reports[entry.case.id], purpose=Purpose.KEEP)
        assert row is not None
        yield [wording.cell(column, row.cells[column.id]) for column in COLUMNS], to_person(row)


def read_rows(folder: Path) -> Iterator[Row]:
    """The headings, then one person after the other."""
    with (folder / ROWS).open("rb") as file:
        while True:
            try:
                yield pickle.load(file)  # noqa: S301  (written above)
            except EOFError:
                return


if __name__ == "__main__":
    write_day(int(sys.argv[1]), Path(sys.argv[2]))
