"""Typed commands: whole messages in three languages, never words inside a story."""

from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from handlers.intake.words import Word, read_word
from tests.handlers.intake.phrases import rows
from tests.tables import each

COMMANDS = """
назад | back
НАЗАД! | back
/back | back
вернуться | back
⬅️ Назад | back
выдаліць нататкі | forget
прапусціць | skip
Прапусцить | skip
пропустить | skip
skip | skip
- | skip
далей | skip
не ведаю | unknown
Не знаю. | unknown
не знаю 🤷 | unknown
хз | unknown
? | unknown
I don't know | unknown
i dont know | unknown
idk | unknown
nie viedaju | unknown
без понятия | unknown
не хачу казаць | refused
не хочу говорить | refused
prefer not to say | refused
небяспечна казаць | unsafe
опасно говорить | unsafe
боюсь | unsafe
too dangerous | unsafe
стоп | stop
Стоп!!! | stop
сцерці | stop
удалить | stop
спыніць і сцерці | stop
/delete | stop
stop | stop
дапамога | help
помощь | help
help | help
/help | help
не понимаю | help
мова | language
язык | language
language | language
па-беларуску | language_be
русский | language_ru
English | language_en
так | yes
да | yes
yes | yes
ок | yes
+ | yes
не | no
нет | no
no | no
праверыць | review
проверить | review
review | review
адправіць | send
отправить | send
send | send
гатова | done
готово | done
done | done
дадаць чалавека | another
ещё один | another
працягнуць | resume
продолжить | resume
заново | restart
нічога з гэтага | none
другое | other
"""

STORIES = """
Я не знаю, где он сейчас
не знаю куда звонить, помогите найти мужа
стоп-кадр видео
Ян Прыклад, 1990
вчера
назад в Минск
удалить все сообщения просили силовики
они сказали стоп
skip bo
😀
"""


@each(rows(COMMANDS))
def test_a_whole_message_is_a_command(text: str, word: str) -> None:
    assert read_word(text) == word


@each(zip(rows(STORIES)))
def test_a_story_is_no_command(row: tuple[str, ...]) -> None:
    assert read_word(row[0]) is None


@each((slip,) for slip in ["отпрввить", "удплить", "адпрваіць", "спынцць", "сцерцц", "dellete it all"])
def test_a_slip_never_erases_or_sends(slip: str) -> None:
    assert read_word(slip) is None


def test_a_slip_in_a_harmless_word_is_forgiven() -> None:
    assert read_word("прапусцыть") == "skip"
    assert read_word("вернутся назад") == "back"


def test_every_word_can_be_said() -> None:
    said = {read_word(text) for text, _ in rows(COMMANDS)}
    assert said == set(get_args(Word))


@given(text=st.text(max_size=4000))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert read_word(text) == read_word(text)
    assert read_word(text) in {None, *get_args(Word)}


@given(text=st.text(min_size=1, max_size=40).filter(str.strip))
def test_what_follows_a_command_makes_it_a_story(text: str) -> None:
    assert read_word(f"не знаю, где яго шукаць і што рабіць далей {text} {text}") is None
