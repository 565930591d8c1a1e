"""World records as Bot API objects."""

from copy import deepcopy

from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import ADMIN_RIGHTS, JSON, PERMISSIONS, Chat, Link, Member, Message, User


def render_user(user: User) -> JSON:
    out: JSON = {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name}
    if user.last_name:
        out["last_name"] = user.last_name
    if user.username:
        out["username"] = user.username
    if user.language:
        out["language_code"] = user.language
    return out


def render_chat(world: World, chat: Chat) -> JSON:
    out: JSON = {"id": chat.id, "type": chat.kind}
    if chat.private:
        user = world.users[chat.id]
        out["first_name"] = user.first_name
        if user.last_name:
            out["last_name"] = user.last_name
    else:
        out["title"] = chat.title
    if chat.username:
        out["username"] = chat.username
    if chat.forum:
        out["is_forum"] = True
    return out


def render_message(world: World, message: Message, *, nested: bool = False) -> JSON:
    """A Message object; a quoted message does not quote in turn."""
    chat = world.chats[message.chat_id]
    out: JSON = {
        "message_id": message.id,
        "from": render_user(world.users[message.sender_id]),
        "chat": render_chat(world, chat),
        "date": message.date,
    }
    member = world.member(chat, message.sender_id)
    if member.is_anonymous and not chat.private:
        out["from"] = {
            "id": 1087968824,
            "is_bot": True,
            "first_name": "Group",
            "username": "GroupAnonymousBot",
        }
        out["sender_chat"] = render_chat(world, chat)
    if message.thread_id is not None:
        out["message_thread_id"] = message.thread_id
        out["is_topic_message"] = True
    quoted = chat.messages.get(message.reply_to or message.thread_id or 0)
    if quoted is not None and quoted.id != message.id and quoted.deleted is None and not nested:
        out["reply_to_message"] = render_message(world, quoted, nested=True)
    if message.edited is not None:
        out["edit_date"] = message.edited
    if message.protected or chat.protected:
        out["has_protected_content"] = True
    if message.link_preview is not None:
        out["link_preview_options"] = dict(message.link_preview)
    out.update(deepcopy(message.body))
    return out


def render_member(world: World, member: Member) -> JSON:
    out: JSON = {"status": member.status, "user": render_user(world.users[member.user_id])}
    if member.status in {"administrator", "creator"}:
        out["is_anonymous"] = member.is_anonymous
        if member.custom_title:
            out["custom_title"] = member.custom_title
    if member.status == "administrator":
        out["can_be_edited"] = False
        out.update({right: member.rights.get(right, False) for right in ADMIN_RIGHTS})
    if member.status == "restricted":
        out.update({right: member.rights.get(right, False) for right in PERMISSIONS})
        out["is_member"] = member.rights.get("is_member", True)
    if member.status in {"restricted", "kicked"}:
        out["until_date"] = member.until
    return out


def render_link(world: World, link: Link, *, chat: Chat) -> JSON:
    out: JSON = {
        "invite_link": link.url,
        "creator": render_user(world.users[link.creator_id]),
        "creates_join_request": link.by_request,
        "is_primary": False,
        "is_revoked": link.revoked,
    }
    if link.name:
        out["name"] = link.name
    if link.expires:
        out["expire_date"] = link.expires
    if link.member_limit:
        out["member_limit"] = link.member_limit
    waiting = sum(1 for asked in chat.requests.values() if asked is link)
    if waiting:
        out["pending_join_request_count"] = waiting
    return out


def render_full_chat(world: World, chat: Chat) -> JSON:
    """ChatFullInfo; what only administrators may know is left out for others, as the real one does."""
    out = render_chat(world, chat)
    out["accent_color_id"] = abs(chat.id) % 7
    out["max_reaction_count"] = 11
    kinds = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    out["accepted_gift_types"] = dict.fromkeys(kinds, chat.private)
    if chat.description:
        out["description"] = chat.description
    if chat.auto_delete:
        out["message_auto_delete_time"] = chat.auto_delete
    if chat.pinned:
        out["pinned_message"] = render_message(world, chat.messages[chat.pinned[-1]], nested=True)
    if chat.private:
        return out
    out["permissions"] = {name: chat.permissions.get(name, False) for name in PERMISSIONS}
    if chat.linked_chat_id:
        out["linked_chat_id"] = chat.linked_chat_id
    flags = {
        "has_protected_content": chat.protected,
        "has_hidden_members": chat.hidden_members,
        "join_by_request": chat.join_by_request,
        "has_visible_history": chat.visible_history and world.bot_is_admin(chat),
    }
    out.update({name: True for name, holds in flags.items() if holds})
    return out
