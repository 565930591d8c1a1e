"""The handbook and the program agree: settings, commands, events, effects, errors, pictures, links."""

from __future__ import annotations

import ast
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperGroup

from bot.__main__ import app
from bot.settings import Settings
from bot.settings_file import KEYS
from bot.setup.answers import OPTIONAL, QUESTIONS, SECRET
from handlers.intake.diagram import draw_diagram
from handlers.triage.lifecycle import draw_life
from tests.drills.programme import PROGRAMME

pytestmark = pytest.mark.checkout

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
DRILLS = (ROOT / "docs" / "drills.md").read_text("utf-8")
OPERATING = (ROOT / "docs" / "operating.md").read_text("utf-8")
TYPES = ("handlers/events.py", "handlers/effects.py", "**/errors.py")
PRODUCT = ("bot", "handlers", "storage")

_CALL = re.compile(r'(?:(?<![\w./-])(?:\.venv/bin/)?vestka|"\$VESTKA") +([a-z][^`\n]*)')
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def commands(group: Any, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with its words."""
    if isinstance(group, TyperGroup):
        context = typer.Context(group)
        for name in group.list_commands(context):
            yield from commands(group.get_command(context, name), *path, name)
    else:
        yield path, group


COMMANDS = dict(commands(typer.main.get_command(app)))


def calls(text: str) -> Iterator[list[str]]:
    """What a page tells a person to type after `vestka`, word by word."""
    for line in _CALL.findall(re.sub(r"\\\n|!\[.*\]", " ", text)):
        plain = re.split(r" +#|  +(?=\()| then:|…", line)[0]
        yield shlex.split(plain.replace("'", ""))


def faults(words: list[str]) -> list[str]:
    """What is wrong with a call: an unknown command, or options it does not have."""
    depth = next((n for n in (2, 1) if tuple(words[:n]) in COMMANDS), 0)
    if not depth:
        group = any(path[0] == words[0] for path in COMMANDS)
        return [] if group and len(words) == 1 else [f"no command {' '.join(words[:2])}"]
    known = {option for each in COMMANDS[tuple(words[:depth])].params for option in each.opts}
    used = {word.partition("=")[0] for word in words[depth:] if word.startswith("--")}
    return [f"{' '.join(words[:depth])} has no {option}" for option in sorted(used - known - {"--help"})]


def is_prose(words: list[str]) -> bool:
    """`vestka` as a name inside a sentence, not as a command."""
    return words[0] in {"and", "is", "cd", "in"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_on_a_page_exists_with_its_options(page: Path) -> None:
    found = [words for words in calls(page.read_text("utf-8")) if not is_prose(words)]
    assert [fault for words in found for fault in faults(words)] == []


@pytest.mark.parametrize(
    "text",
    [
        "`vestka dance`",
        "vestka keys make --kind root",
        "vestka run --setings x",
        '"$VESTKA" init --folder a --now',
    ],
)
def test_a_wrong_command_would_be_found(text: str) -> None:
    assert [fault for words in calls(text) for fault in faults(words)]


@pytest.mark.parametrize("path", sorted(COMMANDS), ids=" ".join)
def test_every_command_is_in_the_handbook(path: tuple[str, ...]) -> None:
    shown = [words[: len(path)] for page in PAGES for words in calls(page.read_text("utf-8")) if words]
    assert list(path) in shown


@pytest.mark.parametrize("path", sorted(COMMANDS), ids=" ".join)
def test_every_command_explains_itself_with_an_example(path: tuple[str, ...]) -> None:
    help_text = COMMANDS[path].help or ""
    examples = [words for words in calls(help_text) if words[: len(path)] == list(path)]
    assert examples, help_text
    assert [fault for words in examples for fault in faults(words)] == []


def table(first: str) -> dict[str, list[str]]:
    """The handbook's table whose head begins with `first`: the other cells by the words in backticks."""
    (body,) = re.findall(rf"^\| {re.escape(first)} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", OPERATING, re.MULTILINE)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in body.splitlines()]
    return {name: cells[1:] for cells in rows for name in re.findall(r"`([^`]+)`", cells[0])}


