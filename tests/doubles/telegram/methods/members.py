"""Banning and unbanning."""

from tests.doubles.telegram.access import group_only, readable_chat
from tests.doubles.telegram.membership import set_member
from tests.doubles.telegram.posting import remove
from tests.doubles.telegram.refusals import Because, Refused
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON, Chat, Member


def moderated(world: World, values: JSON) -> Chat:
    """A group where the bot may restrict, and a person who may be restricted."""
    chat = group_only(readable_chat(world, values))
    if values["user_id"] not in world.users:
        raise Refused(Because.PARTICIPANT)
    if not world.bot_may(chat, "can_restrict_members"):
        raise Refused(Because.NO_RIGHT_TO_RESTRICT)
    status = world.member(chat, values["user_id"]).status
    if status == "creator":
        raise Refused(Because.NO_OWNER_REMOVAL)
    if status == "administrator":
        raise Refused(Because.USER_IS_ADMIN)
    return chat


def ban_chat_member(world: World, values: JSON) -> bool:
    chat = moderated(world, values)
    banned = Member(values["user_id"], status="kicked", until=values.get("until_date", 0))
    set_member(world, chat, member=banned, actor=world.bot.id)
    if values.get("revoke_messages"):
        for message in world.visible(chat):
            if message.sender_id == values["user_id"] and not message.service:
                remove(world, chat, message)
    return True


def unban_chat_member(world: World, values: JSON) -> bool:
    """Without only_if_banned a member inside is put out, as the real one does."""
    if values.get("only_if_banned"):
        chat = group_only(readable_chat(world, values))
        if world.member(chat, values["user_id"]).status != "kicked":
            return True
    chat = moderated(world, values)
    set_member(world, chat, member=Member(values["user_id"], status="left"), actor=world.bot.id)
    return True


HANDLERS = {"banChatMember": ban_chat_member, "unbanChatMember": unban_chat_member}
