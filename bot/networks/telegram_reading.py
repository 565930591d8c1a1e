"""One update of the Bot API to one event of ours. Nothing here decides, keeps or quotes anything."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field

from telegram import CallbackQuery, ChatJoinRequest, ChatMemberUpdated, Message, MessageEntity, Update, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.networks import Raw
from bot.networks.errors import Unreadable
from bot.networks.telegram_shapes import NETWORK, read_common
from bot.networks.telegram_texts import mend
from handlers.events import (
    Account,
    Attached,
    Commanded,
    Departed,
    Edited,
    Event,
    Incoming,
    Knocked,
    Medium,
    MembersChanged,
    Moved,
    Pressed,
    Room,
    Wrote,
)

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's switch: spans of time without a warning

SPOKEN = {"be": "be", "ru": "ru", "en": "en"}
ID_BITS = 52  # "at most 52 significant bits" (Bot API, User and Chat)
NAME_LENGTH = 64
ANONYMOUS_ADMIN = 1087968824  # speaks for whoever hides behind it: nobody we could obey

MEDIA: tuple[tuple[str, Medium], ...] = (  # in this order: an animation carries a document as well
    ("animation", Medium.VIDEO),
    ("live_photo", Medium.PHOTO),
    ("photo", Medium.PHOTO),
    ("voice", Medium.VOICE),
    ("audio", Medium.VOICE),
    ("video", Medium.VIDEO),
    ("video_note", Medium.VIDEO),
    ("document", Medium.DOCUMENT),
    ("sticker", Medium.STICKER),
    ("contact", Medium.CONTACT),
    ("venue", Medium.LOCATION),
    ("location", Medium.LOCATION),
    ("poll", Medium.OTHER),
    ("dice", Medium.OTHER),
    ("game", Medium.OTHER),
    ("story", Medium.OTHER),
    ("checklist", Medium.OTHER),
    ("paid_media", Medium.OTHER),
    ("giveaway", Medium.OTHER),
    ("invoice", Medium.OTHER),
    ("users_shared", Medium.OTHER),
    ("chat_shared", Medium.OTHER),
    ("passport_data", Medium.OTHER),
    ("web_app_data", Medium.OTHER),
)


@dataclass(frozen=True, slots=True)
class Listening:
    """Whom we hear: everybody in private, and the moderators' group; `name` is ours, without the @."""

    group: str | None = field(repr=False)
    name: str = ""


def read_update(raw: Raw, listening: Listening) -> Incoming | None:
    """What happened, or None when it does not concern us. Raises Unreadable on garbage."""
    found = read_common(raw.body, key=raw.key, nobody=ANONYMOUS_ADMIN, spoken=SPOKEN)
    if found is not None:
        return found
    try:
        update = Update.de_json(json.loads(raw.body), None)
        found = _read(update, listening, key=raw.key)
    except Exception:  # the library's complaint may quote the update; ours never does
        garbage = True
    else:
        garbage = False
    if garbage:
        raise Unreadable("one update cannot be read")
    return found


def _read(update: Update, listening: Listening, *, key: str) -> Incoming | None:
    if update.callback_query is not None:
        return _pressed(update.callback_query, listening, key=key)
    change = update.my_chat_member or update.chat_member
    if change is not None:
        return _changed(change, listening, key=key)
    if update.chat_join_request is not None:
        return _knocked(update.chat_join_request, listening, key=key)
    if update.edited_message is not None:
        return _written(update.edited_message, listening, key=key, event_of=_edited)
    if update.message is not None:
        return _written(update.message, listening, key=key, event_of=_told)
    return None


def _written(
    message: Message, listening: Listening, *, key: str, event_of: Callable[[Message], Event | None]
) -> Incoming | None:
    """A message or an edit, in private or in the group."""
    if message.chat.type == ChatType.PRIVATE:
        if not _is_person(message.from_user, message):
            return None
        return _incoming(key, message.from_user, room=_room_of(message), event=event_of(message))
    if str(message.chat.id) != listening.group:
        return None
    if message.migrate_to_chat_id is not None:
        return _moved(message, key=key)
    if event_of is not _told or not _is_person(message.from_user, message):
        return None
    return _incoming(
        key, message.from_user, room=_room_of(message), event=_order(message, listening.name), private=False
    )


def _incoming(
    key: str, user: User | None, *, room: Room, event: Event | None, private: bool = True
) -> Incoming | None:
    if event is None or user is None:
        return None
    return Incoming(
        key=key,
        room=room,
        sender=Account(NETWORK, _number(user.id)),
        event=event,
        hint=_hint(user.language_code),
        private=private,
    )


def _pressed(query: CallbackQuery, listening: Listening, *, key: str) -> Incoming | None:
    """A button: under a message of ours, pressed by a person (never by a channel: buttons have no masks)."""
    message = query.message
    if message is None or not query.data or query.from_user.is_bot:
        return None
    private = message.chat.type == ChatType.PRIVATE
    if not private and str(message.chat.id) != listening.group:
        return None
    event = Pressed(token=mend(query.data), message=_number(message.message_id), query=_name(query.id))
    room = _room_of(message) if isinstance(message, Message) else Room(NETWORK, _number(message.chat.id))
    return _incoming(key, query.from_user, room=room, event=event, private=private)


