"""The four files by the libraries alone, as their handbooks show it: no key, no check, no cleaning.

`python -m bench.rivals.bare_tables FOLDER` writes the rows of `bench.day` and prints what each file cost, in
seconds of the processor, and what it took to read the rows, which is no part of it.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from time import process_time

import jinja2
import xlsxwriter
from matplotlib.figure import Figure

from bench.day import Row, read_rows

_PAGE = """<!DOCTYPE html><html lang="be"><head><meta charset="utf-8"><title>Digest</title></head><body>
{% for chart in charts %}{{ chart | safe }}{% endfor %}
{% for row in rows %}
<article><h3>{{ row[0] }}</h3><dl>
{% for heading in headings %}
{% if row[loop.index0] != "" %}
<div><dt>{{ heading }}</dt><dd>{{ row[loop.index0] }}</dd></div>
{% endif %}
{% endfor %}
</dl></article>
{% endfor %}
</body></html>"""
_CHARTS = 4


def write_xlsx(rows: Iterator[Row], path: Path) -> None:
    """One sheet, constant memory."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    for line, (cells, _) in enumerate(rows):
        for place, cell in enumerate(cells):
            sheet.write(line, place, cell)
    book.close()


def write_csv(rows: Iterator[Row], path: Path) -> None:
    """Every field quoted."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(cells for cells, _ in rows)


def write_json(rows: Iterator[Row], path: Path) -> None:
    """A list that a person can look at."""
    people = [person for _, person in rows]
    path.write_text(json.dumps(people, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")


def write_html(rows: Iterator[Row], path: Path) -> None:
    """A page as a stream, with four charts."""
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    headings, _ = next(rows)
    page = environment.from_string(_PAGE).stream(
        headings=headings, charts=map(_draw, range(_CHARTS)), rows=(cells for cells, _ in rows)
    )
    page.enable_buffering(100)
    page.dump(str(path), "utf-8")


def _draw(number: int) -> str:
    figure, out = Figure(figsize=(4, 2)), StringIO()
    figure.add_subplot().barh(range(4), range(number, number + 4))
    figure.savefig(out, format="svg")
    return out.getvalue()


def _read(rows: Iterator[Row], _: Path) -> None:
    for _each in rows:
        pass


WRITERS: dict[str, Callable[[Iterator[Row], Path], None]] = {
    "read": _read,
    "xlsx": write_xlsx,
    "csv": write_csv,
    "json": write_json,
    "html": write_html,
}


def main(folder: Path) -> None:
    """Write everything, print one JSON object."""
    spent = {}
    for name, write in WRITERS.items():
        begun = process_time()
        write(read_rows(folder), folder / f"bare.{name}")
        spent[name] = process_time() - begun
    once = spent["read"]
    writing = {name: seconds - once for name, seconds in spent.items() if name != "read"}
    print(json.dumps({"read": once * len(spent), **writing}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
