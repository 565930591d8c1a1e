"""The first thing a person does when no talk is open."""

from __future__ import annotations

from dataclasses import replace

from handlers.effects import ForgetWays, Hint
from handlers.intake.acts import Act
from handlers.intake.here import Decision, Here, close, show
from handlers.intake.moving import keep_beside
from handlers.screens import Line

QUIET_GONE = 30  # seconds
_BEGINNINGS = (Act.START, Act.HELP, Act.LANGUAGE)


def tell_of_loss(act: Act) -> Line:
    """What comes first when the memory was lost not long ago; `act` may be that of a newcomer."""
    return Line("lost-perhaps" if act in _BEGINNINGS else "lost")


def welcome_words(here: Here) -> Decision:
    """Somebody wrote before anything was asked. Nothing is kept, and more than a greeting is told so."""
    return keep_beside(here) if len(here.said.split()) > 1 else show(here, here.talk)


def welcome_press(here: Here) -> Decision:
    """A button of a talk that is over, or was erased with the memory it lived in."""
    decision = show(replace(here, above=(Line("lost"),)), here.talk)
    return Decision(decision.talk, (Hint(Line("stale")), *decision.effects))


def stay_away(here: Here) -> Decision:
    """Nothing is open, nothing is kept; nor do we write first any more."""
    return close(here, "nothing-kept", effects=(ForgetWays(),), gone_after=QUIET_GONE)


def ignore(_here: Here) -> Decision:
    """Nothing is open, and nothing begins."""
    return Decision(None)
