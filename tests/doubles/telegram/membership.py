"""Who is in a chat: every change becomes a chat_member or my_chat_member update and a service message."""

from tests.doubles.telegram.posting import post_service
from tests.doubles.telegram.rendering import render_chat, render_link, render_member, render_user
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON, Chat, Link, Member


def set_member(
    world: World,
    chat: Chat,
    *,
    member: Member,
    actor: int,
    link: Link | None = None,
    by_request: bool = False,
) -> None:
    """Put somebody's new standing in force and tell the bot what it may know."""
    before = world.member(chat, member.user_id)
    was_inside, was_admin = world.member(chat, world.bot.id).inside, world.bot_is_admin(chat)
    if member.inside and not before.inside:
        member.joined = chat.last_id + 1
    else:
        member.joined = before.joined
    old = render_member(world, before)
    chat.members[member.user_id] = member
    change: JSON = {
        "chat": render_chat(world, chat),
        "from": render_user(world.users[actor]),
        "date": world.now(),
        "old_chat_member": old,
        "new_chat_member": render_member(world, member),
    }
    if link is not None:
        change["invite_link"] = render_link(world, link, chat=chat)
    if by_request:
        change["via_join_request"] = True
    _tell(world, chat, member=member, change=change, heard=was_admin or world.bot_is_admin(chat))
    if was_inside or world.member(chat, world.bot.id).inside:
        _announce(world, chat, before=before, after=member, actor=actor)
    world.bell.ring()


def _tell(world: World, chat: Chat, *, member: Member, change: JSON, heard: bool) -> None:
    """The bot learns of itself always, of others only as an administrator."""
    if member.user_id == world.bot.id:
        world.tell("my_chat_member", change)
    elif heard and not chat.private:
        world.tell("chat_member", change)


def _announce(world: World, chat: Chat, *, before: Member, after: Member, actor: int) -> None:
    """The grey line everybody sees when somebody comes or goes."""
    if chat.private or before.inside == after.inside:
        return
    who = render_user(world.users[after.user_id])
    if after.inside:
        post_service(world, chat, sender=actor, kind="new_chat_members", content=[who])
    else:
        post_service(world, chat, sender=actor, kind="left_chat_member", content=who)
