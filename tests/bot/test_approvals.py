"""Two people of today's roster, about the case as it is today: asked, agreed to, and done once."""

from __future__ import annotations

from dataclasses import replace

from bot.approvals import agree, ask, members_of, use
from handlers.approvals import Answer, Approval, Matter, Request, Standing, hash_words
from handlers.triage.cases import Status
from handlers.triage.changes import Refusal
from tests.bot.desk import Desk, make_member, make_roster
from tests.storage.samples import make_case

CASE = make_case(status=Status.CLOSED)


async def asked(desk: Desk, *, by: str = "m-01") -> Approval:
    await desk.store.run(lambda uow: uow.cases.add(CASE))
    request = Request(Matter.REOPEN, CASE.id, CASE.revision)
    answer = await desk.store.run(lambda uow: ask(desk.instance, uow, request, by=by))
    assert isinstance(answer, Approval)
    return answer


async def agreed(desk: Desk, one: Approval, *, by: str = "m-02") -> Answer:
    return await desk.store.run(lambda uow: agree(desk.instance, uow, one.id, by=by))


async def used(desk: Desk, one: Approval) -> Answer:
    return await desk.store.run(lambda uow: use(desk.instance, uow, one.id))


def why(answer: Answer) -> str:
    assert isinstance(answer, Refusal)
    return answer.line.key


async def test_one_asks_another_agrees_and_it_is_done_once(desk: Desk) -> None:
    one = await asked(desk)
    assert why(await used(desk, one)) == "refusal-second-missing"
    answer = await agreed(desk, one)
    assert isinstance(answer, Approval)
    assert (answer.by, answer.second) == ("m-01", "m-02")
    done = await used(desk, one)
    assert isinstance(done, Approval)
    assert done.standing(desk.clock.now().date()) is Standing.USED
    assert why(await used(desk, one)) == "refusal-second-used"


async def test_nobody_agrees_with_themselves_and_no_stranger_does(desk: Desk) -> None:
    one = await asked(desk)
    assert why(await agreed(desk, one, by="m-01")) == "refusal-second-own"
    assert why(await agreed(desk, one, by="m-77")) == "refusal-role"


async def test_a_case_that_changed_meanwhile_is_to_be_looked_at_anew(desk: Desk) -> None:
    one = await asked(desk)
    await agreed(desk, one)
    changed = replace(CASE, labels=("minor",))
    await desk.store.run(lambda uow: uow.cases.replace(changed, seen_revision=CASE.revision))
    assert why(await used(desk, one)) == "refusal-second-changed"


async def test_whoever_is_suspended_after_agreeing_has_not_agreed(desk: Desk) -> None:
    one = await asked(desk)
    await agreed(desk, one)
    today = desk.clock.now().date()
    roster = make_roster(today, make_member(1, today)[0], make_member(2, today, suspended=True)[0])
    later = replace(desk.instance, signed=roster)
    assert set(members_of(later)) == {"m-01"}
    answer = await desk.store.run(lambda uow: use(later, uow, one.id))
    assert why(answer) == "refusal-second-left"


async def test_what_was_not_agreed_to_in_time_is_over(desk: Desk) -> None:
    one = await asked(desk)
    desk.clock.advance(days=2)
    assert why(await agreed(desk, one)) == "refusal-second-expired"


async def test_what_nobody_asked_for_is_gone(desk: Desk) -> None:
    one = await asked(desk)
    assert why(await agreed(desk, replace(one, id=bytes(16)))) == "refusal-gone"


async def test_an_act_of_the_whole_group_is_bound_to_its_words(desk: Desk) -> None:
    request = Request(Matter.EXPORT, words=hash_words("K7QF2", "K7QF3"))
    one = await desk.store.run(lambda uow: ask(desk.instance, uow, request, by="m-01"))
    assert isinstance(one, Approval)
    other = replace(request, words=hash_words("K7QF2"))
    answer = await desk.store.run(lambda uow: agree(desk.instance, uow, one.id, by="m-02", now=other))
    assert why(answer) == "refusal-second-changed"
    assert isinstance(await agreed(desk, one), Approval)


async def test_asking_again_is_the_same_request_until_it_is_over(desk: Desk) -> None:
    first = await asked(desk)
    again = await desk.store.run(lambda uow: ask(desk.instance, uow, first.request, by="m-02"))
    assert again == first
    desk.clock.advance(days=2)
    anew = await desk.store.run(lambda uow: ask(desk.instance, uow, first.request, by="m-02"))
    assert isinstance(anew, Approval)
    assert anew.id != first.id


async def test_an_older_copy_of_the_row_does_not_make_it_unused(desk: Desk) -> None:
    """Somebody with the database puts back what it was before; the log knows better."""
    one = await asked(desk)
    older = await agreed(desk, one)
    assert isinstance(older, Approval)
    await used(desk, one)
    older = replace(older, since=one.since)
    await desk.store.run(lambda uow: uow.approvals.keep(older))
    assert why(await used(desk, one)) == "refusal-second-used"
    unknowing = replace(older, since=10_000)  # the control: nobody looks at the log
    await desk.store.run(lambda uow: uow.approvals.keep(unknowing))
    assert isinstance(await used(desk, one), Approval)


async def test_a_request_of_somebody_who_left_stands_in_nobodys_way(desk: Desk) -> None:
    left = await asked(desk)
    desk.instance.suspended.add("m-01")
    request = left.request
    again = await desk.store.run(lambda uow: ask(desk.instance, uow, request, by="m-02"))
    assert isinstance(again, Approval)
    assert (again.id != left.id, again.by) == (True, "m-02")
