"""When the moderators' group may be written to: every rule, in one table. All of them must hold.

The heart is a sum. A bot cannot list who is in a group, but it can count them, and look up everybody on the
roster: whoever is counted and is neither the bot nor on the roster is a stranger (docs/threat-model.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from handlers.guard.facts import Validity, View
from handlers.screens import Line

LONGEST_KEPT = 7 * 86_400  # seconds that a message may stay in the group

_LAPSED = (Validity.EARLY, Validity.EXPIRED)


def _nothing(_: View) -> Mapping[str, str | int]:
    return {}


@dataclass(frozen=True, slots=True)
class Rule:
    """`locks`: whoever should not be there may be reading now; otherwise posting only pauses."""

    name: str
    holds: Callable[[View], bool]
    locks: bool = False
    told: Callable[[View], Mapping[str, str | int]] = _nothing


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that does not hold, with what its sentence tells."""

    name: str
    locks: bool = False
    told: Mapping[str, str | int] = field(default_factory=dict, repr=False)

    @property
    def reason(self) -> Line:
        """What is wrong, in words."""
        return Line(f"guard-{self.name}", self.told)

    @property
    def remedy(self) -> Line:
        """What to do about it."""
        return Line(f"guard-{self.name}-remedy", self.told)


RULES = (
    Rule("supergroup", lambda v: v.facts.house.supergroup),
    Rule("topics", lambda v: v.facts.house.topics),
    Rule("bot-admin", lambda v: v.facts.rights.administrator),
    Rule("bot-delete", lambda v: v.facts.rights.delete),
    Rule("bot-restrict", lambda v: v.facts.rights.restrict),
    Rule("bot-topics", lambda v: v.facts.rights.topics),
    Rule("bot-invite", lambda v: v.facts.rights.invite),
    Rule("history", lambda v: not v.facts.house.history_visible),
    Rule("public", lambda v: not v.facts.house.public, locks=True),
    Rule("linked", lambda v: not v.facts.house.linked, locks=True),
    Rule("saving", lambda v: v.facts.house.protected),
    Rule("keeping", lambda v: 0 < (v.facts.house.auto_delete or 0) <= LONGEST_KEPT),
    Rule("invites", lambda v: not v.facts.house.members_may_invite),
    Rule("moving", lambda v: v.facts.first == v.facts.last),
    Rule("strangers", lambda v: v.strangers <= 0, locks=True, told=lambda v: {"number": v.strangers}),
    Rule("count", lambda v: v.strangers >= 0),
    Rule(
        "suspended",
        lambda v: not v.names(Validity.SUSPENDED),
        locks=True,
        told=lambda v: {"names": v.names(Validity.SUSPENDED)},
    ),
    Rule("lapsed", lambda v: not v.names(*_LAPSED), told=lambda v: {"names": v.names(*_LAPSED)}),
    Rule("admins", lambda v: {one.account for one in v.others} <= {entry.account for entry in v.roster}),
    Rule("masks", lambda v: not any(one.anonymous for one in v.facts.last.administrators)),
    Rule("admin-invites", lambda v: not any(one.may_invite and not one.owner for one in v.others)),
)

WISHES = (Rule("bot-pin", lambda v: not v.facts.rights.administrator or v.facts.rights.pin),)
"""What should be so, and closes nothing where it is not."""


def judge(view: View, rules: tuple[Rule, ...] = RULES) -> tuple[Broken, ...]:
    """The rules that do not hold; none of them, and the group may be written to."""
    return tuple(Broken(rule.name, rule.locks, rule.told(view)) for rule in rules if not rule.holds(view))
