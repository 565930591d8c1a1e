"""The table of commands: `python -m bot`, installed as `vestka`."""

from __future__ import annotations

import sys
from io import TextIOWrapper

import typer

from bot.commands import digest, doctor, init, keys, migrate, move_store, roster, run, trying
from bot.commands import open as opening
from bot.errors import VestkaError
from bot.hardening import harden
from storage.errors import StorageError
from storage.sealing import SealingError

app = typer.Typer(
    name="vestka",
    help="Takes word of a detention in a chat and seals it so that the server cannot open it again.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("init")(init.init)
app.command("run")(run.run)
app.command("try")(trying.trying)
app.add_typer(keys.app, name="keys")
app.add_typer(roster.app, name="roster")
app.command("open")(opening.open_report)
app.add_typer(digest.app, name="digest")
app.command("doctor")(doctor.doctor)
app.command("migrate")(migrate.migrate)
app.command("move-store")(move_store.move_store)


def main() -> None:
    """Run one command; what it refuses is one sentence on stderr and exit status 1."""
    harden()
    if isinstance(sys.stdout, TextIOWrapper):  # a terminal without Cyrillic letters shows their numbers
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        app()
    except (VestkaError, StorageError, SealingError) as refused:
        print(refused, file=sys.stderr)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
