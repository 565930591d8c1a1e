"""From what is typed to an order: with and without a code, in any letters, and kind where it does not fit."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.intake.draws import LETTERS
from handlers.triage.acts import Action
from handlers.triage.changes import Refusal
from handlers.triage.commands import (
    ALARMS,
    COMMANDS,
    LISTED,
    LISTS,
    RESOLVED,
    Asked,
    read_code,
    read_command,
    show_help,
    usage,
    what,
)
from handlers.triage.orders import Order
from tests.handlers.triage.wording import LANGUAGES, say
from tests.tables import each

HERE, OTHER = "K7Q4F", "K7QF2"


def asked(name: str, argument: str = "", here: str | None = HERE) -> Asked:
    found = read_command(name, argument, here=here)
    assert isinstance(found, Asked), found
    return found


def refused(name: str, argument: str = "", here: str | None = HERE) -> str:
    found = read_command(name, argument, here=here)
    assert isinstance(found, Refusal)
    assert all(say(language, found.line) for language in LANGUAGES)
    return found.line.key


@each((name,) for name in [name for name, command in COMMANDS.items() if not command.second])
def test_in_a_topic_the_code_may_be_left_out_and_elsewhere_it_is_the_first_word(name: str) -> None:
    text = "Патэлефанаваць" if COMMANDS[name].free else ""
    assert asked(name, text).code == HERE
    assert asked(name, f"{OTHER} {text}", here=None) == asked(name, text, here=OTHER)
    assert refused(name, text, here=None) == "refusal-which-case"


@pytest.mark.parametrize("name", ["link", "unlink", "merge"])
def test_an_act_on_two_names_the_other_case_last(name: str) -> None:
    order = Order(COMMANDS[name].action, (OTHER,))
    assert asked(name, OTHER) == Asked(HERE, order)
    assert asked(name, f"{HERE} {OTHER}", here=None) == Asked(HERE, order)
    assert refused(name) == refused(name, f"{OTHER} please") == refused(name, OTHER, here=None)


def test_split_is_unmerge_said_from_the_case_that_goes_on() -> None:
    assert asked("split", OTHER) == Asked(OTHER, Order(Action.UNMERGE, (HERE,)))
    assert asked("split", f"{HERE} {OTHER}", here=None) == asked("split", OTHER)
    assert asked("unmerge", OTHER) == Asked(OTHER, Order(Action.UNMERGE))
    assert refused("split") == "refusal-usage"


def test_words_come_in_small_letters_behind_the_code() -> None:
    assert asked("urgency", "Orange FOUND") == Asked(HERE, Order(Action.URGENCY, ("orange", "found")))
    assert asked("close", "k7qf2 Done") == Asked(OTHER, Order(Action.CLOSE, ("done",)))
    assert asked("urgency").order.words == ()


@pytest.mark.parametrize("argument", ["K7QF", "please", "K7QF2 K7QF2", "\N{WHITE MEDIUM STAR}"])
def test_a_mistyped_code_never_means_the_case_of_the_topic(argument: str) -> None:
    assert refused("claim", argument) == "refusal-usage"


def test_a_code_is_read_from_any_keyboard() -> None:
    assert read_code("k7qf2") == read_code("К7QF2") == OTHER  # the second K is Cyrillic
    assert read_code("K7QF") is read_code("minor") is read_code("K7QFO") is None


def test_a_note_in_a_topic_is_about_that_case_whatever_it_begins_with() -> None:
    assert asked("note", f"{OTHER} – гэта яго брат") == Asked(
        HERE, Order(Action.NOTE), asked("note", f"{HERE} {OTHER} – гэта яго брат").note
    )
    note = asked("note", f"{OTHER}\nПершы радок\nдругі", here=None)
    assert (note.code, note.note and note.note.text) == (OTHER, "Першы радок\nдругі")
    assert refused("note", f"  {HERE} ") == refused("note", " ") == "refusal-usage"
    assert "брат" not in repr(note) + repr(asked("note", "яго брат"))


@given(
    st.sampled_from([*COMMANDS, "start", "", "клейм", "取"]),
    st.text(max_size=60) | st.text("абвгд ABCD漢字عربי\n\t\0 K7QF2", max_size=40),
    st.none() | st.text(LETTERS, min_size=5, max_size=5),
)
@example("claim", "ǅǅǅǅǅ", None)
@example("note", "ßßßßß", None)
def test_no_garbage_breaks_the_reader(name: str, argument: str, here: str | None) -> None:
    found = read_command(name, argument, here=here)
    if isinstance(found, Refusal):
        assert say("be", found.line)
        return
    assert read_code(found.code) == found.code
    asked = {COMMANDS[name].action} | (
        {Action.QUESTION} if name == "ask" else set()
    )  # with words of one's own
    assert found.order.action in asked
    assert len(found.order.words) <= 4


def test_what_is_no_command_names_help() -> None:
    assert refused("start") == "refusal-no-command"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_a_line_of_help_and_its_usage_names_it(language: str) -> None:
    told = "\n".join(say(language, line) for line in show_help().lines)
    for name in LISTED:
        assert say(language, usage(name)).split()[0].rstrip(",") == f"/{name}"
        assert say(language, usage(name)) in told
        assert 3 <= len(say(language, what(name))) <= 60
    assert len(told) < 4096
    assert set(LISTED) == {*LISTS, *COMMANDS, *ALARMS, *RESOLVED, "help"}
    assert {command.action for command in COMMANDS.values()} == set(Action) - {Action.QUESTION}  # /ask, too
