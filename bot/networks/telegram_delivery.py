"""One thing of ours to the calls of the Bot API that do it. Limits are checked before anything is sent.

Everything goes without parse mode, link previews or entities: what a reporter wrote is letters to us and
nothing to click on. Everything is protected from forwarding.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec

from bot.networks import (
    Admit,
    Delete,
    Document,
    DropTopic,
    Edit,
    EndLink,
    OpenTopic,
    Outgoing,
    Post,
    RenameTopic,
    Reply,
)
from bot.networks.errors import (
    NetworkError,
    NothingThere,
    Refused,
    TryLater,
    Unchanged,
    Undeletable,
    Unreachable,
)
from bot.networks.telegram_api import Api, number_of, thread_of
from bot.networks.telegram_errors import asked
from bot.networks.telegram_keyboard import Keyboard, draw_keyboard
from bot.networks.telegram_rooms import admit, drop_topic, end_link, open_topic, rename_topic
from bot.networks.telegram_texts import (
    CAPTION_LIMIT,
    TEXT_LIMIT,
    TOAST_LIMIT,
    mend,
    shorten,
    split,
)
from handlers.events import Room

DELETE_AT_ONCE = 100
UPLOAD_SECONDS = 120.0
NO_PREVIEW = {"is_disabled": True}

Parts = tuple[str, ...]


class _Sent(msgspec.Struct):
    message_id: int


_read_sent = msgspec.json.Decoder(_Sent).decode


def join_ids(parts: Parts) -> str:
    """Several messages that are one to us, as one id."""
    return ",".join(parts)


def part_ids(message: str) -> Parts:
    """The messages behind one id of ours."""
    return tuple(part for part in message.split(",") if part)


async def post(api: Api, outgoing: Post) -> str:
    """Send; a long text becomes several messages, the last with the buttons. Half a post is taken back."""
    keyboard = draw_keyboard(outgoing.buttons)
    parts = _parts(outgoing)
    sent: list[str] = []
    for number, part in enumerate(parts):
        markup = keyboard if number == len(parts) - 1 else None
        document = outgoing.document if number == 0 else None
        try:
            sent.append(await _post_part(api, outgoing, part, markup=markup, document=document))
        except NetworkError as problem:
            failure = problem
            break
    else:
        return join_ids(tuple(sent))
    if not isinstance(failure, TryLater):
        failure = await _take_back(api, outgoing.room, sent) or failure
    if isinstance(failure, TryLater):  # no call before its time, not even to take back
        raise TryLater(failure.seconds, left=tuple(sent))
    raise failure


async def _post_part(
    api: Api, outgoing: Post, text: str, *, markup: Keyboard | None, document: Document | None
) -> str:
    parameters: dict[str, object] = {"chat_id": outgoing.room.id, "protect_content": True}
    if (thread := thread_of(outgoing.room)) is not None:
        parameters["message_thread_id"] = thread
    if markup is not None:
        parameters["reply_markup"] = markup
    if outgoing.silent:
        parameters["disable_notification"] = True
    if document is not None:
        return await _post_document(api, parameters, text, document)
    parameters |= {"text": text, "link_preview_options": NO_PREVIEW}
    sent = await asked(api.ask("sendMessage", parameters))
    return str(_message_id(sent))


async def _post_document(api: Api, parameters: dict[str, object], text: str, document: Document) -> str:
    parameters |= {"disable_content_type_detection": True, **({"caption": text} if text else {})}
    file = ("document", document.name, document.data)
    sent = await asked(api.upload("sendDocument", parameters, file, seconds=UPLOAD_SECONDS))
    return str(_message_id(sent))


def _message_id(sent: msgspec.Raw) -> int:
    try:
        return _read_sent(sent).message_id
    except msgspec.DecodeError:
        pass
    raise Unreachable("no usable answer")


def _parts(outgoing: Post) -> Parts:
    text = mend(outgoing.text)
    if outgoing.document is not None:
        return split(text, TEXT_LIMIT, first=CAPTION_LIMIT)
    if not text.strip():
        raise Refused("a message needs words")
    return split(text, TEXT_LIMIT)


async def _take_back(api: Api, room: Room, sent: list[str]) -> TryLater | None:
    """Best effort: the whole post will be repeated, and must not stand there one and a half times."""
    try:
        if sent:
            await asked(api.bot.delete_messages(room.id, [int(part) for part in sent]))
    except TryLater as told:
        return told
    except NetworkError:
        pass
    return None


async def edit(api: Api, outgoing: Edit) -> str:
    """Replace words and buttons in place. A post of several messages is edited as long as it fits them."""
    keyboard = draw_keyboard(outgoing.buttons)
    names = part_ids(outgoing.message)
    limit = CAPTION_LIMIT if outgoing.caption else TEXT_LIMIT
    parts = split(mend(outgoing.text), TEXT_LIMIT, first=limit)
    if len(parts) != len(names):
        raise NothingThere("the new words do not fit the old messages")
    changed = False
    for number, (name, part) in enumerate(zip(names, parts, strict=True)):
        markup = keyboard if number == len(parts) - 1 else None
        target = {"chat_id": outgoing.room.id, "message_id": number_of(name)}
        target |= {"reply_markup": markup} if markup else {}
        changed |= await _edit_part(api, part, target, caption=outgoing.caption and number == 0)
    if not changed:
        raise Unchanged("the message already reads so")
    return outgoing.message


async def _edit_part(api: Api, text: str, target: dict[str, Any], *, caption: bool) -> bool:
    """Whether anything changed."""
    method, words = ("editMessageCaption", "caption") if caption else ("editMessageText", "text")
    preview = {} if caption else {"link_preview_options": NO_PREVIEW}
    try:
        await asked(api.ask(method, {**target, words: text, **preview}))
    except Unchanged:
        return False
    return True


async def delete(api: Api, outgoing: Delete) -> str | None:
    """Delete; what is there and cannot be deleted comes back as one id. NothingThere if all were gone."""
    numbers = [number_of(part) for message in outgoing.messages for part in part_ids(message)]
    left: list[str] = []
    gone = 0
    for start in range(0, len(numbers), DELETE_AT_ONCE):
        batch = numbers[start : start + DELETE_AT_ONCE]
        try:
            await asked(api.ask("deleteMessages", {"chat_id": outgoing.room.id, "message_ids": batch}))
        except (Refused, NothingThere):
            stuck, missing = await _delete_singly(api, outgoing.room, batch)
            left += stuck
            gone += missing
    if numbers and gone == len(numbers):
        raise NothingThere("the messages are gone")
    return join_ids(tuple(left)) or None


async def _delete_singly(api: Api, room: Room, batch: list[int]) -> tuple[list[str], int]:
    """One message that cannot be deleted must not keep the others: (those left, how many were gone)."""
    left: list[str] = []
    gone = 0
    for number in batch:
        try:
            await asked(api.bot.delete_message(room.id, number))
        except Undeletable:
            left.append(str(number))
        except NothingThere:
            gone += 1
        except Refused:
            left.append(str(number))
    return left, gone


async def reply(api: Api, outgoing: Reply) -> None:
    """Answer a press, so that the button stops turning."""
    text = shorten(mend(outgoing.text), TOAST_LIMIT)
    said: dict[str, object] = {"text": text} if text else {}
    if text and outgoing.alert:
        said["show_alert"] = True
    await asked(api.ask("answerCallbackQuery", {"callback_query_id": outgoing.query, **said}))


DELIVERIES: Mapping[type[Outgoing], Callable[[Api, Any], Awaitable[str | None]]] = {
    Post: post,
    Edit: edit,
    Delete: delete,
    Reply: reply,
    OpenTopic: open_topic,
    RenameTopic: rename_topic,
    DropTopic: drop_topic,
    Admit: admit,
    EndLink: end_link,
}
