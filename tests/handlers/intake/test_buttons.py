"""Old buttons, foreign buttons, ticks."""

from __future__ import annotations

from handlers.effects import Show
from tests.handlers.intake.chat import at
from tests.tables import each


def test_an_old_button_answers_softly_and_shows_the_screen_again() -> None:
    chat = at("relation")
    old = chat.token("Адвакат")
    chat.write("маці")
    chat.press_token(old)
    assert [line.key for line in chat.hints if line] == ["stale"]
    assert chat.step == "person"
    assert chat.value("relation") == "parent"


@each((token,) for token in ["", "x", "AAAA.1:p:parent", "a" * 500, "ZZZZ.1:send", "2222.1:say"])
def test_a_button_that_is_none_of_ours_answers_softly(token: str) -> None:
    chat = at("relation")
    chat.press_token(token)
    assert chat.hints
    assert chat.step == "relation"


def test_a_press_cannot_do_what_only_a_message_or_the_clock_can() -> None:
    chat = at("relation")
    assert chat.talk is not None
    for act in ("say", "attach", "amend", "lapse", "depart", "warn"):
        chat.press_token(f"{chat.talk.mark}.{chat.talk.serial}:{act}")
        assert chat.hints
        assert chat.step == "relation"


def test_a_choice_that_was_not_offered_is_not_taken() -> None:
    chat = at("relation")
    assert chat.talk is not None
    chat.press_token(f"{chat.talk.mark}.{chat.talk.serial}:p:emperor")
    assert chat.step == "relation"


def test_choices_are_ticked_and_taken_back_until_done() -> None:
    chat = at("detained_by")
    chat.press("АМАП")
    chat.press("КДБ")
    chat.press("АМАП")
    assert "✓ КДБ" in chat.labels
    assert "АМАП" in chat.labels
    chat.press("Гатова ›")
    assert chat.value("detained_by") == ["kgb"]


def test_two_quick_presses_on_one_screen_are_both_taken() -> None:
    chat = at("detained_by")
    first, second = chat.token("АМАП"), chat.token("КДБ")
    chat.press_token(first)
    chat.press_token(second)
    assert chat.talk is not None
    assert chat.talk.picked == ("omon", "kgb")


def test_done_without_a_choice_asks_for_one() -> None:
    chat = at("detained_by")
    chat.press("Гатова ›")
    assert chat.step == "detained_by"


def test_half_made_choices_are_there_when_one_comes_back() -> None:
    chat = at("detained_by")
    chat.press("АМАП")
    chat.command("back")
    chat.write("працягнуць")
    assert "✓ АМАП" in chat.labels


def test_typed_choices_join_the_ticked_ones() -> None:
    chat = at("detained_by")
    chat.press("АМАП")
    chat.write("Пракуратура")
    assert chat.value("detained_by") == ["omon", "prosecutor"]


def test_words_that_are_no_choice_are_kept_as_a_note() -> None:
    chat = at("relation")
    chat.write("мы разам вучыліся ў адной школе шмат гадоў таму")
    assert chat.step == "relation"
    assert chat.talk is not None
    assert chat.talk.notes == ("мы разам вучыліся ў адной школе шмат гадоў таму",)


def test_the_way_to_report_otherwise_is_shown_and_the_question_stays() -> None:
    chat = at("start")
    chat.press("Як паведаміць інакш?")
    assert chat.step == "start"
    assert "Matrix" not in chat.text
    assert "Wi-Fi" in chat.text


def test_stop_on_the_first_screen_erases_at_once() -> None:
    chat = at("start")
    chat.press("Спыніць і сцерці")
    assert chat.talk is None
    assert chat.did(Show)
