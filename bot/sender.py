"""Empties the outbox: in order per room, rooms side by side, urgent first, one bad room starves nobody.

A letter is marked before it is sent and removed after, so that a crash repeats at most what was under way.
Whatever the network answers, a letter ends in one of the ways of `bot.sending.verdicts`; none is lost
without being counted.
"""

from __future__ import annotations

import asyncio
import random
import secrets
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace as change

from bot.logs import alarm, fault, say
from bot.networks import Delete, Delivers, Outgoing, Reply
from bot.networks.errors import NetworkError
from bot.sending.claims import Claims
from bot.sending.clock import Clock, WallClock
from bot.sending.endings import Endings, Hooks
from bot.sending.errands import Errand, Kind, as_kind, network_of
from bot.sending.gate import Gate
from bot.sending.keeping import Keeper
from bot.sending.lanes import ERASE, SAY, SHOW, Fresh, Lane, kind_of, lane_of
from bot.sending.screens import Finish, Screens, due_at
from bot.sending.verdicts import SLOW_SECONDS, Verdict, judge
from bot.sending.works import Works
from handlers.limits import TELEGRAM, Limits, backoff
from storage.errors import StorageError
from storage.outbox import Letter
from storage.traces import Trace
from storage.unit_of_work import UnitOfWork

__all__ = ["Errand", "Hooks", "Sender"]

LOOK_SECONDS = 2.0  # somebody may have put a letter without waking us


