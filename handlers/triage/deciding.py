"""The one way in: an order on a case, from a button or a command, is refused, shown first, or done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from handlers.asking.drawing import show_choices
from handlers.screens import Line, Screen
from handlers.triage.acting import act, check_move, check_revision
from handlers.triage.acts import ACTS, Action
from handlers.triage.cases import Case
from handlers.triage.changes import Refusal
from handlers.triage.hands import Hand
from handlers.triage.merging import PAIRS, act_on_two
from handlers.triage.orders import Order
from handlers.triage.previews import needs_preview, preview


@dataclass(frozen=True, slots=True)
class Done:
    """What is to be kept, the case of the order first, and what is said about it.

    Each case goes with how it was before: who keeps it compares and sets.
    """

    changed: tuple[tuple[Case, Case], ...]
    line: Line


@dataclass(frozen=True, slots=True)
class NeedsTwo:
    """All is well, but somebody else has to agree first."""

    case: Case
    order: Order


Decision = Done | NeedsTwo | Screen | Refusal


def decide(
    case: Case,
    order: Order,
    hand: Hand,
    *,
    other: Case | None = None,
    revision: int | None = None,
    agreed: bool = False,
) -> Decision:
    """What becomes of an order; a screen is a preview, with the button that confirms it.

    `other` is the second case of an act on two; `revision` that of the card whose button was pressed.
    `agreed`: two people have asked for just this.
    """
    result = _act(case, order, hand, other=other)
    if not isinstance(result, tuple):
        return result
    if revision is not None and (stale := check_revision(case, revision)):
        return stale
    if not agreed and needs_preview(case, order, by=hand.by):
        if order.check:  # it was shown for something else, or to somebody else
            return Refusal(Line("refusal-stale", {"code": case.code}))
        return preview(case, order, by=hand.by, other=other)
    if ACTS[order.action].two and not agreed:
        return NeedsTwo(case, order)
    befores = (case, other) if other is not None else (case,)
    return Done(tuple(zip(befores, result, strict=False)), Line(f"done-{order.action}", {"code": case.code}))


MENUS: Mapping[Action, Callable[[Case], Screen]] = {Action.ASK: show_choices}
"""What is offered for an act whose words nobody has chosen yet."""


def may_press(order: Order) -> bool:
    """Whether any card, or any preview, has a button with this order."""
    row = ACTS[order.action]
    chosen = row.menu and bool(order.words)
    return order.words == row.button or chosen or (row.previewed and bool(order.check))


def _act(case: Case, order: Order, hand: Hand, *, other: Case | None) -> tuple[Case, ...] | Screen | Refusal:
    if order.action in MENUS and not order.words:
        return check_move(case, order.action, hand) or MENUS[order.action](case)
    if order.action not in PAIRS:
        result = act(case, order, hand)
        return result if isinstance(result, Refusal) else (result,)
    if other is not None:
        return act_on_two(case, other, order, hand)
    named = order.words[0] if order.words else case.code
    return check_move(case, order.action, hand) or Refusal(Line("refusal-no-case", {"code": named}))
