"""Every status, action and person, against the table; and whoever is refused reads why."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from handlers.triage.cases import Case, Status, Step
from handlers.triage.claims import ALLOWED, BOT, TABLE, Action, Refusal, act, check_revision
from handlers.triage.lifecycle import draw_life, open_case, retell
from tests.handlers.triage.asked import CASE, a_case, facts
from tests.tables import each

PAGE = Path(__file__).parents[3] / "docs" / "cases.md"
DAY = "2026-11-24"
PEOPLE = {
    "the bot": ("", BOT),
    "the claimant": ("m-07", "moderator"),
    "another": ("m-08", "moderator"),
    "a coordinator": ("m-09", "coordinator"),
    "a lead": ("m-10", "lead"),
    "a stranger": ("m-11", "observer"),
    "nobody": ("", "moderator"),
    "a false bot": ("m-12", BOT),
}
MEMBERS = {"the claimant", "another", "a coordinator", "a lead"}
EXPECTED = {
    (Status.HELD, Action.RELEASE): (Status.NEW, {"the bot"}),
    (Status.NEW, Action.CLAIM): (Status.CLAIMED, MEMBERS),
    (Status.NEW, Action.CLOSE): (Status.CLOSED, MEMBERS),
    (Status.CLAIMED, Action.RELEASE): (Status.NEW, {"the claimant", "a coordinator", "a lead"}),
    (Status.CLAIMED, Action.CLOSE): (Status.CLOSED, {"the claimant", "a lead"}),
}


@each(product(Status, Action, PEOPLE))
def test_every_transition_is_the_expected_one_or_a_refusal(status: Status, action: Action, who: str) -> None:
    case = a_case(status, revision=4)
    by, role = PEOPLE[who]
    outcome = act(case, action, by=by, role=role, day=DAY)
    target, allowed = EXPECTED.get((status, action), (None, set()))
    if who not in allowed or target is None:
        assert isinstance(outcome, Refusal)
        return
    assert isinstance(outcome, Case)
    assert (outcome.status, outcome.revision) == (target, 5)
    assert outcome.history == (*case.history, Step(target, DAY, by))
    assert outcome.claimant == (by if target is Status.CLAIMED else None)


def test_who_may_is_said_for_every_transition() -> None:
    assert set(ALLOWED) == {(status, action) for status, actions in TABLE.items() for action in actions}


def test_the_second_to_claim_reads_who_was_first() -> None:
    outcome = act(a_case(Status.CLAIMED), Action.CLAIM, by="m-08", role="moderator", day=DAY)
    assert isinstance(outcome, Refusal)
    assert (outcome.line.key, outcome.line.args) == ("refusal-taken", {"by": "m-07"})


def test_pressing_claim_twice_answers_softly() -> None:
    outcome = act(a_case(Status.CLAIMED), Action.CLAIM, by="m-07", role="moderator", day=DAY)
    assert isinstance(outcome, Refusal)
    assert outcome.line.key == "refusal-yours-already"


@pytest.mark.parametrize(
    ("status", "action", "role", "key"),
    [
        (Status.HELD, Action.CLAIM, "lead", "refusal-held"),
        (Status.HELD, Action.RELEASE, "lead", "refusal-roster"),
        (Status.NEW, Action.RELEASE, "lead", "refusal-new"),
        (Status.NEW, Action.CLAIM, "observer", "refusal-roster"),
        (Status.CLAIMED, Action.CLOSE, "coordinator", "refusal-not-yours"),
        (Status.CLOSED, Action.CLAIM, "lead", "refusal-closed"),
    ],
)
def test_each_refusal_has_its_own_sentence(status: Status, action: Action, role: str, key: str) -> None:
    outcome = act(a_case(status), action, by="m-10", role=role, day=DAY)
    assert isinstance(outcome, Refusal)
    assert outcome.line.key == key


def test_a_button_of_an_older_card_is_refused() -> None:
    assert check_revision(a_case(revision=3), 3) is None
    refusal = check_revision(a_case(revision=3), 2)
    assert refusal
    assert refusal.line.key == "refusal-stale"


def test_a_claim_and_its_return_leave_a_history_and_no_claimant() -> None:
    case = open_case(CASE, "K7Q4F", facts=facts(), day="2026-11-23")
    taken = act(case, Action.CLAIM, by="m-07", role="moderator", day=DAY)
    assert isinstance(taken, Case)
    back = act(taken, Action.RELEASE, by="m-07", role="moderator", day=DAY)
    assert isinstance(back, Case)
    assert [step.status for step in back.history] == [Status.NEW, Status.CLAIMED, Status.NEW]
    assert (back.claimant, back.revision) == (None, 3)


def test_an_unfinished_report_is_held_until_it_is_finished() -> None:
    held = open_case(CASE, "K7Q4F", facts=facts(unfinished=True), day="2026-11-23")
    assert held.status is Status.HELD
    still = retell(held, facts=facts(unfinished=True), day="2026-11-23")
    assert (still.status, still.revision) == (Status.HELD, 2)
    done = retell(still, facts=facts(), day=DAY)
    assert (done.status, done.facts.unfinished) == (Status.NEW, False)
    assert done.history[-1] == Step(Status.NEW, DAY)


def test_a_report_told_anew_stays_with_its_claimant_and_stays_finished() -> None:
    told = retell(a_case(Status.CLAIMED), facts=facts(unfinished=True), day=DAY)
    assert (told.status, told.claimant) == (Status.CLAIMED, "m-07")
    assert not told.facts.unfinished


@pytest.mark.checkout
def test_the_page_about_cases_is_drawn_from_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == draw_life()
