"""Buttons and previews: what stands behind them, and that nothing else is believed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.triage.acts import ACTS, Action
from handlers.triage.changes import CLOSE_REASONS, LABELS, LOWER_REASONS, RAISE_REASONS
from handlers.triage.facts import Level
from handlers.triage.fate import load_fate
from handlers.triage.orders import Order, read_token, read_words, write_token
from handlers.triage.previews import hash_of, needs_preview, preview
from tests.handlers.triage.asked import a_case
from tests.handlers.triage.wording import LANGUAGES, say
from tests.tables import each

WORDS = (*CLOSE_REASONS, *LABELS, *LOWER_REASONS, *RAISE_REASONS, *Level, *load_fate().facts, "m-07", "K7QF2")


@given(
    st.binary(min_size=16, max_size=16),
    st.sampled_from(Action),
    st.integers(1, 9_999_999),
    st.lists(st.sampled_from(WORDS), max_size=1),
    st.booleans(),
)
def test_a_token_comes_back_as_it_was_and_fits_a_button(
    case: bytes, action: Action, revision: int, words: list[str], checked: bool
) -> None:
    mine = replace(a_case(revision=revision), id=case)
    order = Order(action, tuple(words))
    order = replace(order, check=hash_of(mine, order, by="m-07") if checked else "")
    token = write_token(mine, order)
    assert len(token.encode()) <= 64
    pressed = read_token(token)
    assert pressed
    assert (pressed.order, pressed.prefix, pressed.revision) == (order, case[:8], revision)


@each((token,) for token in [
     "", "t", "t:claim", "t:erase:0001020304050607:1", "t:claim:00:1", "t:claim:0001020304050607:0",
     "t:claim:0001020304050607:1 ", "T:claim:0001020304050607:1", "t:claim:0001020304050607:١", "q:1:2:3",
     "t:claim:0001020304050607:1.", "t:claim:0001020304050607:1!", "t:claim:0001020304050607:1.a.b.c",
     "t:close:0001020304050607:1.ж"])  # fmt: skip
def test_what_is_no_token_of_ours_is_nothing(token: str) -> None:
    assert read_token(token) is None


@given(st.text(max_size=80))
def test_no_text_breaks_the_token_reader(token: str) -> None:
    found = read_token(token)
    assert found is None or token.startswith("t:")


def test_words_after_a_command_are_few() -> None:
    assert read_words("  orange \n found ") == ("orange", "found")
    assert len(read_words("a " * 1000)) == 6


def test_only_the_button_of_this_very_preview_confirms() -> None:
    case, order = a_case(), Order(Action.PURGE)
    assert needs_preview(case, order, by="m-10")
    ((button,),) = preview(case, order, by="m-10").buttons
    pressed = read_token(button.token)
    assert pressed
    assert not needs_preview(case, pressed.order, by="m-10")
    assert needs_preview(case, pressed.order, by="m-07")  # somebody else saw nothing
    assert needs_preview(replace(case, revision=2), pressed.order, by="m-10")  # the case has moved on
    assert needs_preview(replace(case, id=bytes(16)), pressed.order, by="m-10")
    assert needs_preview(case, replace(pressed.order, action=Action.SHADOW), by="m-10")
    assert needs_preview(case, replace(pressed.order, words=("K7QF2",)), by="m-10")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("action", [action for action, act in ACTS.items() if act.previewed])
def test_every_preview_has_words(language: str, action: Action) -> None:
    screen = preview(a_case(), Order(action, ("K7QF2",)), by="m-10", other=replace(a_case(), code="K7QF2"))
    assert all(say(language, line) for line in screen.lines)
    assert all(say(language, button.label) for row in screen.buttons for button in row)


def test_what_is_not_previewed_is_done_at_once() -> None:
    assert not needs_preview(a_case(), Order(Action.CLAIM), by="m-07")
