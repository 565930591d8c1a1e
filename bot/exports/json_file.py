"""digest.json: the digest for programs, in ids instead of words. digest.schema.json beside this says how."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

import msgspec

from bot.exports.tables import Case, Export, Terms
from handlers.sharing.counters import HIDDEN, Counters, Counts
from handlers.sharing.digest import Digest
from handlers.sharing.rows import Missing, Row

SCHEMA = "vestka.digest.export/1"
_LISTS = ("level", "region", "body", "age_group")


class JsonFile(Export):
    """The words of a language are not needed here."""

    def __init__(self, path: Path, terms: Terms) -> None:
        super().__init__(path, terms)
        self._lists = {name: self._grow() for name in ("people", "history")}

    def add(self, case: Case) -> None:
        """Lists grow aside, because other values stand before them."""
        if case.row is not None:
            self._append("people", to_person(case.row))
        for line in case.history:
            self._append("history", asdict(line))

    def end(self, digest: Digest) -> None:
        """The document, with each list in its place."""
        rest = _spell({**_head(digest), **dict.fromkeys(self._lists)})
        with self.path.open("wb") as file:
            for name in sorted(self._lists):
                before, mark, rest = rest.partition(f'\n "{name}": '.encode())
                file.write(before + mark)
                self._copy(name, file)
                rest = rest.removeprefix(b"null")
            file.write(rest + b"\n")
        self.aside.close()

    def _grow(self) -> BinaryIO:
        return self.aside.enter_context(TemporaryFile(dir=self.path.parent))

    def _append(self, name: str, value: dict[str, object]) -> None:
        file = self._lists[name]
        file.write(b",\n  " if file.tell() else b"[\n  ")
        file.write(_spell(value).replace(b"\n", b"\n  "))

    def _copy(self, name: str, file: BinaryIO) -> None:
        grown = self._lists[name]
        filled = grown.tell() > 0
        grown.seek(0)
        shutil.copyfileobj(grown, file)
        file.write(b"\n ]" if filled else b"[]")


def _spell(value: Mapping[str, object]) -> bytes:
    """Sorted and indented. msgspec indents far faster than the standard library, whose bytes these are."""
    try:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True).encode("utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair; written as \\udxxx it stays what the report says
        slow = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
        return slow.encode("utf-8", "backslashreplace")
    return msgspec.json.format(text, indent=1)


def read_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that every digest.json fits."""
    text = (files("bot.exports") / "digest.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _head(digest: Digest) -> dict[str, object]:
    """Everything but the lists; None stands for what the purpose does not let out."""
    return {
        "schema": SCHEMA,
        "day": digest.day,
        "since": digest.since,
        "organisation": digest.organisation,
        "purpose": digest.purpose.value,
        "totals": {name: getattr(digest, name) for name in ("new", "changed", "overdue", "open")},
        "counters": _counters(digest.counters),
        "overdue": list(digest.late),
        "not_opened": [asdict(problem) for problem in digest.problems],
        "parts": digest.parts,
        "missing_parts": list(digest.missing_parts),
    }


def to_person(row: Row) -> dict[str, object]:
    """One person: the values by column, why some are missing, and the whole report for holders of keys."""
    cells = {name: list(cell) if isinstance(cell, tuple) else cell for name, cell in row.cells.items()}
    missing = {name: cell.reason for name, cell in cells.items() if isinstance(cell, Missing)}
    values = {name: None if isinstance(cell, Missing) else cell for name, cell in cells.items()}
    return {"fields": values, "missing": missing, "report": row.report}


def _counters(counters: Counters) -> dict[str, object]:
    lists = {name: _counts(getattr(counters, name)) for name in _LISTS}
    numbers = {"detentions": counters.detentions, "unfinished": counters.unfinished}
    return {**{name: _number(number) for name, number in numbers.items()}, **lists}


def _counts(counts: Counts) -> list[dict[str, object]]:
    return [{"id": name, "count": _number(number)} for name, number in counts]


def _number(number: int) -> int | None:
    return None if number == HIDDEN else number
