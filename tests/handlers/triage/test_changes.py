"""What each act changes in a case, in words of closed lists only."""

from __future__ import annotations

from itertools import product

from handlers.triage.acting import act
from handlers.triage.acts import Action
from handlers.triage.cases import Case, Status
from handlers.triage.changes import LABELS, LOWER_REASONS, RAISE_REASONS, Refusal
from handlers.triage.facts import Level
from handlers.triage.fate import LIFE, load_fate, standing
from handlers.triage.orders import Order
from tests.handlers.triage.asked import a_case
from tests.handlers.triage.hands import done, hand, refused
from tests.tables import each


@each(product(Level, Level, (*RAISE_REASONS, *LOWER_REASONS, "")))
def test_an_urgency_is_raised_and_lowered_with_a_reason_of_its_own_list(
    now: Level, to: Level, reason: str
) -> None:
    case = a_case()
    case = done(case, Action.URGENCY, now, "found") if now is not case.level else case
    outcome = act(case, Order(Action.URGENCY, (to, reason)), hand("another"))
    levels = tuple(Level)
    fitting = RAISE_REASONS if levels.index(to) < levels.index(now) else LOWER_REASONS
    if to is now or reason not in fitting:
        assert isinstance(outcome, Refusal)
        return
    assert isinstance(outcome, Case)
    assert outcome.level is to
    assert outcome.facts == case.facts  # what the table said stays


def test_no_reason_to_lower_an_urgency_doubts_the_reporter() -> None:
    assert set(LOWER_REASONS) == {"found", "danger-over", "wrong-answer"}


def test_labels_come_from_the_list_once_each_and_go_again() -> None:
    case = done(done(a_case(), Action.LABEL, "torture"), Action.LABEL, "minor")
    assert case.labels == ("torture", "minor")
    assert refused(case, Action.LABEL, "torture") == "refusal-choose"
    assert refused(case, Action.LABEL, "Ян Прыклад") == "refusal-choose"
    assert done(case, Action.UNLABEL, "torture").labels == ("minor",)
    assert refused(a_case(), Action.UNLABEL, "torture") == "refusal-nothing-follows"
    for label in LABELS:
        case = case if label in case.labels else done(case, Action.LABEL, label)
    assert refused(case, Action.LABEL, "torture") == "refusal-nothing-follows"


def test_a_fact_gets_grades_one_after_the_other_and_none_is_overwritten() -> None:
    case = done(done(a_case(Status.CLAIMED), Action.VERIFY, "place", "c"), Action.VERIFY, "place", "A")
    assert [(each.fact, each.grade, each.by) for each in case.verified] == [
        ("place", "C", "m-07"),
        ("place", "A", "m-07"),
    ]
    assert refused(case, Action.VERIFY, "place", "E") == "refusal-choose"
    assert refused(case, Action.VERIFY, "hat") == "refusal-choose"


@each(product(load_fate().states[LIFE], load_fate().states[LIFE]))
def test_a_life_follows_the_arrows_of_the_country_pack(now: str, then: str) -> None:
    case = a_case()
    for state in _way_to(now):
        case = done(case, Action.LIFE, state)
    outcome = act(case, Order(Action.LIFE, (then,)), hand("another"))
    assert isinstance(outcome, Case) == (then in load_fate().after[now])
    if isinstance(outcome, Case):
        assert standing(outcome, LIFE) == then
        assert outcome.fate[:-1] == case.fate


def _way_to(state: str) -> list[str]:
    """States one after the other from "reported" on."""
    ways: dict[str, list[str]] = {"reported": []}
    while state not in ways:
        ways = {next_: [*way, next_] for at, way in ways.items() for next_ in load_fate().after[at]} | ways
    return ways[state]


def test_a_finding_has_a_day_a_source_and_a_grade_and_no_future() -> None:
    case = done(a_case(), Action.LIFE, "detained", "2026-11-20", "officials", "b")
    finding = case.fate[-1]
    assert (finding.since, finding.source, finding.grade, finding.by) == (
        "2026-11-20",
        "officials",
        "B",
        "m-07",
    )
    bare = done(a_case(), Action.CONTACT, "lawyer").fate[-1]
    assert (bare.since, bare.source, bare.grade) == ("2026-11-24", "others", "C")
    for words in (("2026-11-25",), ("yesterday",), ("2026-11-20", "rumour"), ("2026-11-20", "seen", "Z"),
                  ("2026-11-20", "seen", "A", "more")):  # fmt: skip
        assert refused(a_case(), Action.LIFE, "detained", *words) == "refusal-finding"
    assert refused(a_case(), Action.LIFE, "sentenced") == "refusal-choose"


def test_an_account_is_shadowed_once() -> None:
    shadowed = done(a_case(Status.CLAIMED), Action.SHADOW)
    assert shadowed.shadowed
    assert refused(shadowed, Action.SHADOW) == "refusal-same"
