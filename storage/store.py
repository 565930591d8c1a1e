"""The door to everything that is kept: open it, run jobs in it, close it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.commits import Commits, Job, Kept, Outcome, Work
from storage.database import AT_WORK, make_engine, truncate_log, vacuum
from storage.leases import Leases
from storage.migrate import bring_up_to_date
from storage.retention import Policy, Swept, sweep
from storage.turns import ALONE
from storage.unit_of_work import Ahead, UnitOfWork
from storage.vault import Seals, Vault
from storage.volatile import KeyRing
from storage.waiting import Waiting
from storage.writer import Writer

T = TypeVar("T")
REAL_SEALS = Seals()


class Store:
    """Everything that is kept. One per process and database."""

    def __init__(
        self, engine: AsyncEngine, commits: Commits, *, waiting: Waiting, leases: Leases | None = None
    ) -> None:
        self.leases = leases  # where several processes can share the database
        self._engine = engine
        self._commits = commits
        self._waiting = waiting
        self._writer = Writer(commits.commit)

    @classmethod
    async def open(
        cls,
        url: str,
        *,
        ring: KeyRing,
        case_key: bytes,
        now: Callable[[], datetime],
        new_id: Callable[[], bytes],
        seals: Seals = REAL_SEALS,
        policy: int = 0,
    ) -> Store:
        """Open the database, bring its tables up to date, learn what waits in the outbox.

        `url` is `sqlite+aiosqlite:///FILE` or `postgresql+asyncpg://…`; `case_key` has 32 bytes,
        what `new_id` gives has 16. `policy` is the serial of the roster obeyed.

        :raises DatabaseUnreachable, SchemaTooNew, CaseKeyRefused: each says what to do.
        """
        engine = make_engine(url, session=AT_WORK)
        waiting = Waiting()
        vault = Vault(ring, case_key, seals=seals)
        leases = None
        if engine.dialect.name != "sqlite":
            leases = Leases(engine, vault, waiting=waiting, now=now)
        commits = Commits(
            engine,
            vault,
            waiting=waiting,
            turn=leases or ALONE,
            now=now,
            new_id=new_id,
            policy=policy,
        )
        try:
            await bring_up_to_date(await commits.connect())
            await commits.load()
        except BaseException:
            await commits.disconnect()
            await engine.dispose()
            raise
        return cls(engine, commits, waiting=waiting, leases=leases)

    @property
    def unreadable(self) -> int:
        """How many conversations were found whose key was gone, since the start."""
        return self._commits.unreadable

    @property
    def damaged(self) -> int:
        """How many rows under the operator's key were looked at, and do not open."""
        return self._commits.damaged

    @property
    def letters_waiting(self) -> int:
        """How many letters are in the outbox."""
        return len(self._waiting)

    @property
    def letters_free(self) -> int:
        """How many of them are not being sent."""
        return self._waiting.free

    async def run(self, job: Callable[[UnitOfWork], Awaitable[T]], *, ahead: Ahead | None = None) -> T:
        """Run one job and return once it is kept.

        :raises KeepFailed: the database did not commit; nothing was kept. What the job raises comes through.
        """
        (outcome,) = await self._writer.do(Work([job], ahead))
        if isinstance(outcome, Exception):
            raise outcome
        value: T = outcome.value
        return value

    async def run_batch(
        self, jobs: Sequence[Job], *, ahead: Ahead | None = None, whole: bool = False
    ) -> list[Any]:
        """Run jobs in their order inside one transaction; a result or an exception for each, in that order.

        With `whole`, the last job counts only if all the others are kept.

        :raises KeepFailed: the database did not commit; nothing of any job was kept.
        """
        return [_value(outcome) for outcome in await self._writer.do(Work(jobs, ahead, whole))]

    @property
    def shards(self) -> frozenset[int]:
        """The shards whose letters are ours to send, if it was ever said that there are others."""
        return self._waiting.mine or frozenset()

    def send_nothing(self) -> None:
        """No letter is ours before we hold its shard; to be said before anything is run."""
        self._waiting.keep_only(frozenset())

    async def send_only(self, shards: Collection[int]) -> None:
        """Letters of these shards are ours from now on; what waits in new ones is learned."""

        async def change() -> None:
            self._waiting.keep_only(frozenset(shards))

        new = frozenset(shards) - self.shards
        await self._writer.do_alone(change)
        if new:
            await self.run(lambda unit: unit.outbox.load())

    def stop_claiming(self, shards: Collection[int]) -> None:
        """Offer no more letters of these shards: they are about to be given back."""
        self._waiting.closing = frozenset(shards)

    async def learn_letters(self) -> None:
        """Learn what other workers have put into our shards."""
        await self.run(lambda unit: unit.outbox.learn())

    async def sweep(self, now: datetime, policy: Policy) -> Swept:
        """Delete what has had its time, and empty the log after it; once a week rebuild the database, too."""

        async def delete(connection: AsyncConnection) -> Swept:
            days = self._commits.days
            return await sweep(connection, now, policy=policy, days=days, log=self._commits.log)

        async def chore() -> Swept:
            swept = await self._commits.do_alone(delete)
            await self._commits.load()
            due = await self._commits.do(partial(_is_week_over, today=now.astimezone(UTC).date()))
            await self._commits.do_alone(vacuum if due else truncate_log)
            return swept

        return await self._writer.do_alone(chore)

    async def truncate_log(self) -> bool:
        """Empty the log, so that deleted rows leave it; every ten minutes. False: a reader was in the way."""
        return await self._writer.do_alone(lambda: self._commits.do_alone(truncate_log))

    async def vacuum(self) -> None:
        """Rebuild the database without holes (`sweep` does so weekly)."""
        await self._writer.do_alone(lambda: self._commits.do_alone(vacuum))

    async def close(self) -> None:
        """Commit what has gathered, empty the log, let go."""
        await self._writer.close()
        await asyncio.shield(self._let_go())

    async def _let_go(self) -> None:
        if self.leases is not None:
            await self.leases.close()
        await self._commits.disconnect()
        await self._engine.dispose()


async def _is_week_over(unit: UnitOfWork, today: date) -> bool:
    """Whether the last rebuilding was a week ago; if so, today becomes the last."""
    last = await unit.marks.get("vacuumed")
    if last is not None and abs(today - date.fromisoformat(last)) < timedelta(days=7):
        return False
    await unit.marks.set("vacuumed", today.isoformat())
    return True


def _value(outcome: Outcome) -> Any:
    return outcome.value if isinstance(outcome, Kept) else outcome
