"""Deleting: the 48-hour rule, the right in groups, and what can never be deleted."""

from tests.doubles.telegram.access import readable_chat, standing_message
from tests.doubles.telegram.posting import remove
from tests.doubles.telegram.refusals import Because, Refused
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON, Chat, Message

DELETE_SECONDS = 48 * 60 * 60
UNDELETABLE = frozenset({
    "forum_topic_created", "supergroup_chat_created", "group_chat_created", "migrate_from_chat_id",
})  # fmt: skip


def _check(world: World, chat: Chat, *, message: Message) -> None:
    if message.service in UNDELETABLE:
        raise Refused(Because.NOT_DELETABLE)
    if world.now() - message.date >= DELETE_SECONDS:
        raise Refused(Because.TOO_OLD_TO_DELETE)
    own = message.sender_id == world.bot.id
    if not chat.private and not own and not world.bot_may(chat, "can_delete_messages"):
        raise Refused(Because.NOT_DELETABLE)


def delete_message(world: World, values: JSON) -> bool:
    chat = readable_chat(world, values)
    message = standing_message(chat, values["message_id"], missing=Because.DELETE_NOT_FOUND)
    _check(world, chat, message=message)
    remove(world, chat, message)
    return True


def delete_messages(world: World, values: JSON) -> bool:
    """Missing ones are skipped; one that may not be deleted refuses the whole call."""
    chat = readable_chat(world, values)
    found = [chat.messages.get(number) for number in values["message_ids"]]
    standing = [message for message in found if message is not None and message.deleted is None]
    for message in standing:
        _check(world, chat, message=message)
    for message in standing:
        remove(world, chat, message)
    return True


HANDLERS = {"deleteMessage": delete_message, "deleteMessages": delete_messages}