def _changed(change: ChatMemberUpdated, listening: Listening, *, key: str) -> Incoming | None:
    """Somebody's standing, or our own, in the moderators' group; elsewhere, whether somebody blocked us."""
    if str(change.chat.id) != listening.group:
        return _departed(change, key=key)
    room = Room(NETWORK, _number(change.chat.id))
    return _incoming(key, change.from_user, room=room, event=MembersChanged(), private=False)


def _departed(change: ChatMemberUpdated, *, key: str) -> Incoming | None:
    """Somebody blocked us. (That they came back needs no event: they write.)"""
    if change.chat.type != ChatType.PRIVATE or change.new_chat_member.status != ChatMemberStatus.BANNED:
        return None
    return _incoming(key, change.from_user, room=Room(NETWORK, _number(change.chat.id)), event=Departed())


def _knocked(request: ChatJoinRequest, listening: Listening, *, key: str) -> Incoming | None:
    """Somebody asks to be let into the moderators' group. Links that others made are told from ours."""
    if str(request.chat.id) != listening.group:
        return None
    link, ours = request.invite_link, listening.name.casefold()
    made_by_us = link is not None and bool(ours) and (link.creator.username or "").casefold() == ours
    event = Knocked(mend(link.name or ""), link.invite_link) if link is not None and made_by_us else Knocked()
    room = Room(NETWORK, _number(request.chat.id))
    return _incoming(key, request.from_user, room=room, event=event, private=False)


def _moved(message: Message, *, key: str) -> Incoming:
    return Incoming(
        key=key,
        room=Room(NETWORK, _number(message.chat.id)),
        sender=Account(NETWORK, _number(message.chat.id)),
        event=Moved(_number(message.migrate_to_chat_id)),
        private=False,
    )


def _room_of(message: Message) -> Room:
    """The chat; in a group with its topic. (A private chat is one room, whatever threads a client draws.)"""
    in_topic = message.chat.type != ChatType.PRIVATE and message.is_topic_message
    topic = _number(message.message_thread_id) if in_topic and message.message_thread_id else None
    return Room(NETWORK, _number(message.chat.id), topic)


def _is_person(user: User | None, message: Message) -> bool:
    """Somebody with a face: no channel, no bot, no anonymous administrator."""
    return user is not None and not user.is_bot and user.id != ANONYMOUS_ADMIN and message.sender_chat is None


def _told(message: Message) -> Event | None:
    """What a person sent in private."""
    name = _number(message.message_id)
    if message.text is not None:
        return _worded(message, name)
    medium = _medium(message)
    if medium is None:
        return None  # a note of the network itself: a pinned message, a new timer …
    return Attached(medium, mend(message.caption or ""), message=name, album=_album(message))


def _worded(message: Message, name: str) -> Event:
    forwarded = message.forward_origin is not None
    if not forwarded and (command := _command(message, name)) is not None:
        return command[0]
    return Wrote(mend(message.text or ""), message=name, forwarded=forwarded)


def _edited(message: Message) -> Event | None:
    text = message.text if message.text is not None else message.caption
    return None if text is None else Edited(mend(text), message=_number(message.message_id))


def _order(message: Message, ours: str) -> Event | None:
    """A command in the group, unless it is meant for another bot or was forwarded."""
    if message.text is None or message.forward_origin is not None:
        return None
    found = _command(message, _number(message.message_id))
    if found is None or found[1] not in {"", ours.casefold()}:
        return None
    return found[0]


def _command(message: Message, name: str) -> tuple[Commanded, str] | None:
    """The command a text begins with, and the bot it names (lower case, may be empty)."""
    starts = (e for e in message.entities if e.type == MessageEntity.BOT_COMMAND and e.offset == 0)
    entity = next(starts, None)
    if entity is None:
        return None
    text = message.text or ""
    word, argument = text[1 : entity.length], text[entity.length :]  # a command is ASCII: units are letters
    command, _, addressed = word.partition("@")
    return Commanded(command.casefold(), mend(argument.strip()), message=name), addressed.casefold()


def _medium(message: Message) -> Medium | None:
    for attribute, medium in MEDIA:
        if getattr(message, attribute):
            return medium
    return Medium.OTHER if message.api_kwargs else None  # something newer than the library: answered kindly


def _album(message: Message) -> str | None:
    return None if message.media_group_id is None else _name(message.media_group_id)


def _number(number: object) -> str:
    """An id as the network promises it: at most 52 bits. Nothing else may become the name of a room."""
    if type(number) is not int or abs(number) >= 1 << ID_BITS:
        raise Unreadable("an id is not a number")
    return str(number)


def _name(name: object) -> str:
    """An id in letters: of a press, of an album."""
    if not isinstance(name, str) or not name.isascii() or len(name) > NAME_LENGTH:
        raise Unreadable("an id is not a plain word")
    return name


def _hint(code: str | None) -> str | None:
    return SPOKEN.get((code or "").split("-")[0].casefold())
