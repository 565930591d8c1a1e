"""Brings a database to the tables this code knows, wherever the code is installed; needs no alembic.ini."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import explain, wait_for_turn
from storage.errors import DatabaseUnreachable, SchemaTooNew

HEAD = "head"
"""The newest revision this code knows."""
NOTHING = "base"
"""Before the first one: no table of ours."""
_SCRIPTS = Path(__file__).parent / "migrations"


def make_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, with the connection the migrations are to use."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@cache
def list_revisions() -> tuple[str, ...]:
    """All revisions this code knows, first to last."""
    scripts = ScriptDirectory.from_config(make_config())
    return tuple(script.revision for script in reversed(list(scripts.walk_revisions())))


async def bring_up_to_date(connection: AsyncConnection) -> None:
    """Make the tables, or change them, all in one transaction.

    :raises SchemaTooNew: a newer version was here before.
    :raises DatabaseUnreachable: it is no database of ours, or cannot be written.
    """
    await bring_to(connection, HEAD)


async def bring_to(connection: AsyncConnection, revision: str) -> None:
    """Change the tables to those of a revision, forwards or back, all in one transaction.

    Back means that rows of tables and columns which that revision does not have are gone.

    :raises SchemaTooNew: a newer version was here before.
    :raises DatabaseUnreachable: it is no database of ours, or cannot be written.
    """
    try:
        async with connection.begin():
            await wait_for_turn(connection)
            await connection.run_sync(change_tables, revision)
    except SQLAlchemyError as error:
        reason = explain(error)
    else:
        return
    raise DatabaseUnreachable(
        f"The tables cannot be made ({reason}). Check that the database is Vestka's own and writable."
    )


def read_revision(connection: Connection) -> str:
    """The revision of the tables; empty when there are none.

    :raises SchemaTooNew: this code does not know it.
    """
    (current,) = MigrationContext.configure(connection).get_current_heads() or ("",)
    if current and current not in list_revisions():
        raise SchemaTooNew(
            "This database was changed by a newer Vestka. Install that version again, "
            "or restore a backup that this one has made."
        )
    return current


def change_tables(connection: Connection, revision: str) -> None:
    """As `bring_to`, inside a transaction of the caller's."""
    ways = [NOTHING, *list_revisions()]
    here = ways.index(read_revision(connection) or NOTHING)
    there = len(ways) - 1 if revision == HEAD else ways.index(revision)
    if there > here:
        command.upgrade(make_config(connection), ways[there])
    elif there < here:
        command.downgrade(make_config(connection), ways[there])
