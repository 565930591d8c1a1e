"""What comes in for a merged case reaches whoever works on the one that goes on, also through a third."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.asking.keeping import keep_addition
from bot.carry_out import Carrier
from bot.casework import carry_out
from handlers.effects import SealReport
from handlers.triage.acts import Action
from handlers.triage.cases import Case, Contact, Reached
from handlers.triage.facts import Level
from handlers.triage.hands import Hand
from handlers.triage.orders import Order
from storage.unit_of_work import UnitOfWork
from tests.bot.desk import Desk
from tests.storage.samples import DAY, make_case, make_room, make_sealed

FACTS = replace(make_case().facts, level=Level.GREEN)
FIRST, SECOND, THIRD = (
    replace(make_case(number, code=f"K7QF{number}"), facts=FACTS, id=bytes([number]) * 16)
    for number in (1, 2, 3)
)
MERGED = ((FIRST, SECOND), (SECOND, THIRD))  # the third goes on for both
ASKED = Contact("held", DAY.isoformat(), "m-01", Reached.SENT)
ANSWER: Mapping[str, object] = {"answer": {"value": "yes"}}


async def stage(desk: Desk, *cases: Case) -> None:
    async def put(uow: UnitOfWork) -> None:
        for case in cases:
            await uow.cases.add(case)
            sealed = make_sealed(case.id[0])
            await uow.objects.keep(sealed, case=case.id, signature=bytes(64), day=DAY)

    await desk.store.run(put)


async def order(desk: Desk, case: Case, action: Action, *words: str, by: str = "m-01") -> None:
    async def work(uow: UnitOfWork) -> object:
        now = await uow.cases.get(case.id)
        assert now is not None
        hand = Hand(by, "lead", DAY, frozenset({by}))
        return await carry_out(desk.instance, uow, now, Order(action, words), hand, agreed=True)

    await desk.store.run(work)


async def merge(desk: Desk, *pairs: tuple[Case, Case]) -> None:
    for part, whole in pairs:
        await order(desk, part, Action.MERGE, whole.code)


async def now(desk: Desk, case: Case) -> Case:
    found = await desk.store.run(lambda uow: uow.cases.get(case.id))
    assert found is not None
    return found


async def answer(desk: Desk, case: Case) -> None:
    room = make_room(case.id[0])
    await desk.store.run(lambda uow: keep_addition(desk.instance, uow, room, case.id, ANSWER))


async def tell_anew(desk: Desk, case: Case, level: Level) -> None:
    """The reporter's report is sealed again."""
    facts = replace(FACTS, level=level)
    effect = SealReport(case.id, case.code, finished=True, report={"answers": {}}, facts=facts)

    async def seal(uow: UnitOfWork) -> None:
        await Carrier(desk.instance, uow, make_room(), language="be", query=None).carry(effect)

    await desk.store.run(seal)


async def acknowledged(desk: Desk, case: Case) -> bool:
    found = await desk.store.run(lambda uow: uow.objects.of_case(case.id))
    return all(one.acknowledged is not None for one in found)


async def test_an_answer_for_a_part_is_no_answer_to_the_question_of_the_whole(desk: Desk) -> None:
    await stage(desk, replace(FIRST, contacts=(ASKED,)), replace(SECOND, contacts=(ASKED,)))
    await merge(desk, (FIRST, SECOND))
    await answer(desk, FIRST)
    part, whole = await now(desk, FIRST), await now(desk, SECOND)
    assert (part.contacts[-1].state, part.unseen) == (Reached.ANSWERED, 1)
    assert (whole.contacts[-1].state, whole.unseen) == (Reached.SENT, 1)


async def test_an_answer_is_marked_and_posted_where_somebody_works(desk: Desk) -> None:
    await stage(desk, FIRST, SECOND, THIRD)
    await merge(desk, *MERGED)
    await answer(desk, FIRST)
    assert (await now(desk, THIRD)).unseen == 1
    (letter,) = await desk.letters("addition")
    assert letter.payload["case"] == THIRD.id.hex()


async def test_a_part_that_has_become_urgent_makes_the_whole_urgent(desk: Desk) -> None:
    await stage(desk, FIRST, SECOND, THIRD)
    await merge(desk, *MERGED)
    assert (await now(desk, THIRD)).level is Level.GREEN
    await tell_anew(desk, FIRST, Level.RED)
    assert (await now(desk, THIRD)).level is Level.RED


async def test_a_part_that_is_taken_out_takes_its_urgency_along(desk: Desk) -> None:
    await stage(desk, replace(FIRST, facts=replace(FACTS, level=Level.RED)), SECOND, THIRD)
    await merge(desk, *MERGED)
    assert (await now(desk, THIRD)).level is Level.RED
    await order(desk, FIRST, Action.UNMERGE)
    assert (await now(desk, THIRD)).level is Level.GREEN


async def test_what_a_person_said_of_the_urgency_outlives_a_report_that_says_the_same_again(
    desk: Desk,
) -> None:
    await stage(desk, replace(FIRST, facts=replace(FACTS, level=Level.RED)), SECOND)
    await merge(desk, (FIRST, SECOND))
    await order(desk, SECOND, Action.URGENCY, "yellow", "found")
    await tell_anew(desk, FIRST, Level.RED)
    assert (await now(desk, SECOND)).level is Level.YELLOW


async def test_whoever_closes_the_whole_has_read_all_parts(desk: Desk) -> None:
    await stage(desk, FIRST, SECOND, THIRD)
    await merge(desk, *MERGED)
    await order(desk, THIRD, Action.CLOSE, "done")
    assert [await acknowledged(desk, case) for case in (FIRST, SECOND, THIRD)] == [True, True, True]
