"""Two cases become one and two again, and nothing of either is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.triage.acting import act
from handlers.triage.acts import Action
from handlers.triage.cases import Case, Status
from handlers.triage.changes import Refusal
from handlers.triage.facts import Level
from handlers.triage.hands import Hand
from handlers.triage.merging import act_on_two, named, parted, retold
from handlers.triage.orders import Order
from tests.handlers.triage.asked import a_case, facts
from tests.handlers.triage.wording import LANGUAGES, say

LEAD = Hand("m-10", "lead", date(2026, 11, 24), frozenset(("m-07", "m-10")))
MERGE, UNMERGE = Order(Action.MERGE, ("K7QF2",)), Order(Action.UNMERGE, ("K7QF2",))


def another(status: Status = Status.NEW, level: Level = Level.RED) -> Case:
    return replace(a_case(status), id=bytes(range(1, 17)), code="K7QF2", facts=facts(level))


def pair(case: Case, other: Case, order: Order) -> tuple[Case, Case]:
    result = act_on_two(case, other, order, LEAD)
    assert not isinstance(result, Refusal), result
    return result


def refused(case: Case, other: Case, order: Order) -> str:
    result = act_on_two(case, other, order, LEAD)
    assert isinstance(result, Refusal)
    assert all(say(language, result.line) for language in LANGUAGES)
    return result.line.key


def kept(case: Case) -> Case:
    """A case without what only grows."""
    return replace(case, history=(), revision=0, touched="")


@given(
    st.sampled_from((Status.NEW, Status.CLAIMED)),
    st.sampled_from((Status.NEW, Status.CLAIMED)),
    st.sampled_from(Level),
    st.sampled_from(Level),
    st.booleans(),
)
def test_merging_and_taking_out_again_changes_nothing(
    first: Status, second: Status, level: Level, others: Level, linked: bool
) -> None:
    case, other = replace(a_case(first), facts=facts(level)), another(second, others)
    if linked:
        case, other = pair(case, other, Order(Action.LINK, (other.code,)))
    merged, into = pair(case, other, MERGE)
    assert (merged.status, merged.claimant) == (Status.MERGED, None)
    assert into.level is min(level, others, key=tuple(Level).index)  # the more urgent report counts
    apart, alone = pair(merged, into, UNMERGE)
    assert (kept(apart), kept(alone)) == (kept(case), kept(other))
    assert (apart.revision, alone.revision) == (case.revision + 2, other.revision + 2)
    assert apart.history[-1].status is first


def test_a_chain_of_merges_comes_apart_in_any_order() -> None:
    third = replace(a_case(), id=bytes(16), code="K7QF3", facts=facts(Level.GREEN))
    case, other = pair(a_case(), another(level=Level.YELLOW), MERGE)
    other, third = pair(other, third, Order(Action.MERGE, (third.code,)))
    assert third.level is Level.RED  # through the second one
    case, other = pair(case, other, UNMERGE)
    other, third = pair(other, third, UNMERGE)
    assert (case.status, other.status, third.parts, other.parts) == (Status.NEW, Status.NEW, (), ())


def test_an_urgency_set_by_a_person_counts_for_all_parts() -> None:
    _, into = pair(a_case(), another(level=Level.GREEN), MERGE)
    assert into.level is Level.RED
    lowered = act(into, Order(Action.URGENCY, ("yellow", "found")), LEAD)
    assert isinstance(lowered, Case)
    assert lowered.level is Level.YELLOW


@pytest.mark.parametrize("status", [Status.HELD, Status.MERGED, Status.CLOSED])
def test_nothing_is_merged_into_what_does_not_go_on(status: Status) -> None:
    assert refused(a_case(), another(status), MERGE) == f"refusal-{status}"


def test_a_case_is_neither_merged_nor_linked_with_itself() -> None:
    for action in (Action.MERGE, Action.LINK):
        assert refused(a_case(), a_case(), Order(action, ("K7Q4F",))) == "refusal-itself"


def test_a_link_is_told_on_both_and_goes_from_both() -> None:
    case, other = pair(a_case(), another(), Order(Action.LINK, ("K7QF2",)))
    assert (case.linked, other.linked) == ((other.id,), (case.id,))
    assert refused(case, other, Order(Action.LINK, ("K7QF2",))) == "refusal-same"
    case, other = pair(case, other, Order(Action.UNLINK, ("K7QF2",)))
    assert case.linked == other.linked == ()
    assert refused(case, other, Order(Action.UNLINK, ("K7QF2",))) == "refusal-not-linked"


def test_only_its_own_other_half_lets_a_merged_case_go() -> None:
    merged, _ = pair(a_case(), another(), MERGE)
    stranger = replace(another(), id=bytes(16), code="K7QF3")
    assert refused(merged, stranger, UNMERGE) == "refusal-not-linked"


def test_an_order_on_two_cases_needs_a_role_like_any_other() -> None:
    nobody = replace(LEAD, by="m-11", role="observer")
    result = act_on_two(a_case(), another(), MERGE, nobody)
    assert isinstance(result, Refusal)
    assert result.line.key == "refusal-role"


def test_a_report_told_anew_changes_the_urgency_of_the_case_that_goes_on_for_it() -> None:
    part, whole = pair(another(level=Level.GREEN), replace(a_case(), facts=facts(Level.YELLOW)), MERGE)
    assert whole.level is Level.YELLOW
    worse = retold(whole, replace(part, facts=facts(Level.RED)))
    assert (worse.level, worse.revision) == (Level.RED, whole.revision + 1)


def test_what_is_gone_leaves_no_name_behind_and_its_parts_stand_by_themselves() -> None:
    part, whole = pair(another(Status.CLAIMED), a_case(), MERGE)
    assert named(part) == {whole.id}
    assert named(whole) == {part.id}
    alone, other = parted(part, whole.id, LEAD), parted(whole, part.id, LEAD)
    assert (alone.status, alone.claimant, alone.joined) == (Status.CLAIMED, "m-07", None)
    assert (alone.history[-1].status, alone.history[-1].by) == (Status.CLAIMED, "m-10")
    assert (named(alone), named(other), other.status) == (set(), set(), whole.status)
