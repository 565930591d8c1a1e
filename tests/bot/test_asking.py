"""From the question's side: nothing that a moderator notes becomes a question, and nobody sends one alone."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.asking.ways import Way
from handlers.events import Commanded, Pressed, Room
from handlers.triage.cases import Status
from handlers.triage.commands import read_command
from handlers.triage.contacts import MOST
from tests.bot.desk import GROUP, NAME, Desk
from tests.bot.test_notes import NOTES, reach, touched
from tests.storage.samples import make_case

QUESTIONS = (
    "bot.asking.putting",
    "bot.asking.hearing",
    "bot.asking.keeping",
    "bot.asking.delivery",
    "handlers.asking.flow",
    "handlers.asking.drawing",
    "storage.ways",
)
TEAM, PRIVATE = Room(NAME, GROUP), Room(NAME, "4711")
WORD = "Прыклад-Узор"
CASE = replace(make_case(status=Status.CLAIMED), claimant="m-01", until="2026-12-24")


@pytest.mark.checkout
def test_no_import_leads_from_questions_to_notes() -> None:
    assert set(QUESTIONS) <= reach(QUESTIONS)
    assert touched(reach(QUESTIONS), NOTES) == []


@pytest.mark.checkout
def test_an_import_that_leads_there_is_found() -> None:
    """The control: what joins both worlds does import notes."""
    assert touched(reach(["bot.team"]), NOTES)


@given(st.sampled_from(["note", "ask"]), st.text(min_size=1, max_size=60))
def test_what_is_read_as_a_note_is_no_question_and_the_other_way_round(name: str, text: str) -> None:
    asked = read_command(name, f"{CASE.code} {text}", here=None)
    note, question = getattr(asked, "note", None), getattr(asked, "question", "")
    assert not (note and question)
    assert not (note if name == "ask" else question)


async def told(desk: Desk) -> bytes:
    """All that waits to be sent to the reporter."""
    letters = await desk.store.run(lambda uow: uow.outbox.take(1000))
    private = [dict(letter.payload) for letter in letters if letter.payload.get("room") == PRIVATE.id]
    return msgspec.msgpack.encode(private)


async def prepare(desk: Desk) -> None:
    """A case that m-01 has taken, and whose reporter agreed to be asked."""
    if await desk.store.run(lambda uow: uow.cases.get(CASE.id)) is None:
        await desk.store.run(lambda uow: uow.cases.add(CASE))
    way = Way(CASE.id, CASE.code, PRIVATE, "be", day=desk.instance.ring.today.day)
    await desk.store.run(lambda uow: uow.ways.keep(way))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["note", "ask"]), st.text(max_size=40)), min_size=1, max_size=4))
async def test_no_words_of_one_person_alone_go_to_a_reporter(
    desk: Desk, orders: list[tuple[str, str]]
) -> None:
    await prepare(desk)
    for name, text in orders:
        event = Commanded(name, f"{CASE.code} {text} {WORD}", "5")
        await desk.take(desk.lay(event, TEAM, sender="9001", private=False))
    assert WORD.encode() not in await told(desk)


async def test_words_for_a_reporter_would_be_seen(desk: Desk) -> None:
    """The control: a canned question needs nobody else, and its words are found."""
    await prepare(desk)
    await desk.take(desk.lay(Commanded("ask", f"{CASE.code} held", "5"), TEAM, sender="9001", private=False))
    assert "Ці чалавека ўсё яшчэ трымаюць?".encode() in await told(desk)


async def test_a_question_that_may_not_be_put_any_more_spends_no_consent(desk: Desk) -> None:
    await prepare(desk)
    words = f"{CASE.code} Ці вядома, дзе чалавек цяпер?"
    await desk.take(desk.lay(Commanded("ask", words, "5"), TEAM, sender="9001", private=False))
    (asked,) = [one for one in await desk.letters("answer") if one.payload["buttons"]]
    ((agree,),) = asked.payload["buttons"]
    (way,) = await desk.store.run(lambda uow: uow.ways.of_room(PRIVATE))
    await desk.store.run(lambda uow: uow.ways.keep(replace(way, asked=MOST)))
    await desk.take(desk.lay(Pressed(agree[1], "8", query="q"), TEAM, sender="9002", private=False))
    (approval,) = await desk.store.run(lambda uow: uow.approvals.all())
    assert (approval.second, approval.used) == ("", False)
