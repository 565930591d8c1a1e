"""Several processes on one PostgreSQL: who is there, who reads, who sends which shard.

A member has a row that says it lives: a random id and a count (no time) that grows with every look. Others
watch the count with their own clocks. Whoever is taken for dead is struck out, and with that row goes the
right to commit: every transaction asks for it, and all of them take turns (`wait_for_turn`). So a process
that was only asleep keeps nothing of what it had begun. Shares never change hands in another way than being
given back by their holder or being freed with its row.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.database import FAULTS, explain, wait_for_turn
from storage.errors import DatabaseUnreachable, LeaseLost
from storage.shards import READING, SHARDS
from storage.tables import leases, workers
from storage.vault import Vault
from storage.waiting import Waiting

LETTERS, SHARES = "vestka_letters", "vestka_shares"  # channels: something new in the outbox, a share is free
_SHARES = range(SHARDS + 1)


@dataclass(frozen=True, slots=True)
class Worker:
    """Another process, or we: its count, and the mark of its day keys."""

    beats: int
    ring: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class View:
    """Who is there and who holds what, as one look found it; `me` is ours."""

    me: bytes
    workers: Mapping[bytes, Worker]
    holders: Mapping[int, bytes | None]

    def without(self, dead: Collection[bytes]) -> View:
        """The same when these are struck out."""
        alive = {key: worker for key, worker in self.workers.items() if key not in dead}
        return View(
            self.me, alive, {share: one if one in alive else None for share, one in self.holders.items()}
        )


class Leases:
    """This process among the others; before `join` it is alone, after `forget` it may not write at all."""

    def __init__(
        self,
        engine: AsyncEngine,
        vault: Vault,
        *,
        waiting: Waiting,
        now: Callable[[], datetime],
    ) -> None:
        self._engine = engine
        self._vault = vault
        self._waiting = waiting
        self._now = now
        self._me: bytes | None = None
        self._joined = False
        self._ear: AsyncConnection | None = None
        self.letters = asyncio.Event()  # somebody has put letters for us
        self.shares = asyncio.Event()  # somebody has come, gone, or given a share back

    # In every transaction of this process ------------------------------------------------------------

    async def begin(self, connection: AsyncConnection) -> None:
        """Wait for our turn, and make sure that we are still counted on (raises LeaseLost)."""
        await wait_for_turn(connection)
        if self._joined:
            self._vault.ring.turn(self._now())  # what others wrote after midnight is under the new day's key
            await self._check(connection)

    async def end(self, connection: AsyncConnection) -> None:
        """Tell the others, with the commit, that there are letters for them."""
        if self._waiting.told:
            await connection.exec_driver_sql(f"NOTIFY {LETTERS}")
            self._waiting.told = False

    # Coming and going --------------------------------------------------------------------------------

    async def join(self, me: bytes) -> None:
        """Become a member that holds nothing yet."""
        async with self._turn() as connection:
            shares = postgresql.insert(leases).on_conflict_do_nothing()
            await connection.execute(shares, [{"share": share} for share in _SHARES])
            await connection.execute(sa.insert(workers), {"id": me, "beats": 0, "ring": self._ring()})
            await connection.exec_driver_sql(f"NOTIFY {SHARES}")
        self._me, self._joined = me, True

    async def leave(self) -> None:
        """Give everything back; from here on this process must not write."""
        me, self._me = self._me, None
        if me is not None:
            async with self._turn() as connection:
                await _strike_out(connection, workers.c.id == me, me)

    def forget(self) -> None:
        """We were struck out."""
        self._me = None

    async def close(self) -> None:
        """Let go of the connection."""
        ear, self._ear = self._ear, None
        if ear is not None:
            with suppress(*FAULTS):
                await ear.invalidate()
            await ear.close()

    # Looking and acting ------------------------------------------------------------------------------

    async def look(self) -> View:
        """Say that we live, and see who does.

        :raises LeaseLost: we were struck out.
        :raises DatabaseUnreachable: there is nothing to be seen now.
        """
        me = self._me
        try:
            ear = self._ear or await self._listen()
            beat = sa.update(workers).where(workers.c.id == me)
            told = await ear.execute(beat.values(beats=workers.c.beats + 1, ring=self._ring()))
            there = (await ear.execute(sa.select(workers))).all()
            held = (await ear.execute(sa.select(leases))).all()
        except Exception as error:  # to listen is asked of the driver itself, which raises what it likes
            reason = explain(error)
        else:
            if me is None or not told.rowcount:
                raise LeaseLost("Other workers took this one for dead. It begins anew.")
            alive = {row.id: Worker(row.beats, row.ring) for row in there}
            return View(me, alive, {row.share: row.holder for row in held})
        await self.close()
        raise DatabaseUnreachable(f"The database cannot be asked who works on it ({reason}).")

    async def take(self, shares: Collection[int]) -> frozenset[int]:
        """Those of these shares that were still free, and are ours now."""
        free = leases.c.share.in_(shares) & leases.c.holder.is_(None)
        taken = sa.update(leases).where(free).values(holder=self._me).returning(leases.c.share)
        async with self._turn() as connection:
            await self._check(connection)
            return frozenset((await connection.execute(taken)).scalars())

    async def give_back(self, shares: Collection[int]) -> None:
        """These are free for others."""
        ours = leases.c.share.in_(shares) & (leases.c.holder == self._me)
        async with self._turn() as connection:
            await connection.execute(sa.update(leases).where(ours).values(holder=None))
            await connection.exec_driver_sql(f"NOTIFY {SHARES}")

    async def strike_out(self, worker: bytes, *, beats: int) -> bool:
        """Take another one for dead, unless it has said meanwhile that it lives."""
        async with self._turn() as connection:
            same = (workers.c.id == worker) & (workers.c.beats == beats)
            return await _strike_out(connection, same, worker)

    def is_ours(self, ring: bytes) -> bool:
        """Whether a worker with this mark uses our day keys."""
        return any(self._vault.tag_ring(keys) == ring for keys in self._vault.ring.days)

    async def _check(self, connection: AsyncConnection) -> None:
        there = await connection.execute(sa.select(workers.c.id).where(workers.c.id == self._me))
        if there.first() is None:
            raise LeaseLost("Other workers took this one for dead. It keeps nothing and begins anew.")

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[AsyncConnection]:
        """A short transaction beside those of the store, one after the other with them."""
        try:
            async with self._engine.connect() as connection, connection.begin():
                await wait_for_turn(connection)
                yield connection
        except FAULTS as error:
            reason = explain(error)
        else:
            return
        raise DatabaseUnreachable(f"The database did not take a step of this worker ({reason}).")

    async def _listen(self) -> AsyncConnection:
        """A connection of its own, so that a look waits for no commit; it hears the other workers."""
        self._ear = await self._engine.connect()
        await self._ear.execution_options(isolation_level="AUTOCOMMIT")
        driver: Any = (await self._ear.get_raw_connection()).driver_connection
        for channel, heard in ((LETTERS, self.letters), (SHARES, self.shares)):
            await driver.add_listener(channel, lambda *_, heard=heard: heard.set())
            heard.set()  # what was said before we listened
        return self._ear

    def _ring(self) -> bytes:
        return self._vault.tag_ring(self._vault.ring.today)


async def _strike_out(connection: AsyncConnection, which: sa.ColumnElement[bool], worker: bytes) -> bool:
    struck = await connection.execute(sa.delete(workers).where(which))
    if struck.rowcount:
        await connection.execute(sa.update(leases).where(leases.c.holder == worker).values(holder=None))
        await connection.exec_driver_sql(f"NOTIFY {SHARES}")
    return bool(struck.rowcount)


async def count_workers(connection: AsyncConnection) -> tuple[Mapping[bytes, int], bytes | None]:
    """The count of every worker there is, and which of them reads; for somebody who only asks."""
    beats = {row.id: row.beats for row in await connection.execute(sa.select(workers))}
    reads = sa.select(leases.c.holder).where(leases.c.share == READING)
    return beats, (await connection.execute(reads)).scalar()
