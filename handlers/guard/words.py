"""What the guard says to people: a warning to leads, and answers to those who ask for something."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.guard.rules import Broken
from handlers.guard.standing import State, Warn
from handlers.screens import Line, Screen


def warning(effect: Warn) -> Screen:
    """What the group is now, each reason with its remedy, and how a locked one is opened again."""
    closing = (Line("guard-told-reopen"),) if effect.state is State.LOCKED else ()
    reasons = (line for broken in effect.reasons for line in _reason(broken))
    return Screen((Line(f"guard-told-{effect.state}"), *reasons, *closing))


def _reason(broken: Broken) -> Iterator[Line]:
    yield Line("guard-told-reason", {"reason": broken.reason})
    yield Line("guard-told-remedy", {"remedy": broken.remedy})
