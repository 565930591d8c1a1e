"""A batch of updates in, one transaction: seen marks, talks, sealed reports, cases, outbox, read position.

Only when that transaction is on the disk does the next poll acknowledge the batch. An update that cannot
be read or decided is parked sealed and counted; it never delays the others.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from bot import reporters, team
from bot.instance import Instance
from bot.logs import alarm, fault
from bot.networks import Batch, Network, Raw, Reply
from handlers.events import Incoming, Moved, Room
from handlers.intake.talk import Talk
from storage.errors import DatabaseUnreachable, KeepFailed
from storage.unit_of_work import Ahead, UnitOfWork

DISK = (KeepFailed, DatabaseUnreachable, SQLAlchemyError)


@dataclass(frozen=True, slots=True)
class _Read:
    """An update and what it says, or why it says nothing."""

    raw: Raw
    incoming: Incoming | None = None
    problem: Exception | None = None


@dataclass(slots=True)
class Outcome:
    """What is left to do when the batch is on the disk."""

    replies: list[Reply] = field(default_factory=list)
    talks: dict[Room, Talk | None] = field(default_factory=dict)
    failed: bool = False


class Dispatch:
    """Takes batches for one instance; `after` hears what changed once it is kept."""

    def __init__(self, instance: Instance, *, after: Callable[[Network, Outcome], Awaitable[None]]) -> None:
        self._instance = instance
        self._after = after

    async def take(self, network: Network, batch: Batch) -> None:
        """Decide and keep a whole batch, in order, in one transaction.

        :raises StorageError: nothing was kept; ask for the same batch again later.
        """
        if not batch.updates:  # nothing to acknowledge, and at the very first start no position either
            return
        outcome = Outcome()
        read = [_read(network, raw) for raw in batch.updates]
        jobs = [partial(self._one, network, each, outcome) for each in read]
        ahead = Ahead(
            rooms=[each.incoming.room for each in read if each.incoming and each.incoming.private],
            updates=[(network.name, each.raw.key) for each in read],
        )
        keep = [*jobs, partial(_advance, network, batch, outcome)]
        _raise_first(await self._instance.store.run_batch(keep, ahead=ahead))
        await self._after(network, outcome)

    async def _one(self, network: Network, read: _Read, outcome: Outcome, uow: UnitOfWork) -> None:
        try:
            if await uow.seen.mark(network.name, read.raw.key):
                await self._decide_or_park(read, outcome, uow)
        except BaseException:
            outcome.failed = True
            raise

    async def _decide_or_park(self, read: _Read, outcome: Outcome, uow: UnitOfWork) -> None:
        try:
            with uow.attempt():
                await self._decide(read, outcome, uow)
        except DISK:
            raise  # the disk's fault, not the update's: nothing of the batch is kept
        except Exception as problem:  # whatever an update can break must not stop the next one
            await uow.letters.park(read.raw.body, type(problem).__name__)
            fault("update.parked", problem)
            await self._let_pass(read, outcome, uow)

    async def _let_pass(self, read: _Read, outcome: Outcome, uow: UnitOfWork) -> None:
        """Say sorry to whoever wrote a parked update, if not even that breaks on it."""
        if read.incoming is None or not read.incoming.private:
            return
        try:
            with uow.attempt():
                outcome.replies += await reporters.let_pass(self._instance, uow, read.incoming)
        except DISK:
            raise
        except Exception as problem:  # as above
            fault("update.unanswered", problem)

    async def _decide(self, read: _Read, outcome: Outcome, uow: UnitOfWork) -> None:
        incoming = read.incoming
        if read.problem is not None:
            raise read.problem
        if incoming is None:
            return
        if isinstance(incoming.event, Moved):
            alarm("group.moved")  # the adapter follows by itself; the operator hears of it
        elif incoming.private:
            taken = await reporters.take(self._instance, uow, incoming)
            outcome.talks[incoming.room] = taken.talk
            outcome.replies += taken.replies
        else:
            outcome.replies += await team.take(self._instance, uow, incoming)


def _read(network: Network, raw: Raw) -> _Read:
    """Parse one update; what it breaks is its own affair."""
    try:
        return _Read(raw, network.read(raw))
    except Exception as problem:  # parked with its update
        return _Read(raw, problem=problem)


async def _advance(network: Network, batch: Batch, outcome: Outcome, uow: UnitOfWork) -> None:
    """Move the read position with the batch, and only with all of it."""
    if not outcome.failed:
        await uow.positions.set(network.name, batch.position)


def _raise_first(results: Sequence[object]) -> None:
    for result in results:
        if isinstance(result, BaseException):
            raise result
