"""The door of the moderators' room: who knocks by a link made for them is let in, everybody else turned away.

The answer waits in the outbox like cards do: while the room is not in order, nobody comes in either. A link
ends with the first answer, so that it serves once.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from bot.instance import Instance
from bot.lockdown import tell_leads, vetted
from bot.logs import alarm, say
from bot.networks import Admit, EndLink
from bot.networks.errors import NothingThere
from bot.sending.screens import Send
from handlers.events import Incoming, Knocked, Room
from handlers.guard.joining import may_enter
from handlers.screens import Line, Screen
from storage.outbox import Letter
from storage.unit_of_work import UnitOfWork

PRIORITY = 10
_SLOT = "say:knock"  # of what leads hear: it takes the place of no other warning, and waits for nothing


async def take_knock(instance: Instance, uow: UnitOfWork, incoming: Incoming, knock: Knocked) -> None:
    """Put the answer into the outbox, in the commit that takes the knock."""
    room, account = incoming.room, incoming.sender.id
    payload = {
        "kind": "knock",
        "network": room.network,
        "room": room.id,
        "account": account,
        "entry": knock.entry,
        "link": knock.link,
    }
    letter = Letter(instance.chance(16), f"knock:{room.network}:{account}", PRIORITY, payload)
    await uow.outbox.put(letter, replace=True)
    if not _may_enter(instance, payload):
        alarm("guard.turned_away")
        line = Line("guard-knocked", {"name": knock.entry}) if knock.entry else Line("guard-knocked-past")
        await tell_leads(instance, uow, Screen((line,)), network=room.network, slot=_SLOT)


class Doorman:
    """Answers knocks."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    async def answer(self, payload: Mapping[str, Any], send: Send) -> None:
        """Let in whom the roster names at this moment, turn everybody else away; then the link ends.

        Another worker may have heard of a suspension.
        """
        room, instance = Room(payload["network"], payload["room"]), self._instance
        await instance.store.run(lambda uow: instance.suspended.recall(uow, instance.signed))
        welcome = _may_enter(instance, payload)
        with contextlib.suppress(NothingThere):
            await send(Admit(room, payload["account"], welcome=welcome))
            if welcome:
                say("guard.let_in")
        if payload["link"]:
            with contextlib.suppress(NothingThere):
                await send(EndLink(room, payload["link"]))


def _may_enter(instance: Instance, payload: Mapping[str, Any]) -> bool:
    roster = vetted(instance.roster, payload["network"], on=instance.today())
    return may_enter(roster, payload["entry"], payload["account"])
