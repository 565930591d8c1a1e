"""Reading: one poll loop and one clock, for as long as this process is the one who reads."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

from bot.bulk import Exports
from bot.daily import Daily
from bot.dashboard import Dashboard
from bot.dispatch import Dispatch, Outcome
from bot.duty import DutyWatch
from bot.instance import Instance
from bot.logs import alarm, fault, say
from bot.networks import Network, Reply
from bot.networks.errors import NetworkError, Rival, TokenRefused, TryLater
from bot.sender import Sender
from bot.sending.clock import Clock
from bot.staleness import Staleness
from bot.timers import Lapses, Timers
from handlers.guard.rivals import Conflicts, hear
from handlers.guard.standing import Raised
from storage.errors import StorageError
from storage.unit_of_work import UnitOfWork

TICK_SECONDS = 5
_LONGEST_PAUSE = 60.0


class Reading:
    """Polls, decides, keeps, and turns time into events. `look` reads the clocks, `pace` is for pauses."""

    def __init__(
        self,
        instance: Instance,
        network: Network,
        daily: Daily,
        *,
        look: Callable[[], None],
        sender: Sender,
        pace: Clock,
        dashboard: Dashboard,
    ) -> None:
        self._instance = instance
        self._network = network
        self._look = look
        self._sender = sender
        self._pace = pace
        self._dashboard = dashboard
        self._heard_at = pace.seconds()
        self._lapses = Lapses()
        self._exports = Exports(instance)
        self._duty = DutyWatch(instance, network=network.name)
        staleness = Staleness(instance, network=network.name)
        self.timers = Timers(instance, self._lapses, daily, staleness=staleness)
        self.dispatch = Dispatch(instance, after=self._after, claim=sender.claim_fresh)
        self._replies: set[asyncio.Task[None]] = set()
        self._taking: asyncio.Task[None] | None = None
        self._conflicts = Conflicts()

    async def run(self) -> None:
        """Read until cancelled; a batch that has come is kept or refused as a whole before that.

        :raises TokenRefused: the network does not know our token; the operator must act.
        """
        tasks: list[asyncio.Task[None]] = []
        try:
            await self._instance.store.run(self._look_back)
            await self.timers.start()
            self._sender.wake()
            tasks += [asyncio.create_task(work) for work in (self._poll(), self._keep_time())]
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            await self._finish(tasks)

    async def tick(self) -> None:
        """Look at the clocks, then do what is due."""
        self._look()
        await self.timers.tick(self._dashboard.tick, self._duty.tick, self._exports.tick)

    @property
    def silent_seconds(self) -> float:
        """How long the network has not answered a poll."""
        return self._pace.seconds() - self._heard_at

    async def _finish(self, tasks: list[asyncio.Task[None]]) -> None:
        for task in tasks:
            task.cancel()
        begun = [*tasks, *self._replies, *([self._taking] if self._taking else [])]
        await asyncio.gather(*begun, return_exceptions=True)

    async def _look_back(self, uow: UnitOfWork) -> None:
        instance = self._instance
        await instance.suspended.recall(uow, instance.signed)
        await instance.duty.recall(uow, instance.watermark)
        await instance.memory.look(uow, instance.ring, network=self._network.name, now=instance.now())
        await uow.outbox.drop_undecryptable()
        await uow.outbox.sort()
        await uow.cards.sort()
        if not instance.settings.team.compare_names:
            await uow.likenesses.clear()

    async def _poll(self) -> None:
        self.timers.caught_up, self._conflicts = False, Conflicts()
        await self._begin()
        position = await self._instance.store.run(lambda uow: uow.positions.get(self._network.name))
        pause = 1.0
        while True:
            try:
                batch = await self._network.receive(position)
                self._heard_at = self._pace.seconds()
                self._taking = asyncio.create_task(self.dispatch.take(self._network, batch))
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
                await self._network.start()
            except TokenRefused:
                raise
            except NetworkError as problem:
                pause = await self._wait_after(problem, pause)
            else:
                return say("service.listening")

    async def _wait_after(self, problem: Exception, pause: float) -> float:
        """Back off; nothing was acknowledged, so nothing is lost by waiting."""
        if isinstance(problem, Rival):
            self._meet_rival()
        elif isinstance(problem, StorageError):
            fault("store.failed", problem)
        else:
            fault("poll.failed", problem)
        await self._pace.sleep(problem.seconds if isinstance(problem, TryLater) else pause)
        return min(pause * 2, _LONGEST_PAUSE)

    def _meet_rival(self) -> None:
        """Once may be our own restart; again and again it is somebody else with our token: lock the room."""
        alarm("poll.rival")
        self._conflicts = hear(self._conflicts, self._instance.now())
        if self._conflicts.persist:
            self._conflicts = Conflicts()
            self._instance.bell.ring(Raised("rival"))

    async def _keep_time(self) -> None:
        while True:
            await self.tick()
            await self._pace.sleep(TICK_SECONDS)

    async def _after(self, _network: Network, outcome: Outcome) -> None:
        """The batch is on the disk: wake the sender, answer presses, set the clocks of the talks."""
        for room, talk in outcome.talks.items():
            self._lapses.note(room, talk)
        for reply in outcome.replies:
            task = asyncio.create_task(self._reply(reply))
            self._replies.add(task)
            task.add_done_callback(self._replies.discard)
        self._sender.send_fresh(outcome.fresh)

    async def _reply(self, reply: Reply) -> None:
        """A press that can no longer be answered is no harm: the screen has changed anyway."""
        with contextlib.suppress(NetworkError):
            await self._sender.answer(self._network.name, reply)
