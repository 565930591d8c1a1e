"""The command line: `python -m bot`, installed as `vestka`."""

from __future__ import annotations

import sys
from io import TextIOWrapper

import typer

from bot.commands.table import Commands
from bot.errors import VestkaError
from bot.hardening import harden
from storage.errors import StorageError

app = typer.Typer(
    name="vestka", cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)


@app.callback()
def vestka() -> None:
    """Takes word of a detention in a chat and seals it so that the server cannot open it again."""


def main() -> None:
    """Run one command; what it refuses is one sentence on stderr and exit status 1."""
    harden()
    if isinstance(sys.stdout, TextIOWrapper):  # a terminal without Cyrillic letters shows their numbers
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        app()
    except Exception as problem:
        if not _is_sentence(problem):
            raise
        print(problem, file=sys.stderr)
        raise SystemExit(1) from None


def _is_sentence(problem: Exception) -> bool:
    """Whether an error says by itself what to do."""
    from storage.sealing.errors import SealingError  # sealing is slow to import

    return isinstance(problem, VestkaError | StorageError | SealingError)


if __name__ == "__main__":
    main()
