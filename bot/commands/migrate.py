"""`vestka migrate`: bring the tables to another version; needed only before going back to an older Vestka."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.errors import InputRefused
from bot.settings_file import read_settings
from bot.sole import lock_path, sole


def migrate(
    to: Annotated[str, typer.Option("--to", help="A version of the tables like 0001; head is the newest.")],
    settings: Annotated[Path, typer.Option("--settings", help="The settings file.")] = Path("vestka.toml"),
) -> None:
    """Change the tables to those of another version, forwards or back. The bot must be stopped.

    A start brings them up to date by itself. Before an older Vestka is installed, this one takes them back;
    what the older tables have no room for is lost, everything else stays. Make a backup first.

    Example: vestka migrate --to 0001
    """
    from storage.migrate import HEAD, list_revisions
    from storage.moving import take_to

    known, ways = read_settings(settings), [*list_revisions(), HEAD]
    if to not in ways:
        raise InputRefused(f"There is no such version of the tables. Write one of: {', '.join(ways)}.")
    with sole(lock_path(known)):
        asyncio.run(take_to(known.database_url, to))
    print(f"The tables are those of {list_revisions()[-1] if to == HEAD else to} now.")