def test_every_setting_is_in_the_handbook_and_no_other() -> None:
    assert set(table("key")) == set(KEYS)


@pytest.mark.parametrize("key", [key for key in KEYS if key != "places.runtime"])
def test_the_default_in_the_handbook_is_the_real_one(key: str) -> None:
    section, name = key.split(".")
    told = tomllib.loads(f"x = {table('key')[key][0].strip('`')}")["x"]
    assert told == Settings().model_dump(mode="json")[section][name]


def test_every_key_of_the_answers_file_is_in_the_handbook_and_no_other() -> None:
    assert set(table("key of the answers file")) == {*QUESTIONS, *OPTIONAL, *SECRET}


def types() -> Iterator[str]:
    """Names of all events, effects and errors."""
    for pattern in TYPES:
        for path in sorted(ROOT.glob(pattern)):
            if path.relative_to(ROOT).parts[0] in PRODUCT:
                tree = ast.parse(path.read_text("utf-8"))
                yield from (node.name for node in tree.body if isinstance(node, ast.ClassDef))


@pytest.mark.parametrize("name", sorted(set(types())))
def test_every_event_effect_and_error_is_in_the_vocabulary(name: str) -> None:
    assert f"`{name}`" in (ROOT / "docs" / "vocabulary.md").read_text("utf-8")


def logged() -> Iterator[str]:
    """Every event name that the program can write to its log."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = node.args[0] if node.args else None
                if node.func.id in {"say", "alarm", "fault"} and isinstance(first, ast.Constant):
                    yield str(first.value)


def test_every_event_of_the_log_is_in_the_handbook_and_no_other() -> None:
    names = set(logged()) - {name for name in logged() if not re.fullmatch(r"[a-z]+\.[a-z_]+", name)}
    assert names
    assert set(table("event")) == names


def test_the_pictures_are_drawn_from_the_tables_as_they_are() -> None:
    conversation = (ROOT / "docs" / "conversation.md").read_text("utf-8")
    assert f"```mermaid\n{draw_diagram()}```" in conversation
    assert (ROOT / "docs" / "cases.md").read_text("utf-8").strip() == draw_life().strip()


def anchors(page: Path) -> set[str]:
    """What a link can point to inside a page."""
    heads = _HEADING.findall(page.read_text("utf-8"))
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_inside_the_house_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        aim = (page.parent / name).resolve() if name else page
        assert aim.exists(), target
        assert not anchor or anchor in anchors(aim), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_has_a_gap(page: Path) -> None:
    assert not re.search(r"@@|TODO|TBD|FIXME", page.read_text("utf-8"))


def drill_rows(page: str) -> dict[str, list[str]]:
    """The table of drills: the other cells by the drill's name."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines()]
    return {row[0].strip("`"): row[1:] for row in rows if len(row) == 5 and row[0].startswith("`")}


def drill_faults(page: str) -> list[str]:
    """What the page of drills says wrongly, or leaves out; with the row as it should begin."""
    rows, found = drill_rows(page), []
    for drill in PROGRAMME:
        told = ((f"--{name.replace('_', '-')}", size) for name, size in drill.sizes.items())
        sizes = "<br>".join(f"`{option}` {size.small:,} / {size.large:,}" for option, size in told)
        cells = rows.pop(drill.name, [])
        if cells[:2] != [drill.promise, sizes] or not all(cells):
            found.append(f"| `{drill.name}` | {drill.promise} | {sizes} | its control | what it needs |")
    return found + [f"there is no drill {name}" for name in rows]


def test_every_drill_is_on_the_page_of_drills_and_no_other() -> None:
    assert drill_faults(DRILLS) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| `hajun` |", "| `haiun` |"),
        ("`--reports` 24", "`--reports` 42"),
        ("tell no reporter", "tell one reporter"),
        ("| nothing can be deleted: every answer stands in the chat |", "| |"),
    ],
)
def test_a_drill_told_wrongly_would_be_found(old: str, new: str) -> None:
    assert old in DRILLS
    assert drill_faults(DRILLS.replace(old, new))
