"""A network whose look after a post is the one from before it: what a guard without a second look goes by."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from bot.guard import Watched
from bot.networks import Batch, Network, Outgoing, Post, Raw
from handlers.events import Incoming
from handlers.guard.facts import Facts


class Stale:
    """Between the network and the service."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._last: Facts | None = None
        self._posted = False
        self.name = network.name

    @property
    def group(self) -> str | None:
        return self._network.group

    async def start(self) -> None:
        await self._network.start()

    async def receive(self, position: str | None) -> Batch:
        return await self._network.receive(position)

    def read(self, raw: Raw) -> Incoming | None:
        return self._network.read(raw)

    async def deliver(self, outgoing: Outgoing) -> str | None:
        done = await self._network.deliver(outgoing)
        self._posted = self._posted or isinstance(outgoing, Post)
        return done

    async def look(self, accounts: Collection[str]) -> Facts:
        posted, self._posted = self._posted, False
        if not posted or self._last is None:
            self._last = await cast(Watched, self._network).look(accounts)
        return self._last

    async def close(self) -> None:
        await self._network.close()
