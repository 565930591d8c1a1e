"""Sent, one more person, done, out of time."""

from __future__ import annotations

from datetime import timedelta

from handlers.effects import ReleaseCase, Show
from handlers.events import Lapse, Medium
from handlers.intake.draws import LETTERS
from handlers.intake.flow import next_lapse
from tests.handlers.intake.chat import Chat, at, at_review


def sent() -> Chat:
    chat = at_review()
    chat.press("Адправіць")
    return chat


def shown(chat: Chat) -> Show:
    return next(effect for effect in chat.last if isinstance(effect, Show))


def test_the_last_screen_has_the_code_the_clock_and_the_cards() -> None:
    chat = sent()
    code = chat.seals[-1].code
    assert f"Код: {code}." in chat.text
    assert "Што мусіць адбывацца паводле закона" in chat.text
    assert "Як знайсці месца" in chat.text
    assert "Выдаліць чат" in chat.text
    assert shown(chat).gone_after is None


def test_the_code_has_no_letter_that_looks_like_another() -> None:
    code = sent().seals[-1].code
    assert len(code) == 5
    assert set(code) <= set(LETTERS)
    assert not set("AEIOU01L") & set(LETTERS)


def test_what_was_agreed_to_is_said_again() -> None:
    chat = at_review()
    chat.write("10")
    chat.press("5")
    chat.press("1")
    chat.press("Гатова ›")
    chat.press("Адправіць")
    assert "Пытацца ў мяне тут, да 3 разоў за 2 дні" in chat.text
    assert "каманда можа задаць вам тут да трох кароткіх пытанняў" in chat.text


def test_after_sending_no_name_no_story_and_no_note_stays_in_the_talk() -> None:
    chat = at("relation")
    chat.write("мы знаёмыя дваццаць гадоў і больш за тое")
    chat.answer(*("маці", "Ян Прыклад, 1990", "учора", "Мінск", "КДБ", "Не, невядома"))
    chat.answer("нічога з гэтага", "прапусціць", "Прыйшлі раніцай.", "далей", "5")
    chat.press("Адправіць")
    assert chat.talk is not None
    kept = str({key: (answer.value, answer.words) for key, answer in chat.talk.answers.items()})
    for secret in ("Прыклад", "Прыйшлі", "дваццаць"):
        assert secret not in kept
        assert secret not in str(chat.talk.notes) + str(chat.talk.extra)
    assert "Прыклад" in str(chat.seals[-1].report)


def test_another_person_is_another_case_with_place_date_and_body_copied() -> None:
    chat = sent()
    chat.press("Яшчэ адзін чалавек")
    assert chat.step == "relation"
    chat.answer("сястра", "Ганна Узор, 1985")
    assert chat.step == "whereabouts"
    chat.answer("Не, невядома", "нічога з гэтага", "прапусціць", "прапусціць", "5")
    chat.press("Адправіць")
    one, other = [seal for seal in chat.seals if seal.finished]
    assert one.case != other.case
    assert one.code != other.code
    first, second = one.report["answers"], other.report["answers"]
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    for copied in ("detained_when", "detained_where", "detained_by"):
        assert first[copied] == second[copied]
    assert second["person"]["value"]["surname"] == "Узор"
    assert "Прыклад" not in str(other.report)


def test_a_message_after_sending_is_not_silently_lost() -> None:
    chat = sent()
    chat.write("Я забыла сказаць пра лекі")
    assert "не захавалі" in chat.text
    assert chat.step == "sent"
    chat.attach(Medium.PHOTO, "подпіс")
    assert "не захавалі" in chat.text


def test_start_after_sending_begins_anew() -> None:
    chat = sent()
    chat.command("start")
    assert chat.step == "start"
    assert chat.talk is not None
    assert not chat.talk.answers


def test_done_leaves_one_line_that_goes_by_itself() -> None:
    chat = sent()
    chat.press("Гатова")
    assert chat.talk is None
    assert shown(chat).gone_after == 90
    assert not shown(chat).screen.buttons


def test_silence_after_sending_ends_without_releasing_anything() -> None:
    chat = sent()
    chat.lapse(Lapse.IDLE)
    assert chat.talk is None
    assert not chat.did(ReleaseCase)


def test_leaving_after_sending_releases_nothing() -> None:
    chat = sent()
    chat.depart()
    assert chat.last == ()


def test_sending_nothing_is_kindly_refused() -> None:
    chat = at("relation")
    chat.write("праверка")
    assert "Адправіць" not in chat.labels
    chat.write("адправіць")
    assert chat.step == "review"
    assert not chat.seals


def test_the_warning_comes_first_then_the_end() -> None:
    chat = at("person")
    assert chat.talk is not None
    touched = chat.talk.touched
    assert next_lapse(chat.talk) == (touched + timedelta(minutes=45), Lapse.WARN)
    chat.lapse(Lapse.WARN)
    assert "няскончаныя адказы будуць сцёртыя" in chat.text
    assert chat.step == "person"
    assert shown(chat).below
    assert next_lapse(chat.talk) == (touched + timedelta(minutes=60), Lapse.IDLE)


def test_an_answer_after_the_warning_starts_the_time_anew() -> None:
    chat = at("person")
    chat.lapse(Lapse.WARN)
    chat.write("Ян Прыклад, 1990")
    assert chat.talk is not None
    assert next_lapse(chat.talk) == (chat.talk.touched + timedelta(minutes=45), Lapse.WARN)


def test_a_talk_ends_after_a_day_however_busy() -> None:
    chat = at("person")
    assert chat.talk is not None
    began = chat.talk.began
    chat.now = began + timedelta(hours=23, minutes=50)
    chat.command("help")
    assert next_lapse(chat.talk) == (began + timedelta(hours=24), Lapse.TOTAL)


def test_time_running_out_before_the_checkpoint_leaves_nothing() -> None:
    chat = at("person")
    chat.lapse(Lapse.IDLE)
    assert chat.talk is None
    assert not chat.did(ReleaseCase)
    assert shown(chat).gone_after


def test_time_running_out_after_the_checkpoint_hands_it_to_the_team() -> None:
    chat = at("whereabouts")
    chat.lapse(Lapse.TOTAL)
    assert chat.talk is None
    assert ReleaseCase(chat.seals[0].case) in chat.last
    assert "атрымала каманда" in chat.text
