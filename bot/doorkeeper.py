"""The way into the moderators' room: one at a time, past the guard, and back out if the guard says so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.guard import Guard
from bot.networks import Album, Delete, Delivers, Edit, OpenTopic, Outgoing, Pin, Post, RenameTopic
from bot.networks.errors import ChannelClosed, NetworkError, NothingThere
from handlers.events import Room

TELLING = (Post, Album, Edit, OpenTopic, RenameTopic, Pin)


class Doorkeeper:
    """A network that brings nothing into the room (`group` names it) while it is not in order.

    Posts go one by one, each looked after before the next: whoever comes in meanwhile sees one card at most.
    """

    def __init__(self, network: Delivers, guard: Guard, *, group: Callable[[], str | None]) -> None:
        self._network = network
        self._guard = guard
        self._group = group
        self._one = asyncio.Lock()

    async def deliver(self, outgoing: Outgoing) -> str | None:
        """Do one thing.

        :raises ChannelClosed: it would have told something in the room, and was not done or was undone.
        """
        if not isinstance(outgoing, TELLING) or outgoing.room.id != self._group():
            return await self._network.deliver(outgoing)
        async with self._one:
            await self._guard.check()
            try:
                done = await self._network.deliver(outgoing)
            except NetworkError:
                self._guard.doubt()  # it may have been done all the same: the next look must be a new one
                raise
            if isinstance(outgoing, Post | Album) and done:
                await self._look_after(outgoing.room, done)
            return done

    async def _look_after(self, room: Room, message: str) -> None:
        try:
            await self._guard.confirm()
        except ChannelClosed:
            await self._take_away(Delete(room, (message,)))
            raise

    async def _take_away(self, delete: Delete) -> None:
        try:
            left = await self._network.deliver(delete)
        except NothingThere:
            return
        except NetworkError:
            left = delete.messages[0]
        if left:
            self._guard.owe(delete)
