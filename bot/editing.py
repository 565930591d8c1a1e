"""Edits a message of ours where it lies."""

from __future__ import annotations

import contextlib

from bot.networks import Edit
from bot.networks.errors import NothingThere, Unchanged
from bot.sending.screens import Send
from handlers.events import Room


async def edit_in_place(send: Send, room: Room, message: str, *, text: str) -> bool:
    """Whether it lies there with this text now; False where somebody deleted it."""
    try:
        with contextlib.suppress(Unchanged):
            await send(Edit(room, message, text))
    except NothingThere:
        return False
    return True
