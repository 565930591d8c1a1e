"""Whole databases, whatever tables they have: filled with invented rows, read, compared."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
from itertools import count
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import make_engine
from storage.migrate import HEAD, bring_to

Contents = dict[str, list[dict[str, Any]]]
_VERSION = "alembic_version"
_numbers = count(1)


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[AsyncConnection]:
    """A connection, closed at the end."""
    engine = make_engine(url)
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()


async def change_to(url: str, revision: str) -> None:
    """Bring the tables to a revision."""
    async with connected(url) as connection:
        await bring_to(connection, revision)


async def reflect(connection: AsyncConnection) -> sa.MetaData:
    """The tables as the database itself describes them."""
    found = sa.MetaData()
    await connection.run_sync(found.reflect)
    if _VERSION in found.tables:
        found.remove(found.tables[_VERSION])
    return found


def invent(column: sa.Column[Any]) -> Any:
    """Something that fits."""
    if column.nullable and next(_numbers) % 2:
        return None
    if isinstance(column.type, sa.LargeBinary):
        return os.urandom(16 if column.primary_key or column.type.length else 700)
    if isinstance(column.type, sa.Date):
        return date(2026, 11, 1 + next(_numbers) % 28)
    return next(_numbers) if isinstance(column.type, sa.Integer) else f"Слова №{next(_numbers)}"


async def fill(url: str, *, rows: int = 7) -> None:
    """Some rows in every table there is."""
    async with connected(url) as connection, connection.begin():
        for table in (await reflect(connection)).sorted_tables:
            made = [{column.name: invent(column) for column in table.columns} for _ in range(rows)]
            await connection.execute(sa.insert(table), made)


async def copy(source: str, target: str) -> None:
    """Take every row to a new database, also from beneath somebody who works on the old one."""
    rows = await contents(source)
    await change_to(target, HEAD)
    async with connected(target) as connection, connection.begin():
        for table in (await reflect(connection)).sorted_tables:
            if rows[table.name]:
                await connection.execute(sa.insert(table), rows[table.name])


async def contents(url: str) -> Contents:
    """Every row of every table, in one order."""
    async with connected(url) as connection:
        tables = (await reflect(connection)).sorted_tables
        found = {}
        for table in tables:
            rows = (await connection.execute(sa.select(table))).mappings().all()
            found[table.name] = sorted((dict(row) for row in rows), key=repr)
        await connection.rollback()
    return found


def _describe_index(index: Any) -> str:
    options = {name: str(told) for name, told in index.get("dialect_options", {}).items()}
    return f"{index['name']} {index['column_names']} {index['unique']} {options}"


def _describe(connection: sa.Connection) -> Iterator[tuple[str, object]]:
    look = sa.inspect(connection)
    for name in sorted(set(look.get_table_names()) - {_VERSION}):
        columns = sorted(look.get_columns(name), key=lambda column: str(column["name"]))
        yield f"{name}: columns", [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in columns]
        yield f"{name}: key", look.get_pk_constraint(name)["constrained_columns"]
        yield f"{name}: indexes", sorted(map(_describe_index, look.get_indexes(name)))
        unique = look.get_unique_constraints(name)
        yield f"{name}: unique", sorted(each["column_names"] for each in unique)


async def describe(url: str) -> dict[str, object]:
    """The tables of a database, column by column, and whether SQLite counts their rows."""
    async with connected(url) as connection:
        found: dict[str, object] = await connection.run_sync(lambda sync: dict(_describe(sync)))
        if connection.dialect.name == "sqlite":
            query = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
            for row in (await connection.execute(query)).all():
                found[f"{row[0]}: counted"] = "WITHOUT ROWID" not in row[1]
        await connection.rollback()
    return found


async def differences(url: str, metadata: sa.MetaData) -> list[object]:
    """What Alembic would have to change to make the database like the code."""
    async with connected(url) as connection:
        found: list[object] = await connection.run_sync(
            lambda sync: list(compare_metadata(MigrationContext.configure(sync), metadata))
        )
        await connection.rollback()
    return found
