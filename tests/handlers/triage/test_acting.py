"""Every status, action and person, against the table; and whoever is refused reads why."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from handlers.triage.acting import act, check_revision
from handlers.triage.acts import MOVES, Action, Who
from handlers.triage.cases import Case, Status, Step
from handlers.triage.changes import CHANGES, Refusal
from handlers.triage.hands import bot_hand
from handlers.triage.lifecycle import draw_life, open_case, retell
from handlers.triage.orders import Order
from tests.handlers.triage.asked import CASE, a_case, facts
from tests.handlers.triage.hands import PEOPLE, WORDS, done, hand, refused
from tests.handlers.triage.wording import say
from tests.tables import each

PAGE = Path(__file__).parents[3] / "docs" / "cases.md"
ALL = {"the claimant", "another", "a coordinator", "a lead"}
OWN = {"the claimant", "a coordinator", "a lead"}
NOTING = (Action.LABEL, Action.LIFE, Action.TRACK, Action.CONTACT)
EXPECTED = {
    (Status.HELD, Action.RELEASE): (Status.NEW, {"the bot"}),
    (Status.NEW, Action.CLAIM): (Status.CLAIMED, ALL),
    (Status.NEW, Action.TRANSFER): (Status.CLAIMED, {"a coordinator", "a lead"}),
    (Status.NEW, Action.URGENCY): (Status.NEW, ALL),
    (Status.NEW, Action.CLOSE): (Status.CLOSED, ALL),
    (Status.NEW, Action.PURGE): (Status.NEW, {"a lead"}),
    (Status.CLAIMED, Action.RELEASE): (Status.NEW, OWN),
    (Status.CLAIMED, Action.TRANSFER): (Status.CLAIMED, OWN),
    (Status.CLAIMED, Action.URGENCY): (Status.CLAIMED, OWN),
    (Status.CLAIMED, Action.VERIFY): (Status.CLAIMED, OWN),
    (Status.CLAIMED, Action.CLOSE): (Status.CLOSED, {"the claimant", "a lead"}),
    (Status.CLAIMED, Action.SHADOW): (Status.CLAIMED, OWN),
    (Status.CLAIMED, Action.PURGE): (Status.CLAIMED, {"a lead"}),
    (Status.CLOSED, Action.REOPEN): (Status.NEW, ALL),
    (Status.CLOSED, Action.SHADOW): (Status.CLOSED, {"a coordinator", "a lead"}),
    (Status.CLOSED, Action.PURGE): (Status.CLOSED, {"a lead"}),
    **{(status, action): (status, ALL) for status in (Status.NEW, Status.CLAIMED) for action in NOTING},
    (Status.NEW, Action.NOTE): (Status.NEW, ALL),
    (Status.CLAIMED, Action.NOTE): (Status.CLAIMED, ALL),
    (Status.CLOSED, Action.NOTE): (Status.CLOSED, ALL),
    **{(Status.CLAIMED, action): (Status.CLAIMED, OWN) for action in (Action.ASK, Action.QUESTION)},
    **{(Status.MERGED, action): (Status.MERGED, ALL) for action in (Action.ASK, Action.QUESTION)},
}


def order(action: Action) -> Order:
    return Order(action, WORDS.get(action, ()))


@each(product(Status, CHANGES, PEOPLE))
def test_every_transition_is_the_expected_one_or_a_refusal(status: Status, action: Action, who: str) -> None:
    case = a_case(status, revision=4)
    outcome = act(case, order(action), hand(who))
    target, allowed = EXPECTED.get((status, action), (None, set()))
    if who not in allowed or target is None:
        assert isinstance(outcome, Refusal)
        assert say("en", outcome.line)
        return
    assert isinstance(outcome, Case)
    assert (outcome.status, outcome.revision) == (target, 5)
    moved = target is not status or outcome.claimant != case.claimant
    assert len(outcome.history) == len(case.history) + moved
    assert (outcome.claimant is None) == (target is not Status.CLAIMED)


def test_the_table_has_no_move_that_nobody_expects() -> None:
    """The control of the test above: with a table of everything it would go red."""
    one_case = {(move.status, move.action) for move in MOVES if move.action in CHANGES}
    over = {
        (Status.CLAIMED, Action.CLAIM),
        *((status, Action.UNLABEL) for status in (Status.NEW, Status.CLAIMED)),
        *((status, Action.SEEN) for status in Status if status is not Status.HELD),
    }
    assert one_case - set(EXPECTED) == over


def test_the_second_to_claim_reads_who_was_first() -> None:
    outcome = act(a_case(Status.CLAIMED), Order(Action.CLAIM), hand("another"))
    assert isinstance(outcome, Refusal)
    assert (outcome.line.key, outcome.line.args) == ("refusal-taken", {"by": "m-07"})


def test_pressing_claim_twice_answers_softly() -> None:
    assert refused(a_case(Status.CLAIMED), Action.CLAIM) == "refusal-yours-already"


@each(
    [
        (Status.HELD, Action.CLAIM, "a lead", "refusal-held"),
        (Status.HELD, Action.RELEASE, "a lead", "refusal-role"),
        (Status.NEW, Action.RELEASE, "a lead", "refusal-new"),
        (Status.NEW, Action.CLAIM, "a stranger", "refusal-role"),
        (Status.NEW, Action.PURGE, "another", "refusal-role"),
        (Status.CLAIMED, Action.CLOSE, "a coordinator", "refusal-not-yours"),
        (Status.MERGED, Action.CLAIM, "a lead", "refusal-merged"),
        (Status.CLOSED, Action.CLAIM, "a lead", "refusal-closed"),
    ]
)
def test_each_refusal_has_its_own_sentence(status: Status, action: Action, who: str, key: str) -> None:
    assert refused(a_case(status), action, who=who) == key


def test_a_button_of_an_older_card_is_refused() -> None:
    assert check_revision(a_case(revision=3), 3) is None
    refusal = check_revision(a_case(revision=3), 2)
    assert refusal
    assert refusal.line.key == "refusal-stale"


def test_a_claim_and_its_return_leave_a_history_and_no_claimant() -> None:
    case = open_case(CASE, "K7Q4F", facts=facts(), day="2026-11-23")
    back = done(done(case, Action.CLAIM), Action.RELEASE)
    assert [step.status for step in back.history] == [Status.NEW, Status.CLAIMED, Status.NEW]
    assert (back.claimant, back.until, back.revision) == (None, None, 3)


# A claim is a lease ---------------------------------------------------------------------------------


def test_a_claim_lasts_three_days_and_whatever_its_claimant_does_renews_it() -> None:
    taken = done(a_case(), Action.CLAIM)
    assert taken.until == "2026-11-27"
    assert not taken.lapsed("2026-11-27")
    assert done(taken, Action.LABEL, "un", day=date(2026, 11, 26)).until == "2026-11-29"
    assert done(taken, Action.LABEL, "un", who="another", day=date(2026, 11, 26)).until == "2026-11-27"


def test_once_a_claim_has_run_out_anybody_takes_over_and_the_bot_gives_it_back() -> None:
    taken = done(a_case(), Action.CLAIM)
    last, after = date(2026, 11, 27), date(2026, 11, 28)
    for person in (hand("another", last), bot_hand(last)):
        assert isinstance(act(taken, Order(Action.CLAIM), person), Refusal)
    assert isinstance(act(taken, Order(Action.RELEASE), bot_hand(last)), Refusal)
    over = done(taken, Action.CLAIM, who="another", day=after)
    assert (over.claimant, over.until, over.history[-1].by) == ("m-08", "2026-12-01", "m-08")
    back = act(taken, Order(Action.RELEASE), bot_hand(after))
    assert isinstance(back, Case)
    assert (back.status, back.claimant, back.history[-1].by) == (Status.NEW, None, "")


def test_a_transfer_goes_to_somebody_of_the_roster_and_gives_them_their_days() -> None:
    taken = done(a_case(), Action.CLAIM)
    given = done(taken, Action.TRANSFER, "m-08", day=date(2026, 11, 26))
    assert (given.claimant, given.until) == ("m-08", "2026-11-29")
    assert refused(taken, Action.TRANSFER, "m-99") == "refusal-no-member"
    assert refused(taken, Action.TRANSFER) == "refusal-no-member"
    assert refused(taken, Action.TRANSFER, "m-07") == "refusal-taken"


# Urgency, labels, grades, the person's fate -----------------------------------------------------------


def test_a_closed_case_says_why_and_comes_back() -> None:
    closed = done(a_case(Status.CLAIMED), Action.CLOSE, "spam")
    assert (closed.status, closed.claimant, closed.history[-1].reason) == (Status.CLOSED, None, "spam")
    assert refused(a_case(), Action.CLOSE) == refused(a_case(), Action.CLOSE, "bored") == "refusal-choose"
    assert done(closed, Action.REOPEN).status is Status.NEW


# Reports --------------------------------------------------------------------------------------------


def test_an_unfinished_report_is_held_until_it_is_finished() -> None:
    held = open_case(CASE, "K7Q4F", facts=facts(unfinished=True), day="2026-11-23")
    assert held.status is Status.HELD
    still = retell(held, facts=facts(unfinished=True), day="2026-11-23")
    assert (still.status, still.revision) == (Status.HELD, 2)
    whole = retell(still, facts=facts(), day="2026-11-24")
    assert (whole.status, whole.facts.unfinished) == (Status.NEW, False)
    assert whole.history[-1] == Step(Status.NEW, "2026-11-24")


def test_a_report_told_anew_stays_with_its_claimant_and_stays_finished() -> None:
    told = retell(a_case(Status.CLAIMED), facts=facts(unfinished=True), day="2026-11-24")
    assert (told.status, told.claimant) == (Status.CLAIMED, "m-07")
    assert not told.facts.unfinished


def test_everybody_of_the_table_is_somebody() -> None:
    assert {who for move in MOVES for who in move.who} == set(Who)


@pytest.mark.checkout
def test_the_page_about_cases_is_drawn_from_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == draw_life()
