"""What one moderator alone may not do: one asks, another agrees, it is done once and only as it was asked.

Pure rules. The rows in which approvals are kept, and why nobody can write one without the operator's secrets,
are in `storage/approvals.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256

from handlers.screens import Line
from handlers.triage.changes import Refusal

Members = Mapping[str, str]
"""Pseudonyms of everybody with a valid certificate today, and the line of vouchers each came in by ("" where
the roster names none)."""


class Matter(StrEnum):
    """What needs two people."""

    REOPEN = "reopen"  # a closed case
    PURGE = "purge"  # a case
    QUESTION = "question"  # in free text, to the reporter
    EXPORT = "export"  # of the cases of many days, at once
    DUTY = "duty"  # the list of who is on duty
    UNLOCK = "unlock"  # the moderators' channel
    SUSPEND = "suspend"  # somebody on the roster, until the root says otherwise


@dataclass(frozen=True, slots=True)
class Rule:
    """`days`: after the day of asking. `on_case`: about one case. `apart`: by people of two voucher lines."""

    days: int = 1
    on_case: bool = False
    apart: bool = False


RULES: Mapping[Matter, Rule] = {
    Matter.REOPEN: Rule(on_case=True),
    Matter.PURGE: Rule(on_case=True),
    Matter.QUESTION: Rule(on_case=True, apart=True),
    Matter.EXPORT: Rule(),
    Matter.DUTY: Rule(),
    Matter.UNLOCK: Rule(days=0),
    Matter.SUSPEND: Rule(),
}


@dataclass(frozen=True, slots=True)
class Request:
    """Exactly what is asked for: another case, another revision or other words are another request.

    `case` is an id of 16 bytes, or empty where it is not about one; then `revision` is 0. `words` is
    `hash_words` of the act's arguments: a question's text does not stand here. Of what is about no case and
    has a button, it is the arguments themselves (`handlers.duty`): nobody's free words.
    """

    matter: Matter
    case: bytes = b""
    revision: int = 0
    words: str = ""


class Standing(StrEnum):
    """Where an approval stands."""

    OPEN = "open"
    AGREED = "agreed"
    USED = "used"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Approval:
    """One request on its way. `id` has 16 bytes; `by` asked, `second` agreed; `until` is its last ISO day.

    `since` is how long the audit log was then: whether it was used stands in what came after.
    """

    id: bytes
    request: Request
    by: str
    until: str
    second: str = ""
    used: bool = False
    since: int = 0

    def standing(self, day: date) -> Standing:
        """Where it stands on that day; what was used stays used."""
        if self.used:
            return Standing.USED
        if self.until < day.isoformat():
            return Standing.EXPIRED
        return Standing.AGREED if self.second else Standing.OPEN


Answer = Approval | Refusal


def hash_words(*words: str) -> str:
    """The mark of an act's arguments: SHA-256 in hexadecimal digits, "" for no arguments."""
    return sha256(b"vestka/words/v1\0" + json.dumps(words).encode()).hexdigest() if words else ""


def ask(
    request: Request, *, key: bytes, by: str, day: date, members: Members, known: Sequence[Approval] = ()
) -> Answer:
    """A new approval under the id `key`; the one of `known` that asks the same thing, if it is still alive.

    One whose people are not all members any more leads nowhere. To ask once more is not to agree: whoever
    agrees says so, about what somebody else has asked.
    """
    rule = RULES[request.matter]
    if rule.on_case != bool(request.case):
        raise ValueError("some matters are about one case, the others about none")
    if by not in members:
        return _refuse("role")
    for one in known:
        alive = one.standing(day) in (Standing.OPEN, Standing.AGREED)
        if alive and one.request == request and {one.by, one.second or one.by} <= members.keys():
            return one
    return Approval(key, request, by, until=(day + timedelta(days=rule.days)).isoformat())


def agree(approval: Approval, now: Request, *, by: str, day: date, members: Members) -> Answer:
    """The approval with its second person; `now` is the request as it would be made at this moment."""
    return _check(approval, now, day=day, members=members, wanted=Standing.OPEN) or _second(
        approval, by=by, members=members
    )


def use(approval: Approval, now: Request, *, day: date, members: Members) -> Answer:
    """The approval as used, once; both people must still be members. Keep it together with the act."""
    refusal = _check(approval, now, day=day, members=members, wanted=Standing.AGREED)
    if refusal is None and approval.second not in members:
        refusal = _refuse("left")
    return refusal or replace(approval, used=True)


def _check(
    approval: Approval, now: Request, *, day: date, members: Members, wanted: Standing
) -> Refusal | None:
    standing = approval.standing(day)
    if standing is not wanted:
        return _refuse(standing)
    if approval.request != now:
        return _refuse("changed")
    if approval.by not in members:
        return _refuse("left")
    return None


def _second(approval: Approval, *, by: str, members: Members) -> Answer:
    if by not in members:
        return _refuse("role")
    if by == approval.by:
        return _refuse("own")
    lines = members[by], members[approval.by]
    if RULES[approval.request.matter].apart and all(lines) and lines[0] == lines[1]:
        return _refuse("line")
    return replace(approval, second=by)


_WHY = {
    "role": "refusal-role",
    "own": "refusal-second-own",
    "line": "refusal-second-line",
    "left": "refusal-second-left",
    "changed": "refusal-second-changed",
    Standing.OPEN: "refusal-second-missing",
    Standing.AGREED: "refusal-second-agreed",
    Standing.USED: "refusal-second-used",
    Standing.EXPIRED: "refusal-second-expired",
}


def _refuse(why: str) -> Refusal:
    return Refusal(Line(_WHY[why]))


_TOKEN = re.compile(r"a:([0-9a-f]{32})", re.ASCII)


def write_consent(approval: Approval) -> str:
    """What stands behind the button by which the second person agrees."""
    return f"a:{approval.id.hex()}"


def read_consent(token: str) -> bytes | None:
    """The id behind such a button; None where it is no token of ours."""
    found = _TOKEN.fullmatch(token)
    return bytes.fromhex(found[1]) if found else None
