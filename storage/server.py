"""What a PostgreSQL server says of itself: how it keeps, what it writes into its log, who may listen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import explain
from storage.errors import DatabaseUnreachable
from storage.survey import open_reader

_UNLOGGED = "SELECT count(*) FROM pg_class WHERE relpersistence = 'u' AND relkind = 'r'"
_LINE = (
    "SELECT inet_server_addr() IS NULL OR inet_server_addr() <<= '127.0.0.0/8' OR inet_server_addr() = '::1' "
    "OR coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false)"
)
_SLOTS = "SELECT count(*) FROM pg_replication_slots"


@dataclass(frozen=True, slots=True)
class ServerState:
    """`settings` are those of our own session; names that this server does not know are missing."""

    settings: Mapping[str, str]
    unlogged: int
    private_line: bool
    slots: int

    def get(self, name: str) -> str:
        """One setting; empty where the server does not know it."""
        return self.settings.get(name, "")


async def ask_server(url: str) -> ServerState:
    """Ask, as the role that Vestka works under; nothing is changed.

    :raises DatabaseUnreachable: it cannot be asked.
    """
    engine = open_reader(url)
    try:
        async with engine.connect() as connection:
            return await _ask(connection)
    except Exception as error:  # drivers raise what they like; none of it may show a password
        reason = explain(error)
    finally:
        await engine.dispose()
    raise DatabaseUnreachable(f"The database server cannot be asked ({reason}). Check that it runs.")


async def _ask(connection: AsyncConnection) -> ServerState:
    rows = (await connection.exec_driver_sql("SELECT name, setting FROM pg_settings")).mappings()
    return ServerState(
        {row["name"]: row["setting"] for row in rows},
        unlogged=(await connection.exec_driver_sql(_UNLOGGED)).scalar_one(),
        private_line=(await connection.exec_driver_sql(_LINE)).scalar_one(),
        slots=(await connection.exec_driver_sql(_SLOTS)).scalar_one(),
    )
