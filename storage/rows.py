"""Rows inside one transaction: read once, changed in memory, written together.

One statement through an asynchronous driver costs far more than one more row in a statement. So jobs change
rows here, each in a layer of its own (a savepoint in memory) that is dropped when the job fails; what is
left is written in a few statements per batch. Nobody else writes meanwhile (`storage.database`), so what was
read stays true until the commit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import FAULTS
from storage.speech import Change, Wanted, key_of, speech_of
from storage.tables import metadata

Key = bytes | str
Row = Mapping[str, Any]
Changes = dict[str, dict[Key, Row | None]]
T = TypeVar("T")
_AT_ONCE = 500  # keys in one statement


class Rows:
    """What this transaction has read and changed. `failed` is the statement that broke it, if one did."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._speech = speech_of(connection)
        self._read: Changes = {}
        self._found: dict[tuple[str, str], dict[Any, list[Row]]] = {}  # by column, then by value
        self._kept: Changes = {}
        self._job: Changes = {}
        self.failed: Exception | None = None
        self.last: Callable[[Changes], Awaitable[Changes]] | None = None  # has the last word before writing

    def keep_job(self) -> Changes:
        """The job went well: its changes count for everything that follows."""
        layer, self._job = self._job, {}
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
        await self.read_ahead((key_of(table), [key]))
        return self._read[table.name][key]

    async def read_ahead(self, *wanted: Wanted) -> None:
        """Fetch many rows at once, so that `get` and `find_by` need not ask one by one."""
        new = [part for column, values in wanted for part in self._unknown(column, values)]
        if not new:
            return
        for (column, _), rows in zip(new, await self._hear(self._speech.pick(new)), strict=True):
            self._learn(column, rows)

    def _unknown(self, column: sa.Column[Any], values: Iterable[Any]) -> list[Wanted]:
        """What of this must be asked for; it counts as known from here on."""
        if column.primary_key:
            known: dict[Any, Any] = self._read.setdefault(column.table.name, {})
            new = [value for value in dict.fromkeys(values) if value not in known]
            known.update(dict.fromkeys(new))
        else:
            known = self._found.setdefault((column.table.name, column.name), {})
            new = [value for value in dict.fromkeys(values) if value not in known]
            known.update({value: [] for value in new})
        return [(column, new[start : start + _AT_ONCE]) for start in range(0, len(new), _AT_ONCE)]

    def _learn(self, column: sa.Column[Any], rows: Iterable[Row]) -> None:
        if column.primary_key:
            self._read[column.table.name].update({row[column.name]: row for row in rows})
            return
        for row in rows:
            self._found[column.table.name, column.name][row[column.name]].append(row)

    async def look(self, table: sa.Table, keys: Sequence[Key]) -> Sequence[Row]:
        """Some rows as they are written now, whatever was read before."""
        (found,) = await self._hear(self._speech.pick([(key_of(table), keys)]))
        return found

    def forget(self, table: sa.Table, key: Key) -> None:
        """What was read there is no longer true."""
        self._read.get(table.name, {}).pop(key, None)

    def changed(self, table: sa.Table) -> list[Row]:
        """What jobs have put so far and nobody has written yet, the oldest first."""
        layers = (layer.get(table.name, {}) for layer in (self._kept, self._job))
        return [row for changes in layers for row in changes.values() if row is not None]

    async def find(
        self, table: sa.Table, clause: sa.ColumnElement[bool], *, fits: Callable[[Row], bool]
    ) -> dict[Key, Row]:
        """All rows for which `clause` holds; `fits` says the same of rows that are not written yet."""
        name = key_of(table).name
        known = self._read.setdefault(table.name, {})
        found: dict[Key, Row] = {}
        for row in await self._hear(self._speech.ask(sa.select(table).where(clause))):
            known[row[name]] = found[row[name]] = row
        return self._with_changes(table, found, fits=fits)

    async def find_by(self, column: sa.Column[Any], value: Any) -> dict[Key, Row]:
        """All rows that have this value there."""
        table = column.table
        assert isinstance(table, sa.Table)  # noqa: S101  (columns of tables alone come here)
        name, known = key_of(table).name, self._read.setdefault(table.name, {})
        await self.read_ahead((column, [value]))
        found: dict[Key, Row] = {}
        for row in self._found[table.name, column.name][value]:
            known[row[name]] = found[row[name]] = row
        return self._with_changes(table, found, fits=lambda row: bool(row[column.name] == value))

    def _with_changes(
        self, table: sa.Table, found: dict[Key, Row], *, fits: Callable[[Row], bool]
    ) -> dict[Key, Row]:
        for layer in (self._kept, self._job):
            for key, changed in layer.get(table.name, {}).items():
                found.pop(key, None)
                if changed is not None and fits(changed):
                    found[key] = changed
        return found

    async def keys(self, table: sa.Table, clause: sa.ColumnElement[bool]) -> set[Key]:
        """The keys of all rows that are written and for which `clause` holds."""
        name, statement = key_of(table).name, sa.select(key_of(table)).where(clause)
        return {row[name] for row in await self._hear(self._speech.ask(statement))}

    async def lengths(
        self, column: sa.Column[Any], by: sa.Column[Any], values: Iterable[Any]
    ) -> dict[Any, int]:
        """How long all that is written in `column` is, in bytes, for each of these values of `by`."""
        wanted, found = list(dict.fromkeys(values)), dict[Any, int]()
        whole = sa.select(by.label("value"), sa.func.sum(sa.func.length(column)).label("size")).group_by(by)
        for start in range(0, len(wanted), _AT_ONCE):
            some = by.in_(wanted[start : start + _AT_ONCE])
            for row in await self._hear(self._speech.ask(whole.where(some))):
                found[row["value"]] = row["size"]
        return found

    async def written(self, column: sa.Column[Any]) -> dict[Key, Any]:
        """One column of every row that is written, by key."""
        key = key_of(column.table)
        return {
            row[key.name]: row[column.name]
            for row in await self._hear(self._speech.ask(sa.select(key, column)))
        }

    async def get_written(self, table: sa.Table, keys: Iterable[Key]) -> list[Row]:
        """Rows as they are written, whatever this transaction has changed since."""
        wanted = list(keys)
        await self.read_ahead((key_of(table), wanted))
        return [row for key in wanted if (row := self._read[table.name][key]) is not None]

    def put(self, table: sa.Table, row: Row) -> None:
        """The row is to be like this."""
        self._job.setdefault(table.name, {})[row[key_of(table).name]] = row

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
        if self.last is not None:
            changes = await self.last(changes)
        written = [
            Change(
                table,
                gone=[key for key, row in rows.items() if row is None],
                kept=[row for row in rows.values() if row is not None],
            )
            for table in metadata.sorted_tables
            if (rows := changes.get(table.name))
        ]
        if written:
            await self._speech.write(written)

    async def _hear(self, asking: Awaitable[Sequence[T]]) -> Sequence[T]:
        try:
            return await asking
        except FAULTS as error:
            self.failed = error  # a job that swallows this must not make the batch look whole
            raise
