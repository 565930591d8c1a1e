"""What becomes of a question in a reporter's chat when they press too late or block us."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pytest

from bot.dispatch import Dispatch
from bot.reporters import decide
from bot.sending.lanes import Fresh
from handlers.asking.ways import Question, Stage, Way
from handlers.events import Departed, Event, Lapse, Lapsed, Pressed, Room, Wrote
from handlers.screens import Line
from handlers.triage.cases import Contact, Reached, Status
from storage.outbox import Letter
from storage.unit_of_work import UnitOfWork
from tests.bot.desk import NAME, Desk
from tests.storage.samples import make_case

HANNA = Room(NAME, "8589938834")
ASKED = Contact("held", "2026-11-23", "m-01", Reached.SENT)
CASE = replace(make_case(status=Status.CLAIMED), claimant="m-01", contacts=(ASKED,))


async def ask(desk: Desk, stage: Stage = Stage.OUT) -> None:
    """A question to Hanna about a case of hers."""
    await desk.store.run(lambda uow: uow.cases.add(CASE))
    question = Question("held", "AAAAAA", stage=stage)
    way = Way(CASE.id, CASE.code, HANNA, "be", day=desk.instance.ring.today.day, question=question)
    await desk.store.run(lambda uow: uow.ways.keep(way))


@pytest.mark.parametrize("hint", ["be", "ru"])
async def test_a_button_of_a_question_that_is_gone_is_answered_as_the_phone_speaks(
    desk: Desk, hint: str
) -> None:
    put: list[Letter] = []

    async def claim(_uow: UnitOfWork, letters: Sequence[Letter]) -> Sequence[Fresh]:
        put.extend(letters)
        return ()

    desk.dispatch = Dispatch(desk.instance, after=desk._after, claim=claim)
    await desk.take(desk.lay(Pressed("q:AAAAAA:yes", "5", "q5"), HANNA, hint=hint))
    say = desk.instance.texts.say
    (reply,) = desk.outcomes[-1].replies
    assert (reply.query, reply.text) == ("q5", say(hint, Line("stale")))
    assert say(hint, Line("asking-gone")) in (await desk.shown(HANNA)).payload["text"]
    assert [letter.payload["room"] for letter in put] == [HANNA.id]


async def _decide(desk: Desk, event: Event, uow: UnitOfWork) -> None:
    await decide(desk.instance, uow, HANNA, event)


async def test_a_question_that_waited_comes_with_the_last_words_of_a_talk_and_not_before(desk: Desk) -> None:
    await ask(desk, Stage.WAITING)
    question = desk.instance.texts.say("be", Line("asking-ask-held"))
    hello, time_is_up = Wrote("Добры дзень", "1"), Lapsed(Lapse.TOTAL)
    for event, comes in ((hello, False), (hello, False), (time_is_up, True)):
        await desk.store.run(partial(_decide, desk, event))
        assert (question in (await desk.shown(HANNA)).payload["text"]) is comes
        (way,) = await desk.store.run(lambda uow: uow.ways.of_room(HANNA))
        assert way.question is not None
        assert way.question.stage is (Stage.OUT if comes else Stage.WAITING)


async def test_a_question_to_whoever_blocks_us_ends_so(desk: Desk) -> None:
    await ask(desk)
    await desk.take(desk.lay(Departed(), HANNA))
    case = await desk.store.run(lambda uow: uow.cases.get(CASE.id))
    assert case is not None
    assert [contact.state for contact in case.contacts] == [Reached.BLOCKED]
    assert await desk.store.run(lambda uow: uow.ways.of_room(HANNA)) == []
