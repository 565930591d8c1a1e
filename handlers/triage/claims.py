"""Who may do what with a case, and what becomes of it: two tables and one function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from handlers.screens import Line
from handlers.triage.cases import Case, Status, Step

BOT = "bot"
LEAD = "lead"
COORDINATOR = "coordinator"
ROLES = ("moderator", COORDINATOR, LEAD)


class Action(StrEnum):
    """What can be done with a case. The bot releases a held case when its talk ended or its time is up."""

    CLAIM = "claim"
    RELEASE = "release"
    CLOSE = "close"


class Who(StrEnum):
    """Who may do it, as seen from the case."""

    BOT = "the bot"
    CLAIMANT = "the claimant"
    COORDINATOR = "a coordinator"
    LEAD = "a lead"
    ANYBODY = "anybody on the roster"


TABLE: Mapping[Status, Mapping[Action, Status]] = {
    Status.HELD: {Action.RELEASE: Status.NEW},
    Status.NEW: {Action.CLAIM: Status.CLAIMED, Action.CLOSE: Status.CLOSED},
    Status.CLAIMED: {Action.RELEASE: Status.NEW, Action.CLOSE: Status.CLOSED},
    Status.CLOSED: {},
}

ALLOWED: Mapping[tuple[Status, Action], tuple[Who, ...]] = {
    (Status.HELD, Action.RELEASE): (Who.BOT,),
    (Status.NEW, Action.CLAIM): (Who.ANYBODY,),
    (Status.NEW, Action.CLOSE): (Who.ANYBODY,),
    (Status.CLAIMED, Action.RELEASE): (Who.CLAIMANT, Who.COORDINATOR, Who.LEAD),
    (Status.CLAIMED, Action.CLOSE): (Who.CLAIMANT, Who.LEAD),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was done, for the person who pressed."""

    line: Line


def act(case: Case, action: Action, *, by: str, role: str, day: str) -> Case | Refusal:
    """The case after the action, or the reason why not.

    `by` is the pseudonym from the roster ("" with role "bot" for the bot itself), `day` the ISO day.
    """
    target = TABLE[case.status].get(action)
    if target is None:
        return Refusal(_cannot(case, by=by))
    if not _may(case, action, by=by, role=role):
        return Refusal(_not_yours(case))
    return _moved(case, target, by=by, day=day)


def check_revision(case: Case, revision: int) -> Refusal | None:
    """A refusal when the button stood under an older card: the person decided on what is no longer so.

    Ask it after `act`, whose refusals ("already taken by m-07") say more, and before keeping the new case.
    """
    return None if revision == case.revision else Refusal(Line("refusal-stale", {"code": case.code}))


def _moved(case: Case, target: Status, *, by: str, day: str) -> Case:
    return replace(
        case,
        status=target,
        claimant=by if target is Status.CLAIMED else None,
        history=(*case.history, Step(target, day, by)),
        revision=case.revision + 1,
    )


def _may(case: Case, action: Action, *, by: str, role: str) -> bool:
    is_bot, is_member = role == BOT and not by, role in ROLES and bool(by)
    fits = {
        Who.BOT: is_bot,
        Who.ANYBODY: is_member,
        Who.CLAIMANT: is_member and by == case.claimant,
        Who.COORDINATOR: is_member and role == COORDINATOR,
        Who.LEAD: is_member and role == LEAD,
    }
    return any(fits[who] for who in ALLOWED[case.status, action])


def _cannot(case: Case, *, by: str) -> Line:
    if case.status is Status.CLAIMED and case.claimant == by:
        return Line("refusal-yours-already", {"code": case.code})
    if case.status is Status.CLAIMED:
        return Line("refusal-taken", {"by": case.claimant or "?"})
    return Line(f"refusal-{case.status}", {"code": case.code})


def _not_yours(case: Case) -> Line:
    if case.status is Status.CLAIMED and case.claimant:
        return Line("refusal-not-yours", {"by": case.claimant})
    return Line("refusal-roster")
