"""The card: its words in three languages, its buttons, and what it must not say."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.screens import Line, Screen
from handlers.triage.cards import card, digest_note, read_token, title, write_token
from handlers.triage.cases import Case, Status
from handlers.triage.claims import Action
from handlers.triage.facts import CardFacts, Level
from handlers.triage.rules import load_rules
from tests.handlers.triage.asked import CASE, a_case
from tests.handlers.triage.wording import LANGUAGES, keys, say

BY_STATUS = {
    Status.HELD: [],
    Status.NEW: [Action.CLAIM, Action.CLOSE],
    Status.CLAIMED: [Action.RELEASE, Action.CLOSE],
    Status.CLOSED: [],
}


def text(screen: Screen, language: str = "en") -> str:
    return "\n".join(say(language, line) for line in screen.lines)


def test_a_card_reads_like_this() -> None:
    assert text(card(a_case(Status.CLAIMED), policy="card")) == (
        "🔴 K7Q4F\n"
        "Urgency: red, read within 1 hour\n"
        "⚑ Authorities deny holding the person\n"
        "⚑ Beaten or injured\n"
        "Region: Minsk city\n"
        "Detained by: OMON, KGB\n"
        "Age: 18-29\n"
        "Day: 2026-11-19\n"
        "Status: taken\n"
        "Taken by: m-07"
    )


def test_a_bell_says_code_and_urgency_and_nothing_more() -> None:
    assert text(card(a_case(), policy="bell")) == "🔴 K7Q4F\nUrgency: red, read within 1 hour"


@pytest.mark.parametrize(("status", "policy"), tuple(product(Status, ("card", "bell"))))
def test_buttons_fit_the_status(status: Status, policy: str) -> None:
    rows = card(a_case(status), policy="bell" if policy == "bell" else "card").buttons
    tokens = [read_token(button.token) for row in rows for button in row]
    assert [token[0] for token in tokens if token] == BY_STATUS[status]
    assert all(rows)  # no empty row


@pytest.mark.parametrize("status", Status)
def test_a_title_carries_status_and_code_only(status: Status) -> None:
    shown = title(a_case(status))
    assert shown.startswith("🔴 K7Q4F ")
    assert len(shown) <= len("🔴 K7Q4F ") + 1
    assert len({title(a_case(each)) for each in Status}) == len(Status)


@given(st.binary(min_size=16, max_size=16), st.sampled_from(Action), st.integers(1, 10**9))
def test_a_token_comes_back_as_it_was_and_fits_a_button(case: bytes, action: Action, revision: int) -> None:
    base = a_case(revision=revision)
    mine = Case(case, base.code, base.facts, base.status, None, base.history, base.day, revision)
    token = write_token(mine, action)
    assert len(token.encode()) <= 64
    assert read_token(token) == (action, case[:8], revision)


@pytest.mark.parametrize(
    "token",
    ["", "t", "t:claim", "t:erase:0001020304050607:1", "t:claim:00:1", "t:claim:0001020304050607:0",
     "t:claim:0001020304050607:1 ", "T:claim:0001020304050607:1", "t:claim:0001020304050607:١", "q:1:2:3"],
)  # fmt: skip
def test_what_is_no_token_of_ours_is_nothing(token: str) -> None:
    assert read_token(token) is None


@given(st.text(max_size=80))
def test_no_text_breaks_the_token_reader(token: str) -> None:
    found = read_token(token)
    assert found is None or token.startswith("t:")


def every_line() -> list[Line]:
    rules = load_rules()
    lines: list[Line] = []
    for level, status in product(Level, Status):
        facts = CardFacts(level, rules.reasons, None, rules.bodies, "unknown", None, unfinished=True)
        base = a_case(status)
        case = Case(CASE, base.code, facts, status, base.claimant, base.history, base.day)
        lines += card(case, policy="card").lines
    lines += [Line(f"card-region-{region}") for region in rules.regions]
    lines += [Line(f"button-{action}") for action in Action]
    return [*lines, digest_note(day="2026-11-23")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_a_card_can_hold_has_words(language: str) -> None:
    for line in every_line():
        assert say(language, line).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_words(language: str) -> None:
    for name in ("taken", "yours-already", "not-yours", "held", "new", "closed", "stale", "roster", "gone"):
        assert say(language, Line(f"refusal-{name}", {"by": "m-07", "code": "K7Q4F"}))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("action", Action)
def test_every_action_is_confirmed_in_words(language: str, action: Action) -> None:
    assert "K7Q4F" in say(language, Line(f"done-{action}", {"code": "K7Q4F"}))


def test_all_languages_have_the_same_keys() -> None:
    assert keys("be", "triage") == keys("ru", "triage") == keys("en", "triage")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_digest_note_says_no_number_but_the_day(language: str) -> None:
    words = say(language, digest_note(day="DAY"))
    assert not any(letter.isdigit() for letter in words)


def with_facts(**changed: Any) -> str:
    case = a_case()
    return text(card(replace(case, facts=replace(case.facts, **changed)), policy="card"))


def test_an_unfinished_report_says_so_and_a_finished_one_does_not() -> None:
    words = say("en", Line("card-unfinished"))
    assert words in with_facts(unfinished=True)
    assert words not in with_facts(unfinished=False)


def test_what_is_not_known_is_called_so_line_by_line() -> None:
    unknown = say("en", Line("card-unknown"))
    shown = with_facts(region=None, bodies=(), age_group="unknown", day=None)
    assert [f": {unknown}" in line for line in shown.splitlines()[-5:-1]] == [True] * 4
