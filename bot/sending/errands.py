"""Kinds of letters that the app knows about: what carries them out, as the sender wants it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from bot.networks import Outgoing
from bot.sending.screens import Finish, Send
from bot.strays import Run, noting
from storage.outbox import Letter
from storage.unit_of_work import UnitOfWork

Errand = Callable[[Mapping[str, Any], Send], Awaitable[None]]
Kind = Callable[[Letter, Send], Awaitable[Finish]]


def as_kind(errand: Errand, run: Run) -> Kind:
    """The errand, after which nothing is left to be kept; what a repetition may have doubled is noted."""

    async def carry_out(letter: Letter, send: Send) -> Finish:
        await errand(letter.payload, noting(send, run, again=letter.repeated))
        return _no_more

    return carry_out


def network_of(outgoing: Outgoing, letter: Letter) -> str:
    """Over which network it goes: that of its room, or of its letter."""
    room = getattr(outgoing, "room", None)
    return room.network if room is not None else str(letter.payload.get("network"))


async def _no_more(_: UnitOfWork) -> Sequence[Letter]:
    return ()
