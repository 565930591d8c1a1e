"""A group in which everything is as it should be, and the same with one thing changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from handlers.guard.facts import Administrator, Facts, Head, House, Rights, Validity, Vetted, View

OWNER = Administrator("1", owner=True, may_invite=True)
BOT = Administrator("9", may_invite=True)
HEAD = Head(3, frozenset({OWNER, BOT}))
GOOD = View(
    Facts(
        HEAD,
        HEAD,
        House(
            supergroup=True,
            topics=True,
            public=False,
            linked=False,
            history_visible=False,
            protected=True,
            auto_delete=86_400,
            members_may_invite=False,
        ),
        Rights(administrator=True, delete=True, restrict=True, topics=True, invite=True),
        ours="9",
        inside=frozenset({"1", "2"}),
    ),
    (Vetted("m-01", "1"), Vetted("m-02", "2"), Vetted("m-03", "3")),
)


def house(**changes: Any) -> View:
    """Other settings."""
    return replace(GOOD, facts=replace(GOOD.facts, house=replace(GOOD.facts.house, **changes)))


def rights(**changes: bool) -> View:
    """Other rights of the bot."""
    return replace(GOOD, facts=replace(GOOD.facts, rights=replace(GOOD.facts.rights, **changes)))


def head(members: int = 3, *more: Administrator) -> View:
    """So many members, and more administrators, the same at both looks."""
    changed = Head(members, HEAD.administrators | frozenset(more))
    return replace(GOOD, facts=replace(GOOD.facts, first=changed, last=changed))


def second_look(members: int = 3, *more: Administrator) -> View:
    """As it should be at first, and then so."""
    changed = Head(members, HEAD.administrators | frozenset(more))
    return replace(GOOD, facts=replace(GOOD.facts, last=changed))


def entry(validity: Validity) -> View:
    """The roster says this of m-02, who is in the group."""
    return replace(GOOD, roster=(GOOD.roster[0], Vetted("m-02", "2", validity), GOOD.roster[2]))


def inside(*accounts: str) -> View:
    """These accounts of the roster are in the group; the count stays."""
    return replace(GOOD, facts=replace(GOOD.facts, inside=frozenset(accounts)))
