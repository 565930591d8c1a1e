"""A disk that refuses: the n-th write of a database by an injected error, or all because it is full."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError

from bot.networks import Batch, Network, Outgoing
from storage.store import Store

ERRORS = ("database or disk is full", "disk I/O error")
_WRITING = ("INSERT", "UPDATE", "DELETE")


@dataclass
class Refusals:
    """Counts the writes of one database from `armed` on, and refuses those from `first` to `last`.

    A write is a statement that changes rows, or the commit of such statements. `seen` hears of each refusal
    before it is raised, while everything lies on the disk as it is then.
    """

    database: str
    first: int
    last: int
    error: str
    seen: Callable[[], None]
    armed: bool = False
    writes: int = 0
    refused: int = 0
    _dirty: bool = False

    def before_statement(self, connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        """SQLAlchemy is about to run it."""
        if self._is_ours(connection) and statement.startswith(_WRITING):
            self._dirty = True
            self._count()

    def before_commit(self, connection: Connection) -> None:
        """SQLAlchemy is about to commit."""
        if self._is_ours(connection) and self._dirty:
            self._dirty = False
            self._count()

    def _is_ours(self, connection: Connection) -> bool:
        return self.armed and connection.engine.url.database == self.database

    def _count(self) -> None:
        self.writes += 1
        if self.first <= self.writes <= self.last:
            self.refused += 1
            self._dirty = False
            self.seen()
            raise OperationalError(None, None, sqlite3.OperationalError(self.error))

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Meanwhile."""
        listeners = (("before_cursor_execute", self.before_statement), ("commit", self.before_commit))
        for name, listener in listeners:
            event.listen(Engine, name, listener)
        try:
            yield
        finally:
            for name, listener in listeners:
                event.remove(Engine, name, listener)


class Auditor:
    """A network that asks at each poll whether what it acknowledges is kept; `early` counts when it is not.

    `acknowledge_first` is the control: what the protection keeps from happening.
    """

    def __init__(self, real: Network, store: Store, *, acknowledge_first: bool) -> None:
        self._real, self._store = real, store
        self._acknowledge_first = acknowledge_first
        self.name = real.name
        self.start, self.read, self.close = real.start, real.read, real.close
        self.early = self.polls = 0

    @property
    def group(self) -> str | None:
        return self._real.group

    async def receive(self, position: str | None) -> Batch:
        await self._audit(position)
        batch = await self._real.receive(position)
        if self._acknowledge_first and batch.updates:
            await self._audit(batch.position)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._real.receive(batch.position), 0.1)
        return batch

    async def _audit(self, position: str | None) -> None:
        kept = await self._store.run(lambda uow: uow.positions.get(self.name))
        self.polls += 1
        self.early += int(position or 0) > int(kept or 0)

    async def deliver(self, outgoing: Outgoing) -> str | None:
        return await self._real.deliver(outgoing)


@contextmanager
def small_disk(folder: Path, *, kib: int) -> Iterator[str]:
    """A file system of its own in memory, with a limit; yields why there is none ("" when there is)."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={kib}k", "vestka-drill", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode:
        yield "this user may not mount a small file system"
        return
    try:
        yield ""
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def fill(folder: Path) -> Iterator[None]:
    """Until there is room for nothing; afterwards there is room again."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 10, 1):
            _write_until_full(file.fileno(), bytes(size))
    try:
        yield
    finally:
        filler.unlink()


def _write_until_full(handle: int, data: bytes) -> None:
    while True:
        try:
            os.write(handle, data)
        except OSError as problem:
            if problem.errno != errno.ENOSPC:
                raise
            return
