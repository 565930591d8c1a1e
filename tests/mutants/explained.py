"""The survivors that docs/mutants.md explains: rows of function, line as it became, and why it lives."""

from __future__ import annotations

import re
from pathlib import Path

from tests.mutants.results import Mutant

PAGE = Path(__file__).resolve().parents[2] / "docs" / "mutants.md"
_ROW = re.compile(r"^\| `(?P<function>[\w.]+)` \| `` (?P<change>.+?) `` \| (?P<why>.+) \|$", re.MULTILINE)


def read_reasons(page: str) -> dict[tuple[str, str], str]:
    """Why, by function and changed line; an empty change is written as a dash."""
    rows = (row.groupdict() for row in _ROW.finditer(page))
    return {(row["function"], _bare(row["change"].replace(r"\|", "|"))): row["why"] for row in rows}


def find_reason(mutant: Mutant, reasons: dict[tuple[str, str], str]) -> str | None:
    """Why this one lives, if somebody wrote it down."""
    return reasons.get((mutant.function, mutant.change or "-"))


def write_row(mutant: Mutant, why: str) -> str:
    """The row that explains a survivor."""
    change = (mutant.change or "-").replace("|", r"\|")
    return f"| `{mutant.function}` | `` {change} `` | {why} |"


def _bare(text: str) -> str:
    return text.strip()
