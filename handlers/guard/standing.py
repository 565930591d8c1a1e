"""OPEN, PAUSED, LOCKED: what becomes of the moderators' group when something is seen, said or asked for.

PAUSED ends by itself when all rules hold. LOCKED ends when two moderators agree (`handlers/approvals.py`),
and then only in PAUSED: the rules have the last word. Reports are taken, sealed and queued in every state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from handlers.guard.rules import Broken


class State(StrEnum):
    """Whether the group is written to."""

    OPEN = "open"
    PAUSED = "paused"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Standing:
    """`opened`: something was posted in the group before, so that a stranger may have read it.

    `reasons` are those that the leads were told, empty when nobody was told anything.
    """

    state: State = State.PAUSED
    opened: bool = False
    reasons: tuple[Broken, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """The group was read, and these rules do not hold."""

    broken: tuple[Broken, ...] = ()


@dataclass(frozen=True, slots=True)
class Blind:
    """The group could not be read."""


@dataclass(frozen=True, slots=True)
class Raised:
    """The bell was rung: "panic" by a moderator, "rival" because somebody else reads our updates.

    "log": the database does not say what we know.
    """

    cause: str


@dataclass(frozen=True, slots=True)
class Unlocked:
    """Two moderators agreed, and their approval was spent in the same commit."""


Event = Looked | Blind | Raised | Unlocked


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Delete the cards that lie in the group."""


@dataclass(frozen=True, slots=True)
class Warn:
    """Tell two leads in private what the group is now, and why."""

    state: State
    reasons: tuple[Broken, ...] = ()


@dataclass(frozen=True, slots=True)
class Resume:
    """What waits may be posted."""


Effect = Withdraw | Warn | Resume
Step = tuple[Standing, tuple[Effect, ...]]


def step(standing: Standing, event: Event) -> Step:
    """The standing after the event, and what is to be done."""
    return _STEPS[type(event)](standing, event)


def _looked(standing: Standing, event: Looked) -> Step:
    if standing.state is State.LOCKED:
        return standing, ()
    if not event.broken:
        return _open(standing)
    if standing.opened and any(rule.locks for rule in event.broken):
        return _lock(standing, event.broken)
    news = standing.state is State.OPEN or not standing.reasons
    paused = replace(standing, state=State.PAUSED, reasons=event.broken)
    return paused, (Warn(State.PAUSED, event.broken),) if news else ()


def _open(standing: Standing) -> Step:
    """What the leads were told to mend is mended: they hear that, too."""
    if standing.state is State.OPEN:
        return standing, ()
    told = (Warn(State.OPEN),) if standing.reasons else ()
    return Standing(State.OPEN, opened=True), (Resume(), *told)


def _lock(standing: Standing, reasons: tuple[Broken, ...]) -> Step:
    locked = Standing(State.LOCKED, standing.opened, reasons)
    return locked, (Withdraw(), Warn(State.LOCKED, reasons))


def _blind(standing: Standing, _: Blind) -> Step:
    """No reason to wake anybody: a network that does not answer carries no warning either."""
    return (replace(standing, state=State.PAUSED) if standing.state is State.OPEN else standing), ()


def _raised(standing: Standing, event: Raised) -> Step:
    if standing.state is State.LOCKED:
        return standing, ()
    return _lock(standing, (Broken(event.cause, locks=True),))


def _unlocked(standing: Standing, _: Unlocked) -> Step:
    """This opens the lock, not the group."""
    return (replace(standing, state=State.PAUSED) if standing.state is State.LOCKED else standing), ()


_STEPS: Mapping[type, Callable[[Standing, Any], Step]] = {
    Looked: _looked,
    Blind: _blind,
    Raised: _raised,
    Unlocked: _unlocked,
}
