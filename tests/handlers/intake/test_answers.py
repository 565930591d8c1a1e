"""Typed and pressed answers, checked against their question."""

from __future__ import annotations

from typing import Any

from handlers.intake.acts import State
from handlers.intake.answers import (
    Taken,
    Unclear,
    ask,
    combine,
    missing,
    read_numbers,
    read_press,
    read_words,
)
from handlers.intake.questionnaire import Question
from handlers.intake.talk import Answer
from tests.handlers.intake.chat import NOON, PACK, begun
from tests.tables import each


def question(name: str) -> Question:
    found = PACK.questionnaire.find(name)
    assert found is not None
    return found


def read(name: str, text: str) -> Taken | Unclear:
    talk = begun().talk
    assert talk is not None
    return read_words(ask(PACK, talk, question(name), now=NOON), text)


def taken(name: str, text: str) -> Answer:
    result = read(name, text)
    assert isinstance(result, Taken)
    return result.answer


@each(
    [
        ("relation", "Маці або бацька", "parent"),
        ("relation", "parent", "parent"),
        ("relation", "адвокат", "lawyer"),
        ("whereabouts", "Улады кажуць: у нас няма", "denied"),
        ("detained_by", "АМАП, міліцыя", ["police", "omon"]),
        ("detained_by", "КГБ", ["kgb"]),
        ("detained_by", "1,3", ["police", "gubopik"]),
        ("detained_by", "Прокуратура", ["prosecutor"]),
        ("urgent_flags", "нет", ["none"]),
        ("urgent_flags", "няма", ["none"]),
        ("urgent_flags", "Патрэбныя лекі", ["medicine"]),
        ("consent_use", "не", ["c_none"]),
        ("consent_use", "1, 5", ["c_contact", "c_stats"]),
    ]
)
def test_typed_choices_are_understood(name: str, text: str, value: Any) -> None:
    assert taken(name, text).value == value


def test_words_that_say_more_than_the_option_are_kept_with_it() -> None:
    answer = taken("relation", "мы знаёмыя дваццаць гадоў і больш за тое")
    assert answer == Answer("friend", words="мы знаёмыя дваццаць гадоў і больш за тое")
    assert taken("relation", "маці") == Answer("parent")


def test_a_number_beyond_the_buttons_is_not_a_hidden_choice() -> None:
    assert isinstance(read("detained_by", "12"), Unclear)


def test_a_person_becomes_parts_and_the_words_stay() -> None:
    answer = taken("person", "Узор Ганна, 1985")
    assert answer.value["birth_year"] == 1985
    assert {answer.value["given_name"], answer.value["surname"]} == {"Ганна", "Узор"}
    assert answer.words == "Узор Ганна, 1985"


def test_several_people_are_kindly_sent_to_one_report_each() -> None:
    result = read("person", "Ян Прыклад 1990 і Пётр Тэст 1991")
    assert isinstance(result, Unclear)
    assert result.line.key == "misread-person-several"


def test_a_date_keeps_its_precision() -> None:
    assert taken("detained_when", "12.03").value["day"] == "2026-03-12"
    assert taken("detained_when", "учора вечарам").value["precision"] == "estimate"


def test_a_date_to_come_is_asked_again() -> None:
    result = read("detained_when", "12.03.2027")
    assert isinstance(result, Unclear)
    assert result.line.key == "misread-date-future"


def test_a_place_with_a_region_needs_nothing_more() -> None:
    result = read("detained_where", "Гродна, дома")
    assert isinstance(result, Taken)
    assert result.answer.value["region"] == "BY-HR"
    assert result.second is None


def test_a_place_without_a_region_is_kept_and_asked_more_about() -> None:
    result = read("detained_where", "каля школы")
    assert isinstance(result, Taken)
    assert result.second is State.REGION
    assert result.answer.words == "каля школы"


def test_a_house_number_is_mentioned_softly() -> None:
    result = read("detained_where", "Мінск, вул. Прыкладная, 5")
    assert isinstance(result, Taken)
    assert result.hint is not None


