"""The gate before the network: lets calls through within the budgets, the most urgent first."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from bot.networks import Delete, Delivers, Outgoing, Post, Reply
from bot.networks.errors import NetworkError, TryLater
from bot.sending.clock import Clock
from handlers.events import Room
from handlers.limits import (
    EMPTY,
    Bucket,
    Budget,
    Floods,
    Limits,
    close,
    divide,
    is_group,
    is_stale,
    note_flood,
    spend,
    wait,
)

TIDY_ABOVE = 1000  # buckets


@dataclass(frozen=True, slots=True, order=True)
class _Waiter:
    priority: int
    number: int
    room: Room | None = field(compare=False)
    free: bool = field(compare=False)
    passed: asyncio.Future[None] = field(compare=False)


class Gate:
    """Budgets of one network."""

    def __init__(
        self,
        network: Delivers,
        limits: Limits,
        clock: Clock,
        *,
        idle: Callable[[], AbstractContextManager[None]] = contextlib.nullcontext,
    ) -> None:
        self._network = network
        self._idle = idle  # surrounds every wait
        self._whole = self._limits = limits
        self._clock = clock
        self._all = EMPTY
        self._rooms: dict[Room, Bucket] = {}
        self._floods = Floods()
        self._waiting: list[_Waiter] = []
        self._numbers = itertools.count()
        self._alarm: asyncio.Task[None] | None = None
        self.floods = 0

    async def deliver(self, outgoing: Outgoing, *, priority: int) -> str | None:
        """Deliver when it is allowed. A call that is told to wait was not done: it waits and goes again."""
        room = _chat_of(outgoing)
        while True:
            await self._pass(room, priority=priority, free=isinstance(outgoing, Delete))
            try:
                return await self._network.deliver(outgoing)
            except TryLater as told:
                self._close(room, told.seconds)
                await self._take_back(outgoing, told.left, priority=priority)

    async def _take_back(self, outgoing: Outgoing, left: tuple[str, ...], *, priority: int) -> None:
        """A post is repeated whole; half of it must not stand beside it."""
        if left and isinstance(outgoing, Post):
            with contextlib.suppress(NetworkError):
                await self.deliver(Delete(outgoing.room, left), priority=priority)

    async def answer(self, reply: Reply) -> None:
        """Now or never: late, a press is not waiting any more. Told to wait, nobody calls."""
        if wait(self._all, (), self._clock.seconds()) > 0:
            return
        try:
            await self._network.deliver(reply)
        except TryLater as told:
            self._close(None, told.seconds)

    def divide(self, among: int) -> None:
        """Keep to our part of what several senders may send together."""
        self._limits = divide(self._whole, among)

    async def delete_now(self, outgoing: Delete) -> str | None:
        """Delete at once, or not at all where somebody waits or we are told to (raises TryLater)."""
        room, now = _chat_of(outgoing), self._clock.seconds()
        overall = wait(self._all, self._limits.overall, now)
        pause = max(overall, self._room_wait(room, now, free=True))
        if self._waiting or pause > 0:
            raise TryLater(pause)
        self._all = spend(self._all, self._limits.overall, now)
        try:
            return await self._network.deliver(outgoing)
        except TryLater as told:
            self._close(room, told.seconds)
            raise

    def shut(self) -> None:
        """Let go of the timer."""
        if self._alarm is not None:
            self._alarm.cancel()

    async def _pass(self, room: Room | None, *, priority: int, free: bool) -> None:
        with self._idle():
            if not self._waiting and self._passes_now(room, free=free):
                return
            passed = asyncio.get_running_loop().create_future()
            waiter = _Waiter(priority, next(self._numbers), room, free=free, passed=passed)
            self._waiting.append(waiter)
            self._pump()
            try:
                await waiter.passed
            finally:
                if waiter in self._waiting:
                    self._waiting.remove(waiter)

    def _passes_now(self, room: Room | None, *, free: bool) -> bool:
        """Spend what a call costs, if the budgets allow it at once."""
        now = self._clock.seconds()
        if wait(self._all, self._limits.overall, now) > 0 or self._room_wait(room, now, free=free) > 0:
            return False
        self._spend(room, now, free=free)
        return True

    def _pump(self) -> None:
        """Let through whoever may pass, most urgent first; come back when the next one may."""
        now = self._clock.seconds()
        soonest: float | None = None
        for waiter in sorted(self._waiting):
            overall = wait(self._all, self._limits.overall, now)
            pause = overall or self._room_wait(
                waiter.room, now, free=waiter.free
            )  # nobody passes yet, or not this one
            if pause <= 0:
                self._let_through(waiter, now)
                continue
            soonest = pause if soonest is None else min(soonest, pause)
            if overall > 0:
                break
        self._set_alarm(soonest)

    def _let_through(self, waiter: _Waiter, now: float) -> None:
        self._waiting.remove(waiter)
        self._spend(waiter.room, now, free=waiter.free)
        if not waiter.passed.done():
            waiter.passed.set_result(None)

    def _spend(self, room: Room | None, now: float, *, free: bool) -> None:
        self._all = spend(self._all, self._limits.overall, now)
        if room is not None and not free:
            self._rooms[room] = spend(self._bucket(room), self._budget(room), now)
            self._tidy(now)

    def _room_wait(self, room: Room | None, now: float, *, free: bool) -> float:
        """What costs nothing keeps to a flood all the same."""
        if room is None:
            return 0.0
        return wait(self._bucket(room), () if free else self._budget(room), now)

    def _bucket(self, room: Room) -> Bucket:
        return self._rooms.get(room, EMPTY)

    def _budget(self, room: Room) -> Budget:
        return self._limits.group if is_group(room) else self._limits.private

    def _close(self, room: Room | None, seconds: float) -> None:
        """Keep to what we were told: for the room; for everything, if other rooms hear the same."""
        self.floods += 1
        now = self._clock.seconds()
        everybody = room is None
        if room is not None:
            self._rooms[room] = close(self._bucket(room), now + seconds)
            self._floods, everybody = note_flood(self._floods, room, now)
        if everybody:
            self._all = close(self._all, now + seconds)

    def _set_alarm(self, seconds: float | None) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if seconds is not None:
            self._alarm = asyncio.create_task(self._ring(seconds))

    async def _ring(self, seconds: float) -> None:
        await self._clock.sleep(seconds)
        self._alarm = None
        self._pump()

    def _tidy(self, now: float) -> None:
        if len(self._rooms) > TIDY_ABOVE:
            self._rooms = {
                room: bucket
                for room, bucket in self._rooms.items()
                if not is_stale(bucket, self._budget(room), now)
            }


def _chat_of(outgoing: Outgoing) -> Room | None:
    """The room whose budget a call counts against: its chat, whatever the topic.

    Answering presses costs nothing in a room, nor does deleting: only overall.
    """
    return None if isinstance(outgoing, Reply) else Room(outgoing.room.network, outgoing.room.id)
