"""The threat model promises nothing without proof: every line names a drill, a test and a control."""

from __future__ import annotations

import ast
import re
from functools import cache
from itertools import takewhile
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

IN_THE_DRILL = "in the drill"

_NAMED = re.compile(r"`([\w/.]+\.py)::(\w+)`")
_WORD = re.compile(r"`(\w+)`")


def lines(page: str, head: str) -> dict[str, list[str]]:
    """The numbered lines of the page's table whose second column is called so, by number."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines()]
    start = next(number for number, row in enumerate(rows) if row[1:2] == [head])
    body = takewhile(lambda row: len(row) > 1, rows[start + 2 :])
    return {row[0]: row[1:] for row in body}


@cache
def functions(file: str) -> frozenset[str]:
    """The test functions of a file under tests/; none if there is no such file."""
    path = TESTS / file
    tree = ast.parse(path.read_text("utf-8")) if path.is_file() else ast.Module([], [])
    defined = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(node.name for node in defined if node.name.startswith("test_"))


def faults(page: str) -> list[str]:
    """Lines without a drill, a test or a control; drills and tests that do not exist."""
    proofs = lines(page, "drill")
    found = [f"line {number} has no proof" for number in lines(page, "taken") if number not in proofs]
    for number, (drill, tests, control) in proofs.items():
        if tests != OUTSIDE:
            found += [f"line {number} names no drill"] if not _WORD.search(drill) else []
            found += [f"line {number} names no test"] if not _NAMED.search(tests) else []
            bare = not _NAMED.search(control) and control != IN_THE_DRILL
            found += [f"line {number} names no control"] if bare else []
        found += [f"there is no drill {name}" for name in _WORD.findall(drill) if find(name) is None]
    return found + [f"{file}::{name}" for file, name in _NAMED.findall(page) if name not in functions(file)]


def test_every_line_names_tests_and_controls_that_exist() -> None:
    assert faults(PAGE) == []


def test_no_compromise_is_left_out() -> None:
    told = [cells[0] for cells in lines(PAGE, "taken").values()]
    assert [one for one in TAKEN if not any(line.startswith(one) for line in told)] == []


def test_only_what_nobody_of_us_can_reach_goes_without_a_test() -> None:
    taken, proofs = lines(PAGE, "taken"), lines(PAGE, "drill")
    outside = [taken[number][0] for number, cells in proofs.items() if cells[1] == OUTSIDE]
    assert outside == ["Telegram itself", "Somebody who watches the line"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("::test_the_file_shows_no_secret", "::test_the_file_shows_no_secrets"),
        ("bot/test_logs.py", "bot/test_log.py"),
        ("| 1 | `seizure`", "| 1 | `seizures`"),
        ("| 6 | `hajun` |", "| 6 | – |"),
        (f"| `{WRITTEN}` |", "| later |"),
        ("| 9 | – | no test: outside our reach |", "| 9 | – | not yet |"),
    ],
)
def test_a_wrong_name_or_a_missing_test_would_be_found(old: str, new: str) -> None:
    assert old in PAGE
    assert faults(PAGE.replace(old, new))
