"""Which cases are news, and which are late, by whole days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers.sharing.news import News, find_news, is_overdue
from handlers.triage.acting import act
from handlers.triage.acts import Action
from handlers.triage.cases import Case, Status
from handlers.triage.facts import Level
from handlers.triage.hands import Hand
from handlers.triage.lifecycle import retell
from handlers.triage.merging import act_on_two
from handlers.triage.orders import Order
from tests.handlers.sharing.samples import DAY, make_case
from tests.tables import each

OLD = make_case(1, received="2026-11-01", status=Status.CLAIMED, claimant="m-07", labels=("un",))
LEAD = Hand("m-10", "lead", date.fromisoformat(DAY), frozenset(("m-07", "m-10")))
CHANGES = {
    "label": Order(Action.LABEL, ("torture",)),
    "unlabel": Order(Action.UNLABEL, ("un",)),
    "urgency": Order(Action.URGENCY, ("red", "danger")),
    "status": Order(Action.RELEASE),
    "claimant": Order(Action.TRANSFER, ("m-10",)),
    "question": Order(Action.ASK, ("held",)),
    "life": Order(Action.LIFE, ("released",)),
    "grade": Order(Action.VERIFY, ("place", "b")),
    "shadow": Order(Action.SHADOW),
}


@each((name,) for name in CHANGES)
def test_whatever_a_person_changes_is_news_that_day_and_no_longer(name: str) -> None:
    """The control is the case before: nothing of it is told."""
    changed = act(OLD, CHANGES[name], LEAD)
    assert isinstance(changed, Case)
    assert find_news(OLD, day=DAY, since=DAY) is None
    assert find_news(changed, day=DAY, since=DAY) is News.CHANGED
    assert find_news(changed, day="2026-11-25", since="2026-11-24") is not News.CHANGED


def test_both_cases_of_an_act_on_two_are_news() -> None:
    other = replace(OLD, id=bytes(range(16)), code="K7QF2")
    done = act_on_two(OLD, other, Order(Action.LINK, (other.code,)), LEAD)
    assert isinstance(done, tuple)
    assert [find_news(case, day=DAY, since=DAY) for case in done] == [News.CHANGED] * 2


def test_a_report_told_anew_is_news_and_a_look_is_none() -> None:
    assert find_news(retell(OLD, facts=OLD.facts, day=DAY), day=DAY, since=DAY) is News.CHANGED
    seen = act(replace(OLD, unseen=1), Order(Action.SEEN), LEAD)
    assert isinstance(seen, Case)
    assert find_news(seen, day=DAY, since=DAY) is None


@each(
    [
        (Level.RED, "2026-11-23", False),
        (Level.RED, "2026-11-22", True),
        (Level.ORANGE, "2026-11-22", True),
        (Level.YELLOW, "2026-11-22", False),
        (Level.YELLOW, "2026-11-21", True),
        (Level.GREEN, "2026-11-20", False),
        (Level.GREEN, "2026-11-19", True),
    ]
)
def test_a_case_is_late_once_its_time_is_surely_over(level: Level, received: str, late: bool) -> None:
    assert is_overdue(make_case(1, level=level, received=received), day=DAY) is late


@pytest.mark.parametrize("status", [Status.CLAIMED, Status.CLOSED, Status.HELD])
def test_a_case_somebody_took_is_not_late(status: Status) -> None:
    case = make_case(1, level=Level.RED, received="2026-10-01", status=status)
    assert not is_overdue(case, day=DAY)
