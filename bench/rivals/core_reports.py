"""The limit by hand: SQLAlchemy Core, one writer, whatever has gathered in one durable commit."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.rivals.report_rows import Desk, Rows
from bench.submissions.papers import Finished
from storage.database import make_engine
from storage.tables import metadata

_INSERTS = {name: sa.insert(metadata.tables[name]) for name in ("objects", "cases", "outbox")}


class CoreReports:
    """Keeps reports."""

    def __init__(self, engine: AsyncEngine, desk: Desk) -> None:
        self._engine, self._desk = engine, desk
        self._waiting: list[tuple[Rows, asyncio.Future[None]]] = []
        self._wake = asyncio.Event()
        self._task = asyncio.create_task(self._write())

    @classmethod
    async def open(cls, url: str, _folder: Path, desk: Desk) -> CoreReports:
        """On an empty database."""
        engine = make_engine(url)
        async with engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
        return cls(engine, desk)

    async def expect(self, some: Sequence[Finished]) -> None:
        """It knows no talks."""

    async def keep(self, one: Finished) -> None:
        """Join the next commit."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((self._desk.write_rows(one.effect), done))
        self._wake.set()
        await done

    async def _write(self) -> None:
        while await self._wake.wait():
            self._wake.clear()
            batch, self._waiting = self._waiting, []
            async with self._engine.begin() as connection:
                for name, insert in _INSERTS.items():
                    await connection.execute(insert, [rows[name] for rows, _ in batch])
            for _, done in batch:
                done.set_result(None)

    async def close(self) -> None:
        """Let go; nobody waits any more."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._engine.dispose()
