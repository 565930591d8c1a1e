"""What the team reads: every sentence is used and fits its place, and no case outgrows its card."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from handlers.approvals import Matter
from handlers.asking.questions import FREE, load_questions
from handlers.asking.screening import load_rules as load_screen
from handlers.guard.rules import RULES, WISHES
from handlers.guard.standing import State
from handlers.matching.hints import Alike
from handlers.matching.likeness import Fact
from handlers.screens import Line, Screen
from handlers.texts import LANGUAGES, Texts
from handlers.triage.acts import ACTS, ROLES, Action
from handlers.triage.cards import MARKS, card
from handlers.triage.cases import Case, Contact, Finding, Override, Part, Reached, Status
from handlers.triage.changes import CLOSE_REASONS, LABELS, LOWER_REASONS, RAISE_REASONS
from handlers.triage.commands import LISTED
from handlers.triage.contacts import MOST
from handlers.triage.facts import CardFacts, Level
from handlers.triage.fate import CONTACT, LIFE, TRACK, load_fate
from handlers.triage.rules import load_rules
from tests.handlers.test_texts import CATALOGUES, placeholders
from tests.handlers.triage.asked import a_case
from tests.handlers.triage.wording import keys
from tests.searches import every

TEXTS = Texts.load()
TEAM = ("approvals", "asking", "boards", "commands", "guard", "team", "triage", "vetting")
ROOT = Path(__file__).parents[2]
ALERT = 200  # characters that Telegram shows over a chat
BUTTON = 32
BUTTON_OF_THREE = 12
LINES = 12
CAPTION = 1024  # UTF-16 units under a file
TYPED_ONLY = {
    "refusal-choose",
    "refusal-finding",
    "refusal-no-command",
    "refusal-no-member",
    "refusal-question",
    "refusal-question-long",
    "refusal-usage",
    "refusal-which-case",
}
"""Said to whoever typed a command, in a message; no button leads there."""
LONGEST: dict[str, str | int | Line] = {
    "code": "WWWWW",
    "other": "WWWWW",
    "by": "m-12345678",
    "member": "m-12345678",
    "most": MOST,
    "day": "2026-11-23",
    "name": "m-12345678",
    "count": 1000,
}


def families() -> dict[str, Iterator[str]]:
    """Keys that are put together, by how they begin: what they end with."""
    rules, fate, asking = load_rules(), load_fate(), load_questions()
    return {
        "asking-answer-": (answer for answers in asking.answers.values() for answer in answers),
        "asking-ask-": iter(asking.canned),
        "asking-finds-": (rule.id for rule in load_screen()),
        "asking-name-": iter((*asking.canned, FREE)),
        "button-": (action for action, act in ACTS.items() if act.button is not None),
        "card-asked-": iter(Reached),
        "card-body-": iter(rules.bodies),
        "card-fact-": iter(Fact),
        "card-region-": iter(rules.regions),
        "close-": iter(CLOSE_REASONS),
        "does-": iter(LISTED),
        "done-": iter(Action),
        "fact-": iter(fate.facts),
        "fate-": (f"{axis}-{state}" for axis in (LIFE, TRACK, CONTACT) for state in fate.states[axis]),
        "guard-": (f"{name}{end}" for name in watched() for end in ("", "-remedy")),
        "guard-told-": iter(State),
        "label-": iter(LABELS),
        "level-": iter(Level),
        "preview-": (action for action, act in ACTS.items() if act.previewed),
        "reason-": iter(rules.reasons),
        "refusal-": (status for status in Status if status is not Status.CLAIMED),
        "role-": iter(ROLES),
        "second-": iter(Matter),
        "status-": iter(Status),
        "usage-": iter(LISTED),
        "why-": iter((*RAISE_REASONS, *LOWER_REASONS)),
    }


def watched() -> tuple[str, ...]:
    return (*(rule.name for rule in (*RULES, *WISHES)), "panic", "rival", "log")


def built() -> set[str]:
    return {begin + end for begin, ends in families().items() for end in ends}


@cache
def spelt() -> set[str]:
    """Every word in quotes that stands in the program."""
    paths = [path for folder in ("bot", "handlers") for path in (ROOT / folder).rglob("*.py")]
    return {key for path in paths for key in re.findall(r'"([\w-]+)"', path.read_text("utf-8"))}


def team_keys() -> set[str]:
    return {key for catalogue in TEAM for key in keys("en", catalogue)}


def said(language: str, key: str) -> str:
    """A sentence with the longest words it can be given."""
    args = {name: LONGEST.get(name, "") for name in placeholders("en", key)}
    return TEXTS.say(language, Line(key, args))


@pytest.mark.checkout
def test_no_sentence_of_the_team_is_unused() -> None:
    assert team_keys() - spelt() - built() == set()


def test_no_sentence_that_is_put_together_is_missing() -> None:
    assert built() - set(CATALOGUES["en"]) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_answers_a_press_fits_above_the_chat(language: str) -> None:
    answers = {key for key in team_keys() if key.startswith(("refusal-", "done-", "second-waits"))}
    assert answers > TYPED_ONLY
    for key in answers - TYPED_ONLY:
        assert len(said(language, key)) <= ALERT, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_of_the_team_can_be_read_on_a_phone(language: str) -> None:
    labels = {key for key in team_keys() if key.startswith(("button-", "asking-button-", "asking-answer-"))}
    for key in {*labels, "second-agree", *(f"asking-name-{each}" for each in load_questions().answers)}:
        assert 2 <= len(said(language, key)) <= BUTTON, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_buttons_of_a_card_can_be_read_side_by_side(language: str, thorough: bool) -> None:
    rows = [row for _, screen in every_card(thorough=thorough) for row in screen.buttons]
    assert max(len(row) for row in rows) == 3
    for label in {button.label.key for row in rows for button in row}:
        assert len(said(language, label)) <= BUTTON_OF_THREE, label


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 2, 3, 5, 11, 21, 22])
def test_numbers_agree_with_their_words(language: str, count: int) -> None:
    """The table is of each language's own grammar: one, few, many."""
    told = TEXTS.say(language, Line("refusal-asked-enough", {"code": "K7Q4F", "most": count}))
    tens, ones = divmod(count, 10)
    form = 0 if ones == 1 and tens != 1 else 1 if 2 <= ones <= 4 and tens != 1 else 2
    words = {"be": ("раз.", "разы.", "разоў."), "ru": ("раз.", "раза.", "раз."), "en": ("times.",) * 3}
    expected = "once." if (language, count) == ("en", 1) else f"{count} {words[language][form]}"
    assert expected in told


