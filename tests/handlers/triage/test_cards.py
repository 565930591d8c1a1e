"""The card: its words in three languages, its buttons, and what it must not say."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from handlers.matching.hints import Alike
from handlers.matching.likeness import Fact
from handlers.screens import Line, Screen
from handlers.triage.acts import ACTS, Action
from handlers.triage.cards import COLOURS, MARKS, card, digest_note, title
from handlers.triage.cases import Case, Contact, Finding, Override, Part, Reached, Status, Step
from handlers.triage.changes import CLOSE_REASONS, LABELS, LOWER_REASONS, RAISE_REASONS
from handlers.triage.facts import CardFacts, Level
from handlers.triage.fate import load_fate
from handlers.triage.orders import read_token
from handlers.triage.rules import load_rules
from tests.handlers.triage.asked import a_case
from tests.handlers.triage.wording import LANGUAGES, keys, say
from tests.tables import each

BY_STATUS = {
    Status.HELD: [],
    Status.NEW: [Action.CLAIM, Action.CLOSE],
    Status.CLAIMED: [Action.RELEASE, Action.CLOSE],
    Status.MERGED: [],
    Status.CLOSED: [],
}


def text(screen: Screen, language: str = "en") -> str:
    return "\n".join(say(language, line) for line in screen.lines)


def test_a_card_reads_like_this() -> None:
    assert text(card(replace(a_case(Status.CLAIMED), until="2026-11-27"), policy="card")) == (
        "✋ 🔴 K7Q4F\n"
        "Urgency: red, read within 1 hour\n"
        "⚑ Authorities deny holding the person · Beaten or injured\n"
        "Region: Minsk city\n"
        "Detained by: OMON, KGB\n"
        "Age: 18-29 · Day: 2026-11-19\n"
        "Taken by m-07, until 2026-11-27"
    )


ALIKE = (Alike("K7QF2", (Fact.NAME, Fact.YEAR)), Alike("R3T9K", (Fact.SURNAME, Fact.DAY)))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "≈ Possibly the same as K7QF2 (name, year of birth) · R3T9K (family name, day)"),
        ("be", "≈ Магчыма, той самы чалавек: K7QF2 (імя, год нараджэння) · R3T9K (прозвішча, дзень)"),
        ("ru", "≈ Возможно, тот же человек: K7QF2 (имя, год рождения) · R3T9K (фамилия, день)"),
    ],
)
def test_a_card_says_in_one_line_which_cases_are_alike_and_in_what(language: str, line: str) -> None:
    alike = text(card(a_case(), policy="card", alike=ALIKE), language).split("\n")
    assert line in alike
    assert len(alike) == len(card(a_case(), policy="card").lines) + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_that_may_agree_has_its_word(language: str) -> None:
    words = [say(language, Line(f"card-fact-{fact}")) for fact in Fact]
    assert len(set(words)) == len(Fact)


def test_the_hint_gives_way_once_people_have_linked_or_merged() -> None:
    linked = replace(a_case(), linked=(bytes(16),))
    assert card(linked, policy="card", alike=ALIKE) == card(linked, policy="card")


def test_a_bell_names_no_case_that_is_alike() -> None:
    assert card(a_case(), policy="bell", alike=ALIKE) == card(a_case(), policy="bell")


def full_case(status: Status) -> Case:
    """As many lines as a card can have."""
    rules = load_rules()
    facts = CardFacts(Level.RED, rules.reasons, None, rules.bodies, "unknown", None, unfinished=True)
    findings = tuple(
        Finding(axis, state, "2026-11-20", "seen", "A", "m-07", "2026-11-24")
        for axis, state in (("life", "detained"), ("track", "criminal"), ("contact", "lawyer"))
    )
    override = Override(Level.YELLOW, "found", "m-07", "2026-11-24")
    linked, parts = (bytes(16),), (Part(bytes(16), Level.GREEN),)
    return replace(
        a_case(status), facts=facts, labels=LABELS, fate=findings, override=override,
        linked=linked, parts=parts, notes=3, until="2026-11-27",
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", Status)
def test_the_fullest_card_has_twelve_lines_fits_a_caption_and_says_its_status_first(
    language: str, status: Status
) -> None:
    shown = text(card(full_case(status), policy="card"), language)
    assert len(shown.splitlines()) <= 12
    assert len(shown.encode("utf-16-le")) // 2 <= 1024
    assert shown.startswith(MARKS[status])

    unlinked = replace(full_case(status), linked=(), parts=())
    told = text(card(unlinked, policy="card", alike=ALIKE * 2), language)
    assert len(told.splitlines()) <= 12
    assert len(told.encode("utf-16-le")) // 2 <= 1024


def last_line(**changed: Any) -> str:
    return text(card(replace(a_case(), **changed), policy="card")).splitlines()[-1]


def test_what_was_asked_answered_and_noted_beside_a_case_stands_in_one_line() -> None:
    asked = Contact("held", "2026-11-23", "m-07", Reached.SENT)
    again = replace(asked, question="lawyer", state=Reached.DECLINED)
    answered = "✉️ New answer: 2"
    assert last_line(unseen=2) == answered
    assert last_line(notes=3) == "🗒 Notes: 3"
    assert last_line(contacts=(asked,)) == "❓ still held?: sent (1/3)"
    assert last_line(contacts=(asked, again)) == "❓ a lawyer?: would rather not answer (2/3)"
    whole = f"{answered} · ❓ still held?: sent (1/3) · 🗒 Notes: 3"
    assert last_line(unseen=2, contacts=(asked,), notes=3) == whole


def test_what_became_of_the_person_and_what_belongs_together_have_a_line_each() -> None:
    fate = (("life", "detained"), ("track", "criminal"))
    findings = tuple(Finding(*each, "2026-11-20", "seen", "A", "m-07", "2026-11-24") for each in fate)
    words = ", ".join(say("en", Line(f"fate-{axis}-{state}")) for axis, state in fate)
    assert last_line(fate=findings) == f"Now: {words}"
    assert last_line(linked=(bytes(16),)) == "🔗 Reports joined: 0 · possibly the same: 1"
    parts = (Part(bytes(16), Level.GREEN),)
    assert last_line(parts=parts) == "🔗 Reports joined: 1 · possibly the same: 0"


def test_a_closed_case_says_why_and_an_open_one_does_not() -> None:
    steps = (Step(Status.CLOSED, "2026-11-24", "m-07", "mistaken"),)
    status, reason = (say("en", Line(name)) for name in ("status-closed", "close-mistaken"))
    assert last_line(status=Status.CLOSED, history=steps) == f"Status: {status} ({reason})"
    assert last_line(history=steps) == f"Status: {say('en', Line('status-new'))}"


@pytest.mark.parametrize(("count", "more"), [(3, ""), (4, " · +1")])
def test_only_reasons_that_are_not_shown_are_counted(count: int, more: str) -> None:
    reasons = load_rules().reasons[:count]
    shown = " · ".join(say("en", Line(f"reason-{reason}")) for reason in reasons[:3])
    assert f"⚑ {shown}{more}\n" in with_facts(reasons=reasons)


def test_a_bell_says_code_and_urgency_and_nothing_more() -> None:
    assert text(card(a_case(), policy="bell")) == "🆕 🔴 K7Q4F\nUrgency: red, read within 1 hour"


@each(tuple(product(Status, ("card", "bell"))))
def test_buttons_fit_the_status(status: Status, policy: str) -> None:
    rows = card(a_case(status), policy="bell" if policy == "bell" else "card").buttons
    tokens = [read_token(button.token) for row in rows for button in row]
    assert [token.order.action for token in tokens if token] == BY_STATUS[status]
    assert all(token.order.words == ACTS[token.order.action].button for token in tokens if token)
    assert all(rows)  # no empty row


@each((status,) for status in Status)
def test_a_title_carries_status_and_code_only(status: Status) -> None:
    assert title(a_case(status)) == f"{MARKS[status]} {COLOURS[Level.RED]} K7Q4F"
    assert len({title(a_case(each)) for each in Status}) == len(Status)


def every_line() -> list[Line]:
    rules, fate = load_rules(), load_fate()
    lines = [line for status in Status for line in card(full_case(status), policy="card").lines]
    lines += [Line(f"level-{level}") for level in Level]
    lines += [Line(f"card-region-{region}") for region in rules.regions]
    lines += [Line(f"reason-{reason}") for reason in rules.reasons]
    lines += [Line(f"fate-{axis}-{state}") for axis, states in fate.states.items() for state in states]
    lines += [Line(f"why-{reason}") for reason in (*RAISE_REASONS, *LOWER_REASONS)]
    lines += [
        Line("card-closed", {"status": "", "reason": Line(f"close-{reason}")}) for reason in CLOSE_REASONS
    ]
    lines += [Line(f"button-{action}") for action, act in ACTS.items() if act.button is not None]
    return [*lines, digest_note(day="2026-11-23", log="LOG")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_a_card_can_hold_has_words(language: str) -> None:
    for line in every_line():
        assert say(language, line).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_words(language: str) -> None:
    for name in ("taken", "yours-already", "not-yours", "held", "new", "closed", "stale", "gone"):
        assert say(language, Line(f"refusal-{name}", {"by": "m-07", "code": "K7Q4F"}))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("action", Action)
def test_every_action_is_confirmed_in_words(language: str, action: Action) -> None:
    assert "K7Q4F" in say(language, Line(f"done-{action}", {"code": "K7Q4F"}))


def test_all_languages_have_the_same_keys() -> None:
    for catalogue in ("triage", "team"):
        assert keys("be", catalogue) == keys("ru", catalogue) == keys("en", catalogue)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_digest_note_says_no_number_but_the_day(language: str) -> None:
    words = say(language, digest_note(day="DAY", log="LOG"))
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
    assert shown.count(f": {unknown}") == 4
