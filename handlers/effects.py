"""What to do about an event: decisions as data, in the imperative. Nothing in `handlers` does anything.

A reply to a reporter (`Show`, `Hint`) and anything for the moderators are different types; no function
takes both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from handlers.screens import Line, Screen
from handlers.triage.cases import Reached
from handlers.triage.facts import CardFacts


@dataclass(frozen=True, slots=True)
class Show:
    """Make this screen the only thing the reporter's chat shows; all earlier messages of both sides go.

    `below`: post it as a new message at the bottom (after something was typed) instead of editing the
    old screen in place. `gone_after`: seconds until this screen is deleted, too. `tells`: the case
    that is told when the network has taken it.
    """

    screen: Screen
    below: bool = False
    gone_after: int | None = None
    tells: bytes | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    """Answer a press softly (a toast); changes nothing in the chat."""

    line: Line | None = None


@dataclass(frozen=True, slots=True)
class SealReport:
    """Seal what was told and keep it with its case.

    `finished` False is the checkpoint: kept at once, shown to the moderators only by `ReleaseCase`.
    Sealing again with the same `case` replaces the older object. `code` is the case's short code; when
    another case has it already, the event is decided again with fresh chance. `facility`: where the person
    is held, an id of the country pack's list or "".
    """

    case: bytes
    code: str
    finished: bool
    report: Mapping[str, object] = field(repr=False)
    facts: CardFacts = field(repr=False)
    facility: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ReleaseCase:
    """The talk ended without sending: let the moderators see the checkpoint."""

    case: bytes


@dataclass(frozen=True, slots=True)
class DiscardCase:
    """The reporter erased everything: the checkpoint goes as well."""

    case: bytes


@dataclass(frozen=True, slots=True)
class KeepWay:
    """The reporter agreed to be asked: remember for two days which chat this case came from."""

    case: bytes
    code: str


@dataclass(frozen=True, slots=True)
class ForgetWays:
    """The reporter wants to hear nothing: no case leads to this chat any more."""


@dataclass(frozen=True, slots=True)
class SealAddition:
    """Seal an answer and keep it with its case."""

    case: bytes
    addition: Mapping[str, object] = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoteContact:
    """The question that was put last for this case stands so now."""

    case: bytes
    state: Reached


Effect = (
    Show | Hint | SealReport | ReleaseCase | DiscardCase | KeepWay | ForgetWays | SealAddition | NoteContact
)
