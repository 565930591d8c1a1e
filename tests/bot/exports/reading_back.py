"""Everything a person or program could find in an exported file, as one text."""

from __future__ import annotations

import csv
import html
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook


def read_cells(path: Path) -> list[Any]:
    """All cells of all sheets."""
    book = load_workbook(path)
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def read_csv(path: Path) -> list[list[str]]:
    """All rows."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def read_all(path: Path) -> str:
    """The whole text of a file, unpacked and unescaped."""
    if path.suffix == ".xlsx":
        with ZipFile(path) as archive:
            packed = "\n".join(archive.read(name).decode("utf-8") for name in archive.namelist())
        return html.unescape(packed)
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return json.dumps(json.loads(text), ensure_ascii=False)
    return html.unescape(text) if path.suffix == ".html" else text
