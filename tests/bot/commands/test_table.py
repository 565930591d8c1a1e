"""Help comes from the table alone, and the table says what the commands say of themselves."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.commands.table import COMMANDS, load
from tests.rig import environment

HEAVY = ("cryptography", "nacl", "sqlalchemy", "telegram", "pydantic", "httptools")
LATER = ("matplotlib", "xlsxwriter")  # imported by what draws and writes, when it does


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_in_the_table_is_the_first_of_the_command(name: str) -> None:
    said = (load(name, COMMANDS[name]).help or "").split("\n\n", maxsplit=1)[0]
    assert COMMANDS[name].help == " ".join(said.split())


def test_help_names_every_command_and_imports_none() -> None:
    script = "import sys, bot.__main__ as m\ntry:\n    m.app(['--help'])\nfinally:\n    print(*sys.modules)"
    command = [sys.executable, "-c", script]
    told = subprocess.check_output(command, env=environment(), text=True, timeout=60)
    assert all(name in told for name in COMMANDS)
    imported = {name.partition(".")[0] for name in told.splitlines()[-1].split()}
    assert imported.isdisjoint((*HEAVY, *LATER))


def test_what_a_command_needs_is_imported_with_it() -> None:
    """The control: those names are really what a command imports."""
    for name in COMMANDS:
        load(name, COMMANDS[name])
    assert {name.partition(".")[0] for name in sys.modules}.issuperset(HEAVY)


def test_an_unknown_command_is_refused_and_a_known_one_shows_its_own_help() -> None:
    assert CliRunner().invoke(app, ["nonsense"]).exit_code == 2
    told = CliRunner().invoke(app, ["keys", "--help"])
    assert told.exit_code == 0
