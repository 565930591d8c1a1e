"""Updates as the Bot API spells them, about invented people."""

from __future__ import annotations

import json
from typing import Any

from bot.networks import Raw
from bot.networks.telegram_reading import Listening, read_update
from handlers.events import (
    Incoming,
)

GROUP = -1001234567890


HANNA = {"id": 5001, "is_bot": False, "first_name": "Ганна", "last_name": "Узор", "language_code": "be-BY"}


PRIVATE = {"id": 5001, "type": "private", "first_name": "Ганна"}


SUPERGROUP = {"id": GROUP, "type": "supergroup", "title": "Пакой", "is_forum": True}


LISTENING = Listening(str(GROUP), "Vestka_Test_Bot")


def read(**update: Any) -> Incoming | None:
    body = json.dumps({"update_id": 77, **update}).encode()
    return read_update(Raw("77", body), LISTENING)


def message(**fields: Any) -> dict[str, Any]:
    return {"message_id": 9, "date": 1900000000, "chat": PRIVATE, "from": HANNA, **fields}


def order(text: str, **fields: Any) -> dict[str, Any]:
    """A message in the moderators' group that begins with a command."""
    entity = {"type": "bot_command", "offset": 0, "length": len(text.split(" ", maxsplit=1)[0])}
    return message(chat=SUPERGROUP, text=text, entities=[entity]) | fields


def event_of(incoming: Incoming | None) -> object:
    assert incoming is not None
    return incoming.event


FILE = {"file_id": "f", "file_unique_id": "u"}


SIZE = {"width": 1, "height": 1}


def pressed(**fields: Any) -> dict[str, Any]:
    card = order("card") | {"from": {"id": 1, "is_bot": True, "first_name": "b"}}
    return {"id": "q1", "from": HANNA, "chat_instance": "1", "data": "claim:1", "message": card} | fields


def member_change(status: str, *, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    robot = {"id": 1, "is_bot": True, "first_name": "b"}
    new = {"user": robot, "status": status} | ({"until_date": 0} if status == "kicked" else {})
    return {
        "chat": chat,
        "from": HANNA,
        "date": 1900000000,
        "old_chat_member": {"user": robot, "status": "member"},
        "new_chat_member": new,
    }


def request(name: str = "Vestka_Test_Bot", *, chat: dict[str, Any] = SUPERGROUP) -> dict[str, Any]:
    """Somebody follows a link that a bot of this name made for m-03."""
    creator = {"id": 8001, "is_bot": True, "first_name": "Бот", "username": name}
    marks = {"creates_join_request": True, "is_primary": False, "is_revoked": False, "name": "m-03"}
    link = {"invite_link": "https://t.me/+TEST", "creator": creator, **marks}
    asked = {"chat": chat, "from": HANNA, "user_chat_id": 5001, "date": 1900000000}
    return {**asked, "invite_link": link}
