"""Moving through the questions, and everything that can come in between."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from handlers.effects import Show
from handlers.events import Medium
from handlers.intake.acts import COMMANDS, Act, State
from handlers.intake.diagram import draw_diagram
from handlers.intake.table import TABLE
from handlers.intake.talk import Answer
from tests.handlers.intake.chat import SHORT_WAY, STEPS, Chat, at
from tests.tables import each

EVERY_STEP = (
    *STEPS, "detained_when/day", "detained_where/region", "facility",
    "facility/found", "facility/town", "review", "sent", "language", "erase",
)  # fmt: skip


def test_the_short_way_leads_to_the_review_in_its_order() -> None:
    chat = Chat()
    chat.command("start")
    seen = [chat.step]
    for words in SHORT_WAY:
        chat.write(words)
        seen.append(chat.step)
    assert seen == [*STEPS, "review"]


def test_the_table_has_a_row_for_every_state_and_act() -> None:
    for state, act in itertools.product(State, Act):
        assert TABLE[state][act].leads


@pytest.mark.checkout
def test_the_committed_picture_is_the_tables_own() -> None:
    page = (Path(__file__).parents[3] / "docs" / "conversation.md").read_text(encoding="utf-8")
    assert f"```mermaid\n{draw_diagram()}```" in page


@each(itertools.product(EVERY_STEP, [*COMMANDS, "settings", "Start"]))
def test_no_command_anywhere_loses_an_answer(step: str, name: str) -> None:
    chat = at(step)
    assert chat.talk is not None
    before = dict(chat.talk.answers)
    chat.command(name)
    if name == "stop" and step in ("start", "erase", "sent"):
        assert chat.talk is None
    elif not (step == "sent" and name.lower() == "start"):
        assert before.items() <= chat.talk.answers.items()
    assert any(isinstance(effect, Show) for effect in chat.last)


@each((step,) for step in EVERY_STEP if step not in ("start", "sent"))
def test_start_in_the_middle_goes_on_where_one_was(step: str) -> None:
    chat = at(step)
    chat.command("start")
    assert chat.step == ("review" if step in ("language", "erase") else step)


@each(zip(EVERY_STEP))
def test_every_screen_has_a_way_out(step: str) -> None:
    chat = at(step)
    tokens = [token.partition(":")[2] for _, token in chat.buttons]
    assert any(token in (Act.STOP, Act.BACK, Act.FINISH) or token == "p:stop" for token in tokens)


@each(itertools.product(EVERY_STEP, Medium))
def test_no_medium_anywhere_is_a_dead_end(step: str, medium: Medium) -> None:
    chat = at(step)
    assert chat.talk is not None
    before = dict(chat.talk.answers)
    chat.attach(medium)
    assert before.items() <= chat.talk.answers.items()
    assert chat.did(Show)


@each([(step, step) for step in STEPS[1:10]])
def test_back_leads_to_the_question_before_and_forward_again(step: str, question: str) -> None:
    chat = at(step)
    chat.write("назад")
    assert chat.step == STEPS[STEPS.index(step) - 1]
    assert chat.talk is not None
    if chat.step != "start":
        chat.write("працягнуць")
        assert chat.step == question


def test_back_at_the_beginning_stays_at_the_beginning() -> None:
    chat = at("start")
    chat.command("back")
    assert chat.step == "start"


def test_the_first_question_cannot_be_passed_over() -> None:
    for words in ("прапусціць", "не ведаю", "не хачу казаць", "праверка", "працягнуць", "адправіць"):
        chat = at("start")
        chat.write(words)
        assert chat.step == "start"
        assert chat.talk is not None
        assert not chat.talk.answers


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("прапусціць", "skipped"),
        ("не знаю", "unknown"),
        ("I'd rather not say", "refused"),
        ("опасно говорить", "unsafe"),
    ],
)
def test_reasons_are_data_on_a_question_that_may_be_left_open(words: str, reason: str) -> None:
    chat = at("narrative")
    chat.write(words)
    assert chat.talk is not None
    assert chat.talk.answers["narrative"] == Answer(missing=reason)  # type: ignore[arg-type]  # one of Missing


def test_a_required_question_passed_over_counts_as_refused() -> None:
    chat = at("person")
    chat.command("skip")
    assert chat.talk is not None
    assert chat.talk.answers["person"].missing == "refused"


def test_skipping_a_question_that_has_an_answer_keeps_it() -> None:
    chat = at("narrative")
    chat.command("back")
    chat.write("Журналіст, медыя")
    chat.command("back")
    assert chat.step == "profile"
    chat.command("skip")
    assert chat.value("profile") == ["journalist"]


def test_help_shows_the_reasons_for_not_answering() -> None:
    chat = at("person")
    assert "Не хачу казаць" not in chat.labels
    chat.press("? Дапамога")
    assert chat.step == "person"
    chat.press("Рызыкоўна казаць")
    assert chat.talk is not None
    assert chat.talk.answers["person"].missing == "unsafe"
