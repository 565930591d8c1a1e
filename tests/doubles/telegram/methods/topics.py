"""Forum topics: create, edit, close, reopen, delete."""

from tests.doubles.telegram.access import group_only, writable_chat
from tests.doubles.telegram.posting import new_message, post, post_service, remove
from tests.doubles.telegram.refusals import Because, Refused, mistaken
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON, Chat, Topic

COLOURS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)


def _forum(world: World, values: JSON) -> Chat:
    chat = group_only(writable_chat(world, values))
    if not chat.forum:
        raise Refused(Because.NOT_A_FORUM)
    if not world.bot_may(chat, "can_manage_topics"):
        raise Refused(Because.NO_RIGHT_TO_TOPICS)
    return chat


def _topic(chat: Chat, values: JSON) -> Topic:
    topic = chat.topics.get(values["message_thread_id"])
    if topic is None:
        raise Refused(Because.TOPIC_ID)
    return topic


def open_topic(world: World, chat: Chat, *, name: str, sender: int, colour: int = COLOURS[0]) -> Topic:
    """Make a topic and its opening service message, whose id is the topic's."""
    created = {"name": name, "icon_color": colour}
    message = new_message(
        world, chat, sender=sender, body={"forum_topic_created": created}, service="forum_topic_created"
    )
    message.thread_id = message.id
    chat.topics[message.id] = Topic(message.id, name, colour)
    post(world, chat, message)
    return chat.topics[message.id]


def create_forum_topic(world: World, values: JSON) -> JSON:
    chat = _forum(world, values)
    colour = values.get("icon_color", COLOURS[0])
    if colour not in COLOURS:
        raise mistaken("invalid icon_color specified")
    if not values["name"].strip():
        raise mistaken("topic name must be non-empty")
    topic = open_topic(world, chat, name=values["name"].strip(), sender=world.bot.id, colour=colour)
    topic.icon_custom_emoji_id = values.get("icon_custom_emoji_id", "")
    out: JSON = {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.icon_color}
    if topic.icon_custom_emoji_id:
        out["icon_custom_emoji_id"] = topic.icon_custom_emoji_id
    return out


def edit_forum_topic(world: World, values: JSON) -> bool:
    """A name left out or empty stays as it is."""
    chat = _forum(world, values)
    topic = _topic(chat, values)
    name = values.get("name") or topic.name
    icon = values.get("icon_custom_emoji_id", topic.icon_custom_emoji_id)
    if (name, icon) == (topic.name, topic.icon_custom_emoji_id):
        raise Refused(Because.TOPIC_SAME)
    said: JSON = {"name": name} if name != topic.name else {}
    if icon != topic.icon_custom_emoji_id:
        said["icon_custom_emoji_id"] = icon
    topic.name, topic.icon_custom_emoji_id = name, icon
    post_service(world, chat, sender=world.bot.id, kind="forum_topic_edited", content=said, thread=topic.id)
    return True


def _turn(world: World, values: JSON, *, closed: bool) -> bool:
    chat = _forum(world, values)
    topic = _topic(chat, values)
    if topic.closed == closed:
        raise Refused(Because.TOPIC_SAME)
    topic.closed = closed
    kind = "forum_topic_closed" if closed else "forum_topic_reopened"
    post_service(world, chat, sender=world.bot.id, kind=kind, content={}, thread=topic.id)
    return True


def close_forum_topic(world: World, values: JSON) -> bool:
    return _turn(world, values, closed=True)


def reopen_forum_topic(world: World, values: JSON) -> bool:
    return _turn(world, values, closed=False)


def drop_topic(world: World, chat: Chat, *, topic: int) -> None:
    """A topic goes with every message in it."""
    del chat.topics[topic]
    for message in world.visible(chat):
        if message.thread_id == topic:
            remove(world, chat, message)


def delete_forum_topic(world: World, values: JSON) -> bool:
    chat = _forum(world, values)
    if not world.bot_may(chat, "can_delete_messages"):
        raise Refused(Because.NO_RIGHT_TO_TOPICS)
    drop_topic(world, chat, topic=_topic(chat, values).id)
    return True


HANDLERS = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "deleteForumTopic": delete_forum_topic,
}
