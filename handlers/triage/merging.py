"""Acts on two cases: link them as possibly the same person, or let one go on for both; and the ways back.

Nothing of a merged case is changed or moved: its sealed objects, its reporter's consent and its way back stay
with it, so that taking it out again leaves both as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers.screens import Line
from handlers.triage.acting import check_move, stepped
from handlers.triage.acts import Action
from handlers.triage.cases import Case, Joined, Part, Status, Step
from handlers.triage.changes import Refusal
from handlers.triage.hands import Hand
from handlers.triage.orders import Order

Pair = tuple[Case, Case]
"""The case the order names first, and the other one, both as they shall be kept."""

_ALIVE = (Status.NEW, Status.CLAIMED)


def act_on_two(case: Case, other: Case, order: Order, hand: Hand) -> Pair | Refusal:
    """Link, unlink, merge `case` into `other`, or take it out again; or the reason why not."""
    refusal = check_move(case, order.action, hand)
    if refusal:
        return refusal
    if case.id == other.id:
        return Refusal(Line("refusal-itself", {"code": case.code}))
    if other.status is Status.HELD:
        return Refusal(Line("refusal-held", {"code": other.code}))
    return _WAYS[order.action](case, other, order, hand)


def _link(case: Case, other: Case, order: Order, hand: Hand) -> Pair | Refusal:
    if other.id in case.linked:
        return Refusal(Line("refusal-same", {"code": case.code}))
    mine = replace(case, linked=(*case.linked, other.id))
    return _both(case, mine, other, replace(other, linked=(*other.linked, case.id)), order=order, hand=hand)


def _unlink(case: Case, other: Case, order: Order, hand: Hand) -> Pair | Refusal:
    if other.id not in case.linked:
        return Refusal(Line("refusal-not-linked", {"code": case.code, "other": other.code}))
    mine = replace(case, linked=tuple(each for each in case.linked if each != other.id))
    theirs = replace(other, linked=tuple(each for each in other.linked if each != case.id))
    return _both(case, mine, other, theirs, order=order, hand=hand)


def _merge(case: Case, other: Case, order: Order, hand: Hand) -> Pair | Refusal:
    if other.status not in _ALIVE:
        return Refusal(Line(f"refusal-{other.status}", {"code": other.code}))
    joined = Joined(other.id, case.status, case.claimant, case.until)
    mine = replace(case, joined=joined, claimant=None, until=None)
    theirs = replace(other, parts=(*other.parts, Part(case.id, case.level)))
    return _both(case, mine, other, theirs, order=order, hand=hand)


def _unmerge(case: Case, other: Case, order: Order, hand: Hand) -> Pair | Refusal:
    before = case.joined
    if before is None or before.into != other.id:
        return Refusal(Line("refusal-not-linked", {"code": case.code, "other": other.code}))
    apart = stepped(case, replace(case, joined=None), order, hand)
    steps = (*apart.history[:-1], replace(apart.history[-1], status=before.status))
    mine = replace(apart, status=before.status, claimant=before.claimant, until=before.until, history=steps)
    parts = tuple(part for part in other.parts if part.id != case.id)
    return mine, replace(other, parts=parts, revision=other.revision + 1, touched=hand.today)


def _both(case: Case, mine: Case, other: Case, theirs: Case, *, order: Order, hand: Hand) -> Pair:
    theirs = replace(theirs, revision=other.revision + 1, touched=hand.today)
    return stepped(case, mine, order, hand), theirs


def named(case: Case) -> set[bytes]:
    """The other cases that this one names."""
    into = {case.joined.into} if case.joined else set()
    return {*case.linked, *(part.id for part in case.parts), *into}


def parted(case: Case, gone: bytes, hand: Hand) -> Case:
    """The case once another one is there no more: not linked to it, and by itself again if it was a part."""
    left = replace(
        case,
        linked=tuple(each for each in case.linked if each != gone),
        parts=tuple(part for part in case.parts if part.id != gone),
        revision=case.revision + 1,
        touched=hand.today,
    )
    before = case.joined
    if before is None or before.into != gone:
        return left
    step = Step(before.status, hand.today, hand.by)
    return replace(
        left,
        joined=None,
        status=before.status,
        claimant=before.claimant,
        until=before.until,
        history=(*case.history, step),
    )


def retold(case: Case, part: Case) -> Case:
    """The case that goes on for `part`, whose report was sealed again: its urgency may be another."""
    parts = tuple(replace(one, level=part.level) if one.id == part.id else one for one in case.parts)
    return replace(case, parts=parts, revision=case.revision + 1, touched=max(case.touched, part.touched))


_WAYS: Mapping[Action, Callable[[Case, Case, Order, Hand], Pair | Refusal]] = {
    Action.LINK: _link,
    Action.UNLINK: _unlink,
    Action.MERGE: _merge,
    Action.UNMERGE: _unmerge,
}

PAIRS = frozenset(_WAYS)
"""The acts on two cases."""
