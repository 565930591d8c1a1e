"""The part a process has in the work of its instance: alone, or as one of several (`bot.workers`)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.networks import Delivers, Outgoing

Read = Callable[[], Awaitable[None]]


class Part(Protocol):
    """This process's part in the work."""

    async def run(self) -> None:
        """Take part until cancelled, or until reading fails."""

    async def leave(self) -> None:
        """Give everything back; nothing is kept or sent from here on."""

    async def be_sure(self) -> None:
        """Return when what is sent now is ours to send."""


class Alone:
    """The only process of its instance: it reads and sends everything."""

    def __init__(self, read: Read) -> None:
        self._read = read

    async def run(self) -> None:
        """Read."""
        await self._read()

    async def leave(self) -> None:
        """There is nobody to give anything to."""

    async def be_sure(self) -> None:
        """Everything is ours."""


class Guarded:
    """A network that delivers only what is ours to send."""

    def __init__(self, network: Delivers, be_sure: Callable[[], Awaitable[None]]) -> None:
        self._network = network
        self._be_sure = be_sure

    async def deliver(self, outgoing: Outgoing) -> str | None:
        """Do one thing, once it is sure that nobody else does it."""
        await self._be_sure()
        return await self._network.deliver(outgoing)
