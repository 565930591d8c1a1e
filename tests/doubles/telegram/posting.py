"""Writing, editing and removing messages; what the bot is told of it."""

from copy import deepcopy
from dataclasses import replace

from tests.doubles.telegram.rendering import render_message
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON, Chat, Message


def post(world: World, chat: Chat, message: Message) -> Message:
    """Store a message and, where the bot would hear it, queue an update."""
    chat.messages[message.id] = message
    remember(chat, message)
    if bot_hears(world, chat, message):
        world.tell("message", render_message(world, message))
    world.bell.ring()
    return message


def remember(chat: Chat, message: Message) -> None:
    """Keep a copy for ever: history is everything that ever stood in the chat, every version."""
    chat.history.append(replace(message, body=deepcopy(message.body)))


def new_message(
    world: World, chat: Chat, *, sender: int, body: JSON, thread: int | None = None, service: str = ""
) -> Message:
    """A message not yet posted, with the next id and the clock's time."""
    return Message(
        id=world.new_message_id(chat),
        chat_id=chat.id,
        sender_id=sender,
        date=world.now(),
        body=body,
        thread_id=thread,
        service=service,
    )


def post_service(
    world: World, chat: Chat, *, sender: int, kind: str, content: object, thread: int | None = None
) -> Message:
    """A service message such as `left_chat_member`."""
    message = new_message(world, chat, sender=sender, body={kind: content}, thread=thread, service=kind)
    return post(world, chat, message)


def bot_hears(world: World, chat: Chat, message: Message) -> bool:
    """Its own messages never; in groups privacy mode applies unless it is an administrator."""
    if message.sender_id == world.bot.id or not world.member(chat, world.bot.id).inside:
        return False
    if chat.private or world.bot_is_admin(chat) or message.service:
        return True
    text = str(message.body.get("text", message.body.get("caption", "")))
    replied = chat.messages.get(message.reply_to or 0)
    to_bot = replied is not None and replied.sender_id == world.bot.id
    return text.startswith("/") or f"@{world.bot.username}" in text or to_bot


def changed(world: World, chat: Chat, message: Message, *, edit: bool) -> None:
    """After a change of the body: note the time, keep the version, tell the bot if a person did it."""
    if edit:
        message.edited = world.now()
    remember(chat, message)
    if edit and bot_hears(world, chat, message):
        world.tell("edited_message", render_message(world, message))
    world.bell.ring()


def remove(world: World, chat: Chat, message: Message) -> None:
    """Take a message off everybody's screen; it stays readable for tests in `deleted` and `history`."""
    message.deleted = world.now()
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    world.bell.ring()
