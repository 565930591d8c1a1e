"""`vestka move-store`: take everything that is kept to another database, and point the settings there."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.bar import watching
from bot.errors import InputRefused
from bot.settings import Settings
from bot.settings_file import change_setting, read_settings, spell_text
from bot.sole import lock_path, sole

_WORTH_A_BAR = 3000  # rows: about two seconds


def move_store(
    to: Annotated[
        str, typer.Option("--to", help="A file, or postgres://ROLE@HOST/DATABASE without password.")
    ],
    settings: Annotated[Path, typer.Option("--settings", help="The settings file.")] = Path("vestka.toml"),
    switch: Annotated[
        bool, typer.Option("--switch", help="Write the new place into the settings file.")
    ] = False,
    erase_source: Annotated[
        bool, typer.Option("--erase-source", help="Overwrite and remove the old file; needs --switch.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of a table.")] = False,
) -> None:
    """Copy the whole store into an empty database, and compare it row by row. The bot must be stopped.

    All or nothing: whatever happens on the way, the old database stays as it was. Talks go on afterwards.

    Example: vestka move-store --to postgres://vestka@/vestka?host=/run/postgresql --switch
    """
    from storage.erasing import erase
    from storage.moving import move

    known = read_settings(settings)
    journey = _plan(known, to)
    _check_erasing(known, switch=switch, erase_source=erase_source)
    with ExitStack() as held:
        for path in dict.fromkeys((lock_path(known), lock_path(journey.settings))):
            held.enter_context(sole(path))
        with watching("Moving", worth=_WORTH_A_BAR) as watch:
            moved = asyncio.run(move(known.database_url, journey.settings.database_url, watch=watch))
        if not as_json:
            _tell(moved)
        if switch:
            change_setting(settings, "places", "database", journey.told)
        if erase_source:
            asyncio.run(erase(known.database_url))
    if as_json:
        told = {"rows": sum(moved.values()), "tables": moved, "database": journey.told}
        print(json.dumps(told | {"switched": switch, "erased": erase_source}, ensure_ascii=False))
    else:
        print("\n".join(_next_steps(known, journey, settings, switch=switch, erased=erase_source)))


@dataclass(frozen=True, slots=True)
class _Journey:
    """Where to: as the settings are to spell it, and the settings as they would be then."""

    told: str
    settings: Settings


def _plan(known: Settings, to: str) -> _Journey:
    """What `places.database` is to be.

    :raises InputRefused: a password in it, or it is the place where everything lies already.
    :raises DatabaseUnreachable: another kind of address.
    """
    from storage.database import has_password, parse_url, spell_url

    if "://" in to:
        if has_password(parse_url(to)):
            raise InputRefused(
                "Everybody on this machine can see a password on a command line. Put it into ~/.pgpass, or a "
                "file that PGPASSFILE names (HOST:PORT:DATABASE:ROLE:PASSWORD, mode 0600), and leave it out "
                "of --to. Change it first if it was typed just now."
            )
        told = spell_url(to)
    else:
        file = Path(to).expanduser().resolve()
        base = known.base.resolve()
        told = str(file.relative_to(base) if file.is_relative_to(base) else file)
    places = known.places.model_copy(update={"database": told})
    changed = known.model_copy(update={"places": places})
    if changed.database_url == known.database_url:
        raise InputRefused("Everything lies there already. Name another place with --to.")
    return _Journey(told, changed)


def _check_erasing(known: Settings, *, switch: bool, erase_source: bool) -> None:
    if not erase_source:
        return
    if not switch:
        raise InputRefused(
            "--erase-source needs --switch: otherwise the settings would point to a database that is gone."
        )
    if known.database_file is None:
        raise InputRefused(
            "--erase-source is for a file. A database on a server is dropped there, with `dropdb`, when the "
            "bot runs on the new one; see docs/operating.md, PostgreSQL."
        )


def _tell(moved: dict[str, int]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(show_footer=True)
    table.add_column("table", footer="all")
    table.add_column("rows", footer=str(sum(moved.values())), justify="right")
    for name, rows in moved.items():
        table.add_row(name, str(rows))
    Console().print(table)
    print("Every row was read again in the new place, and is the same.")


def _next_steps(
    known: Settings, journey: _Journey, path: Path, *, switch: bool, erased: bool
) -> Iterator[str]:
    line = f"database = {spell_text(journey.told)}"
    yield f"{path} says now: {line}" if switch else f"Next, in {path}, section [places]: {line}"
    yield f"Then: vestka doctor --settings {path}, and start the bot again."
    if erased:
        yield "The old file was overwritten and removed."
    elif known.database_file is not None:
        yield f"When it runs, destroy the old file: shred -u {known.database_file}*"
    else:
        yield "When it runs, drop the old database on its server."
