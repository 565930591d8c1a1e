"""A batch of updates in, one transaction: seen marks, talks, sealed reports, cases, outbox, read position.

Only when that transaction is on the disk does the next poll acknowledge the batch. An update that cannot
be read or decided is parked sealed and counted; it never delays the others.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from bot import reporters, team
from bot.instance import Instance
from bot.logs import alarm, fault
from bot.networks import Batch, Network, Raw, Reply
from bot.sending.lanes import Fresh
from handlers.events import Incoming, Moved, Room
from handlers.intake.talk import Talk
from storage.database import FAULTS
from storage.errors import DatabaseUnreachable, KeepFailed
from storage.outbox import Letter
from storage.unit_of_work import Ahead, UnitOfWork

DISK = (KeepFailed, DatabaseUnreachable, *FAULTS)


@dataclass(frozen=True, slots=True)
class _Read:
    """An update and what it says, or why it says nothing."""

    raw: Raw
    incoming: Incoming | None = None
    problem: Exception | None = None


@dataclass(slots=True)
class Outcome:
    """What is left to do when the batch is on the disk; `fresh` are screens that are marked as being sent."""

    replies: list[Reply] = field(default_factory=list)
    talks: dict[Room, Talk | None] = field(default_factory=dict)
    fresh: Sequence[Fresh] = ()


Claim = Callable[[UnitOfWork, Sequence[Letter]], Awaitable[Sequence[Fresh]]]


async def _claim_nothing(_uow: UnitOfWork, _letters: Sequence[Letter]) -> Sequence[Fresh]:
    return ()


@dataclass(slots=True)
class _Step:
    """What one update led to."""

    replies: Sequence[Reply] = ()
    letters: Sequence[Letter] = ()
    talks: Mapping[Room, Talk | None] = field(default_factory=dict)


class Dispatch:
    """Takes batches for one instance; `after` hears what changed once it is kept.

    `claim` may mark new screens as being sent, in the transaction that puts them (`Sender.claim_fresh`);
    what it leaves alone waits in the outbox.
    """

    def __init__(
        self,
        instance: Instance,
        *,
        after: Callable[[Network, Outcome], Awaitable[None]],
        claim: Claim = _claim_nothing,
    ) -> None:
        self._instance = instance
        self._after = after
        self._claim = claim

    async def take(self, network: Network, batch: Batch) -> None:
        """Decide and keep a whole batch, in order, in one transaction.

        What the database refuses is set aside in a second one, and only with that the read position moves.

        :raises StorageError: not everything was kept; ask for the same batch again later.
        """
        if not batch.updates:  # nothing to acknowledge, and at the very first start no position either
            return
        steps: list[_Step] = []
        read = [_read(network, raw) for raw in batch.updates]
        ahead = Ahead(
            rooms=[each.incoming.room for each in read if each.incoming and each.incoming.private],
            updates=[(network.name, each.raw.key) for each in read],
        )
        advance = partial(self._advance, network, batch, steps)
        jobs = [partial(self._one, network, each, steps) for each in read]
        *kept, fresh = await self._instance.store.run_batch([*jobs, advance], ahead=ahead, whole=True)
        refused = [each for each, result in zip(read, kept, strict=True) if isinstance(result, KeepFailed)]
        if refused:
            steps = [step for step in kept if isinstance(step, _Step)]
            aside = [partial(_set_aside, network, each) for each in refused]
            *_, fresh = await self._instance.store.run_batch([*aside, advance], whole=True)
        _raise_first([*(result for result in kept if not isinstance(result, KeepFailed)), fresh])
        await self._after(network, _join(steps, fresh))

    async def _one(self, network: Network, read: _Read, steps: list[_Step], uow: UnitOfWork) -> _Step:
        step = _Step()
        if await uow.seen.mark(network.name, read.raw.key):
            step = await self._decide_or_park(read, uow)
        elif read.incoming is not None and read.incoming.private:  # kept, but perhaps nobody heard of it
            room = read.incoming.room
            step = _Step(talks={room: await uow.talks.find(room)})
        steps.append(step)
        return step

    async def _advance(
        self, network: Network, batch: Batch, steps: Sequence[_Step], uow: UnitOfWork
    ) -> Sequence[Fresh]:
        """Move the read position with the batch, and only with all of it."""
        await uow.positions.set(network.name, batch.position)
        return await self._claim(uow, [letter for step in steps for letter in step.letters])

    async def _decide_or_park(self, read: _Read, uow: UnitOfWork) -> _Step:
        try:
            with uow.attempt():
                return await self._decide(read, uow)
        except DISK:
            raise  # the disk's fault, not the update's: nothing of the batch is kept
        except Exception as problem:  # whatever an update can break must not stop the next one
            await uow.letters.park(read.raw.body, type(problem).__name__)
            fault("update.parked", problem)
            return _Step(await self._let_pass(read, uow))

    async def _let_pass(self, read: _Read, uow: UnitOfWork) -> Sequence[Reply]:
        """Say sorry to whoever wrote a parked update, if not even that breaks on it."""
        if read.incoming is None or not read.incoming.private:
            return ()
        try:
            with uow.attempt():
                return await reporters.let_pass(self._instance, uow, read.incoming)
        except DISK:
            raise
        except Exception as problem:  # as above
            fault("update.unanswered", problem)
            return ()

    async def _decide(self, read: _Read, uow: UnitOfWork) -> _Step:
        incoming = read.incoming
        if read.problem is not None:
            raise read.problem
        if incoming is None:
            return _Step()
        if isinstance(incoming.event, Moved):
            alarm("group.moved")  # the adapter follows by itself; the operator hears of it
            return _Step()
        if not incoming.private or team.is_order(self._instance, incoming):
            return _Step(await team.take(self._instance, uow, incoming))
        taken = await reporters.take(self._instance, uow, incoming)
        return _Step(taken.replies, taken.letters, {incoming.room: taken.talk})


def _read(network: Network, raw: Raw) -> _Read:
    """Parse one update; what it breaks is its own affair."""
    try:
        return _Read(raw, network.read(raw))
    except Exception as problem:  # parked with its update
        return _Read(raw, problem=problem)


async def _set_aside(network: Network, read: _Read, uow: UnitOfWork) -> _Step:
    """The database refuses what follows from this update, and would do so for ever: park it, once."""
    await uow.seen.mark(network.name, read.raw.key)
    await uow.letters.park(read.raw.body, KeepFailed.__name__)
    alarm("update.refused")
    return _Step()


def _join(steps: Sequence[_Step], fresh: Sequence[Fresh]) -> Outcome:
    replies = [reply for step in steps for reply in step.replies]
    return Outcome(replies, {room: talk for step in steps for room, talk in step.talks.items()}, fresh)


def _raise_first(results: Sequence[object]) -> None:
    for result in results:
        if isinstance(result, BaseException):
            raise result
