"""The commonest updates, by their exact shape: words, a bare command or a press of a button, in private.

The library builds some forty objects for one of them. What has any field not named here, or is anything else,
is left to the library: `read_common` gives None, and never guesses.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from bot.networks.telegram_texts import mend
from handlers.events import Account, Commanded, Event, Incoming, Pressed, Room, Wrote

NETWORK = "telegram"

_Number = Annotated[int, msgspec.Meta(ge=1, lt=2**52)]  # the Bot API promises no more than 52 bits
_Moment = Annotated[int, msgspec.Meta(ge=0, lt=2**37)]  # seconds since 1970, as far as the library can count
_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=64, pattern=r"^[!-~]*$")]


class _User(msgspec.Struct, forbid_unknown_fields=True):
    id: _Number
    is_bot: Literal[False]
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    is_premium: bool = False
    added_to_attachment_menu: bool = False


class _Private(msgspec.Struct, forbid_unknown_fields=True):
    id: _Number
    type: Literal["private"]
    first_name: str = ""
    last_name: str = ""
    username: str = ""


class _Mark(msgspec.Struct, forbid_unknown_fields=True):
    """The network's sign that a text begins with a command."""

    type: Literal["bot_command"]
    offset: Literal[0]
    length: _Number


class _Words(msgspec.Struct, forbid_unknown_fields=True, rename={"sender": "from"}):
    message_id: _Number
    date: _Moment
    chat: _Private
    sender: _User
    text: str
    entities: tuple[_Mark] | None = None


class _Ours(msgspec.Struct):
    """A message of ours under a button: whatever else it holds says nothing about the press."""

    message_id: _Number
    date: _Moment
    chat: _Private


class _Press(msgspec.Struct, forbid_unknown_fields=True, rename={"sender": "from"}):
    id: _Name
    sender: _User
    message: _Ours
    chat_instance: str
    data: str


class _Update(msgspec.Struct, forbid_unknown_fields=True):
    update_id: int
    message: _Words | None = None
    callback_query: _Press | None = None


_decode = msgspec.json.Decoder(_Update).decode


def read_common(body: bytes, *, key: str, nobody: int, spoken: dict[str, str]) -> Incoming | None:
    """What happened, or None: ask the library. `nobody` is an account that speaks for others."""
    try:
        update = _decode(body)
    except (msgspec.DecodeError, RecursionError):
        return None
    found: tuple[_User, _Private, Event | None]
    match update:
        case _Update(message=_Words() as said, callback_query=None):
            found = said.sender, said.chat, _told(said)
        case _Update(message=None, callback_query=_Press() as press) if press.data:
            name = str(press.message.message_id)
            found = press.sender, press.message.chat, Pressed(mend(press.data), name, query=press.id)
        case _:
            return None
    user, chat, event = found
    if event is None or (user.id == nobody and not isinstance(event, Pressed)):
        return None
    return Incoming(
        key=key,
        room=Room(NETWORK, str(chat.id)),
        sender=Account(NETWORK, str(user.id)),
        event=event,
        hint=spoken.get(user.language_code.split("-")[0].casefold()),
    )


def _told(said: _Words) -> Event | None:
    """Words, or a command that is the whole text; None for a command with something behind it."""
    text, name = said.text, str(said.message_id)
    if said.entities is None:
        return Wrote(mend(text), message=name)
    bare = text.isascii() and "@" not in text and said.entities[0].length == len(text)
    return Commanded(text[1:].casefold(), message=name) if bare else None
