"""Ways to Telegram's server, and our ids as its numbers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import msgspec
from telegram import Bot

from bot.networks.errors import Refused
from handlers.events import Room

Ask = Callable[[str, Mapping[str, object]], Awaitable[msgspec.Raw]]


class Upload(Protocol):
    """A bare call with files (which parameter, file name, content)."""

    def __call__(
        self, name: str, parameters: Mapping[str, object], *files: tuple[str, str, bytes], seconds: float
    ) -> Awaitable[msgspec.Raw]: ...


@dataclass(frozen=True, slots=True)
class Api:
    """Ways to the same server: the typed client, and bare calls for what every step and report needs."""

    bot: Bot
    ask: Ask
    upload: Upload


def thread_of(room: Room) -> int | None:
    """The number of its topic, if it is one."""
    return None if room.topic is None else number_of(room.topic)


def number_of(text: str) -> int:
    """An id of ours as Telegram's."""
    if not text.isascii() or not text.isdecimal():
        raise Refused("an id is a number here")
    return int(text)
