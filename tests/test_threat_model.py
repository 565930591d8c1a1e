"""The threat model promises nothing without a test: every line names one that exists, and its control."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.drills.programme import find

pytestmark = pytest.mark.checkout

TESTS = Path(__file__).resolve().parent
PAGE = (TESTS.parent / "docs" / "threat-model.md").read_text("utf-8")
OUTSIDE = "no test: outside our reach"
TAKEN = (
    "Server disk, cold",
    "Disk and operator's passphrase",
    "Live server",
    "One moderator's phone",
    "One moderator's key file and passphrase",
    "The moderators' chat",
    "Recovery key",
    "Bot token alone",
    "Telegram itself",
    "Somebody who watches the line",
    "A reporter's phone, in the middle of a talk",
    "A reporter's phone, afterwards",
    "Power cut",
)

WRITTEN = "journeys/test_compromise.py::test_an_account_is_found_in_a_report_when_somebody_writes_it_there"

_NAMED = re.compile(r"`([\w/.]+\.py)::(\w+)`")
_DRILL = re.compile(r"`drills/(\w+)\.py`")  # its control is inside


def lines(page: str, columns: int) -> dict[str, list[str]]:
    """The numbered lines of the page's table with so many columns, by number."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines()]
    return {row[0]: row[1:] for row in rows if len(row) == columns and row[0].isdecimal()}


@cache
def functions(file: str) -> frozenset[str]:
    """The test functions of a file under tests/; none if there is no such file."""
    path = TESTS / file
    tree = ast.parse(path.read_text("utf-8")) if path.is_file() else ast.Module([], [])
    defined = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(node.name for node in defined if node.name.startswith("test_"))


def faults(page: str) -> list[str]:
    """Lines without a test or a control, and tests that do not exist."""
    proofs = lines(page, columns=3)
    found = [f"line {number} names no tests" for number in lines(page, columns=4) if number not in proofs]
    for number, cells in proofs.items():
        if cells[0] != OUTSIDE:
            found += [f"line {number}: {what}" for what, cell in zip(("test", "control"), cells, strict=True)
                      if not (_NAMED.search(cell) or _DRILL.search(cell))]  # fmt: skip
    found += [f"no drill {name}" for name in _DRILL.findall(page) if find(name) is None]
    return found + [f"{file}::{name}" for file, name in _NAMED.findall(page) if name not in functions(file)]


def test_every_line_names_tests_and_controls_that_exist() -> None:
    assert faults(PAGE) == []


def test_no_compromise_is_left_out() -> None:
    told = [cells[0] for cells in lines(PAGE, columns=4).values()]
    assert [one for one in TAKEN if not any(line.startswith(one) for line in told)] == []


def test_only_what_nobody_of_us_can_reach_goes_without_a_test() -> None:
    taken, proofs = lines(PAGE, columns=4), lines(PAGE, columns=3)
    outside = [taken[number][0] for number, cells in proofs.items() if cells[0] == OUTSIDE]
    assert outside == ["Telegram itself", "Somebody who watches the line"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("::test_the_file_shows_no_secret", "::test_the_file_shows_no_secrets"),
        ("bot/test_logs.py", "bot/test_log.py"),
        ("drills/seizure.py", "drills/seizures.py"),
        (f"| `{WRITTEN}` |", "| later |"),
        ("| 9 | no test: outside our reach |", "| 9 | not yet |"),
    ],
)
def test_a_wrong_name_or_a_missing_test_would_be_found(old: str, new: str) -> None:
    assert old in PAGE
    assert faults(PAGE.replace(old, new))
