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
from bot.logs import fault
from bot.networks import Batch, Network, Raw, Reply
from handlers.events import Incoming, Moved, Room
from handlers.intake.talk import Talk
from storage.errors import StorageError
from storage.unit_of_work import UnitOfWork


@dataclass(slots=True)
class Outcome:
    """What is left to do when the batch is on the disk."""

    replies: list[Reply] = field(default_factory=list)
    talks: dict[Room, Talk | None] = field(default_factory=dict)
    moved: str | None = None
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
        outcome = Outcome()
        jobs = [partial(self._one, network, raw, outcome) for raw in batch.updates]
        results = await self._instance.store.run_batch([*jobs, partial(_advance, network, batch, outcome)])
        _raise_first(results)
        await self._after(network, outcome)

    async def _one(self, network: Network, raw: Raw, outcome: Outcome, uow: UnitOfWork) -> None:
        try:
            if await uow.seen.mark(network.name, raw.key):
                await self._decide_or_park(network, raw, outcome, uow)
        except BaseException:
            outcome.failed = True
            raise

    async def _decide_or_park(self, network: Network, raw: Raw, outcome: Outcome, uow: UnitOfWork) -> None:
        try:
            with uow.attempt():
                incoming = network.read(raw)
                if incoming is not None:
                    await self._decide(incoming, outcome, uow)
        except (StorageError, SQLAlchemyError):
            raise  # the disk's fault, not the update's: nothing of the batch is kept
        except Exception as problem:  # whatever an update can break must not stop the next one
            await uow.letters.park(raw.body, type(problem).__name__)
            fault("update.parked", problem)

    async def _decide(self, incoming: Incoming, outcome: Outcome, uow: UnitOfWork) -> None:
        if isinstance(incoming.event, Moved):
            outcome.moved = incoming.event.to
        elif incoming.private:
            taken = await reporters.take(self._instance, uow, incoming)
            outcome.talks[incoming.room] = taken.talk
            outcome.replies += taken.replies
        else:
            outcome.replies += await team.take(self._instance, uow, incoming)


async def _advance(network: Network, batch: Batch, outcome: Outcome, uow: UnitOfWork) -> None:
    """Move the read position with the batch, and only with all of it."""
    if not outcome.failed:
        await uow.positions.set(network.name, batch.position)


def _raise_first(results: Sequence[object]) -> None:
    for result in results:
        if isinstance(result, BaseException):
            raise result
