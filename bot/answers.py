"""Answers to moderators in their room: silent, where they wrote, and gone again with what they wrote.

What is to be deleted waits in the outbox with its hour, so that a process which dies meanwhile leaves nothing
lying. The outbox dies with the day keys: whatever then still lies there goes with the group's own timer.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.instance import Instance
from bot.logs import alarm
from bot.networks import Delete, DropTopic, Network, Post
from bot.networks.errors import NothingThere, TopicMissing
from bot.sending.clock import Clock, WallClock
from bot.sending.keeping import keep
from bot.sending.lanes import ANSWER, UNSAY, room_of
from bot.sending.screens import Send, presses
from handlers.events import Room
from handlers.screens import Screen
from storage.outbox import Letter
from storage.unit_of_work import UnitOfWork

PRIORITY = 10  # after red cards, before all others: somebody waits
READ_SECONDS = 60
CHOOSE_SECONDS = 300  # for what has buttons to be pressed, or many lines
AGAIN_SECONDS = 300  # before what may not be deleted is tried again
GONE = "gone:"  # slots of what is to be deleted; no errand's name: deleting waits for nobody
TOO_LATE = timedelta(minutes=10)  # for an answer to be of use


async def answer(
    instance: Instance, uow: UnitOfWork, room: Room, screen: Screen, *, language: str, seconds: int = 0
) -> None:
    """Let a message wait for a topic of the room. It goes after so many seconds, or when it was read."""
    text, buttons = instance.texts.show(language, screen)
    if not seconds:
        seconds = CHOOSE_SECONDS if buttons or len(screen.lines) > 1 else READ_SECONDS
    payload = {
        "kind": ANSWER,
        "network": room.network,
        "room": room.id,
        "topic": room.topic,
        "text": text,
        "buttons": buttons,
        "seconds": seconds,
        "until": (instance.now() + max(TOO_LATE, timedelta(seconds=seconds))).isoformat(),
    }
    await _put(instance, uow, ANSWER, payload)


async def take_away(
    instance: Instance, uow: UnitOfWork, room: Room, messages: Sequence[str], *, seconds: int = 0
) -> None:
    """Let messages of the room be deleted, so many seconds from now; without any, its whole topic."""
    due = instance.now() + timedelta(seconds=seconds)
    payload = {
        "kind": UNSAY,
        "network": room.network,
        "room": room.id,
        "topic": room.topic,
        "messages": list(messages),
        "not_before": due.isoformat(),
    }
    await _put(instance, uow, UNSAY, payload)


async def _put(instance: Instance, uow: UnitOfWork, kind: str, payload: Mapping[str, Any]) -> None:
    key = instance.chance(16)
    slot = f"{kind}:" if kind == ANSWER else GONE
    await uow.outbox.put(Letter(key, f"{slot}{key.hex()}", PRIORITY, payload))


class Answers:
    """Posts and deletes them; an errand may be run again at any time."""

    def __init__(self, instance: Instance, network: Network, *, clock: Clock | None = None) -> None:
        self._instance = instance
        self._network = network
        self._clock = clock or WallClock()

    async def post(self, payload: Mapping[str, Any], send: Send) -> None:
        """Post one, and remember to delete it before anything else is done."""
        if datetime.fromisoformat(payload["until"]) < self._instance.now():
            return
        room = self._here(payload)
        message = await send(Post(room, payload["text"], presses(payload["buttons"]), silent=True))
        if message:
            await self._take_away(room, message, seconds=payload["seconds"])

    async def delete(self, payload: Mapping[str, Any], send: Send) -> None:
        """Delete what was to be deleted; what is gone already is gone.

        What we may not delete stays owed: a right that was taken from us comes back, or the group's own timer
        is first.
        """
        room, messages = self._here(payload), tuple(payload["messages"])
        left: str | None = None
        with contextlib.suppress(NothingThere, TopicMissing):
            left = await send(Delete(room, messages) if messages else DropTopic(room))
        if left:
            alarm("answers.left_lying")
            await self._take_away(room, left, seconds=AGAIN_SECONDS)

    async def _take_away(self, room: Room, message: str, *, seconds: int) -> None:
        await keep(
            self._instance.store,
            lambda uow: take_away(self._instance, uow, room, [message], seconds=seconds),
            clock=self._clock,
        )

    def _here(self, payload: Mapping[str, Any]) -> Room:
        """The room as it is now: a group that became a supergroup has a new id."""
        room = room_of(payload)
        return Room(room.network, self._network.group or room.id, room.topic)
