"""An edited message changes what it holds, wherever the talk stands."""

from __future__ import annotations

from handlers.intake.talk import Answer
from tests.handlers.intake.chat import SHORT_WAY, Chat, at, at_review


def told_up_to(step: str) -> Chat:
    """The short way with a name for every message: `on-<question>`."""
    chat = Chat()
    chat.command("start")
    for words in SHORT_WAY:
        if chat.step == step:
            break
        chat.write(words, message=f"on-{chat.step}")
    assert chat.step == step
    return chat


def test_an_edited_name_changes_the_person_and_the_question_stays() -> None:
    chat = told_up_to("whereabouts")
    chat.edit("Ганна Узор, 1985", "on-person")
    assert chat.value("person")["surname"] == "Узор"
    assert chat.step == "whereabouts"


def test_an_edit_of_something_that_matters_seals_the_checkpoint_anew() -> None:
    chat = told_up_to("whereabouts")
    chat.edit("Ганна Узор, 1985", "on-person")
    assert len(chat.seals) == 2
    assert "Узор" in str(chat.seals[-1].report)


def test_an_edit_at_the_review_shows_the_review_anew() -> None:
    chat = told_up_to("review")
    old = chat.token("Адправіць")
    chat.edit("Ганна Узор, 1985", "on-person")
    assert "Узор" in chat.text
    chat.press_token(old)
    assert chat.step == "review"
    chat.press("Адправіць")
    assert "Узор" in str(chat.seals[-1].report)


def test_an_edit_that_brings_up_a_question_asks_it_before_the_review() -> None:
    chat = told_up_to("review")
    chat.edit("Так, пацверджана", "on-whereabouts")
    assert chat.step == "facility"
    chat.write("СІЗА-1")
    assert chat.step == "review"
    assert "СІЗА-1" in chat.text


def test_an_edit_that_takes_the_current_question_away_moves_on() -> None:
    chat = told_up_to("whereabouts")
    chat.write("Так, пацверджана", message="on-whereabouts")
    assert chat.step == "facility"
    chat.edit("Не, невядома", "on-whereabouts")
    assert chat.step == "urgent_flags"


def test_an_edit_that_cannot_be_read_leaves_the_earlier_answer() -> None:
    chat = told_up_to("whereabouts")
    before = chat.value("detained_when")
    chat.edit("???", "on-detained_when")
    assert chat.value("detained_when") == before
    assert chat.step == "whereabouts"


def test_a_message_that_was_not_understood_can_be_put_right() -> None:
    chat = at("detained_when")
    chat.write("калі снег ляжаў", message="odd")
    assert chat.step == "detained_when"
    chat.edit("12.03", "odd")
    assert chat.value("detained_when")["day"] == "2026-03-12"
    assert chat.step == "detained_where"


def test_a_part_of_the_story_is_edited_in_its_place() -> None:
    chat = at("narrative")
    chat.write("Прыйшлі ў шэсць.", message="one")
    chat.write("Забралі тэлефон.", message="two")
    chat.edit("Прыйшлі ў сем.", "one")
    assert chat.value("narrative") == "Прыйшлі ў сем.\n\nЗабралі тэлефон."
    assert chat.step == "narrative/more"


def test_a_note_is_edited_in_its_place() -> None:
    chat = at("relation")
    chat.write("сабака цяпер без гаспадара", message="note")
    chat.edit("сабака і кот цяпер без гаспадара", "note")
    assert chat.talk is not None
    assert chat.talk.notes == ("сабака і кот цяпер без гаспадара",)


def test_a_message_whose_answer_was_given_anew_holds_nothing_any_more() -> None:
    chat = told_up_to("detained_when")
    chat.command("back")
    chat.write("Ганна Узор, 1985", message="newer")
    chat.edit("Пётр Тэст, 1970", "on-person")
    assert chat.value("person")["surname"] == "Узор"


def test_an_unknown_message_that_was_edited_is_left_alone() -> None:
    chat = at_review()
    assert chat.talk is not None
    before = chat.talk.answers
    chat.edit("стоп", "never seen")
    assert chat.last == ()
    assert chat.talk.answers == before


def test_an_edit_while_several_places_are_offered_is_read_by_its_own_question() -> None:
    chat = told_up_to("whereabouts")
    chat.answer("Так, пацверджана", "Акрэсціна")
    assert chat.step == "facility/found"
    chat.edit("КДБ", "on-detained_by")
    assert chat.value("detained_by") == ["kgb"]
    assert chat.step == "facility/found"
    assert "ЦІП, Акрэсціна (Мінск)" in chat.labels


def test_an_edit_to_a_command_word_is_no_answer() -> None:
    chat = told_up_to("whereabouts")
    chat.edit("прапусціць", "on-person")
    assert chat.value("person")["surname"] == "Прыклад"


def test_an_edit_never_erases() -> None:
    chat = Chat()
    chat.command("start")
    chat.write("Так, я за мяжой", message="first")
    chat.edit("Спыніць і сцерці", "first")
    assert chat.talk is not None
    assert chat.talk.answers["start"] == Answer("go_abroad")


def test_an_edit_after_sending_changes_nothing() -> None:
    chat = told_up_to("review")
    chat.press("Адправіць")
    chat.edit("Ганна Узор, 1985", "on-person")
    assert chat.last == ()


def test_an_edit_without_a_talk_begins_none() -> None:
    chat = Chat()
    chat.edit("Ганна Узор, 1985", "m")
    assert chat.talk is None
    assert chat.last == ()
