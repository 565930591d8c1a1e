"""The running bot: one poll loop, one sender, one clock. Started, drained and stopped in that order."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.channel import Channel
from bot.daily import Daily
from bot.dispatch import Dispatch, Outcome
from bot.instance import Instance
from bot.logs import alarm, fault, say
from bot.networks import Network, Reply
from bot.networks.errors import NetworkError, Rival, TokenRefused, TryLater
from bot.sender import Hooks, Sender
from bot.sending.clock import WallClock
from bot.timekeeper import Timekeeper
from bot.timers import Lapses, Timers
from handlers.limits import TELEGRAM, UNLIMITED
from storage.errors import StorageError
from storage.unit_of_work import UnitOfWork

TICK_SECONDS = 5
DRAIN_SECONDS = 5
_LONGEST_PAUSE = 60.0


class _InstanceClock(WallClock):
    """The instance's own time for what is kept, the machine's for budgets and sleep."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now()


def _undoubted(now: Callable[[], datetime]) -> Timekeeper:
    """One clock alone contradicts nobody."""
    return Timekeeper(wall=now, steady=lambda: now().timestamp())


class Service:
    """Runs one instance on one network until `stop` is set; while `clock` is in doubt nothing is posted."""

    def __init__(
        self,
        instance: Instance,
        network: Network,
        *,
        clock: Timekeeper | None = None,
        unlimited: bool = False,
    ) -> None:
        self.instance = instance
        self.network = network
        self.clock = clock or _undoubted(instance.now)
        self.channel = Channel(instance, network)
        self.daily = Daily(instance)
        self.lapses = Lapses()
        self.timers = Timers(instance, self.lapses, self.daily)
        self.sender = Sender(
            instance.store,
            {network.name: network},
            errands={"card": self.channel.post_card, "digest": self.channel.post_digest},
            hooks=Hooks(paused=lambda: self.clock.doubtful),
            clock=_InstanceClock(instance.now),
            limits=UNLIMITED if unlimited else TELEGRAM,
        )
        self.dispatch = Dispatch(instance, after=self._after)
        self._replies: set[asyncio.Task[None]] = set()
        self._taking: asyncio.Task[None] | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Start, work until `stop` is set, then finish what has begun.

        :raises TokenRefused: the network does not know our token; the operator must act.
        """
        tasks: list[asyncio.Task[Any]] = []
        try:
            await self.instance.store.run(self._look_back)
            await self.timers.start()
            works = (self._poll(), self.sender.run(), self._tick(), stop.wait())
            tasks += [asyncio.create_task(work) for work in works]
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            await self._finish(tasks)

    async def _look_back(self, uow: UnitOfWork) -> None:
        instance = self.instance
        await instance.memory.look(uow, instance.ring, network=self.network.name, now=instance.now())
        await uow.outbox.drop_undecryptable()

    async def digest_now(self) -> None:
        """Make the digest now instead of at its hour."""
        instance = self.instance
        await instance.store.run(lambda uow: self.daily.make(uow, instance.today()))
        self.sender.wake()

    async def settle(self) -> None:
        """Until everything that can be sent now has been sent."""
        await self.sender.settle()

    async def _finish(self, tasks: list[asyncio.Task[Any]]) -> None:
        for task in tasks:
            task.cancel()
        begun = [*tasks, *self._replies, *([self._taking] if self._taking else [])]
        await asyncio.gather(*begun, return_exceptions=True)
        await self.sender.drain(DRAIN_SECONDS)
        await self.network.close()
        await self.instance.store.close()

    async def _poll(self) -> None:
        await self._begin()
        position = await self.instance.store.run(lambda uow: uow.positions.get(self.network.name))
        pause = 1.0
        while True:
            try:
                batch = await self.network.receive(position)
                self._taking = asyncio.create_task(self.dispatch.take(self.network, batch))
                await asyncio.shield(self._taking)
                position, pause = batch.position, 1.0
                self.timers.caught_up = not batch.more
            except TokenRefused:
                raise
            except (NetworkError, StorageError) as problem:
                self.timers.caught_up = False
                pause = await self._wait_after(problem, pause)

    async def _begin(self) -> None:
        """Introduce ourselves to the network, however long it takes to come within reach."""
        pause = 1.0
        while True:
            try:
                await self.network.start()
            except TokenRefused:
                raise
            except NetworkError as problem:
                pause = await self._wait_after(problem, pause)
            else:
                return say("service.listening")

    async def _wait_after(self, problem: Exception, pause: float) -> float:
        """Back off; nothing was acknowledged, so nothing is lost by waiting."""
        if isinstance(problem, Rival):
            alarm("poll.rival")
        elif isinstance(problem, StorageError):
            fault("store.failed", problem)
        else:
            fault("poll.failed", problem)
        await asyncio.sleep(problem.seconds if isinstance(problem, TryLater) else pause)
        return min(pause * 2, _LONGEST_PAUSE)

    async def _tick(self) -> None:
        while True:
            await self.tick()
            await asyncio.sleep(TICK_SECONDS)

    async def tick(self) -> None:
        """Look at the clocks, then do what is due."""
        self.clock.look()
        await self.timers.tick()

    async def _after(self, network: Network, outcome: Outcome) -> None:
        """The batch is on the disk: wake the sender, answer presses, set the clocks of the talks."""
        for room, talk in outcome.talks.items():
            self.lapses.note(room, talk)
        for reply in outcome.replies:
            task = asyncio.create_task(_answer(network, reply))
            self._replies.add(task)
            task.add_done_callback(self._replies.discard)
        self.sender.wake()


async def _answer(network: Network, reply: Reply) -> None:
    """A press that can no longer be answered is no harm: the screen has changed anyway."""
    with contextlib.suppress(NetworkError):
        await network.deliver(reply)
