"""The first thing a person does when no talk is open."""

from __future__ import annotations

from dataclasses import replace

from handlers.effects import Hint
from handlers.intake.here import Decision, Here, close, show
from handlers.intake.moving import choose_language, keep_beside, take_medium
from handlers.screens import Line

QUIET_GONE = 30  # seconds


def welcome(here: Here) -> Decision:
    """The first screen."""
    return show(here, here.talk)


def welcome_words(here: Here) -> Decision:
    """Somebody wrote before anything was asked. Nothing is kept, and more than a greeting is told so."""
    above = (*here.above, Line("lost")) if here.lost else here.above
    here = replace(here, above=above)
    return keep_beside(here) if len(here.said.split()) > 1 else show(here, here.talk)


def welcome_medium(here: Here) -> Decision:
    """A photo or a voice message came first."""
    above = (*here.above, Line("lost")) if here.lost else here.above
    return take_medium(replace(here, above=above))


def welcome_press(here: Here) -> Decision:
    """A button of a talk that is over, or was erased with the memory it lived in."""
    decision = show(here, here.talk, Line("lost"))
    return Decision(decision.talk, (Hint(Line("stale")), *decision.effects))


def welcome_word(here: Here) -> Decision:
    """Back, skip and the like: they belong to a talk that is no longer there."""
    return show(here, here.talk, *((Line("lost"),) if here.lost else ()))


def welcome_help(here: Here) -> Decision:
    """Help came first."""
    return show(here, here.talk, helping=True)


def welcome_language(here: Here) -> Decision:
    """The language came first."""
    return choose_language(here)


def stay_away(here: Here) -> Decision:
    """Nothing is open, nothing is kept."""
    return close(here, "nothing-kept", gone_after=QUIET_GONE)


def ignore(_here: Here) -> Decision:
    """Nothing is open, and nothing begins."""
    return Decision(None)
