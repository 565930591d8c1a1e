"""What is asked more about an answer: date, region, facility, town, the rest of the story."""

from __future__ import annotations

import pytest

from handlers.events import Wrote
from handlers.screens import Line
from tests.handlers.intake.chat import TEXTS, at
from tests.tables import each


@each(
    (step,)
    for step in [
        "person",
        "facility",
        "facility/found",
        "facility/town",
        "detained_where/region",
        "detained_when",
    ]
)
def test_a_text_cut_in_two_is_kept_and_answers_nothing(step: str) -> None:
    chat = at(step)
    assert chat.talk is not None
    before = dict(chat.talk.answers)
    chat.answer("Ян Прыклад у Гродне " * 200, "і потым Пётр Тэст у Брэсце " * 10)
    assert chat.step == step
    assert chat.talk.answers == before
    assert [note[:10] for note in chat.talk.notes] == ["Ян Прыклад", "і потым Пё"]
    assert TEXTS.say("be", Line("short-answer")) in chat.text


def test_a_text_longer_than_a_note_is_kept_whole_and_no_rest_is_asked_for() -> None:
    chat = at("person")
    chat.write("а" * 4000 + "б" * 96)
    assert chat.talk is not None
    assert chat.talk.notes == ("а" * 4000, "б" * 96)
    assert TEXTS.say("be", Line("note-kept")) in chat.text


def test_after_a_long_text_a_short_answer_is_one_and_the_next_may_be_longer() -> None:
    chat = at("person")
    chat.answer("Ян Прыклад " * 400, "Ян Прыклад, 1990")
    assert chat.step == "detained_when"
    chat.answer("учора", f"Мінск, {'каля вялікага дома ' * 10}")
    assert chat.value("detained_where")["town"] == "minsk"


def test_another_date_is_typed() -> None:
    chat = at("detained_when")
    chat.press("Іншая дата")
    assert chat.step == "detained_when/day"
    chat.write("19 лістапада каля 14")
    assert chat.value("detained_when")["day"] == "2026-11-19"
    assert chat.step == "detained_where"


def test_a_place_without_a_region_is_kept_before_the_region_is_known() -> None:
    chat = at("detained_where")
    chat.write("каля школы")
    assert chat.step == "detained_where/region"
    chat.press("Гомельская вобласць")
    assert chat.value("detained_where")["region"] == "BY-HO"
    assert chat.talk is not None
    assert chat.talk.answers["detained_where"].words == "каля школы"


@pytest.mark.parametrize(("region", "town"), [("BY-BR", "kamianiec"), ("BY-HR", None)])
def test_a_town_spelt_almost_so_is_taken_only_with_its_region(region: str, town: str | None) -> None:
    chat = at("detained_where")
    chat.write("Каменка")
    assert chat.step == "detained_where/region"
    assert chat.value("detained_where") == {"town": None, "region": None, "facility": None}
    chat.press(TEXTS.say("be", Line(f"vocab-region-{region}")))
    assert chat.value("detained_where") == {"town": town, "region": region, "facility": None}
    assert chat.talk is not None
    assert chat.talk.answers["detained_where"].words == "Каменка"


def test_a_region_decides_between_towns_of_one_name() -> None:
    chat = at("detained_where")
    chat.answer("Рэчыца", "Брэсцкая вобласць")
    assert chat.value("detained_where") == {"town": "recyca_stolin", "region": "BY-BR", "facility": None}


def test_a_facility_is_found_among_several() -> None:
    chat = at("facility")
    chat.write("Акрэсціна")
    assert chat.step == "facility/found"
    chat.press("ІЧУ, Акрэсціна (Мінск)")
    assert chat.value("facility")["facility"] == "minsk_ivs"
    assert chat.step == "urgent_flags"


def test_a_facility_may_stay_as_it_was_written() -> None:
    chat = at("facility")
    chat.write("Акрэсціна")
    chat.press("Пакінуць, як напісана")
    assert chat.value("facility")["facility"] is None
    assert chat.talk is not None
    assert chat.talk.answers["facility"].words == "Акрэсціна"


def test_a_police_station_is_asked_for_its_town() -> None:
    chat = at("facility")
    chat.press("РУУС (напішыце горад, раён)")
    assert chat.step == "facility/town"
    chat.write("Полацк")
    assert chat.value("facility")["facility"] == "other_police"
    assert chat.value("facility")["region"] == "BY-VI"


def test_several_messages_make_one_story() -> None:
    chat = at("narrative")
    chat.answer("Прыйшлі ў шэсць.", "Забралі тэлефон.", "Болей не ведаю нічога пра гэта.")
    assert chat.step == "narrative/more"
    assert (
        chat.value("narrative") == "Прыйшлі ў шэсць.\n\nЗабралі тэлефон.\n\nБолей не ведаю нічога пра гэта."
    )


def test_bare_numbers_after_the_story_answer_the_next_question() -> None:
    chat = at("narrative/more")
    chat.write("1,5")
    assert chat.step == "review"
    assert chat.value("consent_use") == ["c_contact", "c_stats"]


def test_the_story_can_be_told_anew_and_stays_until_it_is() -> None:
    chat = at("narrative/more")
    chat.press("Напісаць нанова")
    assert chat.value("narrative") == "Прыйшлі раніцай."
    chat.write("Прыйшлі ўвечары.")
    assert chat.value("narrative") == "Прыйшлі ўвечары."


def test_a_text_that_is_too_long_is_kept_up_to_the_limit_and_said_so() -> None:
    chat = at("narrative")
    chat.write("а" * 4100)
    assert len(chat.value("narrative")) == 4000
    assert "100" in chat.text
    chat.write("б" * 100)
    assert chat.value("narrative").endswith("б" * 100)


def test_a_story_without_end_is_told_when_it_is_full() -> None:
    chat = at("narrative")
    for _ in range(6):
        chat.write("а" * 3999)
    assert len(chat.value("narrative")) <= 16000
    assert TEXTS.say("be", Line("story-full")) in chat.text


def test_forwarded_words_are_an_answer_like_any_other() -> None:
    chat = at("person")
    chat.do(Wrote("Ганна Узор, 1985", "f1", forwarded=True))
    assert chat.value("person")["birth_year"] == 1985
