"""Invitation links and requests to join."""

from tests.doubles.telegram.access import group_only, readable_chat
from tests.doubles.telegram.membership import set_member
from tests.doubles.telegram.refusals import Because, Refused, mistaken
from tests.doubles.telegram.rendering import render_link
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON, Chat, Link, Member


def _inviting(world: World, values: JSON) -> Chat:
    chat = group_only(readable_chat(world, values))
    if not world.bot_may(chat, "can_invite_users"):
        raise Refused(Because.NO_RIGHT_TO_INVITE)
    return chat


def create_chat_invite_link(world: World, values: JSON) -> JSON:
    chat = _inviting(world, values)
    if values.get("creates_join_request") and "member_limit" in values:
        raise mistaken("member limit can't be specified for links requiring administrator approval")
    link = Link(
        url=f"https://t.me/+TEST{world.number('link'):08d}",
        creator_id=world.bot.id,
        name=values.get("name", ""),
        expires=values.get("expire_date", 0),
        member_limit=values.get("member_limit", 0),
        by_request=values.get("creates_join_request", False),
    )
    chat.links.append(link)
    return render_link(world, link, chat=chat)


def revoke_chat_invite_link(world: World, values: JSON) -> JSON:
    """Only links the bot made itself."""
    chat = _inviting(world, values)
    for link in chat.links:
        if link.url == values["invite_link"] and link.creator_id == world.bot.id:
            link.revoked = True
            return render_link(world, link, chat=chat)
    raise Refused(Because.INVITE_UNKNOWN)


def _answered(world: World, values: JSON) -> tuple[Chat, Link | None]:
    chat = _inviting(world, values)
    if world.member(chat, values["user_id"]).inside:
        raise Refused(Because.ALREADY_MEMBER)
    if values["user_id"] not in chat.requests:
        raise Refused(Because.NO_JOIN_REQUEST)
    return chat, chat.requests.pop(values["user_id"])


def approve_chat_join_request(world: World, values: JSON) -> bool:
    chat, link = _answered(world, values)
    newcomer = Member(values["user_id"])
    set_member(world, chat, member=newcomer, actor=world.bot.id, link=link, by_request=True)
    return True


def decline_chat_join_request(world: World, values: JSON) -> bool:
    _answered(world, values)
    return True


HANDLERS = {
    "createChatInviteLink": create_chat_invite_link,
    "revokeChatInviteLink": revoke_chat_invite_link,
    "approveChatJoinRequest": approve_chat_join_request,
    "declineChatJoinRequest": decline_chat_join_request,
}
