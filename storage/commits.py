"""One batch of jobs, one durable transaction; each job stands or falls alone, the commit for all together."""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.audit import Audit
from storage.database import FAULTS, REFUSALS, explain
from storage.errors import DatabaseUnreachable, KeepFailed
from storage.rows import Changes, Rows
from storage.turns import ALONE, Turn
from storage.unit_of_work import Ahead, UnitOfWork
from storage.vault import Vault
from storage.waiting import Waiting

T = TypeVar("T")
Job = Callable[[UnitOfWork], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A job went well; `layer` is what it changed."""

    value: Any = field(repr=False)
    layer: Changes = field(repr=False)


Outcome = Kept | Exception


@dataclass(frozen=True, slots=True)
class Work:
    """Jobs that came together, in their order. `whole`: the last one counts only with all the others."""

    jobs: Sequence[Job]
    ahead: Ahead | None = None
    whole: bool = False


class Commits:
    """Commits batches over one connection, which is opened again after it broke."""

    def __init__(
        self,
        engine: AsyncEngine,
        vault: Vault,
        *,
        waiting: Waiting,
        now: Callable[[], datetime],
        new_id: Callable[[], bytes],
        turn: Turn = ALONE,
        policy: int = 0,
    ) -> None:
        self._engine = engine
        self._vault = vault
        self._waiting = waiting
        self._turn = turn
        self._policy = policy
        self._now = now
        self._new_id = new_id
        self._connection: AsyncConnection | None = None
        self._in_doubt = False  # whether a commit failed that may have been kept all the same
        self.unreadable = 0

    @property
    def damaged(self) -> int:
        """How many rows under the operator's key do not open."""
        return len(self._vault.damaged)

    @property
    def days(self) -> list[date]:
        """The days whose keys still exist."""
        self._vault.ring.turn(self._now())
        return [keys.day for keys in self._vault.ring.days]

    async def commit(self, works: Sequence[Work]) -> list[list[Outcome]]:
        """Run all jobs and keep what they changed.

        :raises KeepFailed: the database did not commit; nothing was kept.
        """
        self._vault.ring.turn(self._now())
        connection = await self.connect()
        try:
            outcomes = await self._attempt(connection, works)
        except FAULTS as error:
            reason = explain(error)
        except BaseException:
            self._give_up()
            await self.disconnect()
            raise
        else:
            self._waiting.settle()
            self._in_doubt = False
            return outcomes
        self._give_up()
        await self.disconnect()
        raise _failed(reason)

    def log(self, rows: Rows) -> Audit:
        """The audit log of a transaction that has no unit of work."""
        return Audit(rows, self._vault, policy=self._policy)

    def _give_up(self) -> None:
        self._waiting.undo()
        self._in_doubt = True

    async def do_alone(self, act: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Let `act` have the connection, between two commits.

        :raises KeepFailed: the database could not do it.
        """
        connection = await self.connect()
        try:
            return await act(connection)
        except FAULTS as error:
            reason = explain(error)
        await self.disconnect()
        raise _failed(reason)

    async def connect(self) -> AsyncConnection:
        """The connection.

        :raises DatabaseUnreachable: there is none to be had.
        """
        if self._connection is not None:
            return self._connection
        try:
            self._connection = await self._engine.connect()
        except Exception as error:  # drivers raise what they like here; none of it may show a password
            reason = explain(error)
        else:
            return self._connection
        raise DatabaseUnreachable(
            f"The database cannot be opened ({reason}). Check places.database and that it runs."
        )

    async def disconnect(self) -> None:
        """Let go of the connection; the next batch opens a new one."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            await connection.invalidate()
        except FAULTS:
            pass  # it was broken, which is why it goes
        finally:
            await connection.close()

    async def load(self) -> None:
        """Make sure that the case key fits, and learn what waits in the outbox (raises CaseKeyRefused)."""

        async def load(unit: UnitOfWork) -> None:
            await unit.cases.check_key()
            await unit.audit.begin()
            await unit.outbox.load()

        await self.do(load)

    async def do(self, job: Job) -> Any:
        """Commit one job and return its result; only where no other commit can be under way."""
        ((outcome,),) = await self.commit([Work([job])])
        if isinstance(outcome, Exception):
            raise outcome
        return outcome.value

    async def _attempt(self, connection: AsyncConnection, works: Sequence[Work]) -> list[list[Outcome]]:
        outcomes: list[list[Outcome]] = []
        try:
            async with connection.begin():
                await self._turn.begin(connection)
                rows = Rows(connection)
                outcomes = await self._run(rows, works)
                await rows.write()
                await self._turn.end(connection)
        except REFUSALS:
            if not outcomes:
                raise
        else:
            return outcomes
        return await self._write_one_by_one(connection, works, outcomes)

    async def _run(self, rows: Rows, works: Sequence[Work]) -> list[list[Outcome]]:
        unit = self._unit(rows)
        if self._in_doubt:
            await unit.outbox.load()
        await unit.read_ahead([work.ahead for work in works if work.ahead is not None])
        outcomes = [await self._run_one(work, unit, rows=rows) for work in works]
        self.unreadable += unit.talks.unreadable
        return outcomes

    def _unit(self, rows: Rows) -> UnitOfWork:
        return UnitOfWork(rows, self._vault, waiting=self._waiting, new_id=self._new_id, policy=self._policy)

    async def _run_one(self, work: Work, unit: UnitOfWork, *, rows: Rows) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for number, job in enumerate(work.jobs, start=1):
            if work.whole and number == len(work.jobs) and _some_failed(outcomes):
                outcomes.append(_incomplete())
            else:
                outcomes.append(await self._try(job, unit, rows=rows))
        return outcomes

    async def _try(self, job: Job, unit: UnitOfWork, *, rows: Rows) -> Outcome:
        """Run one job in a layer of its own."""
        mark = self._waiting.mark()
        outcome: Outcome
        try:
            value = await job(unit)
            outcome = Kept(value, rows.keep_job())
        except (Exception, CancelledError) as error:  # the caller gets it; the others never hear of it
            rows.drop_job()
            self._waiting.undo(mark)
            if isinstance(error, CancelledError):  # never the writer itself: it is asked to close instead
                error = KeepFailed("The step was cancelled from inside; nothing of it was kept.")
            outcome = error
        if rows.failed is not None:
            raise rows.failed
        return outcome

    async def _write_one_by_one(
        self, connection: AsyncConnection, works: Sequence[Work], outcomes: list[list[Outcome]]
    ) -> list[list[Outcome]]:
        """The database refuses a value: find whose it is, behind one savepoint each, and keep the others."""
        async with connection.begin():
            await self._turn.begin(connection)
            rows = Rows(connection)
            unit = self._unit(rows)
            pairs = zip(works, outcomes, strict=True)
            checked = [await self._write_some(rows, some, whole=work.whole) for work, some in pairs]
            await unit.outbox.load()
            await self._turn.end(connection)
        return checked

    async def _write_some(self, rows: Rows, outcomes: list[Outcome], *, whole: bool) -> list[Outcome]:
        *others, last = outcomes
        checked = [await self._write_one(rows, outcome) for outcome in others]
        left_out = whole and isinstance(last, Kept) and _some_failed(checked)
        return [*checked, _incomplete() if left_out else await self._write_one(rows, last)]

    @staticmethod
    async def _write_one(rows: Rows, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Exception):
            return outcome
        try:
            await rows.write_layer(outcome.layer)
        except REFUSALS as error:
            reason = explain(error)
        else:
            return outcome
        return KeepFailed(f"The database refused what this step wanted to keep ({reason}).")


def _some_failed(outcomes: Sequence[Outcome]) -> bool:
    return any(isinstance(outcome, Exception) for outcome in outcomes)


def _incomplete() -> KeepFailed:
    return KeepFailed("This step counts only with all those before it, and one of them was not kept.")


def _failed(reason: str) -> KeepFailed:
    return KeepFailed(
        f"The database did not keep the last step ({reason}). Nothing of it is half kept. "
        "Make sure that it runs and has room on its disk; it will be tried again."
    )
