"""getUpdates: long polling with one poller at a time."""

import asyncio

from tests.doubles.telegram.refusals import Because, Refused
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON


class Poller:
    """Hands out updates; a second poller sends the first away with 409."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._current: asyncio.Event | None = None
        self._why = Because.OTHER_POLLER
        self.closing = False

    @property
    def waiting(self) -> bool:
        """Whether somebody polls at this moment."""
        return self._current is not None

    def send_away(self, why: Because = Because.OTHER_POLLER) -> bool:
        """End the poll in progress; false if there was none."""
        if self._current is None:
            return False
        self._why = why
        self._current.set()
        self._current = None
        self._world.bell.ring()
        return True

    async def get_updates(self, values: JSON) -> list[JSON]:
        """Confirm by the offset, then wait for updates until the timeout (wall time)."""
        if self._world.webhook:
            raise Refused(Because.WEBHOOK_ACTIVE)
        queue = self._world.updates
        self.send_away()
        queue.allow(values.get("allowed_updates"))
        queue.confirm(values.get("offset", 0), now=self._world.moment())
        mine = asyncio.Event()
        self._current = mine
        self._world.bell.ring()  # for whoever waits until the bot polls
        try:
            await self._wait(mine, seconds=values.get("timeout", 0))
        finally:
            if self._current is mine:
                self._current = None
        if mine.is_set():
            raise Refused(self._why)
        queue.confirm(0, now=self._world.moment())
        return [one.render() for one in queue.read(values.get("limit", 100))]

    async def _wait(self, mine: asyncio.Event, *, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while not (mine.is_set() or self.closing or self._world.updates.read(1)):
            left = until - loop.time()
            if left <= 0:
                return
            await self._world.bell.wait(left)
