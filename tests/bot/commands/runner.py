"""Runs one command in this process, as the table of commands does."""

from __future__ import annotations

from dataclasses import dataclass

import typer
from typer.testing import CliRunner

from bot.commands import digest
from bot.commands.open import open_report
from bot.errors import VestkaError
from storage.sealing import SealingError

app = typer.Typer()
app.command("open")(open_report)
app.add_typer(digest.app, name="digest")


@dataclass(frozen=True)
class Outcome:
    """Exit status, what was printed, and the one sentence of a refusal."""

    status: int
    out: str
    refusal: str


def run(*arguments: object) -> Outcome:
    """Run `vestka ARGUMENTS`; a refusal becomes exit status 1, as in `bot.__main__`."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if isinstance(result.exception, VestkaError | SealingError):
        return Outcome(1, result.output, str(result.exception))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Outcome(result.exit_code, result.output, "")
