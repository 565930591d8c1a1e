"""The first thing somebody does, whatever it is."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from handlers.effects import ForgetWays, Show
from handlers.events import Attached, Commanded, Event, Lapse, Medium, Pressed, Room, Wrote
from handlers.screens import Line
from tests.handlers.intake.chat import SHORT_WAY, TEXTS, Chat, at, begun
from tests.tables import each

LOST = "Вашы няскончаныя адказы былі сцёртыя."


@each((name,) for name in ["start", "help", "back", "skip", "review", "settings"])
def test_any_command_begins_with_the_first_screen(name: str) -> None:
    chat = Chat()
    chat.command(name)
    assert chat.step == "start"
    assert "Telegram бачыць гэты чат" in chat.text


def test_the_first_screen_names_the_network_one_is_on() -> None:
    chat = Chat(room=Room("matrix", "!room"))
    chat.command("start")
    assert "Matrix" in chat.text
    assert "Telegram" not in chat.text


def test_the_language_of_the_phone_is_spoken() -> None:
    chat = Chat(hint="ru")
    chat.command("start")
    assert "Прежде чем писать" in chat.text


def test_the_language_can_be_chosen_before_anything_else() -> None:
    chat = Chat()
    chat.command("language")
    chat.press("English")
    assert chat.step == "start"
    assert "Before you write" in chat.text


SECRET = "Зубр Прыклад"
EARLY: dict[str, Callable[[Chat], object]] = {
    "words": lambda chat: chat.write(f"Забралі суседа, {SECRET}", message="m0"),
    "a caption": lambda chat: chat.attach(Medium.PHOTO, f"Гэта {SECRET}", album="a"),
    "words with an agreement": lambda chat: chat.write(f"я за мяжой, забралі суседа, {SECRET}"),
    "a very long text": lambda chat: chat.write(f"{SECRET} " * 400),
    "words beside the languages": lambda chat: (chat.command("language"), chat.write(f"Гэта {SECRET} піша")),
    "an edited message": lambda chat: (
        chat.write("Забралі майго суседа"),
        chat.edit(f"Забралі {SECRET}", "m1"),
    ),
}


def held(chat: Chat) -> str:
    """Everything the talk and all sealed reports hold."""
    return msgspec.json.encode((chat.talk, [seal.report for seal in chat.seals])).decode()


@pytest.mark.parametrize("opened", [False, True])
@pytest.mark.parametrize("early", EARLY)
def test_nothing_is_kept_of_what_came_before_the_start_was_agreed_to(early: str, opened: bool) -> None:
    chat = Chat()
    if opened:
        chat.command("start")
    EARLY[early](chat)
    assert SECRET not in held(chat)
    if chat.step == "start":
        assert TEXTS.say("be", Line("not-yet")) in chat.text
        chat.write("1")
    chat.answer(*SHORT_WAY[1:])
    chat.press("Адправіць")
    assert chat.seals
    assert SECRET not in held(chat)


@pytest.mark.parametrize("early", ["words", "a caption"])
def test_the_same_words_are_kept_once_the_start_is_agreed_to(early: str) -> None:
    chat = begun()
    EARLY[early](chat)
    assert SECRET in held(chat)


def test_a_greeting_is_no_note() -> None:
    chat = Chat()
    chat.write("Прывітанне")
    assert chat.talk is not None
    assert chat.talk.notes == ()


def test_a_photo_within_the_questions_is_answered_and_its_caption_kept() -> None:
    chat = begun()
    chat.attach(Medium.PHOTO, "каля суда", album="a")
    assert chat.talk is not None
    assert chat.talk.notes == ("каля суда",)
    assert "Файлы, фота, кантакты і стыкеры мы пакуль не прымаем" in chat.text


def test_an_album_is_answered_once_and_every_caption_kept() -> None:
    chat = at("relation")
    chat.attach(Medium.PHOTO, album="a")
    assert chat.did(Show)
    chat.attach(Medium.PHOTO, album="a")
    assert chat.last == ()
    chat.attach(Medium.PHOTO, "подпіс да трэцяга", album="a")
    assert chat.talk is not None
    assert chat.talk.notes == ("подпіс да трэцяга",)


def test_a_caption_in_the_story_is_a_part_of_the_story() -> None:
    chat = at("narrative")
    chat.attach(Medium.PHOTO, "Гэта было каля дома.")
    assert chat.value("narrative") == "Гэта было каля дома."
    chat.attach(Medium.VIDEO, "А гэта праз гадзіну.")
    assert chat.value("narrative").endswith("А гэта праз гадзіну.")


def test_a_voice_message_is_kindly_asked_for_in_words() -> None:
    chat = at("narrative")
    chat.attach(Medium.VOICE)
    assert chat.step == "narrative"
    assert "Галасавыя паведамленні" in chat.text


def test_somebody_who_writes_on_after_the_memory_was_lost_is_told_so() -> None:
    chat = Chat()
    chat.write("Ян Прыклад, 1990", lost=True)
    assert LOST in chat.text
    assert chat.step == "start"


@pytest.mark.parametrize(
    "event", [Commanded("start"), Commanded("help"), Commanded("language"), Wrote(" ", "m")]
)
def test_whoever_begins_anew_after_the_memory_was_lost_is_told_what_may_concern_them(event: Event) -> None:
    chat = Chat()
    chat.do(event, lost=True)
    assert chat.text.startswith(
        "Калі вы ўжо пісалі сюды ў апошнія дні: вашы няскончаныя адказы былі сцёртыя."
    )
    chat.do(Commanded("start"), lost=True)
    assert "сцёртыя" not in chat.text


@pytest.mark.parametrize(
    "event", [Attached(Medium.PHOTO, "", "m"), Pressed("ABCD.3:p:parent", "7"), Commanded("back")]
)
def test_whoever_goes_on_after_the_memory_was_lost_is_told_so_once(event: Event) -> None:
    chat = Chat()
    chat.do(event, lost=True)
    assert chat.text.count(LOST) == 1


def test_a_newcomer_is_not_told_about_a_loss() -> None:
    chat = Chat()
    chat.write("Ян Прыклад, 1990")
    assert LOST not in chat.text


def test_a_button_without_a_talk_always_says_that_it_was_erased() -> None:
    chat = Chat()
    chat.press_token("ABCD.3:p:parent")
    assert LOST in chat.text
    assert chat.hints
    assert chat.step == "start"


@pytest.mark.parametrize("lapse", list(Lapse))
def test_time_that_runs_out_without_a_talk_does_nothing(lapse: Lapse) -> None:
    chat = Chat()
    chat.lapse(lapse)
    assert chat.talk is None
    assert chat.last == ()


def test_leaving_without_a_talk_does_nothing() -> None:
    chat = Chat()
    chat.depart()
    assert chat.last == ()


def test_stop_without_a_talk_says_that_nothing_is_kept() -> None:
    chat = Chat()
    chat.command("stop")
    assert chat.talk is None
    forgotten, shown = chat.last
    assert forgotten == ForgetWays()
    assert isinstance(shown, Show)
    assert shown.gone_after