class Sender:
    """Sends what waits in the outbox of `store` over `networks` (by name).

    `errands` carry out kinds of letters that the app knows about ("card", "digest"): each gets the payload
    and `send`, which keeps the budgets, and may be called again from the start at any time. "show", "erase"
    and "say" are known here. `jitter` gives a number from 0 to 1.
    """

    def __init__(
        self,
        store: Keeper,
        networks: Mapping[str, Delivers],
        *,
        errands: Mapping[str, Errand],
        hooks: Hooks | None = None,
        clock: Clock | None = None,
        limits: Limits = TELEGRAM,
        look_seconds: float = LOOK_SECONDS,
        new_id: Callable[[], bytes] = lambda: secrets.token_bytes(16),
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._store = store
        self._clock = clock or WallClock()
        self._hooks = hooks or Hooks()
        self._jitter = jitter
        self._look_seconds = look_seconds
        self._works = Works()
        self._gates = {
            name: Gate(network, limits, self._clock, idle=self._works.idle)
            for name, network in networks.items()
        }
        self._screens = Screens(store, self._clock, new_id=new_id, delete_now=self._delete_now)
        self._endings = Endings(
            store,
            self._screens,
            hooks=self._hooks,
            clock=self._clock,
            jitter=jitter,
            accept=self._accept,
        )
        self.counts = self._endings.counts
        self._kinds: dict[str, Kind] = {
            ERASE: self._screens.erase,
            SAY: self._screens.say,
            **{kind: as_kind(errand, store.run) for kind, errand in errands.items()},
        }
        self._lanes: dict[str, Lane] = {}
        self._resting: set[str] = set()
        self._claims = Claims(errands, self._lanes, resting=self._resting, paused=self._hooks.paused)
        self._wake = asyncio.Event()
        self._changed = asyncio.Event()
        self._filling = asyncio.Lock()  # who settles waits for letters that are just being taken out

    async def run(self) -> None:
        """Send until cancelled. What is under way then is finished, or given up, by `drain`."""
        reminder = asyncio.create_task(self._remind())
        try:
            while True:
                self._wake.clear()
                await self._fill()
                await self._wake.wait()
        finally:
            reminder.cancel()

    def wake(self) -> None:
        """There is something new in the outbox."""
        self._wake.set()

    async def answer(self, network: str, reply: Reply) -> None:
        """Answer a press at once; one that the network wants no call for is let be (raises NetworkError)."""
        await self._gates[network].answer(reply)

    async def claim_fresh(self, uow: UnitOfWork, letters: Sequence[Letter]) -> Sequence[Fresh]:
        """See `Claims.claim_fresh`; once that is committed the letters must be handed to `send_fresh`."""
        return await self._claims.claim_fresh(uow, letters)

    def send_fresh(self, fresh: Iterable[Fresh]) -> None:
        """Send what `claim_fresh` claimed; what else waits is looked for."""
        for one in fresh:
            self._accept(one.letter, one.lines)
        self.wake()

    @property
    def floods(self) -> int:
        """How often a network told us to wait."""
        return sum(gate.floods for gate in self._gates.values())

    @property
    def undeletable(self) -> int:
        """Messages that had to be left lying in reporters' chats."""
        return self._screens.undeletable

    async def settle(self) -> None:
        """Wait until everything that can be sent now has been sent."""
        while True:
            self._changed.clear()
            await self._fill()
            if not self._under_way():
                return
            await self._changed.wait()

    async def drain(self, seconds: float) -> None:
        """Finish what can be finished in `seconds`, then stop; the rest waits in the outbox."""
        quiet = asyncio.create_task(self.settle())
        limit = asyncio.create_task(self._clock.sleep(seconds))
        await asyncio.wait({quiet, limit}, return_when=asyncio.FIRST_COMPLETED)
        for task in (quiet, limit):
            task.cancel()
        await asyncio.gather(quiet, limit, return_exceptions=True)
        await self._works.cancel()
        for gate in self._gates.values():
            gate.shut()
        say("sender.stopped", sent=self.counts.sent, waiting=self._store.letters_waiting)

    async def leave(self, shards: Collection[int]) -> None:
        """Let go of shards that nobody claims from any more, when nothing of them is at the network."""
        await self._all_in_lanes()
        await self._works.leave(shards)

    async def drop(self, shards: Collection[int]) -> None:
        """Let go of shards that are somebody else's already, wherever their letters stand."""
        await self._all_in_lanes()
        await self._works.cancel(shards)

    async def _all_in_lanes(self) -> None:
        """What is just being taken out is in its lane after this, and goes with it."""
        async with self._filling:
            pass

    def divide(self, among: int) -> None:
        """So many senders share the budgets of the networks."""
        for gate in self._gates.values():
            gate.divide(among)

    async def _remind(self) -> None:
        while True:
            await self._clock.sleep(self._look_seconds)
            self.wake()

    def _under_way(self) -> int:
        return sum(len(lane.letters) for name, lane in self._lanes.items() if name not in self._resting)

    async def _fill(self) -> None:
        """Take letters out of the outbox as long as there are any, and room."""
        async with self._filling:
            while self._store.letters_free:
                try:
                    letters = await self._store.run(self._claims.claim)
                except StorageError as problem:
                    fault("sender.claim_failed", problem)
                    return
                if not letters:
                    return
                for letter in letters:
                    self._accept(letter)

    def _accept(self, letter: Letter, lines: Sequence[Trace] | None = None) -> None:
        """Into its lane, at once or when its time has come."""
        due = due_at(letter)
        pause = (due - self._clock.now()).total_seconds() if due else 0.0
        if pause > 0:
            self._works.start(self._accept_later(letter, pause), shard=letter.shard)
            return
        lane = self._lanes.get(name := lane_of(letter))
        if lane is not None:
            lane.lines = None
            lane.add(letter)
            return
        self._lanes[name] = lane = Lane(name, letter.shard, lines=lines)
        lane.add(letter)
        self._works.start(self._go(lane), shard=lane.shard)

    async def _accept_later(self, letter: Letter, pause: float) -> None:
        with self._works.idle():
            await self._clock.sleep(pause)
        self._accept(letter)

    async def _go(self, lane: Lane) -> None:
        """Work a lane off, letter by letter."""
        try:
            while lane.first() is not None:
                await self._endings.overtake(lane)
                letter = lane.first()
                if letter is not None:
                    await self._serve(lane, letter)
        finally:
            del self._lanes[lane.name]
            self._changed.set()
            self.wake()

    async def _serve(self, lane: Lane, letter: Letter) -> None:
        """One attempt at one letter, and what follows from how it went."""
        if kind_of(letter) not in self._kinds and kind_of(letter) != SHOW:
            await self._endings.park(lane, letter, "UnknownKind")
            return
        if self._claims.is_errand(lane.name) and self._hooks.paused():
            await self._rest(lane, self._look_seconds)
            return
        try:
            finish = await self._attempt(lane, letter)
        except Exception as problem:  # whatever it is, the letter must end in a verdict
            failure = problem
        else:
            self.counts.sent += 1
            await self._endings.conclude(lane, [letter], finish)
            self.wake()
            return
        await self._follow(lane, letter, failure)

    async def _attempt(self, lane: Lane, letter: Letter) -> Finish:
        def send(outgoing: Outgoing) -> Awaitable[str | None]:
            gate = self._gates[network_of(outgoing, letter)]
            return gate.deliver(outgoing, priority=letter.priority)

        if kind_of(letter) != SHOW:
            return await self._kinds[kind_of(letter)](letter, send)
        lines, lane.lines = lane.lines, None
        return await self._screens.show(letter, send, lines=lines)

    async def _delete_now(self, outgoing: Delete) -> str | None:
        return await self._gates[outgoing.room.network].delete_now(outgoing)

    async def _follow(self, lane: Lane, letter: Letter, problem: Exception) -> None:
        """Act on the verdict."""
        lane.tries += 1
        self.counts.failures += 1
        if not isinstance(problem, NetworkError):
            fault("sender.failed", problem)
        match judge(problem, kind=kind_of(letter), tries=lane.tries):
            case Verdict.DONE:
                await self._endings.conclude(lane, [letter])
            case Verdict.AGAIN:
                await self._endings.mend(lane, letter, problem)
            case Verdict.BACK_OFF:
                lane.replace(change(letter, repeated=True))  # it may have been sent all the same
                await self._rest(lane, backoff(lane.tries, self._jitter()))
            case Verdict.SLOWLY:
                alarm("sender.held_up", tries=lane.tries)
                await self._rest(lane, SLOW_SECONDS)
            case Verdict.PARK:
                await self._endings.park(lane, letter, type(problem).__name__)
            case Verdict.DROP_LANE:
                await self._endings.drop_lane(lane, letter)

    async def _rest(self, lane: Lane, seconds: float) -> None:
        """Let this lane be for a while; the others go on, and settling does not wait for it."""
        self._resting.add(lane.name)
        self._changed.set()
        self.wake()
        try:
            with self._works.idle():
                await self._clock.sleep(seconds)
        finally:
            self._resting.discard(lane.name)
