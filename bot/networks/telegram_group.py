"""What Telegram says of the moderators' group and of our rights in it; judged elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from telegram import Bot, ChatMemberAdministrator

from bot.networks.telegram_errors import asked

_DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class GroupState:
    """The group's settings, and what the bot may do there; `auto_delete_days` None: it keeps messages."""

    is_supergroup: bool
    has_topics: bool
    is_public: bool
    has_linked_channel: bool
    shows_history: bool
    protects_content: bool
    auto_delete_days: float | None
    members_may_invite: bool
    bot_is_admin: bool
    bot_may_delete: bool
    bot_may_manage_topics: bool
    members: int


async def inspect(bot: Bot, group: str) -> GroupState:
    """Ask for the chat, our own membership and the count of members.

    :raises NetworkError: the group cannot be seen, or Telegram does not answer.
    """
    chat = await asked(bot.get_chat(group))
    me = await asked(bot.get_me())
    mine = await asked(bot.get_chat_member(group, me.id))
    admin = mine if isinstance(mine, ChatMemberAdministrator) else None
    seconds = chat.message_auto_delete_time
    return GroupState(
        is_supergroup=chat.type == "supergroup",
        has_topics=bool(chat.is_forum),
        is_public=bool(chat.username),
        has_linked_channel=chat.linked_chat_id is not None,
        shows_history=bool(chat.has_visible_history),
        protects_content=bool(chat.has_protected_content),
        auto_delete_days=_seconds(seconds) / _DAY_SECONDS if seconds else None,
        members_may_invite=bool(chat.permissions and chat.permissions.can_invite_users),
        bot_is_admin=admin is not None,
        bot_may_delete=bool(admin and admin.can_delete_messages),
        bot_may_manage_topics=bool(admin and admin.can_manage_topics),
        members=await asked(bot.get_chat_member_count(group)),
    )


def _seconds(value: int | timedelta) -> float:
    """The library gives seconds, or a timedelta when it is told to."""
    return value.total_seconds() if isinstance(value, timedelta) else float(value)
