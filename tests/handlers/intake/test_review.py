"""The review and the report behind it."""

from __future__ import annotations

import json

import pytest
import rfc8785

from handlers.intake.report import settle
from handlers.intake.review import cut, told_in
from handlers.screens import Line
from tests.handlers.intake.chat import PACK, TEXTS, Chat, at, at_review
from tests.tables import each


def test_the_review_has_a_numbered_line_for_every_answer() -> None:
    chat = at_review()
    for line in (
        "1. Хто паведамляе: Маці або бацька",
        "2. Чалавек: Ян Прыклад, 1990 г. н. — «Ян Прыклад, 1990»",
        "3. Калі: прыблізна 22.11.2026, 14:00 — «учора каля 14»",
        "5. Хто гэта рабіў: Міліцыя (РАУС, РУУС), АМАП",
        "8. Чым займаецца: прапушчана",
        "10. Што нам можна рабіць: Улічыць у статыстыцы без імя",
    ):
        assert line in chat.text.splitlines()


def test_the_sealed_report_says_what_the_review_showed() -> None:
    chat = at_review()
    shown = chat.text
    chat.press("Адправіць")
    body = chat.seals[-1].report
    told = told_in(PACK, TEXTS, body)
    assert len(told) == 10
    assert all(words in shown for words in told.values())


def test_a_line_is_changed_and_the_review_comes_back() -> None:
    chat = at_review()
    chat.press("2")
    assert chat.step == "person"
    assert "Цяпер запісана" in chat.text
    chat.write("Ганна Узор, 1985")
    assert chat.step == "review"
    assert "Узор" in chat.text


def test_a_line_can_be_chosen_by_its_number() -> None:
    chat = at_review()
    chat.write("3")
    assert chat.step == "detained_when"
    chat.command("back")
    assert chat.step == "review"


def test_a_change_that_brings_up_a_question_asks_it_before_the_review() -> None:
    chat = at_review()
    chat.press("6")
    chat.press("Так, пацверджана")
    assert chat.step == "facility"
    chat.write("СІЗА-1")
    assert chat.step == "review"


def test_an_answer_that_is_no_longer_asked_stays_out_and_comes_back() -> None:
    chat = at_review()
    chat.press("6")
    chat.press("Так, пацверджана")
    chat.write("СІЗА-1")
    chat.press("6")
    chat.press("Не, невядома")
    assert chat.step == "review"
    assert "СІЗА-1" not in chat.text
    chat.press("6")
    chat.press("Так, пацверджана")
    assert chat.step == "review"
    assert "СІЗА-1" in chat.text


def test_choices_are_changed_from_what_they_were() -> None:
    chat = at_review()
    chat.press("5")
    assert "✓ АМАП" in chat.labels
    chat.press("АМАП")
    chat.press("Гатова ›")
    assert chat.value("detained_by") == ["police"]


def test_the_story_goes_on_from_what_it_was() -> None:
    chat = at_review()
    chat.press("9")
    assert chat.step == "narrative/more"
    chat.write("І яшчэ адно.")
    chat.press("Далей ›")
    assert chat.step == "review"
    assert chat.value("narrative") == "Прыйшлі раніцай.\n\nІ яшчэ адно."


def test_an_early_review_can_be_sent_or_left_for_the_other_questions() -> None:
    chat = at("whereabouts")
    chat.command("review")
    assert "Яшчэ не зададзена пытанняў" in chat.text
    chat.press("Да астатніх пытанняў ›")
    assert chat.step == "whereabouts"
    chat.command("review")
    chat.press("Адправіць")
    assert chat.seals[-1].finished
    assert "whereabouts" not in str(chat.seals[-1].report["answers"])


def test_a_change_in_an_early_review_comes_back_to_it() -> None:
    chat = at("whereabouts")
    chat.command("review")
    chat.press("2")
    chat.write("Ганна Узор, 1985")
    assert chat.step == "review"


def test_words_at_the_review_are_kept_and_shown() -> None:
    chat = at_review()
    chat.write("У яго хворае сэрца")
    assert "✎ У яго хворае сэрца" in chat.text
    chat.press("Адправіць")
    assert chat.seals[-1].report["notes"] == ["У яго хворае сэрца"]


def test_notes_can_be_taken_out() -> None:
    chat = at_review()
    chat.write("У яго хворае сэрца")
    chat.press("Выдаліць нататкі")
    assert "сэрца" not in chat.text
    assert chat.seals[-1].report["notes"] == []


