"""A look at a database that changes nothing in it: for finding faults beside a running bot.

`Store.open` would make the file, bring the tables up to date and write a first row; none of that is for
somebody who only asks how things are.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from handlers.suspensions import Suspension
from storage.audit import Audit
from storage.cases import Cases
from storage.database import SESSION, explain, is_file, parse_url
from storage.errors import DatabaseUnreachable, StorageError
from storage.leases import count_workers
from storage.migrate import list_revisions, read_revision
from storage.rows import Rows
from storage.suspensions import Suspensions
from storage.tables import suspensions
from storage.vault import Seals, Vault
from storage.volatile import KeyRing

T = TypeVar("T")


class Tables(StrEnum):
    """What was found."""

    MISSING = "missing"  # made at the first start
    BEHIND = "behind"  # brought up to date at the next start
    CURRENT = "current"


async def survey(url: str, *, case_key: bytes) -> Tables:
    """Open the database for reading, compare its tables with this code, and try the case key.

    :raises DatabaseUnreachable: it cannot be opened or read.
    :raises SchemaTooNew: a newer version was here before.
    :raises CaseKeyRefused: it was made with another secrets file.
    """
    file = file_of(url)
    if file is not None and not file.exists():
        return Tables.MISSING
    return await ask(url, lambda connection: _look(connection, case_key))


async def find_damaged(url: str, *, case_key: bytes) -> list[bytes]:
    """The ids of the cases whose row does not open, in their order.

    :raises DatabaseUnreachable: it cannot be opened or read.
    """

    async def look(connection: AsyncConnection) -> list[bytes]:
        unit = _cases(connection, case_key)
        return sorted(set(await unit.ids()) - {case.id for case in await unit.all()})

    return await ask(url, look)


async def find_suspensions(url: str, *, case_key: bytes) -> list[Suspension]:
    """Who was suspended in the chat; nobody where there is no database yet, or one from before that.

    :raises DatabaseUnreachable: it cannot be opened or read.
    """

    async def look(connection: AsyncConnection) -> list[Suspension]:
        if not await connection.run_sync(lambda known: sa.inspect(known).has_table(suspensions.name)):
            return []
        return await Suspensions(Rows(connection), _vault(case_key)).all()

    file = file_of(url)
    return await ask(url, look) if file is None or file.exists() else []


@dataclass(frozen=True, slots=True)
class Workers:
    """How many processes work on a database: those that live, those that have said nothing for a while."""

    alive: int
    silent: int
    reads: bool


async def find_workers(url: str, *, watch_seconds: float = 3.0) -> Workers:
    """Watch a database server for a moment: who says that they live, and whether one of them reads.

    :raises DatabaseUnreachable: it cannot be opened or read.
    """

    async def watch(connection: AsyncConnection) -> Workers:
        if await connection.run_sync(read_revision) != list_revisions()[-1]:
            return Workers(0, 0, reads=False)
        before, _ = await count_workers(connection)
        await connection.rollback()
        await asyncio.sleep(watch_seconds if before else 0)
        after, reader = await count_workers(connection)
        alive = {key for key, beats in after.items() if beats != before.get(key)}
        return Workers(len(alive), len(after) - len(alive), reads=reader in alive)

    return await ask(url, watch)


async def ask(url: str, look: Callable[[AsyncConnection], Awaitable[T]]) -> T:
    """What `look` makes of a connection that can only read (raises DatabaseUnreachable)."""
    engine = open_reader(url)
    try:
        async with engine.connect() as connection:
            return await look(connection)
    except StorageError:
        raise
    except Exception as error:  # drivers raise what they like; none of it may show a password
        reason = explain(error)
    finally:
        await engine.dispose()
    raise DatabaseUnreachable(
        f"The database cannot be read ({reason}). Check places.database, that it runs and is Vestka's own."
    )


def file_of(url: str) -> Path | None:
    """The file of an embedded database; None for one on a server."""
    parsed = parse_url(url)
    return Path(parsed.database or "") if is_file(parsed) else None


def open_reader(url: str) -> AsyncEngine:
    """An engine that can only read; it makes no file."""
    file = file_of(url)
    if file is not None:
        url = f"sqlite+aiosqlite:///file:{quote(str(file))}?mode=ro&uri=true"
        return create_async_engine(url, hide_parameters=True)
    return create_async_engine(
        parse_url(url),
        hide_parameters=True,
        execution_options={"postgresql_readonly": True},
        connect_args={"timeout": 5, "server_settings": SESSION},
    )


async def _look(connection: AsyncConnection, case_key: bytes) -> Tables:
    current = await connection.run_sync(read_revision)
    if current:
        await _cases(connection, case_key).check_key()
    return Tables.CURRENT if current == list_revisions()[-1] else Tables.BEHIND


def _cases(connection: AsyncConnection, case_key: bytes) -> Cases:
    rows, vault = Rows(connection), _vault(case_key)
    return Cases(rows, vault, Audit(rows, vault))


def _vault(case_key: bytes) -> Vault:
    ring = KeyRing(Path(), warning=None, random=secrets.token_bytes)  # holds no keys; cases need none
    return Vault(ring, case_key, seals=Seals())
