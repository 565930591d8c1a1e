"""Pinned messages."""

from tests.doubles.telegram.access import standing_message, writable_chat
from tests.doubles.telegram.posting import post_service
from tests.doubles.telegram.refusals import Because, Refused
from tests.doubles.telegram.rendering import render_message
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON, Chat


def _pinnable(world: World, values: JSON) -> Chat:
    chat = writable_chat(world, values)
    if not chat.private and not world.bot_may(chat, "can_pin_messages"):
        raise Refused(Because.NO_RIGHT_TO_PIN)
    return chat


def pin_chat_message(world: World, values: JSON) -> bool:
    chat = _pinnable(world, values)
    message = standing_message(chat, values["message_id"], missing=Because.PIN_NOT_FOUND)
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    chat.pinned.append(message.id)
    shown = render_message(world, message, nested=True)
    thread = message.thread_id
    post_service(world, chat, sender=world.bot.id, kind="pinned_message", content=shown, thread=thread)
    return True


def unpin_chat_message(world: World, values: JSON) -> bool:
    """Without a message id the newest pinned one."""
    chat = _pinnable(world, values)
    if "message_id" not in values and not chat.pinned:
        raise Refused(Because.UNPIN_NOT_FOUND)
    number: int = values.get("message_id") or chat.pinned[-1]
    standing_message(chat, number, missing=Because.UNPIN_NOT_FOUND)
    if number in chat.pinned:
        chat.pinned.remove(number)
    return True


def unpin_all_chat_messages(world: World, values: JSON) -> bool:
    _pinnable(world, values).pinned.clear()
    return True


HANDLERS = {
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
}