def test_send_typed_before_the_review_shows_the_review() -> None:
    chat = at("whereabouts")
    chat.write("адправіць")
    assert chat.step == "review"
    assert not any(seal.finished for seal in chat.seals)


def test_the_report_is_plain_json_with_the_keys_of_its_contract() -> None:
    chat = at_review()
    chat.press("Адправіць")
    report = dict(chat.seals[-1].report)
    assert json.loads(rfc8785.dumps(report)) == report  # type: ignore[arg-type]  # plain JSON
    assert set(report) == {
        "v", "schema", "case", "country", "language", "finished", "day", "answers", "notes", "consent",
        "urgency", "derived", "flags", "wanted", "offered",
    }  # fmt: skip
    assert report["consent"] == {
        "version": "1",
        "language": "be",
        "day": "2026-11-23",
        "choices": ["c_stats"],
    }
    assert isinstance(report["urgency"], dict)
    assert report["urgency"]["level"] == "red"
    assert "whereabouts_denied" in report["urgency"]["reasons"]
    assert "start" not in str(report["answers"])


def test_the_reporters_place_room_and_hours_are_nowhere_in_the_report() -> None:
    chat = at_review()
    chat.press("Адправіць")
    written = json.dumps(chat.seals[-1].report)
    for trace in ("room-1", "telegram", "go_abroad", "09:0"):
        assert trace not in written


def test_refusing_every_use_is_no_consent() -> None:
    chat = at("consent_use")
    chat.write("нічога з гэтага")
    chat.press("Адправіць")
    consent = chat.seals[-1].report["consent"]
    assert isinstance(consent, dict)
    assert consent["choices"] == []


def test_the_day_is_counted_where_people_live() -> None:
    chat = Chat()
    chat.now = chat.now.replace(hour=22)  # past midnight in Minsk
    chat.command("start")
    chat.answer("Так, я за мяжой", "маці", "Ян Прыклад, 1990", "сёння", "Мінск", "КДБ")
    assert chat.seals[-1].report["day"] == "2026-11-24"


def test_long_stories_and_many_notes_fit_on_the_screen() -> None:
    chat = at("narrative")
    for _ in range(4):
        chat.write("слова " * 660)
    chat.press("Далей ›")
    chat.write("5")
    for number in range(8):
        chat.write(f"нататка нумар {number} " * 20)
    assert len(chat.text) < 4096
    assert "і яшчэ нататак: 3" in chat.text


def test_a_cut_text_says_that_it_goes_on() -> None:
    assert cut("адзін два тры", 9) == "адзін дв…"
    assert cut("адзін\n\nдва", 40) == "адзін два"


def test_the_settled_answers_follow_the_order_of_the_questions() -> None:
    chat = at_review()
    assert chat.talk is not None
    order = [question.id for question in PACK.questionnaire.questions]
    told = list(settle(PACK, chat.talk, now=chat.now))
    assert told == sorted(told, key=order.index)


def test_a_typed_line_of_the_review_replaces_what_was_chosen_before() -> None:
    chat = at("urgent_flags")
    chat.answer("1,2", "прапусціць", "Прыйшлі раніцай.", "далей", "5")
    number = next(line.split(".")[0] for line in chat.text.splitlines() if ". Небяспека" in line)
    chat.answer(number, "1,4")
    assert chat.step == "review"
    assert chat.value("urgent_flags") == ["injured", "pregnant"]


def test_what_is_typed_beside_choices_just_begun_is_added_to_them() -> None:
    chat = at("detained_by")
    chat.press("АМАП")
    chat.write("мытня")
    assert chat.value("detained_by") == ["omon", "customs"]


@pytest.mark.parametrize("language", ["be", "ru", "en"])
def test_the_words_on_the_button_that_removes_notes_remove_them(language: str) -> None:
    chat = at_review()
    chat.write("Яшчэ адна думка пра гэта")
    assert chat.talk is not None
    assert chat.talk.notes
    chat.write(TEXTS.say(language, Line("nav-forget")))
    assert chat.talk.notes == ()
    assert chat.step == "review"


@each(
    (words,)
    for words in ["усё", "всё", "all", "да", "так", "на всё согласен", "згодная на ўсё", "everything"]
)
def test_everything_is_no_permission(words: str) -> None:
    chat = at("consent_use")
    chat.write(words)
    assert chat.step == "consent_use"
    assert chat.talk is not None
    assert chat.talk.notes == ()
    assert TEXTS.say("be", Line("consent-all")) in chat.text
    chat.press("2")
    chat.write(words)
    assert chat.step == "consent_use"
    assert chat.talk.picked == ("c_un",)
