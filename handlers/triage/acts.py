"""What can be done with a case: a table of moves and one of acts, for buttons, commands and timers alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from handlers.triage.cases import Status

BOT = "bot"
LEAD = "lead"
COORDINATOR = "coordinator"
ROLES = ("moderator", COORDINATOR, LEAD)


class Action(StrEnum):
    """What can be done with a case; also the word behind a button, at most eight letters."""

    CLAIM = "claim"
    RELEASE = "release"
    TRANSFER = "transfer"
    URGENCY = "urgency"
    LABEL = "label"
    UNLABEL = "unlabel"
    LIFE = "life"
    TRACK = "track"
    CONTACT = "contact"
    VERIFY = "verify"
    LINK = "link"
    UNLINK = "unlink"
    MERGE = "merge"
    UNMERGE = "unmerge"
    NOTE = "note"
    CLOSE = "close"
    REOPEN = "reopen"
    ASK = "ask"  # a question of the closed list
    QUESTION = "question"  # one in free words
    SEEN = "seen"
    SHADOW = "shadow"
    PURGE = "purge"


class Who(StrEnum):
    """Who may do it, as seen from the case."""

    BOT = "the bot"
    CLAIMANT = "the claimant"
    COORDINATOR = "a coordinator"
    LEAD = "a lead"
    ANYBODY = "anybody on the roster"
    AFTER_LAPSE = "anybody on the roster, once the claim has run out"
    BOT_AFTER_LAPSE = "the bot, once the claim has run out"


@dataclass(frozen=True, slots=True)
class Move:
    """One arrow: in this status this may be done by these, and leads there."""

    status: Status
    action: Action
    target: Status
    who: tuple[Who, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """How an act is asked for.

    `previewed`: it cannot be undone, or touches people outside; its effect is shown before. `two`: a second
    moderator must agree. `button`: it stands on the card, with these words. `menu`: without words it offers
    them as buttons.
    """

    previewed: bool = False
    two: bool = False
    button: tuple[str, ...] | None = None
    menu: bool = False


_OWN = (Who.CLAIMANT, Who.COORDINATOR, Who.LEAD)
_ANY = (Who.ANYBODY,)
_HELD, _NEW, _CLAIMED, _MERGED, _CLOSED = Status
_NOTING = (
    Action.LABEL,
    Action.UNLABEL,
    Action.LINK,
    Action.UNLINK,
    Action.LIFE,
    Action.TRACK,
    Action.CONTACT,
)

MOVES: tuple[Move, ...] = (
    Move(_HELD, Action.RELEASE, _NEW, (Who.BOT,)),
    Move(_NEW, Action.CLAIM, _CLAIMED, _ANY),
    Move(_CLAIMED, Action.CLAIM, _CLAIMED, (Who.AFTER_LAPSE,)),
    Move(_CLAIMED, Action.RELEASE, _NEW, (*_OWN, Who.BOT_AFTER_LAPSE)),
    Move(_NEW, Action.TRANSFER, _CLAIMED, (Who.COORDINATOR, Who.LEAD)),
    Move(_CLAIMED, Action.TRANSFER, _CLAIMED, _OWN),
    Move(_NEW, Action.URGENCY, _NEW, _ANY),
    Move(_CLAIMED, Action.URGENCY, _CLAIMED, _OWN),
    *(Move(status, action, status, _ANY) for action in _NOTING for status in (_NEW, _CLAIMED)),
    *(Move(status, Action.NOTE, status, _ANY) for status in (_NEW, _CLAIMED, _CLOSED)),
    Move(_CLAIMED, Action.VERIFY, _CLAIMED, _OWN),
    Move(_NEW, Action.MERGE, _MERGED, _ANY),
    Move(_CLAIMED, Action.MERGE, _MERGED, _OWN),
    Move(_MERGED, Action.UNMERGE, _NEW, _ANY),  # or to where it stood: `Joined`
    Move(_NEW, Action.CLOSE, _CLOSED, _ANY),
    Move(_CLAIMED, Action.CLOSE, _CLOSED, (Who.CLAIMANT, Who.LEAD)),
    Move(_CLOSED, Action.REOPEN, _NEW, _ANY),
    *(Move(_CLAIMED, action, _CLAIMED, _OWN) for action in (Action.ASK, Action.QUESTION)),
    *(Move(_MERGED, action, _MERGED, _ANY) for action in (Action.ASK, Action.QUESTION)),
    *(Move(status, Action.SEEN, status, _ANY) for status in (_NEW, _CLAIMED, _MERGED, _CLOSED)),
    *(Move(status, Action.SHADOW, status, _OWN) for status in (_CLAIMED, _CLOSED)),
    *(Move(status, Action.PURGE, status, (Who.LEAD,)) for status in (_NEW, _CLAIMED, _CLOSED)),
)

TABLE: Mapping[tuple[Status, Action], Move] = {(move.status, move.action): move for move in MOVES}

ACTS: Mapping[Action, Act] = {
    **dict.fromkeys(Action, Act()),
    Action.CLAIM: Act(button=()),
    Action.RELEASE: Act(button=()),
    Action.CLOSE: Act(button=("done",)),
    Action.MERGE: Act(previewed=True),
    Action.SHADOW: Act(previewed=True),
    Action.REOPEN: Act(two=True),
    Action.ASK: Act(menu=True),
    Action.QUESTION: Act(two=True),
    Action.SEEN: Act(button=()),
    Action.PURGE: Act(previewed=True, two=True),
}
