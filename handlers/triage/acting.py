"""One order on one case: whether it may be done, what becomes of the case, and the words of a refusal."""

from __future__ import annotations

from dataclasses import replace

from handlers.screens import Line
from handlers.triage.acts import TABLE, Action
from handlers.triage.cases import Case, Status, Step
from handlers.triage.changes import CHANGES, Refusal
from handlers.triage.hands import Hand, may, renewed
from handlers.triage.orders import Order


def act(case: Case, order: Order, hand: Hand) -> Case | Refusal:
    """The case after the order, or the reason why not. For acts on one case alone."""
    refusal = check_move(case, order.action, hand)
    if refusal:
        return refusal
    changed = CHANGES[order.action](case, order.words, hand)
    return changed if isinstance(changed, Refusal) else stepped(case, changed, order, hand)


def check_move(case: Case, action: Action, hand: Hand) -> Refusal | None:
    """A refusal where the table has no such move, or not for this hand."""
    move = TABLE.get((case.status, action))
    if move is None:
        return Refusal(_cannot(case, hand))
    if not may(hand, move, case):
        return Refusal(_not_yours(case, action, hand))
    return None


def check_revision(case: Case, revision: int) -> Refusal | None:
    """A refusal when the button stood under an older card: the person decided on what is no longer so.

    Ask it after `act`, whose refusals ("already taken by m-07") say more, and before keeping the new case.
    """
    return None if revision == case.revision else Refusal(Line("refusal-stale", {"code": case.code}))


def stepped(case: Case, changed: Case, order: Order, hand: Hand) -> Case:
    """The changed case in its new status, with its step in the history; the claimant renews the claim."""
    target = TABLE[case.status, order.action].target
    reason = order.words[0] if order.action is Action.CLOSE else ""
    moved = target is not case.status or changed.claimant != case.claimant
    history = (*case.history, Step(target, hand.today, hand.by, reason)) if moved else case.history
    touched = case.touched if order.action is Action.SEEN else hand.today
    changed = replace(changed, status=target, history=history, revision=case.revision + 1, touched=touched)
    return renewed(changed, hand)


def _cannot(case: Case, hand: Hand) -> Line:
    if case.status is Status.CLAIMED and case.claimant == hand.by:
        return Line("refusal-yours-already", {"code": case.code})
    if case.status is Status.CLAIMED:
        return Line("refusal-taken", {"by": case.claimant or "?"})
    return Line(f"refusal-{case.status}", {"code": case.code})


def _not_yours(case: Case, action: Action, hand: Hand) -> Line:
    if action is Action.CLAIM and case.status is Status.CLAIMED:
        return _cannot(case, hand)
    if case.status is Status.CLAIMED and case.claimant:
        return Line("refusal-not-yours", {"by": case.claimant})
    return Line("refusal-role")
