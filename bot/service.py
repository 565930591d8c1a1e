"""The running bot: its part in the work, one sender, one clock. Started, drained, stopped in that order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from bot.answers import Answers
from bot.asking.delivery import Deliveries
from bot.channel import Channel
from bot.clusters import Clusters
from bot.daily import Daily
from bot.dashboard import KIND as DASHBOARD
from bot.dashboard import Dashboard
from bot.doorkeeper import Doorkeeper
from bot.guard import Guard, Watched
from bot.instance import Instance
from bot.joining import Doorman
from bot.networks import Delivers, Network
from bot.occasions import KIND as CLUSTER
from bot.parts import Alone, Guarded, Part
from bot.reading import TICK_SECONDS, Reading
from bot.sender import Hooks, Sender
from bot.sending.clock import Clock, WallClock
from bot.sending.lanes import ANSWER, DELIVERED, UNSAY
from bot.staleness import short_handed
from bot.timekeeper import Timekeeper
from bot.workers import Shared
from handlers.limits import TELEGRAM, UNLIMITED
from handlers.triage.boards import Health
from storage.leases import Leases

DRAIN_SECONDS = 5
FEW = 10  # letters: so many are always on their way


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
    """Runs one instance on one network until `stop` is set; while `clock` is in doubt nothing is posted.

    Where the store can be shared it is one worker among several on one database; `leases`: others than
    the store's own. `pace` is the time that pauses and budgets go by. `watched` is the network again where
    the moderators' room must be guarded: everywhere but in a trial without a room.
    """

    def __init__(
        self,
        instance: Instance,
        network: Network,
        *,
        clock: Timekeeper | None = None,
        leases: Leases | None = None,
        pace: Clock | None = None,
        watched: Watched | None = None,
        unlimited: bool = False,
    ) -> None:
        self.instance = instance
        self.network = network
        self.clock = clock or _undoubted(instance.now)
        leases, pace = leases or instance.store.leases, pace or _InstanceClock(instance.now)
        clusters = Clusters(instance, network, clock=pace)
        self.channel = Channel(instance, network, clusters=clusters)
        self.dashboard = Dashboard(instance, network, health=self._health, clock=pace)
        answers, deliveries = Answers(instance, network, clock=pace), Deliveries(instance)
        self.daily = Daily(instance)
        self.guard = Guard(instance, watched, clock=pace, resume=self._resume) if watched else None
        self.sender = Sender(
            instance.store,
            {network.name: self._way_out(Guarded(network, self._be_sure) if leases else network)},
            errands={
                "card": self.channel.post_card,
                "digest": self.channel.post_digest,
                "addition": self.channel.post_addition,
                DELIVERED: deliveries.note,
                CLUSTER: clusters.post,
                DASHBOARD: self.dashboard.post,
                ANSWER: answers.post,
                UNSAY: answers.delete,
                "knock": Doorman(instance).answer,
            },
            hooks=Hooks(paused=self._is_paused, room_closed=deliveries.block),
            clock=pace,
            limits=UNLIMITED if unlimited else TELEGRAM,
        )
        self.reading = Reading(
            instance,
            network,
            self.daily,
            look=self.clock.look,
            sender=self.sender,
            pace=pace,
            dashboard=self.dashboard,
        )
        self.timers = self.reading.timers
        self.part: Part = self._share(leases) if leases else Alone(self.reading.run)

    def _way_out(self, network: Delivers) -> Delivers:
        return Doorkeeper(network, self.guard, group=lambda: self.network.group) if self.guard else network

    def _is_paused(self) -> bool:
        if self.clock.doubtful or (self.guard is not None and self.guard.closed):
            return True
        return short_handed(self.instance.roster, self.instance.today())

    def _health(self) -> Health:
        return Health(
            silent=int(self.reading.silent_seconds // 60),
            waiting=waiting if (waiting := self.instance.store.letters_waiting) >= FEW else 0,
            floods=self.sender.floods,
            doubtful=self.clock.doubtful,
            damaged=self.instance.store.damaged,
        )

    def _resume(self) -> None:
        self.sender.wake()

    def _share(self, leases: Leases) -> Shared:
        return Shared(
            leases,
            self.instance.store,
            read=self.reading.run,
            sender=self.sender,
            folder=self.instance.ring.directory,
            new_id=partial(self.instance.chance, 16),
        )

    async def _be_sure(self) -> None:
        await self.part.be_sure()

    async def run(self, stop: asyncio.Event) -> None:
        """Start, work until `stop` is set, then finish what has begun.

        :raises TokenRefused: the network does not know our token; the operator must act.
        """
        works = [self.part.run(), self.sender.run(), self._watch_clocks(), stop.wait()]
        works += [self.guard.watch()] if self.guard else []
        tasks: list[asyncio.Task[Any]] = [asyncio.create_task(work) for work in works]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            await self._finish(tasks)

    async def tick(self) -> None:
        """Look at the clocks, then do what is due."""
        await self.reading.tick()

    async def digest_now(self) -> None:
        """Make the digest now instead of at its hour."""
        await self.daily.make(self.instance.today())
        self.sender.wake()

    async def settle(self) -> None:
        """Until everything that can be sent now has been sent."""
        await self.sender.settle()

    async def _finish(self, tasks: list[asyncio.Task[Any]]) -> None:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.sender.drain(DRAIN_SECONDS)
        await self.part.leave()
        await self.network.close()
        await self.instance.store.close()

    async def _watch_clocks(self) -> None:
        """Also while somebody else reads."""
        while True:
            self.clock.look()
            await asyncio.sleep(TICK_SECONDS)
