"""Rows inside one transaction: read once, changed in memory, written together.

One statement through an asynchronous driver costs far more than one more row in a statement. So jobs change
rows here, each in a layer of its own (a savepoint in memory) that is dropped when the job fails; what is
left is written in a few statements per batch. Nobody else writes meanwhile (`storage.database`), so what was
read stays true until the commit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import metadata

Key = bytes | str
Row = Mapping[str, Any]
Changes = dict[str, dict[Key, Row | None]]
_AT_ONCE = 500  # keys in one statement


class Rows:
    """What this transaction has read and changed. `failed` is the statement that broke it, if one did."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._read: Changes = {}
        self._kept: Changes = {}
        self._job: Changes = {}
        self.layers: list[Changes] = []
        self.failed: SQLAlchemyError | None = None

    def begin_job(self) -> None:
        """Whatever is changed from here on belongs to the next job."""
        self._job = {}

    def keep_job(self) -> Changes:
        """The job went well: its changes count for everything that follows."""
        layer, self._job = self._job, {}
        self.layers.append(layer)
        for table, changes in layer.items():
            self._kept.setdefault(table, {}).update(changes)
        return layer

    def drop_job(self) -> None:
        """The job failed: as if it had never been."""
        self._job = {}

    def copy_job(self) -> Changes:
        """What this job has changed so far, to come back to."""
        return {table: dict(changes) for table, changes in self._job.items()}

    def restore_job(self, changes: Changes) -> None:
        """The job has changed only this."""
        self._job = changes

    async def get(self, table: sa.Table, key: Key) -> Row | None:
        """The row, as this job sees it."""
        for source in (self._job, self._kept, self._read):
            rows = source.get(table.name)
            if rows is not None and key in rows:
                return rows[key]
        await self.read_ahead(table, [key])
        return self._read[table.name][key]

    async def read_ahead(self, table: sa.Table, keys: Iterable[Key]) -> None:
        """Fetch many rows at once, so that `get` need not ask one by one."""
        known = self._read.setdefault(table.name, {})
        wanted = [key for key in dict.fromkeys(keys) if key not in known]
        column = _key_of(table)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            known.update(dict.fromkeys(some))
            for row in await self._ask(sa.select(table).where(column.in_(some))):
                known[row[column.name]] = row

    async def find(
        self, table: sa.Table, clause: sa.ColumnElement[bool], *, fits: Callable[[Row], bool]
    ) -> dict[Key, Row]:
        """All rows for which `clause` holds; `fits` says the same of rows that are not written yet."""
        name = _key_of(table).name
        known = self._read.setdefault(table.name, {})
        found: dict[Key, Row] = {}
        for row in await self._ask(sa.select(table).where(clause)):
            known[row[name]] = found[row[name]] = row
        for layer in (self._kept, self._job):
            for key, changed in layer.get(table.name, {}).items():
                found.pop(key, None)
                if changed is not None and fits(changed):
                    found[key] = changed
        return found

    async def keys(self, table: sa.Table, clause: sa.ColumnElement[bool]) -> set[Key]:
        """The keys of all rows that are written and for which `clause` holds."""
        name = _key_of(table).name
        return {row[name] for row in await self._ask(sa.select(_key_of(table)).where(clause))}

    def put(self, table: sa.Table, row: Row) -> None:
        """The row is to be like this."""
        self._job.setdefault(table.name, {})[row[_key_of(table).name]] = row

    def drop(self, table: sa.Table, key: Key) -> None:
        """The row is to go."""
        self._job.setdefault(table.name, {})[key] = None

    async def write(self) -> None:
        """Write what all jobs changed."""
        await self._write(self._kept)

    async def write_layer(self, layer: Changes) -> None:
        """Write what one job changed, behind a savepoint: if the database refuses it, the others stay."""
        async with self._connection.begin_nested():
            await self._write(layer)

    async def _write(self, changes: Changes) -> None:
        dialect = self._connection.dialect.name
        for table in metadata.sorted_tables:
            rows = changes.get(table.name, {})
            gone = [{"gone": key} for key, row in rows.items() if row is None]
            kept = [dict(row) for row in rows.values() if row is not None]
            if gone:
                await self._connection.execute(_delete(table), gone)
            if kept:
                await self._connection.execute(_upsert(table, dialect), kept)

    async def _ask(self, statement: sa.Select[Any]) -> Sequence[Row]:
        try:
            found: Sequence[Any] = (await self._connection.execute(statement)).mappings().all()
        except SQLAlchemyError as error:
            self.failed = error  # a job that swallows this must not make the batch look whole
            raise
        return found


def _key_of(table: sa.Table) -> sa.Column[Any]:
    (column,) = table.primary_key.columns
    return column


@lru_cache
def _delete(table: sa.Table) -> sa.Delete:
    return sa.delete(table).where(_key_of(table) == sa.bindparam("gone"))


@lru_cache
def _upsert(table: sa.Table, dialect: str) -> sa.Insert:
    insert: Any = (sqlite if dialect == "sqlite" else postgresql).insert(table)
    others = {column.name: insert.excluded[column.name] for column in table.columns if not column.primary_key}
    statement: sa.Insert = insert.on_conflict_do_update(index_elements=[_key_of(table)], set_=others)
    return statement
