"""The one way in: every order in every status by everybody, as a button and as a command, ends the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from handlers.screens import Screen
from handlers.triage.acting import check_move
from handlers.triage.acts import ACTS, BOT, Action
from handlers.triage.cases import Case, Joined, Part, Status
from handlers.triage.changes import Refusal
from handlers.triage.deciding import Decision, Done, NeedsTwo, decide, may_press
from handlers.triage.hands import Hand
from handlers.triage.merging import PAIRS
from handlers.triage.orders import Order, read_token, write_token
from handlers.triage.previews import hash_of
from tests.handlers.triage.asked import a_case
from tests.handlers.triage.hands import PEOPLE, WORDS, hand
from tests.tables import each

OTHER = replace(a_case(), id=bytes([7]) * 16, code="K7QF2")


def a_pair(status: Status, action: Action) -> tuple[Case, Case | None]:
    """A case in this status and the second one that the action would name."""
    case = replace(a_case(status), labels=("minor",), unseen=1)
    if action not in PAIRS:
        return case, None
    other = replace(OTHER, parts=(Part(case.id, case.level),)) if status is Status.MERGED else OTHER
    if status is Status.MERGED:
        case = replace(case, joined=Joined(other.id, Status.NEW, None, None))
    if action is Action.UNLINK:
        case, other = replace(case, linked=(other.id,)), replace(other, linked=(case.id,))
    return case, other


def order_of(action: Action) -> Order:
    words = ("minor",) if action is Action.UNLABEL else WORDS.get(action, ())
    return Order(action, (OTHER.code,) if action in PAIRS else words)


def kind_of(decision: Decision) -> str:
    return type(decision).__name__


@each(product(Status, Action, PEOPLE))
def test_an_illegal_order_is_refused_and_a_legal_one_is_not(status: Status, action: Action, who: str) -> None:
    case, other = a_pair(status, action)
    order, by = order_of(action), hand(who)
    decision = decide(case, order, by, other=other)
    if check_move(case, action, by):
        assert isinstance(decision, Refusal)
        for way in ({"revision": case.revision}, {"agreed": True}, {"revision": 9}):
            assert isinstance(decide(case, order, by, other=other, **way), Refusal)
        checked = replace(order, check=hash_of(case, order, by=by.by))
        assert isinstance(decide(case, checked, by, other=other), Refusal)
        return
    expected = "Screen" if ACTS[action].previewed else "NeedsTwo" if ACTS[action].two else "Done"
    assert kind_of(decision) == expected
    assert kind_of(decide(case, order, by, other=other, revision=case.revision)) == expected


def test_a_pressed_button_is_the_same_order_and_an_old_one_is_refused() -> None:
    case, by = a_case(Status.CLAIMED, revision=3), hand("the claimant")
    pressed = read_token(write_token(case, Order(Action.RELEASE)))
    assert pressed
    typed = decide(case, Order(Action.RELEASE), by)
    assert decide(case, pressed.order, by, revision=pressed.revision) == typed
    late = decide(replace(case, revision=4), pressed.order, by, revision=pressed.revision)
    assert isinstance(late, Refusal)
    assert late.line.key == "refusal-stale"


@pytest.mark.parametrize("action", [action for action in ACTS if ACTS[action].previewed])
def test_what_is_previewed_is_done_only_by_the_button_of_its_own_preview(action: Action) -> None:
    lead = hand("a lead")
    case, other = a_pair(Status.NEW if action is Action.MERGE else Status.CLAIMED, action)
    shown = decide(case, order_of(action), lead, other=other)
    assert isinstance(shown, Screen)
    ((button,),) = shown.buttons
    pressed = read_token(button.token)
    assert pressed
    assert may_press(pressed.order)
    done = decide(case, pressed.order, lead, other=other, revision=pressed.revision)
    assert isinstance(done, NeedsTwo if ACTS[action].two else Done)
    again = decide(replace(case, revision=8), pressed.order, lead, other=other, revision=pressed.revision)
    elsewhere = decide(case, pressed.order, replace(lead, by="m-09"), other=other, revision=pressed.revision)
    forged = decide(case, replace(pressed.order, check="00000000"), lead, other=other)
    assert kind_of(again) == kind_of(elsewhere) == kind_of(forged) == "Refusal"


def test_only_what_stands_on_a_card_or_a_preview_can_be_pressed() -> None:
    for action, row in ACTS.items():
        assert may_press(Order(action, row.button or ())) == (row.button is not None)
        assert may_press(Order(action, ("K7QF2",), "00000000")) == (row.previewed or row.menu)
    assert not may_press(Order(Action.CLOSE, ("spam",)))
    assert not may_press(Order(Action.CLOSE))  # as older cards had it


@pytest.mark.parametrize("action", sorted(PAIRS))
def test_an_act_on_two_without_the_other_is_refused_by_its_name(action: Action) -> None:
    case, _ = a_pair(Status.MERGED if action is Action.UNMERGE else Status.NEW, action)
    decision = decide(case, Order(action, ("ZZZZZ",)), hand("another"))
    assert isinstance(decision, Refusal)
    assert (decision.line.key, decision.line.args) == ("refusal-no-case", {"code": "ZZZZZ"})


def test_the_bot_has_no_hand_in_what_people_do() -> None:
    nobody = Hand("", BOT, date(2026, 11, 24))
    assert all(isinstance(decide(a_case(), order_of(a), nobody, other=OTHER), Refusal) for a in Action)
