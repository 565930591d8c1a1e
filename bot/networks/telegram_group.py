"""One reading of the moderators' group: settings, rights, how many are inside, who of the roster is.

A bot cannot list members. It counts them, and asks for each account of the roster. Count and administrators
are asked for first and once more at the end, so that nobody moves in between unnoticed. Nothing is judged.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from datetime import datetime, timedelta

from telegram import (
    Bot,
    ChatFullInfo,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberOwner,
    ChatMemberRestricted,
)
from telegram.constants import ChatMemberStatus

from bot.networks.errors import Refused, RoomClosed
from bot.networks.telegram_errors import asked
from handlers.guard.facts import Administrator, Facts, Head, House, Rights

AT_ONCE = 8  # accounts asked for side by side: reporters' calls go over the same connections
_INSIDE = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER})


async def read_group(bot: Bot, group: str, *, ours: int, accounts: Collection[str]) -> Facts:
    """Ask for everything once, for count and administrators (we are among them) twice.

    :raises NetworkError: the group cannot be seen, or Telegram does not answer.
    """
    first, _ = await _head(bot, group)
    house = _house(await asked(bot.get_chat(group)))
    inside = await _call_roll(bot, group, accounts)
    last, listed = await _head(bot, group)
    mine = next((one for one in listed if one.user.id == ours), None)
    return Facts(first, last, house, _rights(mine), str(ours), inside)


async def make_link(bot: Bot, group: str, name: str, *, until: datetime) -> str:
    """A link by which somebody can ask to be let in. (Telegram sets no limit of uses to such a link.)"""
    made = bot.create_chat_invite_link(group, name=name, expire_date=until, creates_join_request=True)
    return (await asked(made)).invite_link


async def _head(bot: Bot, group: str) -> tuple[Head, Collection[ChatMember]]:
    members = await asked(bot.get_chat_member_count(group))
    listed = await asked(bot.get_chat_administrators(group))
    return Head(members, frozenset(_administrator(one) for one in listed)), listed


def _administrator(member: ChatMember) -> Administrator:
    owner = isinstance(member, ChatMemberOwner)
    may_invite = owner or bool(getattr(member, "can_invite_users", True))
    anonymous = bool(getattr(member, "is_anonymous", True))
    return Administrator(str(member.user.id), owner, anonymous=anonymous, may_invite=may_invite)


async def _call_roll(bot: Bot, group: str, accounts: Collection[str]) -> frozenset[str]:
    """Which of these accounts are inside."""
    room = asyncio.Semaphore(AT_ONCE)

    async def ask(account: str) -> bool:
        async with room:
            return await _is_inside(bot, group, account)

    found = await asyncio.gather(*(ask(account) for account in accounts))
    return frozenset(account for account, inside in zip(accounts, found, strict=True) if inside)


async def _is_inside(bot: Bot, group: str, account: str) -> bool:
    """An account that Telegram does not know here is not inside; if it is, the count will not come out."""
    if not account.isdecimal():
        return False
    try:
        member = await asked(bot.get_chat_member(group, int(account)))
    except (Refused, RoomClosed):
        return False
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status in _INSIDE


def _house(chat: ChatFullInfo) -> House:
    """What is missing from the answer counts as wrong, but for what is only told when it is so."""
    kept = chat.message_auto_delete_time
    return House(
        supergroup=chat.type == "supergroup",
        topics=bool(chat.is_forum),
        public=bool(chat.username or chat.active_usernames),
        linked=chat.linked_chat_id is not None,
        history_visible=bool(chat.has_visible_history),
        protected=bool(chat.has_protected_content),
        auto_delete=_seconds(kept) if kept else None,
        members_may_invite=chat.permissions is None or bool(chat.permissions.can_invite_users),
    )


def _rights(mine: ChatMember | None) -> Rights:
    if not isinstance(mine, ChatMemberAdministrator):
        return Rights(
            administrator=False, delete=False, restrict=False, topics=False, invite=False, pin=False
        )
    return Rights(
        administrator=True,
        delete=mine.can_delete_messages,
        restrict=mine.can_restrict_members,
        topics=bool(mine.can_manage_topics),
        invite=mine.can_invite_users,
        pin=bool(mine.can_pin_messages),
    )


def _seconds(value: int | timedelta) -> int:
    """The library gives seconds, or a timedelta when it is told to."""
    return int(value.total_seconds()) if isinstance(value, timedelta) else value
