"""OPEN, PAUSED, LOCKED: every way between them, and that there is no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.guard.rules import Broken
from handlers.guard.standing import (
    Blind,
    Event,
    Looked,
    Raised,
    Resume,
    Standing,
    State,
    Unlocked,
    Warn,
    Withdraw,
    step,
)
from handlers.guard.words import warning
from handlers.texts import LANGUAGES, Texts
from tests.tables import each

SMALL, GRAVE = Broken("history"), Broken("strangers", True, {"number": 1})
FRESH = Standing()
OPEN = Standing(State.OPEN, opened=True)
PAUSED = Standing(State.PAUSED, opened=True, reasons=(SMALL,))
LOCKED = Standing(State.LOCKED, opened=True, reasons=(GRAVE,))


@each(
    [
        (FRESH, Looked(), State.OPEN, (Resume(),)),
        (FRESH, Looked((SMALL,)), State.PAUSED, (Warn(State.PAUSED, (SMALL,)),)),
        (FRESH, Looked((GRAVE,)), State.PAUSED, (Warn(State.PAUSED, (GRAVE,)),)),
        (FRESH, Blind(), State.PAUSED, ()),
        (OPEN, Looked(), State.OPEN, ()),
        (OPEN, Looked((SMALL,)), State.PAUSED, (Warn(State.PAUSED, (SMALL,)),)),
        (OPEN, Looked((SMALL, GRAVE)), State.LOCKED, (Withdraw(), Warn(State.LOCKED, (SMALL, GRAVE)))),
        (OPEN, Blind(), State.PAUSED, ()),
        (OPEN, Raised("panic"), State.LOCKED, (Withdraw(), Warn(State.LOCKED, (Broken("panic", True),)))),
        (OPEN, Unlocked(), State.OPEN, ()),
        (PAUSED, Looked(), State.OPEN, (Resume(), Warn(State.OPEN))),
        (PAUSED, Looked((SMALL,)), State.PAUSED, ()),
        (PAUSED, Looked((GRAVE,)), State.LOCKED, (Withdraw(), Warn(State.LOCKED, (GRAVE,)))),
        (PAUSED, Blind(), State.PAUSED, ()),
        (PAUSED, Raised("rival"), State.LOCKED, (Withdraw(), Warn(State.LOCKED, (Broken("rival", True),)))),
        (LOCKED, Looked(), State.LOCKED, ()),
        (LOCKED, Looked((GRAVE,)), State.LOCKED, ()),
        (LOCKED, Blind(), State.LOCKED, ()),
        (LOCKED, Raised("panic"), State.LOCKED, ()),
        (LOCKED, Unlocked(), State.PAUSED, ()),
    ]
)
def test_what_becomes_of_the_group(
    before: Standing, event: Event, after: State, effects: tuple[object, ...]
) -> None:
    standing, done = step(before, event)
    assert standing.state is after
    assert done == effects


def test_a_group_that_was_never_open_is_not_locked_for_who_sits_in_it_while_it_is_set_up() -> None:
    standing, _ = step(FRESH, Looked((GRAVE,)))
    standing, _ = step(standing, Looked())
    assert standing == OPEN


def test_after_a_network_that_did_not_answer_the_leads_hear_of_the_first_reason() -> None:
    blind, _ = step(OPEN, Blind())
    _, effects = step(blind, Looked((SMALL,)))
    assert effects == (Warn(State.PAUSED, (SMALL,)),)
    _, effects = step(blind, Looked())
    assert effects == (Resume(),)


def test_two_moderators_open_the_lock_and_the_rules_open_the_group() -> None:
    after, effects = step(LOCKED, Unlocked())
    assert (after.state, after.reasons, effects) == (State.PAUSED, (GRAVE,), ())
    assert step(after, Looked())[0] == OPEN
    assert step(after, Looked((GRAVE,)))[0].state is State.LOCKED


EVENTS = st.one_of(
    st.just(Looked()),
    st.just(Looked((SMALL,))),
    st.just(Looked((GRAVE,))),
    st.just(Blind()),
    st.just(Raised("panic")),
    st.just(Unlocked()),
)


@given(st.lists(EVENTS, max_size=30))
def test_whatever_happens_only_a_clean_look_opens_and_only_an_approval_unlocks(events: list[Event]) -> None:
    standing = FRESH
    for event in events:
        before, (standing, _) = standing, step(standing, event)
        if standing.state is State.OPEN and before.state is not State.OPEN:
            assert event == Looked()
        if before.state is State.LOCKED and standing.state is not State.LOCKED:
            assert event == Unlocked()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_warning_says_what_why_and_what_to_do(language: str) -> None:
    texts = Texts.load()
    words, buttons = texts.show(language, warning(Warn(State.LOCKED, (SMALL, GRAVE))))
    assert buttons == ()
    assert len(words.splitlines()) == 6
    assert "/reopen" in words
    assert len(texts.show(language, warning(Warn(State.OPEN)))[0].splitlines()) == 1
