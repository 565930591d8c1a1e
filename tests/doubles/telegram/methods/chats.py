"""What can be asked about a chat, and leaving it."""

from typing import Any

from tests.doubles.telegram.access import group_only, readable_chat
from tests.doubles.telegram.membership import set_member
from tests.doubles.telegram.refusals import Because, Refused
from tests.doubles.telegram.rendering import render_full_chat, render_member
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON, Member


def get_chat(world: World, values: JSON) -> JSON:
    return render_full_chat(world, readable_chat(world, values))


def get_chat_member(world: World, values: JSON) -> JSON:
    """Somebody who was never in the chat is `left`; an unknown account is refused."""
    chat = readable_chat(world, values)
    if values["user_id"] not in world.users:
        raise Refused(Because.PARTICIPANT)
    return render_member(world, world.member(chat, values["user_id"]))


def get_chat_member_count(world: World, values: JSON) -> int:
    chat = readable_chat(world, values)
    return sum(1 for member in chat.members.values() if member.inside)


def get_chat_administrators(world: World, values: JSON) -> list[Any]:
    """Other bots are left out unless asked for; the bot itself is named if it is one."""
    chat = readable_chat(world, values)
    if chat.private:
        raise Refused(Because.NO_ADMINS_HERE)
    bots = values.get("return_bots", False)
    found = [one for one in chat.members.values() if one.status in {"administrator", "creator"}]
    return [
        render_member(world, one)
        for one in found
        if bots or one.user_id == world.bot.id or not world.users[one.user_id].is_bot
    ]


def leave_chat(world: World, values: JSON) -> bool:
    chat = group_only(readable_chat(world, values))
    set_member(world, chat, member=Member(world.bot.id, status="left"), actor=world.bot.id)
    return True


HANDLERS = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatMemberCount": get_chat_member_count,
    "getChatAdministrators": get_chat_administrators,
    "leaveChat": leave_chat,
}