def test_a_facility_by_its_short_name() -> None:
    assert taken("facility", "СІЗА-1").value["facility"] == "sizo1"


def test_a_facility_with_several_meanings_offers_them() -> None:
    result = read("facility", "Акрэсціна")
    assert isinstance(result, Taken)
    assert result.second is State.FOUND
    assert {"minsk_cip", "minsk_ivs"} <= set(result.found)


def test_a_facility_nobody_knows_is_kept_as_written() -> None:
    answer = taken("facility", "хата ў лесе за ракой")
    assert answer.value["facility"] is None
    assert answer.words == "хата ў лесе за ракой"


def test_a_police_station_by_button_asks_for_its_town() -> None:
    talk = begun().talk
    assert talk is not None
    result = read_press(ask(PACK, talk, question("facility"), now=NOON), "other_police")
    assert isinstance(result, Taken)
    assert result.second is State.TOWN


@each(
    [
        ("whereabouts", "unknown", Answer("unknown")),
        ("relation", "refused", Answer("refuse")),
        ("relation", "unsafe", Answer(missing="unsafe")),
        ("detained_by", "unknown", Answer(["unknown"])),
        ("person", "unknown", Answer(missing="unknown")),
        ("detained_when", "unknown", Answer(missing="unknown")),
        ("narrative", "skipped", Answer(missing="skipped")),
    ]
)
def test_no_answer_is_data_with_a_reason(name: str, reason: Any, answer: Answer) -> None:
    assert missing(question(name), reason) == answer


@each(
    [
        ("1", ("a",)),
        ("1,3", ("a", "c")),
        (" 3 1 ", ("c", "a")),
        ("1,1", ("a",)),
        ("4", None),
        ("0", None),
        ("a", None),
    ]
)
def test_numbers_name_buttons_in_their_order(text: str, ids: tuple[str, ...] | None) -> None:
    assert read_numbers(text, ("a", "b", "c")) == ids


def test_choices_that_stand_alone_put_the_others_out() -> None:
    talk = begun().talk
    assert talk is not None
    asking = ask(PACK, talk, question("urgent_flags"), now=NOON)
    assert combine(asking, ("injured", "medicine"), ("none",)) == ("none",)
    assert combine(asking, ("none",), ("medicine",)) == ("medicine",)
    assert combine(asking, ("injured",), ("medicine", "injured")) == ("injured", "medicine")


@each(
    [
        ("detained_by", "не омон"),
        ("urgent_flags", "лекарства не нужны"),
        ("urgent_flags", "лекі не патрэбныя"),
        ("urgent_flags", "no medicine needed"),
        ("urgent_flags", "не беременна"),
        ("urgent_flags", "ён не хворы, яго збілі"),
        ("urgent_flags", "he wasn't beaten"),
        ("relation", "не муж"),
        ("profile", "asdf qwer zxcv"),
        ("urgent_flags", "-1"),
        ("urgent_flags", "1.5"),
        ("relation", "-1"),
    ]
)
def test_a_denial_garbage_and_signs_choose_nothing_and_stay_as_a_note(name: str, text: str) -> None:
    result = read(name, text)
    assert isinstance(result, Unclear)
    assert result.note


def test_a_label_that_says_no_is_an_answer_like_any_other() -> None:
    assert taken("urgent_flags", "Нічога з гэтага").value == ["none"]
    assert taken("urgent_flags", "Няма 18 гадоў").value == ["minor"]
    assert taken("urgent_flags", "няма 18").value == ["minor"]
    assert taken("urgent_flags", "не ведаю").value == ["unknown"]
    assert taken("whereabouts", "у нас няма").value == "denied"


def test_a_facility_that_is_denied_is_only_kept_in_words() -> None:
    answer = taken("facility", "не СІЗА-1")
    assert answer.value["facility"] is None
    assert answer.words == "не СІЗА-1"
