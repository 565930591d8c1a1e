"""The moderators' group of the benches as the guard finds it: in order, with the bot and the whole roster."""

from __future__ import annotations

import json
from typing import Any

from bench.crowd.lines import BOT

TEAM = (100200300, 100200301, 100200302)  # on the roster of the benches; the first owns the group
_RIGHTS = (
    "can_be_edited",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_manage_topics",
)
_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def _answer(result: Any) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode("ascii")


def _person(account: int) -> dict[str, Any]:
    return {"id": account, "is_bot": False, "first_name": "Team"}


_US = {
    "status": "administrator",
    "user": json.loads(BOT),
    "is_anonymous": False,
    **dict.fromkeys(_RIGHTS, True),
}
_OWNER = {"status": "creator", "user": _person(TEAM[0]), "is_anonymous": False}

ADMINISTRATORS = _answer([_US, _OWNER])
COUNT = _answer(1 + len(TEAM))
MEMBER = _answer({"status": "member", "user": _person(TEAM[0])})  # whoever is asked for is inside
GROUP = _answer(
    {
        "id": -1008589934592,
        "type": "supergroup",
        "title": "Team",
        "is_forum": True,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
        "has_protected_content": True,
        "message_auto_delete_time": 86_400,
        "permissions": {"can_send_messages": True, "can_invite_users": False},
    }
)
