"""Who may import whom, how long a file may be, and that `handlers` stay plain: read from the source."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.checkout

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("bot", "handlers", "storage")
LONGEST_FILE, LONGEST_FUNCTION = 300, 50

STANDARD = set(sys.stdlib_module_names) | {"__future__"}
WAITING = {"asyncio", "os", "random", "secrets", "logging", "socket", "time", "threading", "subprocess"}
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today"}
SEALING_LIBRARIES = {"nacl", "cryptography", "rfc8785"}

# Longest prefix wins: which imports, beside the standard library, a place may have.
ALLOWED: dict[str, set[str]] = {
    "handlers": {"handlers"},
    "handlers/texts.py": {"handlers", "fluent"},
    "storage": {"storage", "handlers", "sqlalchemy", "alembic", "msgspec", "rfc8785"},
    "storage/sealing": {"storage.sealing"} | SEALING_LIBRARIES,
    "bot/networks": {"bot.networks", "handlers"},
    "bot/networks/telegram": {"telegram", "httptools", "msgspec", "bot.networks", "handlers", "bot.logs"},
    "bot": {"bot", "handlers", "storage"}
    | {"typer", "rich", "textual", "pydantic", "rfc8785", "sqlalchemy", "msgspec"}
    | {"jinja2", "xlsxwriter", "matplotlib", "tomli_w"},
}


def sources() -> Iterator[Path]:
    """Every Python file of the product."""
    for folder in FOLDERS:
        yield from sorted((ROOT / folder).rglob("*.py"))


def imports(tree: ast.AST) -> Iterator[str]:
    """Full names of imported modules."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            yield node.module or ""


def imports_below(path: Path) -> list[str]:
    """Full names of the modules that one file imports."""
    return list(imports(ast.parse(path.read_text("utf-8"))))


def rule_for(place: str) -> set[str]:
    """The rule with the longest matching prefix."""
    return ALLOWED[max((prefix for prefix in ALLOWED if place.startswith(prefix)), key=len)]


def breaches(place: str, text: str) -> list[str]:
    """Imports of one file that its place does not allow."""
    allowed = rule_for(place)
    found = []
    for name in imports(ast.parse(text)):
        if name.split(".")[0] in STANDARD:
            continue
        if not any(name == one or name.startswith(one + ".") for one in allowed):
            found.append(f"{place} imports {name}")
    return found


def test_every_file_imports_only_what_its_place_allows() -> None:
    found = [
        breach
        for path in sources()
        for breach in breaches(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("bot/networks/telegram.py", "import nio"),
        ("storage/sealing/envelope.py", "import sqlalchemy"),
        ("storage/talks.py", "from bot.sender import Sender"),
        ("handlers/intake/flow.py", "import storage.store"),
        ("bot/sender.py", "import telegram"),
        ("bot/networks/console.py", "from storage.sealing import seal"),
    ],
)
def test_the_import_rule_goes_red_for_a_forbidden_import(place: str, text: str) -> None:
    assert breaches(place, text)


def plainness(text: str) -> list[str]:
    """What a file of `handlers` does although it must not: wait, read a clock, draw, log."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.AsyncFunctionDef | ast.Await):
            found.append("waits")
        if isinstance(node, ast.Attribute) and ast.unparse(node) in CLOCKS:
            found.append("reads a clock")
    found += [name for name in imports(ast.parse(text)) if name.split(".")[0] in WAITING]
    return found


def test_handlers_wait_for_nothing_and_read_no_clock() -> None:
    found = {
        path.name: plainness(path.read_text("utf-8"))
        for path in sources()
        if path.is_relative_to(ROOT / "handlers")
    }
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    "text", ["async def f(): ...", "from datetime import datetime\ndatetime.now()", "import random"]
)
def test_the_plainness_rule_goes_red(text: str) -> None:
    assert plainness(text)


def test_no_file_and_no_function_is_too_long() -> None:
    found = []
    for path in sources():
        text = path.read_text("utf-8")
        if text.count("\n") > LONGEST_FILE:
            found.append(f"{path.relative_to(ROOT)}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {length} lines")
    assert found == []


def test_only_the_telegram_files_know_telegram_and_none_its_application_layer() -> None:
    knowing = {
        path.relative_to(ROOT).as_posix()
        for path in sources()
        if any(name.split(".")[0] == "telegram" for name in imports(ast.parse(path.read_text("utf-8"))))
    }
    assert knowing
    assert all(place.startswith("bot/networks/telegram") for place in knowing)
    assert not any("telegram.ext" in path.read_text("utf-8") for path in sources())


def test_tests_use_fakes_and_no_patches() -> None:
    patching = [
        path.name
        for path in (ROOT / "tests").rglob("*.py")
        if any(name.startswith("unittest.mock") for name in imports(ast.parse(path.read_text("utf-8"))))
    ]
    assert patching == []
