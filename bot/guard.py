"""Lets nothing into the moderators' room unless the room was looked at, and found in order.

Looked at before each post (a reading serves for a minute, unless somebody moved), and again after it: if the
room is not in order any more, the post is taken away. A locked room is emptied of its cards. Intake, sealing
and queueing know nothing of all this; what is not posted waits in the outbox.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Collection
from functools import partial
from typing import Protocol

from bot.bell import Bell
from bot.emptying import clear_out
from bot.instance import Instance
from bot.lockdown import vetted
from bot.logs import alarm, fault, say
from bot.networks import Delete, Network
from bot.networks.errors import ChannelClosed, NetworkError, NothingThere, RoomClosed, RoomMoved, TryLater
from bot.sending.clock import Clock
from bot.standings import count_changes, load_standing, take
from handlers.guard.facts import Facts, View
from handlers.guard.rules import Broken, judge
from handlers.guard.standing import Blind, Event, Looked, Resume, Standing, State, Withdraw
from storage.unit_of_work import UnitOfWork

GOOD_FOR = 60.0  # seconds that a reading may be used, if nobody moved
LOOK_AGAIN = {State.OPEN: 60.0, State.PAUSED: 5.0, State.LOCKED: 20.0}
SURE_WITHIN = 30.0  # seconds for the look after a post, if we are asked to wait for it


class Watched(Network, Protocol):
    """A network whose room can be looked at."""

    async def look(self, accounts: Collection[str]) -> Facts:
        """Read the room, and which of these accounts are in it (raises NetworkError)."""


class Guard:
    """Guards the room of one instance on one network; `resume` is called when posting may go on."""

    def __init__(
        self, instance: Instance, network: Watched, *, clock: Clock, resume: Callable[[], None]
    ) -> None:
        self._instance = instance
        self._network = network
        self._clock = clock
        self._resume = resume
        self._standing = Standing()
        self._known = False
        self._looking = asyncio.Lock()
        self._read_at = float("-inf")
        self._read_after = -1  # changes among the members that the last reading knew of
        self._owed: list[Delete] = []

    @property
    def closed(self) -> bool:
        """Whether it is known that nothing may be posted now."""
        return self._known and self._standing.state is not State.OPEN

    async def check(self) -> None:
        """Return when something may be posted now.

        :raises ChannelClosed: it may not; wait for it.
        :raises TryLater, RoomMoved: the network says so instead of answering.
        """
        async with self._looking:
            if not await self._is_fresh():
                await self._look()
        self._refuse_unless_open()

    async def confirm(self) -> None:
        """Look again, after something was posted.

        :raises ChannelClosed: it must be taken away.
        """
        async with self._looking:
            if not await self._has_looked():
                await self._take(Blind())
        self._refuse_unless_open()

    def doubt(self) -> None:
        """What was read last is not to be used again."""
        self._read_at = float("-inf")

    def owe(self, delete: Delete) -> None:
        """This must be taken away as soon as the network lets us."""
        self._owed.append(delete)
        self._bell.ring()

    async def watch(self) -> None:
        """Look at the room from time to time and whenever the bell rings, until cancelled."""
        while True:
            asked = self._bell.answer()
            try:
                await self._turn(asked)
            except Exception as problem:  # the next round tries again
                fault("guard.failed", problem)
            await self._rest(LOOK_AGAIN[self._standing.state])

    @property
    def _bell(self) -> Bell:
        return self._instance.bell

    async def _rest(self, seconds: float) -> None:
        """So long, or until the bell rings."""
        ringing = asyncio.create_task(self._bell.rung.wait())
        resting = asyncio.create_task(self._clock.sleep(seconds))
        try:
            await asyncio.wait({ringing, resting}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            ringing.cancel()
            resting.cancel()

    async def _has_looked(self) -> bool:
        """Look; in a flood wait for it, as long as no bell rings.

        Taking the post away would be one more call in the same flood, and its repetition another.
        """
        until = self._clock.seconds() + SURE_WITHIN
        while True:
            try:
                await self._look()
            except RoomMoved:
                pause = 0.0
            except TryLater as told:
                pause = max(told.seconds, 1.0)
            else:
                return True
            if self._clock.seconds() + pause > until:
                return False
            await self._rest(pause)
            if self._bell.rung.is_set():
                return False

    async def _turn(self, asked: Collection[Event]) -> None:
        for event in asked:
            await self._take(event)
        async with self._looking:
            with contextlib.suppress(TryLater, RoomMoved):
                await self._look()
        await self._pay()
        if self._standing.state is State.LOCKED:
            await clear_out(self._instance, self._network)

    async def _pay(self) -> None:
        """Posts that could not be taken away at once."""
        while self._owed:
            left: str | None = None
            try:
                left = await self._network.deliver(self._owed[0])
            except NothingThere:
                pass
            except NetworkError as problem:
                fault("guard.held_up", problem)
                return
            if left:  # we may not: until somebody gives the right back
                alarm("guard.left_lying")
                return
            self._owed.pop(0)

    async def _is_fresh(self) -> bool:
        standing, changes = await self._instance.store.run(self._recall)
        self._standing = standing
        young = self._clock.seconds() - self._read_at <= GOOD_FOR
        return young and changes == self._read_after and not self._bell.rung.is_set()

    async def _recall(self, uow: UnitOfWork) -> tuple[Standing, int]:
        await self._instance.suspended.recall(uow, self._instance.signed)
        await self._instance.duty.recall(uow, self._instance.watermark)
        standing = await load_standing(self._instance, uow, self._standing)
        return standing, await count_changes(uow)

    async def _look(self) -> None:
        """Read the room and draw the consequences; an unanswered question is one."""
        _, changes = await self._instance.store.run(self._recall)
        began = self._clock.seconds()
        roster = vetted(self._instance.roster, self._network.name, on=self._instance.today())
        try:
            facts = await self._network.look([entry.account for entry in roster])
        except (TryLater, RoomMoved):
            raise
        except RoomClosed:
            await self._take(Looked((Broken("bot-admin"),)))
        except NetworkError as problem:
            if not self.closed:
                fault("guard.blind", problem)
            await self._take(Blind())
        else:
            self._read_at, self._read_after = began, changes
            await self._take(Looked(judge(View(facts, roster))))

    def _refuse_unless_open(self) -> None:
        if self._standing.state is not State.OPEN:
            raise ChannelClosed("the moderators' room is not in order")

    async def _take(self, event: Event) -> None:
        before = self._standing.state
        deciding = partial(take, self._instance, event, known=self._standing, network=self._network.name)
        after, effects = await self._instance.store.run(deciding)
        self._standing, self._known = after, True
        if after.state is not before or Withdraw() in effects:
            _note(after)
        if any(isinstance(effect, Resume) for effect in effects):
            self._resume()
        if effects and after.state is State.LOCKED:
            self._bell.ring()


def _note(standing: Standing) -> None:
    match standing.state:
        case State.OPEN:
            say("guard.open")
        case State.PAUSED:
            alarm("guard.paused", reasons=len(standing.reasons))
        case State.LOCKED:
            alarm("guard.locked", reasons=len(standing.reasons))
