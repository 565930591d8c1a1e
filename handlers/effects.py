"""What to do about an event: decisions as data, in the imperative. Nothing in `handlers` does anything.

A reply to a reporter (`Show`, `Hint`) and anything for the moderators are different types; no function
takes both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from handlers.screens import Line, Screen
from handlers.triage.facts import CardFacts


@dataclass(frozen=True, slots=True)
class Show:
    """Make this screen the only thing the reporter's chat shows; all earlier messages of both sides go.

    `below`: post it as a new message at the bottom (after something was typed) instead of editing the
    old screen in place. `gone_after`: seconds until this screen is deleted, too.
    """

    screen: Screen
    below: bool = False
    gone_after: int | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    """Answer a press softly (a toast); changes nothing in the chat."""

    line: Line | None = None


@dataclass(frozen=True, slots=True)
class SealReport:
    """Seal what was told and keep it with its case.

    `finished` False is the checkpoint: kept at once, shown to the moderators only by `ReleaseCase`.
    Sealing again with the same `case` replaces the older object. `code` is the case's short code; when
    another case has it already, the event is decided again with fresh chance.
    """

    case: bytes
    code: str
    finished: bool
    report: Mapping[str, object] = field(repr=False)
    facts: CardFacts = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReleaseCase:
    """The talk ended without sending: let the moderators see the checkpoint."""

    case: bytes


@dataclass(frozen=True, slots=True)
class DiscardCase:
    """The reporter erased everything: the checkpoint goes as well."""

    case: bytes


Effect = Show | Hint | SealReport | ReleaseCase | DiscardCase
