"""A clock that a test turns: whoever sleeps wakes when their time has come."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Protocol

from tests.fakes import FakeClock


class Watched(Protocol):
    """Whoever tells how many jobs are under way, and how many there were."""

    @property
    def busy(self) -> int: ...

    @property
    def finished(self) -> int: ...


class TurnedClock:
    """Time that moves only when a test turns it; who sleeps is woken in order."""

    def __init__(self, clock: FakeClock, store: Watched, *, turns: int = 30) -> None:
        self._clock = clock
        self._turns = turns  # of the loop in which nothing happens, before that counts as rest
        self._store = store
        self._began = clock.now()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0

    def now(self) -> datetime:
        return self._clock.now()

    def seconds(self) -> float:
        return (self._clock.now() - self._began).total_seconds()

    async def sleep(self, seconds: float) -> None:
        self._count += 1
        sleeper = (self.seconds() + seconds, self._count, asyncio.get_running_loop().create_future())
        self._sleepers.append(sleeper)
        try:
            await sleeper[2]
        finally:
            self._sleepers.remove(sleeper)

    async def turn(self, seconds: float = 0) -> None:
        """Let everybody work, then move on to the next sleeper, until `seconds` have passed."""
        until = self.seconds() + seconds
        await self._quiet()
        while self._sleepers and (next_one := min(self._sleepers))[0] <= until + 1e-6:
            self._clock.advance(seconds=max(0.0, next_one[0] - self.seconds()))
            next_one[2].set_result(None)
            await self._quiet()
        self._clock.advance(seconds=max(0.0, until - self.seconds()))

    async def _quiet(self) -> None:
        """Until nothing is left to do but to wait for time."""
        for _ in range(50_000):  # a crowd of letters is handled between two moments
            finished = self._store.finished
            for _ in range(self._turns):
                await asyncio.sleep(0)
            if not self._store.busy and finished == self._store.finished:
                return
            await asyncio.sleep(0.001)
        raise AssertionError("the sender never comes to rest")
