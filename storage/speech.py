"""How rows are asked for and written: through SQLAlchemy, or past it to SQLite's driver with the same SQL.

SQLite's driver works in a thread of its own. SQLAlchemy goes there four times for one statement (cursor,
execute, fetch, close), and each time costs more than the statement does. So what is said at every step is
compiled once and said to the driver in one go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

Row = Mapping[str, Any]


class Speech(Protocol):
    """Four things to say to a database, inside a transaction."""

    async def ask(self, statement: sa.Select[Any]) -> Sequence[Row]:
        """The rows of a statement."""

    async def pick(self, column: sa.Column[Any], values: Sequence[Any]) -> Sequence[Row]:
        """The rows that have one of these values there."""

    async def delete(self, table: sa.Table, keys: Sequence[Any]) -> None:
        """Remove rows by their keys."""

    async def upsert(self, table: sa.Table, rows: Sequence[Row]) -> None:
        """Write whole rows."""


def speech_of(connection: AsyncConnection) -> Speech:
    """The way to speak over this connection."""
    return _ToSqlite(connection) if connection.dialect.name == "sqlite" else _Polite(connection)


class _Polite:
    """Through SQLAlchemy."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def ask(self, statement: sa.Select[Any], **values: object) -> Sequence[Row]:
        found: Sequence[Any] = (await self._connection.execute(statement, values)).mappings().all()
        return found

    async def pick(self, column: sa.Column[Any], values: Sequence[Any]) -> Sequence[Row]:
        return await self.ask(_picking_any(column), wanted=list(values))

    async def delete(self, table: sa.Table, keys: Sequence[Any]) -> None:
        await self._connection.execute(_delete(table), [{"gone": key} for key in keys])

    async def upsert(self, table: sa.Table, rows: Sequence[Row]) -> None:
        await self._connection.execute(_upsert(table, "postgresql"), [dict(row) for row in rows])


class _ToSqlite(_Polite):
    """To the driver. Days are text there, as SQLAlchemy keeps them."""

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__(connection)
        self._driver: Any = None

    async def pick(self, column: sa.Column[Any], values: Sequence[Any]) -> Sequence[Row]:
        text = f"{_picking(column)} ({', '.join('?' * len(values))})"
        found = await (await self._reach()).execute_fetchall(text, [_spell(value) for value in values])
        names, days = column.table.columns.keys(), _days_of(column.table)
        rows = [dict(zip(names, row, strict=True)) for row in found]
        for row in rows if days else ():
            row.update({name: _read_day(row[name]) for name in days})
        return rows

    async def delete(self, table: sa.Table, keys: Sequence[Any]) -> None:
        await self._tell(_text(_delete(table)), [(key,) for key in keys])

    async def upsert(self, table: sa.Table, rows: Sequence[Row]) -> None:
        names = table.columns.keys()
        spelt = [[_spell(row[name]) for name in names] for row in rows]
        await self._tell(_text(_upsert(table, "sqlite")), spelt)

    async def _tell(self, text: str, rows: Sequence[Sequence[Any]]) -> None:
        driver, engine = await self._reach(), self._connection.sync_connection
        listeners: Any = engine.dispatch.before_cursor_execute if engine is not None else ()
        for listener in listeners:  # whoever listens to the engine hears of these statements, too
            listener(engine, None, text, rows, None, True)
        async with driver.executemany(text, rows):
            return

    async def _reach(self) -> Any:
        if self._driver is None:
            self._driver = (await self._connection.get_raw_connection()).driver_connection
        return self._driver


@lru_cache
def key_of(table: sa.Table) -> sa.Column[Any]:
    """The one column that is a table's key."""
    (column,) = table.primary_key.columns
    return column


_SQLITE = sqlite.dialect(paramstyle="qmark")


def _spell(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _read_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@lru_cache
def _days_of(table: sa.Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if isinstance(column.type, sa.Date))


@lru_cache
def _picking(column: sa.Column[Any]) -> str:
    return f"{sa.select(column.table).compile(dialect=_SQLITE)} WHERE {column.table.name}.{column.name} IN"


@lru_cache
def _picking_any(column: sa.Column[Any]) -> sa.Select[Any]:
    """One statement however many values there are, so that the server prepares it once."""
    wanted = sa.bindparam("wanted", type_=postgresql.ARRAY(column.type))
    return sa.select(column.table).where(column == sa.any_(wanted))


@lru_cache
def _text(statement: sa.Delete | sa.Insert) -> str:
    return str(statement.compile(dialect=_SQLITE))


@lru_cache
def _delete(table: sa.Table) -> sa.Delete:
    return sa.delete(table).where(key_of(table) == sa.bindparam("gone"))


@lru_cache
def _upsert(table: sa.Table, dialect: str) -> sa.Insert:
    insert: Any = (sqlite if dialect == "sqlite" else postgresql).insert(table)
    others = {column.name: insert.excluded[column.name] for column in table.columns if not column.primary_key}
    statement: sa.Insert = insert.on_conflict_do_update(index_elements=[key_of(table)], set_=others)
    return statement
