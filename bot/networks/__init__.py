"""The port to a chat network: read batches from a position we keep, deliver one thing at a time.

An adapter translates; it decides nothing and keeps nothing. It raises only the errors of
`bot.networks.errors`, and none of their messages holds a text, an account or a token.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from handlers.events import Incoming, Room


@dataclass(frozen=True, slots=True)
class Raw:
    """One update as it came, still unread: `key` is unique on the network."""

    key: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one poll brought; `position` acknowledges all of it when it is handed to the next poll.

    `more`: others may be waiting behind these.
    """

    updates: Sequence[Raw]
    position: str
    more: bool = False


@dataclass(frozen=True, slots=True)
class Press:
    """A button as the network draws it: words and the token behind them."""

    label: str = field(repr=False)
    token: str = field(repr=False)


Presses = tuple[tuple[Press, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file to attach; the name says nothing but the case code."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Post:
    """Send a new message (with a file: as its caption)."""

    room: Room
    text: str = field(repr=False)
    buttons: Presses = ()
    document: Document | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Album:
    """Send several files at once, silently, each with its own words; 2 to 10. One id per file comes back,
    in order, joined by commas.
    """

    room: Room
    entries: tuple[tuple[str, Document], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace words and buttons of a message of ours; `caption` when the message carries a file."""

    room: Room
    message: str = field(repr=False)
    text: str = field(repr=False)
    buttons: Presses = ()
    caption: bool = False


@dataclass(frozen=True, slots=True)
class Delete:
    """Delete messages of both sides; at most 100."""

    room: Room
    messages: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """Answer a press; a failure here is never worth a retry. `alert`: it stays until it was read."""

    query: str = field(repr=False)
    text: str = field(default="", repr=False)
    alert: bool = False


@dataclass(frozen=True, slots=True)
class OpenTopic:
    """Open a topic (thread) for one case; the id comes back."""

    room: Room
    title: str


@dataclass(frozen=True, slots=True)
class RenameTopic:
    """Give a topic its new title; `closed` opens or closes it where the network can."""

    room: Room
    title: str
    closed: bool | None = None


@dataclass(frozen=True, slots=True)
class DropTopic:
    """Delete a topic with everything in it, however old."""

    room: Room


@dataclass(frozen=True, slots=True)
class Admit:
    """Answer somebody who asks to come into a room; `welcome`: they may."""

    room: Room
    account: str = field(repr=False)
    welcome: bool = False


@dataclass(frozen=True, slots=True)
class EndLink:
    """A link of ours into a room leads nowhere any more."""

    room: Room
    link: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pin:
    """Keep a message of ours in sight, without a sound."""

    room: Room
    message: str = field(repr=False)


Outgoing = Post | Album | Edit | Delete | Reply | OpenTopic | RenameTopic | Pin | DropTopic | Admit | EndLink


class Delivers(Protocol):
    """What sends."""

    async def deliver(self, outgoing: Outgoing) -> str | None:
        """Do one thing; returns the id of a new message or topic."""


class Network(Delivers, Protocol):
    """One chat network."""

    name: str

    @property
    def group(self) -> str | None:
        """The moderators' room as it is now."""

    async def start(self) -> None:
        """Connect, check who we are, publish commands and profile texts."""

    async def receive(self, position: str | None) -> Batch:
        """Wait for updates after `position` (asking acknowledges everything before it)."""

    def read(self, raw: Raw) -> Incoming | None:
        """Parse one update; None for what does not concern us. May raise on garbage: the caller parks it."""

    async def close(self) -> None:
        """Let go of connections."""
