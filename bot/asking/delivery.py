"""What the network says of questions that were put: taken, or the chat is closed to us."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from bot.asking.keeping import forget_ways, note_delivered
from bot.instance import Instance
from bot.sending.screens import Send
from handlers.events import Room
from handlers.triage.cases import Reached
from storage.unit_of_work import UnitOfWork


class Deliveries:
    """Notes on the case what became of its question; both may be run again at any time."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    async def note(self, payload: Mapping[str, Any], _send: Send) -> None:
        """The question of this case stands in the reporter's chat."""
        case = bytes.fromhex(payload["case"])
        await self._instance.store.run(partial(self._note, case))

    async def block(self, room: Room) -> None:
        """Nothing can be sent to this chat any more."""
        await self._instance.store.run(partial(self._block, room))

    async def _note(self, case: bytes, uow: UnitOfWork) -> None:
        await note_delivered(self._instance, uow, case)

    async def _block(self, room: Room, uow: UnitOfWork) -> None:
        await forget_ways(self._instance, uow, room, Reached.BLOCKED)
