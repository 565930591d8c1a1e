"""Brings a database to the tables this code knows, wherever the code is installed; needs no alembic.ini."""

from __future__ import annotations

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

_SCRIPTS = Path(__file__).parent / "migrations"


def make_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, with the connection the migrations are to use."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def list_revisions() -> list[str]:
    """All revisions this code knows, first to last."""
    scripts = ScriptDirectory.from_config(make_config())
    return [script.revision for script in reversed(list(scripts.walk_revisions()))]


async def bring_up_to_date(connection: AsyncConnection) -> None:
    """Make the tables, or change them, all in one transaction.

    :raises SchemaTooNew: a newer version was here before.
    :raises DatabaseUnreachable: it is no database of ours, or cannot be written.
    """
    try:
        async with connection.begin():
            await wait_for_turn(connection)
            await connection.run_sync(_upgrade)
    except SQLAlchemyError as error:
        reason = explain(error)
    else:
        return
    raise DatabaseUnreachable(
        f"The tables cannot be made ({reason}). Check that the database is Vestka's own and writable."
    )


def _upgrade(connection: Connection) -> None:
    known = list_revisions()
    (current,) = MigrationContext.configure(connection).get_current_heads() or ("",)
    if current and current not in known:
        raise SchemaTooNew(
            "This database was changed by a newer Vestka. Install that version again, "
            "or restore a backup that this one has made."
        )
    if current != known[-1]:
        command.upgrade(make_config(connection), "head")
