"""What reached us: one person did one thing in one room, said without any network's words.

Every event is frozen and complete when it is built. Fields that can show who somebody is, or what they
wrote, are left out of `repr`, so that no log line or traceback can carry them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Room:
    """One chat on one network; `topic` is a forum topic or thread inside it."""

    network: str
    id: str = field(repr=False)
    topic: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Account:
    """One account on one network."""

    network: str
    id: str = field(repr=False)


class Medium(StrEnum):
    """What else than text a person can send."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    VIDEO = "video"
    STICKER = "sticker"
    CONTACT = "contact"
    LOCATION = "location"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Wrote:
    """A text message."""

    text: str = field(repr=False)
    message: str = field(repr=False)
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Edited:
    """An earlier text message now reads otherwise."""

    text: str = field(repr=False)
    message: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Attached:
    """Something that is not text; `album` is the same for all parts of one album."""

    medium: Medium
    caption: str = field(repr=False)
    message: str = field(repr=False)
    album: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Commanded:
    """A slash command, without the slash and without the bot's name."""

    name: str
    argument: str = field(default="", repr=False)
    message: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button under `message`; `token` is what we put behind the button, `query` what to answer to."""

    token: str
    message: str = field(repr=False)
    query: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Departed:
    """The person blocked us, left, or deleted the chat: nothing can be sent there."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The moderators' group lives on under a new id: everything for the old one goes there from now on."""

    to: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MembersChanged:
    """Somebody came into the moderators' group, left it, or may do something else there now."""


@dataclass(frozen=True, slots=True)
class Knocked:
    """The sender asks to come into the moderators' group. `entry`: whom a link of ours was made for."""

    entry: str = ""
    link: str = field(default="", repr=False)


class Lapse(StrEnum):
    """Which time ran out."""

    WARN = "warn"  # idle for a while: say that the answers will be erased soon
    IDLE = "idle"  # idle for too long
    TOTAL = "total"  # open for too long altogether


@dataclass(frozen=True, slots=True)
class Lapsed:
    """Time passed without anything from the person."""

    lapse: Lapse


Event = Wrote | Edited | Attached | Commanded | Pressed | Departed | Moved | MembersChanged | Knocked | Lapsed


@dataclass(frozen=True, slots=True)
class Incoming:
    """One event with where it came from.

    `key` is unique on its network (Telegram's update id, Matrix's event id). `hint` is the language the
    person's client speaks, if the network tells.
    """

    key: str
    room: Room
    sender: Account
    event: Event
    hint: str | None = None
    private: bool = True
