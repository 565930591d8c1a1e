"""Finding chats and messages for a call, with the refusals that belong to each."""

from tests.doubles.telegram.refusals import Because, Refused
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON, Chat, Message

AWAY = {
    ("supergroup", "kicked"): Because.KICKED_SUPERGROUP,
    ("group", "kicked"): Because.KICKED_GROUP,
    ("supergroup", "left"): Because.NOT_IN_SUPERGROUP,
    ("group", "left"): Because.NOT_IN_GROUP,
}


def find_chat(world: World, identity: int | str) -> Chat | None:
    """By number or @username."""
    if isinstance(identity, int):
        return world.chats.get(identity)
    return next((chat for chat in world.chats.values() if chat.username == identity[1:]), None)


def readable_chat(world: World, values: JSON, *, key: str = "chat_id") -> Chat:
    """A chat the bot knows and is in."""
    chat = find_chat(world, values[key])
    if chat is None or (chat.private and not world.users[chat.id].started):
        raise Refused(Because.CHAT_NOT_FOUND)
    if chat.migrated_to is not None:
        raise Refused(Because.UPGRADED, parameters={"migrate_to_chat_id": chat.migrated_to})
    if not chat.private and not world.member(chat, world.bot.id).inside:
        raise Refused(AWAY[chat.kind, world.member(chat, world.bot.id).status])
    return chat


def writable_chat(world: World, values: JSON) -> Chat:
    """A chat the bot may write to."""
    chat = readable_chat(world, values)
    if chat.private:
        user = world.users[chat.id]
        if user.deactivated:
            raise Refused(Because.USER_GONE)
        if user.blocked_bot:
            raise Refused(Because.BLOCKED)
    elif not world.bot_is_admin(chat) and not chat.permissions.get("can_send_messages", False):
        raise Refused(Because.NO_RIGHT_TO_WRITE)
    return chat


def group_only(chat: Chat) -> Chat:
    """Member methods work in groups, not in private chats."""
    if chat.private:
        raise Refused(Because.LEAVE_PRIVATE)
    return chat


def check_thread(world: World, chat: Chat, *, thread: int | None) -> None:
    """An open topic of a forum; the General topic (id 1) is written to without any thread id."""
    if thread is None:
        return
    topic = chat.topics.get(thread)
    if not chat.forum or topic is None:
        raise Refused(Because.THREAD_NOT_FOUND)
    if topic.closed and not world.bot_may(chat, "can_manage_topics"):
        raise Refused(Because.TOPIC_CLOSED)


def standing_message(chat: Chat, message_id: int, *, missing: Because) -> Message:
    """A message that has not been deleted."""
    message = chat.messages.get(message_id)
    if message is None or message.deleted is not None:
        raise Refused(missing)
    return message
