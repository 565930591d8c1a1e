"""The moderators' group, rule by rule. The table is the whole of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from bot.checks import Finding, Grade
from bot.networks.telegram_group import GroupState


class Rule(NamedTuple):
    """A rule that holds, or what is wrong and how to mend it."""

    holds: Callable[[GroupState], bool]
    grade: Grade
    words: str
    remedy: str


RULES = (
    Rule(
        lambda g: g.is_supergroup,
        Grade.FAIL,
        "It is not a supergroup.",
        "Turn on topics in the group's settings.",
    ),
    Rule(lambda g: g.has_topics, Grade.FAIL, "Topics are off.", "Group settings → Topics → on."),
    Rule(
        lambda g: not g.shows_history,
        Grade.FAIL,
        "History is visible to new members: whoever joins later reads everything.",
        "Group settings → Chat history for new members → Hidden.",
    ),
    Rule(
        lambda g: not g.is_public,
        Grade.FAIL,
        "The group is public.",
        "Group settings → Group type → Private.",
    ),
    Rule(
        lambda g: not g.has_linked_channel,
        Grade.FAIL,
        "The group is linked to a channel.",
        "Group settings → Linked channel → unlink.",
    ),
    Rule(
        lambda g: g.bot_is_admin, Grade.FAIL, "The bot is no administrator.", "Make the bot an administrator."
    ),
    Rule(
        lambda g: g.bot_may_delete,
        Grade.FAIL,
        "The bot may not delete messages.",
        "Administrators → the bot → allow “Delete messages”.",
    ),
    Rule(
        lambda g: g.bot_may_manage_topics,
        Grade.FAIL,
        "The bot may not manage topics.",
        "Administrators → the bot → allow “Manage topics”.",
    ),
    Rule(
        lambda g: not g.members_may_invite,
        Grade.FAIL,
        "Members may invite others.",
        "Group settings → Permissions → Add members → off.",
    ),
    Rule(
        lambda g: g.protects_content,
        Grade.WARN,
        "Messages may be forwarded out of the group.",
        "Group settings → Group type → Restrict saving content.",
    ),
    Rule(
        lambda g: g.auto_delete_days is not None and g.auto_delete_days <= 7,
        Grade.WARN,
        "Messages are kept longer than seven days.",
        "Open the group → menu → Auto-delete messages → 1 week.",
    ),
)


def judge_group(state: GroupState) -> list[Finding]:
    """Every rule that does not hold, or one finding that all of them do."""
    broken = [Finding("group", r.grade, r.words, r.remedy) for r in RULES if not r.holds(state)]
    return broken or [
        Finding("group", Grade.OK, f"The moderators' group is closed; {state.members} members.")
    ]
