"""The engine, and what a database must be told so that it keeps what we commit and forgets what we delete.

SQLite leaves deleted rows in the file and in its log unless it is told otherwise. PostgreSQL never sees a
readable value, because its own log keeps old rows.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DataError, IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.errors import DatabaseUnreachable

PRAGMAS: dict[str, str] = {
    "busy_timeout": "5000",
    "journal_mode": "WAL",
    "synchronous": "FULL",  # a commit is on the disk before it is acknowledged
    "secure_delete": "ON",  # must be said: builds differ
    "temp_store": "MEMORY",
    "foreign_keys": "ON",
}
FAULTS = (SQLAlchemyError, OSError, sqlite3.Error)
"""What the database raises when it cannot do its work, with SQLAlchemy between us or not."""
SESSION: dict[str, str] = {
    "application_name": "vestka",
    "synchronous_commit": "on",  # a commit is on the disk before it is acknowledged
    "log_parameter_max_length_on_error": "0",  # no value in the server's log
    "default_transaction_isolation": "read committed",  # who waited for a turn sees what was kept meanwhile
}
"""What a connection to PostgreSQL asks for itself; the rest is the server's: see `vestka doctor`."""
REFUSALS = (IntegrityError, DataError, sqlite3.IntegrityError, sqlite3.DataError)
"""What it raises when it is well, but will not take a value."""
AT_WORK: dict[str, str] = {
    **SESSION,
    "idle_in_transaction_session_timeout": "15s",  # who falls asleep during its turn loses it
}
"""The same for a bot among others, whose turn everybody waits for."""
_DRIVERS = frozenset({"sqlite+aiosqlite", "postgresql+asyncpg"})
_SPELT = {
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "sqlite": "sqlite+aiosqlite",
}
"""How others call what we speak."""
_ONE_WRITER = 0x7665_7374_6B61  # "vestka": PostgreSQL's advisory lock that makes two processes take turns


def make_engine(
    url: str, *, pragmas: dict[str, str] = PRAGMAS, session: dict[str, str] = SESSION
) -> AsyncEngine:
    """An engine for `sqlite+aiosqlite:///FILE` or `postgresql+asyncpg://…`; connects to nothing yet.

    :raises DatabaseUnreachable: another kind of URL, or the file's folder is missing.
    """
    parsed = parse_url(url)
    told = {} if is_file(parsed) else {"connect_args": {"server_settings": session}}
    engine = create_async_engine(parsed, hide_parameters=True, pool_reset_on_return=None, **told)
    if is_file(parsed):
        _make_file(parsed)
        _tune_sqlite(engine, pragmas)
    return engine


def spell_url(url: str) -> str:
    """The address as we write it: `postgres://…` means PostgreSQL by the only driver that we have."""
    scheme, mark, rest = url.partition("://")
    return f"{_SPELT.get(scheme.lower(), scheme)}{mark}{rest}"


def parse_url(url: str) -> URL:
    """An address of one of the two databases we speak, however its scheme is spelt.

    :raises DatabaseUnreachable: it is something else.
    """
    try:
        parsed = make_url(spell_url(url))
    except ArgumentError:
        raise DatabaseUnreachable(
            "This is neither a file nor an address like postgres://ROLE@HOST/DATABASE."
        ) from None
    if parsed.drivername not in _DRIVERS:
        raise DatabaseUnreachable(
            f"Vestka does not speak {parsed.drivername}. Name a file, or postgres://ROLE@HOST/DATABASE."
        )
    if "sslmode" in parsed.query:  # libpq's name for what our driver calls ssl
        parsed = parsed.difference_update_query(["sslmode"]).update_query_dict(
            {"ssl": parsed.query["sslmode"]}
        )
    return parsed


def is_file(url: URL) -> bool:
    """Whether the database is a file of ours, and not a server."""
    return url.get_backend_name() == "sqlite"


def has_password(url: URL) -> bool:
    """Whether a password stands in the address, in either of its places."""
    return bool(url.password) or "password" in url.query


def _make_file(url: URL) -> None:
    """Make the file before SQLite does, so that it and its side files are ours alone (mode 0600)."""
    path = Path(url.database or "")
    if not url.database or url.database == ":memory:":
        raise DatabaseUnreachable("places.database must be a file: what is only in memory is not kept.")
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        path.chmod(0o600)
    except OSError as error:
        raise DatabaseUnreachable(
            f"The database {path} cannot be opened: {error.strerror}. Make its folder writable."
        ) from None


def _tune_sqlite(engine: AsyncEngine, pragmas: dict[str, str]) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def _tell(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves: the driver's own comes too late
        cursor = connection.cursor()
        for name, value in pragmas.items():
            cursor.execute(f"PRAGMA {name}={value}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        # Nobody writes between our reading and our writing. Past SQLAlchemy, which would go there four times.
        connection.connection.dbapi_connection.run_async(lambda driver: driver.execute("BEGIN IMMEDIATE"))


def is_sqlite(connection: AsyncConnection) -> bool:
    """Whether this is the embedded database."""
    return connection.dialect.name == "sqlite"


async def wait_for_turn(connection: AsyncConnection) -> None:
    """Inside a transaction: hold off other writers until it ends (SQLite has done so with BEGIN)."""
    if not is_sqlite(connection):
        await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_WRITER})")


async def truncate_log(connection: AsyncConnection) -> bool:
    """Write the log into the file and empty it, so that deleted rows go. False: a reader was in the way.

    After purges and every ten minutes; outside a transaction. PostgreSQL manages its log itself.
    """
    if not is_sqlite(connection):
        return True
    rows = await _tell_sqlite(connection, "PRAGMA wal_checkpoint(TRUNCATE)")
    return not rows[0][0]


async def vacuum(connection: AsyncConnection) -> None:
    """Rebuild the file without its holes; weekly, outside a transaction."""
    if is_sqlite(connection):
        await _tell_sqlite(connection, "VACUUM")
        await truncate_log(connection)
        return
    async with connection.engine.connect() as other:
        await other.execution_options(isolation_level="AUTOCOMMIT")
        await other.exec_driver_sql("VACUUM")


async def _tell_sqlite(connection: AsyncConnection, statement: str) -> list[tuple[Any, ...]]:
    """One statement that no transaction may surround."""
    driver: Any = (await connection.get_raw_connection()).driver_connection
    return [tuple(row) for row in await driver.execute_fetchall(statement)]


_IN_WORDS = {
    "CannotConnectNowError": "the server is just starting or stopping",
    "ConnectionRefusedError": "nobody listens there",
    "DiskFullError": "the server's disk is full",
    "FileNotFoundError": "there is no socket in that folder",
    "InsufficientPrivilegeError": "this role may not do that there; it should own the database",
    "InvalidAuthorizationSpecificationError": "the server does not let this role in",
    "InvalidCatalogNameError": "there is no such database; `createdb` makes one",
    "InvalidPasswordError": "the password is wrong or missing",
    "SQLITE_FULL": "the disk is full",
    "SQLITE_NOTADB": "that file is no database",
    "SQLITE_READONLY": "the file may not be written",
    "TooManyConnectionsError": "the server takes no more connections",
}


def explain(error: BaseException) -> str:
    """Why the database failed: the name of the error, in words where operators meet it; never a value."""
    cause = getattr(error, "orig", None) or error
    while cause.__cause__ is not None:
        cause = cause.__cause__
    name = str(getattr(cause, "sqlite_errorname", "")) or type(cause).__name__
    words = _IN_WORDS.get(name)
    return f"{name}: {words}" if words else name
