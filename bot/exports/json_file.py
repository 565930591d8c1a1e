"""digest.json: the digest for programs, in ids instead of words. digest.schema.json beside this says how."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any

from bot.exports.wording import Wording
from handlers.sharing.counters import HIDDEN, Counters, Counts
from handlers.sharing.digest import Digest
from handlers.sharing.rows import Missing, Row

SCHEMA = "vestka.digest.export/1"
_LISTS = ("level", "region", "body", "age_group")


def write_json(digest: Digest, wording: Wording, path: Path) -> None:
    """Write the digest to `path`; the words of a language are not needed here."""
    del wording
    text = json.dumps(to_document(digest), ensure_ascii=False, indent=1, sort_keys=True)
    # A half of a surrogate pair has no UTF-8; written as \udxxx it stays what the report says.
    path.write_bytes(text.encode("utf-8", "backslashreplace") + b"\n")


def read_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that every digest.json fits."""
    text = (files("bot.exports") / "digest.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def to_document(digest: Digest) -> dict[str, object]:
    """The whole digest as JSON values; None stands for what the purpose does not let out."""
    return {
        "schema": SCHEMA,
        "day": digest.day,
        "since": digest.since,
        "organisation": digest.organisation,
        "purpose": digest.purpose.value,
        "totals": {name: getattr(digest, name) for name in ("new", "changed", "overdue", "open")},
        "counters": _counters(digest.counters),
        "people": [to_person(row) for row in digest.rows],
        "history": [asdict(line) for line in digest.history],
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
