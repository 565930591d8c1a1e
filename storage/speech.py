"""How rows are asked for and written: through SQLAlchemy, or past it to SQLite's driver with the same SQL.

Each way to the database and back costs more than a statement does: to PostgreSQL over a socket, to SQLite's
driver into a thread of its own, where SQLAlchemy goes four times for one statement (cursor, execute, fetch,
close). So what is said at every step is compiled once, and all that is known at a time goes in one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from itertools import count
from typing import Any, NamedTuple, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

Row = Mapping[str, Any]
Wanted = tuple[sa.Column[Any], Sequence[Any]]
"""Rows that have one of these values in this column."""


class Change(NamedTuple):
    """What is to be written to a table: rows that go, by their keys, and rows as they are to be."""

    table: sa.Table
    gone: Sequence[Any]
    kept: Sequence[Row]


class Speech(Protocol):
    """Three things to say to a database, inside a transaction."""

    async def ask(self, statement: sa.Select[Any]) -> Sequence[Row]:
        """The rows of a statement."""

    async def pick(self, wanted: Sequence[Wanted]) -> Sequence[Sequence[Row]]:
        """The rows that are wanted, in that order."""

    async def write(self, changes: Sequence[Change]) -> None:
        """Remove and write whole rows."""


def speech_of(connection: AsyncConnection) -> Speech:
    """The way to speak over this connection."""
    return _ToSqlite(connection) if connection.dialect.name == "sqlite" else _ToPostgres(connection)


class _Polite:
    """Through SQLAlchemy."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def ask(self, statement: sa.Select[Any]) -> Sequence[Row]:
        found: Sequence[Any] = (await self._connection.execute(statement)).mappings().all()
        return found


class _ToPostgres(_Polite):
    """One statement for many tables; values go as arrays, so that the server prepares each once."""

    async def pick(self, wanted: Sequence[Wanted]) -> Sequence[Sequence[Row]]:
        text = _picking_all(tuple(column for column, _ in wanted))
        (found,) = await self._say(text, [values for _, values in wanted])
        return [[dict(row) for row in rows] for rows in found]

    async def write(self, changes: Sequence[Change]) -> None:
        """What goes, goes first: a row may take the place of another."""
        if gone := [change for change in changes if change.gone]:
            await self._say(_deleting(tuple(change.table for change in gone)), [one.gone for one in gone])
        if kept := [change for change in changes if change.kept]:
            columns = [
                [row[column.name] for row in rows] for table, _, rows in kept for column in table.columns
            ]
            await self._say(_upserting(tuple(change.table for change in kept)), columns)

    async def _say(self, text: str, arrays: Sequence[Sequence[Any]]) -> Sequence[Any]:
        return (await self._connection.exec_driver_sql(text, tuple(map(list, arrays)))).all()


class _ToSqlite(_Polite):
    """To the driver. Days are text there, as SQLAlchemy keeps them."""

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__(connection)
        self._driver: Any = None

    async def pick(self, wanted: Sequence[Wanted]) -> Sequence[Sequence[Row]]:
        said = [(_picking(column, len(values)), list(map(_spell, values))) for column, values in wanted]
        found = await self._go(partial(_fetch, said))
        return [_read_rows(column.table, rows) for (column, _), rows in zip(wanted, found, strict=True)]

    async def write(self, changes: Sequence[Change]) -> None:
        said = [statement for change in changes for statement in _spell_change(change)]
        engine = self._connection.sync_connection
        listeners: Any = engine.dispatch.before_cursor_execute if engine is not None else ()
        for text, rows in said if listeners else ():
            for listener in listeners:  # whoever listens to the engine hears of these statements, too
                listener(engine, None, text, rows, None, True)
        await self._go(partial(_execute, said))

    async def _go(self, act: Callable[[sqlite3.Connection], Any]) -> Any:
        """Into the driver's thread and back, once; each of its public methods would be a way of its own."""
        if self._driver is None:
            self._driver = (await self._connection.get_raw_connection()).driver_connection
        return await self._driver._execute(act, self._driver._conn)


@lru_cache
def key_of(table: sa.Table) -> sa.Column[Any]:
    """The one column that is a table's key."""
    (column,) = table.primary_key.columns
    return column