FACTS = CardFacts(Level.RED, load_rules().reasons, "BY-HM", load_rules().bodies, "18-29", "2026-11-19", True)
FOUND = tuple(
    Finding(axis, state, "2026-11-20", "seen", "A", "m-07", "2026-11-24")
    for axis, state in (("life", "admin_arrest"), ("track", "criminal"), ("contact", "lawyer"))
)
MAY_BE: tuple[tuple[str, object], ...] = (
    ("facts", FACTS),
    ("override", Override(Level.YELLOW, "found", "m-07", "2026-11-24")),
    ("labels", LABELS),
    ("fate", FOUND),
    ("parts", (Part(bytes(16), Level.GREEN),)),
    ("linked", (bytes(16),)),
    ("notes", 12),
    ("unseen", 2),
    ("contacts", (Contact("facility", "2026-11-24", "m-07", Reached.EXPIRED),) * MOST),
)
ALIKE = (Alike("K7QF2", (Fact.NAME, Fact.SURNAME, Fact.YEAR, Fact.DAY)), Alike("R3T9K", (Fact.NAME,)))


def every_case(*, thorough: bool) -> Iterator[Case]:
    """Whatever a card tells, there and not there, in every status."""
    told_or_not = list(product((False, True), repeat=len(MAY_BE)))
    for status, there in product(Status, every(told_or_not, thorough=thorough, sample=70)):
        told: dict[str, Any] = {
            name: value for (name, value), is_so in zip(MAY_BE, there, strict=True) if is_so
        }
        yield replace(a_case(status), until="2026-11-27", **told)


@cache
def every_card(*, thorough: bool) -> list[tuple[Case, Screen]]:
    """Its card, as full as it can be."""
    return [(case, card(case, policy="card", alike=ALIKE)) for case in every_case(thorough=thorough)]


def fullest(status: Status, state: Reached) -> Case:
    """Everything at once."""
    case = replace(a_case(status), until="2026-11-27", **dict[str, Any](MAY_BE))
    return replace(case, contacts=(*case.contacts[1:], replace(case.contacts[0], state=state)))


def test_no_state_of_a_case_has_more_than_twelve_lines_on_its_card(thorough: bool) -> None:
    cards = every_card(thorough=thorough)
    for case, screen in cards:
        assert str(screen.lines[0].args["title"]).startswith(MARKS[case.status])
        assert len(card(case, policy="bell", alike=ALIKE).lines) == 2
    assert max(len(screen.lines) for _, screen in cards) == LINES


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_of_a_card_breaks_in_two_and_the_fullest_fits_under_its_file(language: str) -> None:
    for status, state in product(Status, Reached):
        lines = [TEXTS.say(language, line) for line in card(fullest(status, state), policy="card").lines]
        assert not any("\n" in line for line in lines)
        assert len("\n".join(lines).encode("utf-16-le")) // 2 <= CAPTION
