"""From the library's errors to ours: by class first, then by the wording of the refusal.

Our errors are built from fixed sentences alone; the wording is looked at and dropped, because it may
quote what was sent.
"""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    TelegramError,
)

from bot.networks.errors import (
    NetworkError,
    NothingThere,
    Refused,
    Rival,
    RoomClosed,
    RoomMoved,
    TokenRefused,
    TopicMissing,
    TryLater,
    Unchanged,
    Undeletable,
    Unreachable,
)
from bot.networks.telegram_request import Flooded, Oversized

UNREADABLE = (KeyError, TypeError, ValueError, AttributeError)  # an answer that is not what was promised

WORDINGS: tuple[tuple[str, type[NetworkError]], ...] = (
    ("message is not modified", Unchanged),
    ("topic_not_modified", Unchanged),
    ("chat_not_modified", Unchanged),
    ("message thread not found", TopicMissing),
    ("topic_id_invalid", TopicMissing),
    ("topic_deleted", TopicMissing),
    ("message to delete not found", NothingThere),
    ("message to edit not found", NothingThere),
    ("message can't be edited", NothingThere),
    ("message can't be deleted", Undeletable),
    ("message_id_invalid", NothingThere),
    ("there is no text in the message to edit", NothingThere),
    ("there is no caption in the message to edit", NothingThere),
    ("query is too old", NothingThere),
    ("query_id_invalid", NothingThere),
    ("chat not found", RoomClosed),
    ("user not found", RoomClosed),
    ("peer_id_invalid", RoomClosed),
    ("user is deactivated", RoomClosed),
    ("group chat was deactivated", RoomClosed),
    ("not enough rights", RoomClosed),
    ("have no rights to send", RoomClosed),
    ("chat_write_forbidden", RoomClosed),
    ("chat_admin_required", RoomClosed),
)

CLASSES: tuple[tuple[type[TelegramError], type[NetworkError]], ...] = (
    (Oversized, Refused),
    (Forbidden, RoomClosed),
    (InvalidToken, TokenRefused),
    (Conflict, Rival),
)

SENTENCES: dict[type[NetworkError], str] = {
    Unchanged: "the message already reads so",
    TopicMissing: "the topic is gone",
    Undeletable: "the message may not be deleted any more",
    NothingThere: "the message is gone or too old",
    RoomClosed: "the room is closed to us",
    Refused: "the network refuses the request as it is",
    Rival: "another program reads our updates",
    TokenRefused: "the network does not accept the token",
    Unreachable: "no usable answer",
}


Answer = TypeVar("Answer")


async def asked(doing: Awaitable[Answer]) -> Answer:
    """Await one call of the library; whatever goes wrong comes out as one of our errors, with no cause."""
    failure: NetworkError
    try:
        return await doing
    except TelegramError as problem:
        failure = translate(problem)
    except UNREADABLE:
        failure = Unreachable(SENTENCES[Unreachable])
    raise failure  # outside `except`, so that the library's error is not chained to it


def translate(problem: TelegramError) -> NetworkError:
    """Our error for one of the library's."""
    if isinstance(problem, Flooded):
        return TryLater(problem.seconds)
    if isinstance(problem, ChatMigrated):
        return RoomMoved(str(problem.new_chat_id))
    kind = _by_class(problem)
    return kind(SENTENCES[kind])


def _by_class(problem: TelegramError) -> type[NetworkError]:
    if isinstance(problem, BadRequest):
        return _by_wording(problem.message)
    return next((ours for theirs, ours in CLASSES if isinstance(problem, theirs)), Unreachable)


def _by_wording(message: str) -> type[NetworkError]:
    said = message.casefold()
    return next((kind for words, kind in WORDINGS if words in said), Refused)