_SQLITE, _POSTGRES = sqlite.dialect(paramstyle="qmark"), postgresql.dialect()  # type: ignore[no-untyped-call]


def _spell(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _spell_change(change: Change) -> Iterator[tuple[str, list[list[Any]]]]:
    """The statements of a change, each with its rows."""
    table, gone, kept = change
    if gone:
        yield _text(_delete(table)), [[key] for key in gone]
    if kept:
        names = table.columns.keys()
        yield _text(_upsert(table)), [[_spell(row[name]) for name in names] for row in kept]


def _fetch(said: Iterable[tuple[str, Sequence[Any]]], driver: sqlite3.Connection) -> list[list[Any]]:
    return [driver.execute(text, values).fetchall() for text, values in said]


def _execute(said: Iterable[tuple[str, Sequence[Sequence[Any]]]], driver: sqlite3.Connection) -> None:
    for text, rows in said:
        driver.executemany(text, rows)


def _read_rows(table: sa.FromClause, found: Iterable[Sequence[Any]]) -> list[Row]:
    names, days = table.columns.keys(), _days_of(table)
    rows = [dict(zip(names, row, strict=True)) for row in found]
    for row in rows if days else ():
        row.update({name: _read_day(row[name]) for name in days})
    return list(rows)


def _read_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@lru_cache
def _days_of(table: sa.FromClause) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if isinstance(column.type, sa.Date))


@lru_cache(1000)
def _picking(column: sa.Column[Any], number: int) -> str:
    some = f"{column.table.name}.{column.name} IN ({', '.join('?' * number)})"
    return f"{sa.select(column.table).compile(dialect=_SQLITE)} WHERE {some}"


@lru_cache
def _picking_all(columns: tuple[sa.Column[Any], ...]) -> str:
    """One row: for each column the rows of its table that have one of the values."""
    parts = [
        f"ARRAY(SELECT {column.table.name} FROM {column.table.name} WHERE {_among(column, number)})"  # noqa: S608
        for number, column in enumerate(columns, start=1)
    ]
    return f"SELECT {', '.join(parts)}"


@lru_cache
def _deleting(tables: tuple[sa.Table, ...]) -> str:
    """One statement that takes an array of keys for each table."""
    return _together(
        f"DELETE FROM {table.name} WHERE {_among(key_of(table), number)}"  # noqa: S608  (names of ours alone)
        for number, table in enumerate(tables, start=1)
    )


@lru_cache
def _upserting(tables: tuple[sa.Table, ...]) -> str:
    """One statement that takes an array for each column of each table."""
    numbers = count(1)
    return _together(_upserting_one(table, numbers) for table in tables)


def _upserting_one(table: sa.Table, numbers: Iterator[int]) -> str:
    names = table.columns.keys()
    arrays = ", ".join(_array(column, next(numbers)) for column in table.columns)
    others = ", ".join(f"{name} = excluded.{name}" for name in names if name != key_of(table).name)
    return (
        f"INSERT INTO {table.name} ({', '.join(names)}) SELECT * FROM unnest({arrays}) "  # noqa: S608
        f"ON CONFLICT ({key_of(table).name}) DO UPDATE SET {others}"
    )


def _together(statements: Iterable[str]) -> str:
    """Several statements that write, as one; each sees the tables as they were before."""
    parts = [f"part_{number} AS ({statement})" for number, statement in enumerate(statements)]
    return f"WITH {', '.join(parts)} SELECT 1"


def _among(column: sa.Column[Any], number: int) -> str:
    return f"{column.name} = ANY({_array(column, number)})"


def _array(column: sa.Column[Any], number: int) -> str:
    return f"${number}::{column.type.compile(_POSTGRES)}[]"


@lru_cache
def _text(statement: sa.Delete | sa.Insert) -> str:
    return str(statement.compile(dialect=_SQLITE))


@lru_cache
def _delete(table: sa.Table) -> sa.Delete:
    return sa.delete(table).where(key_of(table) == sa.bindparam("gone"))


@lru_cache
def _upsert(table: sa.Table) -> sa.Insert:
    insert: Any = sqlite.insert(table)
    others = {column.name: insert.excluded[column.name] for column in table.columns if not column.primary_key}
    statement: sa.Insert = insert.on_conflict_do_update(index_elements=[key_of(table)], set_=others)
    return statement
