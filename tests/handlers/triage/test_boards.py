"""The dashboard, the queue and the other lists: what is open, in the order in which it is urgent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers.screens import Line, Screen
from handlers.texts import LANGUAGES, Texts
from handlers.triage.boards import (
    PAGE,
    Health,
    Wanted,
    dashboard,
    history,
    is_overdue,
    mine,
    queue,
    read_page,
    read_queue,
    stats,
    who,
)
from handlers.triage.cases import Case, Status, Step, Verified
from handlers.triage.facts import Level
from tests.storage.samples import make_case
from tests.tables import each

TODAY = date(2026, 11, 23)
TEXTS = Texts.load()


def told(number: int, *, level: Level = Level.GREEN, day: str = "2026-11-23", by: str = "") -> Case:
    case = make_case(number, code=f"K7Q{number:02}")
    status = Status.CLAIMED if by else Status.NEW
    facts = replace(case.facts, level=level)
    until = "2026-11-26" if by else None
    return replace(case, facts=facts, day=day, status=status, claimant=by or None, until=until)


def words(screen: Screen, language: str = "en") -> str:
    return TEXTS.show(language, screen)[0]


@pytest.mark.parametrize(
    ("level", "days"), [(Level.RED, 0), (Level.ORANGE, 0), (Level.YELLOW, 1), (Level.GREEN, 3)]
)
def test_a_case_is_overdue_when_its_days_have_passed_and_not_before(level: Level, days: int) -> None:
    case = told(1, level=level, day="2026-11-20")
    assert not is_overdue(case, date(2026, 11, 20 + days))
    assert is_overdue(case, date(2026, 11, 21 + days))


def test_a_claim_that_has_run_out_is_overdue() -> None:
    assert not is_overdue(told(1, by="m-01"), date(2026, 11, 26))
    assert is_overdue(told(1, by="m-01"), date(2026, 11, 27))


def test_the_dashboard_counts_what_is_open_and_says_what_waits_longest() -> None:
    cases = [
        told(1, level=Level.RED),
        told(2, day="2026-11-20"),
        told(3, by="m-01"),
        replace(told(4), status=Status.CLOSED),
        replace(told(5), status=Status.HELD),
    ]
    text = words(dashboard(cases, today=TODAY, health=Health()))
    assert "open cases 3" in text
    assert "🔴 1 · 🟠 0 · 🟡 0 · 🟢 2" in text
    assert "🆕 2 · ✋ 1 · 🔗 0 · ✅ 1" in text
    assert "Waits longest: 🆕 🟢 K7Q02, since 2026-11-20" in text
    assert "The bot is well." in text


def test_the_dashboard_says_each_trouble_of_the_bot() -> None:
    text = words(
        dashboard([], today=TODAY, health=Health(silent=7, waiting=12, floods=3, doubtful=True, damaged=2))
    )
    assert all(
        word in text
        for word in ("for 7 min", "sent: 12", "slow down: 3", "clocks are at odds", "database: 2")
    )
    assert "well" not in text
    assert text.count("\n") < 12


def test_the_queue_is_in_order_of_urgency_then_of_waiting() -> None:
    cases = [
        told(1),
        told(2, level=Level.RED),
        told(3, level=Level.RED, day="2026-11-20"),
        told(4, by="m-01"),
    ]
    text = words(queue(cases, Wanted(), today=TODAY, policy="card"))
    assert [text.index(f"K7Q0{number} ·") for number in (3, 2, 1, 4)] == sorted(
        text.index(f"K7Q0{number} ·") for number in (3, 2, 1, 4)
    )
    assert "Open: 4, overdue: 1" in text
    assert "⏰ 🆕 🔴 K7Q03" in text


def test_every_case_is_on_exactly_one_page_and_buttons_lead_to_all() -> None:
    cases = [told(number) for number in range(3 * PAGE - 1)]
    wanted, seen = Wanted(), ""
    for _ in range(3):
        screen = queue(cases, wanted, today=TODAY, policy="card")
        seen += "\n".join(words(screen).split("\n")[2:]) + "\n"
        (row,) = screen.buttons
        wanted = read_page(row[-1].token) or Wanted()
    assert [seen.count(f"{case.code} ·") for case in cases] == [1] * len(cases)


@each((token,) for token in ["", "q:", "q:x:", "q:1:nonsense", "q:1:torture:", "t:claim:00:1", "q:999999:"])
def test_a_foreign_token_is_no_page(token: str) -> None:
    assert read_page(token) is None


def test_a_page_beyond_the_last_is_the_last() -> None:
    assert "Page 1 of 1" in words(queue([told(1)], Wanted(page=9), today=TODAY, policy="card"))


def test_the_queue_can_be_of_one_label_only() -> None:
    wanted = read_queue(" Torture ")
    assert wanted == Wanted(label="torture")
    cases = [replace(told(1), labels=("torture",)), told(2)]
    text = words(queue(cases, Wanted(label="torture"), today=TODAY, policy="card"))
    assert "K7Q01" in text
    assert "K7Q02" not in text


def test_an_unknown_label_is_answered_with_those_there_are() -> None:
    line = read_queue("tortuer")
    assert isinstance(line, Line)
    assert "torture" in words(Screen((line,)))


def test_policy_bell_leaves_regions_out_of_lists() -> None:
    assert "Minsk" in words(queue([told(1)], Wanted(), today=TODAY, policy="card"))
    assert "Minsk" not in words(queue([told(1)], Wanted(), today=TODAY, policy="bell"))


def test_mine_are_those_i_have_taken() -> None:
    text = words(mine([told(1, by="m-01"), told(2, by="m-02"), told(3)], "m-01", today=TODAY, policy="card"))
    assert "K7Q01" in text
    assert "K7Q02" not in text
    assert "K7Q03" not in text


def test_who_shows_everybody_and_whoever_left_with_cases() -> None:
    cases = [told(1, by="m-01"), told(2, by="m-01"), told(3, by="m-09")]
    text = words(who(cases, {"m-01": "lead", "m-02": "moderator"}))
    assert "m-01 (lead): 2" in text
    assert "m-02 (moderator): 0" in text
    assert "m-09 is not on the roster" in text


def test_stats_count_the_last_days_and_no_others() -> None:
    closed = replace(
        told(1, day="2026-11-20"),
        status=Status.CLOSED,
        history=(Step(Status.NEW, "2026-11-20"), Step(Status.CLOSED, "2026-11-21", "m-01", "spam")),
    )
    old = replace(told(2, day="2026-11-01"), history=(Step(Status.NEW, "2026-11-01"),))
    text = words(stats([closed, old], today=TODAY))
    assert "Last 7 days: came 1, taken 0, closed 1" in text
    assert "Last 30 days: came 2" in text
    assert "spam: 1" in text


def test_history_shows_the_last_steps_and_says_how_many_are_left_out() -> None:
    case = replace(
        told(1), history=tuple(Step(Status.NEW, f"2026-11-{day:02}", "m-01") for day in range(1, 11))
    )
    text = words(history(case))
    assert "2026-11-10" in text
    assert "2026-11-01" not in text
    assert "4 more" in text


def test_history_shows_how_well_each_fact_is_known_now() -> None:
    graded = (("day", "C"), ("injuries", "A"), ("day", "B"))
    case = replace(
        told(1), verified=tuple(Verified(fact, grade, "m-01", "2026-11-23") for fact, grade in graded)
    )
    assert "🔎 How well it is known: day B, injuries A" in words(history(case))
    assert "🔎" not in words(history(told(1)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_can_be_said_in_every_language_within_twelve_lines(language: str) -> None:
    cases = [told(number, by="m-01" if number % 2 else "") for number in range(50)]
    for screen in (
        dashboard(cases, today=TODAY, health=Health(1, 1, 1, doubtful=True, damaged=1)),
        queue(cases, Wanted(), today=TODAY, policy="card"),
        mine(cases, "m-01", today=TODAY, policy="card"),
        who(cases, {"m-01": "lead", "m-02": "coordinator", "m-03": "moderator"}),
        history(cases[0]),
    ):
        assert words(screen, language).count("\n") < 12
