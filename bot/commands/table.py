"""The table of commands: where each one is, and the line that `vestka --help` shows of it.

A command is imported when somebody asks for it, and not before: help must not wait for databases,
cryptography and charts.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup


@dataclass(frozen=True, slots=True)
class Entry:
    """`attribute` of `module` is a function, or a Typer app with further words."""

    module: str
    attribute: str
    help: str


COMMANDS: dict[str, Entry] = {
    "init": Entry(
        "bot.commands.init",
        "init",
        "Set up an instance: writes vestka.toml and secrets.vkf.",
    ),
    "run": Entry(
        "bot.commands.run",
        "run",
        "Run the bot. SIGTERM or Ctrl-C stops it within seconds; nothing is lost.",
    ),
    "try": Entry(
        "bot.commands.trying",
        "trying",
        "Try everything: answer as a reporter, see the card, open the sealed report and the digest.",
    ),
    "open": Entry(
        "bot.commands.open",
        "open_report",
        "Show one report, a note or an answer about one, readably. Nothing is written to disk.",
    ),
    "doctor": Entry(
        "bot.commands.doctor",
        "doctor",
        "Check settings, keys, roster, clock, database, runtime directory, token and group. Changes nothing.",
    ),
    "migrate": Entry(
        "bot.commands.migrate",
        "migrate",
        "Change the tables to those of another version, forwards or back. The bot must be stopped.",
    ),
    "move-store": Entry(
        "bot.commands.move_store",
        "move_store",
        "Copy the whole store into an empty database, and compare it row by row. The bot must be stopped.",
    ),
    "audit": Entry(
        "bot.commands.audit",
        "app",
        "Check the log of what was done.",
    ),
    "keys": Entry(
        "bot.commands.keys",
        "app",
        "Make, show and export keys.",
    ),
    "roster": Entry(
        "bot.commands.roster",
        "app",
        "Who may read and act: edit, vouch, sign, show and check the roster.",
    ),
    "reseal": Entry(
        "bot.commands.reseal",
        "app",
        "Seal old objects anew, without whoever left the roster.",
    ),
    "digest": Entry(
        "bot.commands.digest",
        "app",
        "Open the digest of a day, or check it.",
    ),
}


class Commands(TyperGroup):
    """A group whose commands come out of the table."""

    _listing = False

    def list_commands(self, ctx: Any) -> list[str]:
        """The words, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command; while help is written, only its name and its line."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        return TyperCommand(cmd_name, help=entry.help) if self._listing else load(cmd_name, entry)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """As ever, from the table alone."""
        self._listing = True
        try:
            super().format_help(ctx, formatter)
        finally:
            self._listing = False


def load(name: str, entry: Entry) -> Any:
    """Import a command."""
    found: Any = getattr(import_module(entry.module), entry.attribute)
    if isinstance(found, typer.Typer):
        group = typer.main.get_group(found)
        group.name = name
        return group
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    alone.command(name)(found)
    return typer.main.get_command(alone)
