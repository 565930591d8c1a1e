"""What a person's program does with a gesture: splitting, entities, first contact, edits."""

from tests.doubles.telegram.formatting import BLANK, TEXT_LIMIT, find_commands, utf16, with_entities
from tests.doubles.telegram.posting import changed, new_message, post
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON, Chat, Message, User


def split_text(text: str) -> list[str]:
    """Pieces of at most 4096 UTF-16 units; an empty text cannot be sent."""
    whole = text.strip(BLANK)
    if not whole:
        raise ValueError("a phone does not send an empty message")
    parts, rest = [], whole
    while utf16(rest) > TEXT_LIMIT:
        cut = min(TEXT_LIMIT, len(rest))
        while utf16(rest[:cut]) > TEXT_LIMIT:
            cut -= 1
        parts.append(rest[:cut])
        rest = rest[cut:]
    return [*parts, rest]


def text_body(text: str) -> JSON:
    return with_entities({"text": text}, "entities", find_commands(text))


def captioned(body: JSON, caption: str) -> JSON:
    return body | {"caption": caption} if caption else body


def say(
    world: World, chat: Chat, *, user: User, body: JSON, topic: int | None, reply_to: int | None
) -> Message:
    """Post as a person; who writes to the bot in private has thereby started it (and unblocked it)."""
    if chat.private:
        if user.blocked_bot:
            raise ValueError(f"{user.first_name} blocked the bot: unblock_bot() first")
        user.started = True
    elif not world.member(chat, user.id).inside:
        raise ValueError(f"{user.first_name} is not in the group: add() first")
    if topic is not None and topic not in chat.topics:
        raise ValueError(f"there is no topic {topic} in the group")
    message = new_message(world, chat, sender=user.id, body=dict(body), thread=topic)
    message.reply_to = reply_to
    return post(world, chat, message)


def edit(world: World, chat: Chat, *, user: User, number: int, text: str) -> Message:
    """Change an own standing message."""
    message = chat.messages[number]
    if message.sender_id != user.id or message.deleted is not None:
        raise ValueError("a person edits only their own messages that still stand")
    if "text" in message.body:
        message.body = text_body(text)
    else:
        message.body = {**message.body, "caption": text}
    changed(world, chat, message, edit=True)
    return message
