"""One keeper on one fresh database: windows of reports, each with so many in flight; then a look at all."""

from __future__ import annotations

import asyncio
import gc
import os
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bench.figures import percentile
from bench.submissions.keeper import Keeper, Open
from bench.submissions.papers import HOLDER, Finished, finish_reports, papers
from storage import tables
from storage.database import is_sqlite, make_engine, truncate_log
from storage.sealing import CannotOpen, canonical, open_sealed


@dataclass(frozen=True, slots=True)
class Kept:
    """One window."""

    reports: int
    seconds: float
    cpu: float
    p50: float
    p99: float


@dataclass(frozen=True, slots=True)
class Measured:
    """All windows of a round, by how many were in flight; bytes on the disk for each report; faults."""

    windows: dict[int, Kept]
    bytes: float
    faults: Sequence[str]


async def measure(open_keeper: Open, url: str, *, flights: Sequence[int], reports: int) -> Measured:
    """A whole round of one keeper; `url` is empty for a file of its own."""
    with tempfile.TemporaryDirectory(prefix="vestka-bench-") as name:
        folder = Path(name)
        url = url or f"sqlite+aiosqlite:///{folder / 'reports.db'}"
        keeper = await open_keeper(url, folder, papers())
        windows: dict[int, Kept] = {}
        handed = finish_reports(reports * len(flights))
        try:
            await keeper.expect(handed)
            async with _looking(url) as connection:
                before = await _size(connection)
            for number, flight in enumerate(flights):
                some = handed[number * reports : (number + 1) * reports]
                windows[flight] = await _hand_in(keeper, some, flight)
        finally:
            await keeper.close()
        async with _looking(url) as connection:
            grown = await _size(connection) - before
            return Measured(windows, grown / len(handed), await _look(connection, handed))


async def _hand_in(keeper: Keeper, some: Sequence[Finished], flight: int) -> Kept:
    """All of them, never more than `flight` at once."""
    waits: list[float] = []
    waiting = iter(some)

    async def person() -> None:
        for one in waiting:
            handed = perf_counter()
            await keeper.keep(one)
            waits.append(perf_counter() - handed)

    gc.collect()
    begun, cpu = perf_counter(), process_time()
    await asyncio.gather(*(person() for _ in range(flight)))
    seconds, cpu = perf_counter() - begun, process_time() - cpu
    return Kept(len(waits), seconds, cpu, percentile(waits, 0.5), percentile(waits, 0.99))


@asynccontextmanager
async def _looking(url: str) -> AsyncIterator[AsyncConnection]:
    engine = make_engine(url)
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()


async def _size(connection: AsyncConnection) -> int:
    """Of everything that is kept; logs of the database are emptied or left out."""
    if not is_sqlite(connection):
        found = await connection.exec_driver_sql("SELECT pg_database_size(current_database())")
        return int(found.scalar_one())
    await truncate_log(connection)
    return os.stat(connection.engine.url.database or "").st_size  # noqa: PTH116  (nothing else waits here)


async def _look(connection: AsyncConnection, handed: Sequence[Finished]) -> list[str]:
    """Whether every report is there once, opens for a holder, and has its case and its card."""
    expected = {one.effect.case: canonical.dump(one.effect.report) for one in handed}
    rows = (await connection.execute(sa.select(tables.objects))).all()
    wrong = sum(_read(row.data, row.id) != expected.get(row.case_id) for row in rows)
    missing = len(expected.keys() - {row.case_id for row in rows})
    cases = set((await connection.scalars(sa.select(tables.cases.c.id))).all())
    cards = (await connection.scalars(sa.select(sa.func.count()).select_from(tables.outbox))).one()
    faults = {
        f"{missing} reports are not there": missing,
        f"{len(rows) - len(expected) + missing} reports are there twice": len(rows) + missing - len(expected),
        f"{wrong} reports are not what was handed in": wrong,
        "the cases are not those of the reports": cases != expected.keys(),
        f"there are {cards} cards of {len(expected)}": cards != len(expected),
    }
    return [words for words, found in faults.items() if found]


def _read(data: bytes, key: bytes) -> bytes | None:
    try:
        return open_sealed(data, [HOLDER], expect_object_id=key).body
    except CannotOpen:
        return None
