"""Store and network of a service, watched, so that injected time moves on only when nothing is under way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bot.networks import Batch, Network, Outgoing, Raw
from bot.networks.errors import TryLater
from handlers.events import Incoming
from storage.shards import SHARDS
from storage.store import Store

OBEDIENT, HASTY, CARELESS = "obedient", "hasty", "careless"


@dataclass
class Harbour:
    """The store as the service sees it, and the count of all that is under way."""

    store: Store
    network: Network
    manner: str
    is_idle: Callable[[], bool]  # the network holds a poll and has nothing for it
    jobs: int = 0
    polls: int = 0
    finished: int = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    @property
    def busy(self) -> int:
        return self.jobs + (self.polls if not self.is_idle() else 0)

    async def at_work(self) -> None:
        """Until a worker on a shared database holds everything, by the wall clock that leases go by."""
        while self.store.leases and (len(self.store.shards) < SHARDS or not self.polls):  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    @contextmanager
    def job(self) -> Iterator[None]:
        """Something is under way."""
        self.jobs += 1
        try:
            yield
        finally:
            self.jobs -= 1
            self.finished += 1

    async def run(self, *jobs: Any, **how: Any) -> Any:
        with self.job():
            return await self.store.run(*jobs, **how)

    async def run_batch(self, *jobs: Any, **how: Any) -> Any:
        with self.job():
            return await self.store.run_batch(*jobs, **how)


@dataclass
class Sea:
    """The network as the service sees it; its manner says how a 429 reaches the sender."""

    harbour: Harbour
    name: str = "telegram"

    @property
    def group(self) -> str | None:
        return self.harbour.network.group

    async def start(self) -> None:
        with self.harbour.job():
            await self.harbour.network.start()

    async def close(self) -> None:
        await self.harbour.network.close()

    def read(self, raw: Raw) -> Incoming | None:
        return self.harbour.network.read(raw)

    async def receive(self, position: str | None) -> Batch:
        self.harbour.polls += 1
        try:
            return await self.harbour.network.receive(position)
        finally:
            self.harbour.polls -= 1
            self.harbour.finished += 1

    async def deliver(self, outgoing: Outgoing) -> str | None:
        with self.harbour.job():
            try:
                return await self.harbour.network.deliver(outgoing)
            except TryLater:
                if self.harbour.manner == HASTY:
                    raise TryLater(1.0) from None
                if self.harbour.manner == CARELESS:
                    return "1"
                raise
