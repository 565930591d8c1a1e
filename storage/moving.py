"""Takes everything that is kept from one database to another: row by row, in one transaction, then compared.

Nothing is opened on the way: what moves is as sealed as what lay there. The tables are taken as they are, at
whatever revision; the new place is brought up to date when everything has arrived.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import FAULTS, explain, is_file, make_engine, parse_url, wait_for_turn
from storage.errors import DatabaseUnreachable, MoveRefused
from storage.migrate import HEAD, bring_to, change_tables, read_revision

Watch = Callable[[int, int], None]
"""Told how many rows of how many have moved."""
Alter = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]
_AT_ONCE = 200  # rows in memory: sealed objects are tens of kilobytes
_ROOM = 1 << 256
_VERSION = "alembic_version"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows, and the sum of their hashes: the same for the same rows in any order."""

    rows: int = 0
    digest: int = field(default=0, repr=False)

    def add(self, rows: Iterable[sa.RowMapping]) -> Tally:
        """With some rows more."""
        hashes = [hashlib.sha256(msgspec.msgpack.encode(list(row.values()))).digest() for row in rows]
        total = sum(int.from_bytes(one, "big") for one in hashes)
        return Tally(self.rows + len(hashes), (self.digest + total) % _ROOM)


def _as_they_are(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return rows


def _tell_nobody(_moved: int, _all: int) -> None: ...


async def move(
    source: str, target: str, *, watch: Watch = _tell_nobody, alter: Alter = _as_they_are
) -> dict[str, int]:
    """Copy everything; the number of rows by table comes back. The source is only read.

    `alter` is what may happen to rows on the way: nothing.

    :raises MoveRefused: there is nothing to move, the target is not empty, the copy is not the same, or
        a database failed; the target is as it was.
    :raises DatabaseUnreachable, SchemaTooNew: one of the two cannot be opened or read.
    """
    _insist_on_a_file_that_is_there(source)
    async with _opened(source, "The old database") as old, _opened(target, "The new database") as new:
        try:
            return await _move(old, new, watch=watch, alter=alter)
        except FAULTS as error:
            reason = explain(error)
    raise MoveRefused(
        f"Nothing was moved ({reason}); the old database is as it was, and nothing half is in the new one. "
        "Make sure that both run and have room on their disks, then try again."
    )


async def take_to(url: str, revision: str) -> None:
    """Change the tables to those of a revision, forwards or back, while nobody works on them.

    :raises MoveRefused: somebody else is connected.
    :raises DatabaseUnreachable, SchemaTooNew: it cannot be opened or changed.
    """
    async with _opened(url, "The database") as connection:
        async with connection.begin():
            await _insist_on_being_alone(connection)
        await bring_to(connection, revision)


async def _move(old: AsyncConnection, new: AsyncConnection, *, watch: Watch, alter: Alter) -> dict[str, int]:
    async with old.begin(), new.begin():
        await wait_for_turn(old)
        await wait_for_turn(new)
        await _insist_on_being_alone(old)
        await _insist_on_an_empty_place(new)
        revision = await old.run_sync(read_revision)
        if not revision:
            raise MoveRefused("The old database has no tables of Vestka's: there is nothing to move.")
        await new.run_sync(change_tables, revision)
        moved = await _copy(old, new, watch=watch, alter=alter)
        async with new.begin_nested() as looking:  # its end closes what was read: an open one bars the change
            arrived = await _read(new)
            await looking.rollback()
        if moved != arrived:
            raise MoveRefused(
                "What arrived is not what was sent, so nothing was moved; the old database is as it was. "
                "Look at the disk and the memory of the new place before you try again."
            )
        await new.run_sync(change_tables, HEAD)
    return {name: tally.rows for name, tally in moved.items()}


async def _copy(
    old: AsyncConnection, new: AsyncConnection, *, watch: Watch, alter: Alter
) -> dict[str, Tally]:
    here, there = await _tables(old), await _tables(new)
    total = sum([await _count(old, table) for table in here.values()])
    moved, done = {}, 0
    for name, table in here.items():
        tally = Tally()
        async for rows in _stream(old, table):
            tally = tally.add(rows)
            await new.execute(sa.insert(there[name]), alter([dict(row) for row in rows]))
            done += len(rows)
            watch(done, total)
        moved[name] = tally
    return moved


async def _read(connection: AsyncConnection) -> dict[str, Tally]:
    """What is there, table by table."""
    found = {}
    for name, table in (await _tables(connection)).items():
        tally = Tally()
        async for rows in _stream(connection, table):
            tally = tally.add(rows)
        found[name] = tally
    return found


async def _stream(connection: AsyncConnection, table: sa.Table) -> AsyncIterator[Sequence[sa.RowMapping]]:
    """A few rows at a time."""
    columns = sorted(table.columns, key=lambda column: column.name)  # one order on both sides
    async with connection.stream(sa.select(*columns)) as result:
        async for rows in result.mappings().partitions(_AT_ONCE):
            yield rows


async def _tables(connection: AsyncConnection) -> dict[str, sa.Table]:
    """The tables as the database describes them: an older one has other columns than this code."""
    found = sa.MetaData()
    await connection.run_sync(found.reflect)
    return {table.name: table for table in found.sorted_tables if table.name != _VERSION}


async def _count(connection: AsyncConnection, table: sa.Table) -> int:
    return int((await connection.execute(sa.select(sa.func.count()).select_from(table))).scalar_one())


async def _insist_on_being_alone(connection: AsyncConnection) -> None:
    """A server can be reached from elsewhere: a bot that runs there would go on writing to the old place."""
    if connection.dialect.name == "sqlite":
        return
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    if (await connection.exec_driver_sql(others)).scalar_one():
        raise MoveRefused(
            "Somebody else is connected to the database. Stop every bot that works on it, wherever it runs, "
            "and close other sessions; then try again."
        )


async def _insist_on_an_empty_place(connection: AsyncConnection) -> None:
    found = sa.MetaData()
    await connection.run_sync(found.reflect)
    if found.tables:
        raise MoveRefused(
            f"The new database is not empty: it has {len(found.tables)} tables. Name one that holds nothing; "
            "Vestka makes the tables itself."
        )


def _insist_on_a_file_that_is_there(url: str) -> None:
    parsed = parse_url(url)
    if is_file(parsed) and not Path(parsed.database or "").exists():
        raise MoveRefused("There is no old database yet: there is nothing to move.")


@asynccontextmanager
async def _opened(url: str, words: str) -> AsyncIterator[AsyncConnection]:
    """A connection of its own; a file that was made for it and stayed empty goes again."""
    parsed = parse_url(url)
    file = Path(parsed.database or "") if is_file(parsed) else None
    made = file is not None and not file.exists()
    engine = make_engine(url)
    try:
        connection = await _connect(engine.connect(), words)
        try:
            yield connection
        finally:
            await connection.close()
    except BaseException:
        await engine.dispose()
        if made and file is not None:
            remove_file(file)
        raise
    await engine.dispose()


async def _connect(connecting: Any, words: str) -> AsyncConnection:
    try:
        connection: AsyncConnection = await connecting
    except Exception as error:  # drivers raise what they like here; none of it may show a password
        reason = explain(error)
    else:
        return connection
    raise DatabaseUnreachable(
        f"{words} cannot be opened ({reason}). Check its address, that it runs, and that this role may log "
        "in; a password belongs into ~/.pgpass, or the file that PGPASSFILE names."
    )


def remove_file(file: Path) -> None:
    """An embedded database with what lies beside it; a name is all that is taken away."""
    for path in (file, *(file.with_name(f"{file.name}-{side}") for side in ("wal", "shm", "journal"))):
        path.unlink(missing_ok=True)
