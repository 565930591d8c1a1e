"""What asks about the reporter is found in three scripts, however its letters look; the rest passes."""

from __future__ import annotations

from handlers.asking.questions import load_questions
from handlers.asking.screening import findings, load_rules, screen
from handlers.screens import Line
from tests.handlers.triage.wording import LANGUAGES, say
from tests.tables import each

FISHING = {
    "who": [
        "Хто вы?",
        "Кто вы такие",
        "Who are you?",
        "kto vy",
        "Як вас завуць?",
        "Ваше имя?",
        "your full name",
    ],
    "phone": ["Ваш тэлефон?", "Дайте номер", "telefon", "phone me", "перазваніце нам", "ёсць WhatsApp?"],
    "address": ["Дзе вы жывяце?", "Ваш адрес", "adres", "where do you live", "где вы сейчас?"],
    "meeting": ["Давайте встретимся", "Сустрэнемся заўтра", "prychodźcie", "meet us", "приходите в офис"],
    "papers": ["Ваш паспорт", "your passport", "Где вы работаете?", "селфи"],
    "link": ["https://example.org", "t.me/abc", "t . me / abc", "prykład.by", "example[.]org", "кропка бай"],
    "account": ["@prykladny", "＠prykladny", "@ prykladny", "a@example.org"],
    "digits": ["375291234567", "+375 (29) 123-45-67", "+３７５２９1234567"],
}
EVASIONS = {
    "who": [
        "KTO BbI",
        "xто вы",
        "wh0 are y0u",
        "ｗｈｏ ａｒｅ ｙｏｕ",
        "𝐰𝐡𝐨 𝐚𝐫𝐞 𝐲𝐨𝐮",
        "who are уоu",
        "представь-тесь",
    ],
    "phone": ["тeлeфoн", "т е л е ф о н", "т.е.л.е.ф.о.н", "т3лефон", "теле\u200bфон", "тѐлефон", "тел-ефон"],
    "address": ["aдpec", "@дрес", "aдрас", "ад\u00adрас"],
}
PLAIN = (
    "Калі яго судзілі?",
    "Ці перавялі яго ў іншае месца?",
    "Якая стацця ў пастанове?",
    "Какой у него диагноз?",
    "Сколько суток ему дали по ст. 19.11?",
    "Суд был 23.11.2026 в 10.30?",
    "Which article is in the decision?",
)


def found(text: str) -> set[str]:
    return {rule.id for rule in screen(text)}


@each([(rule, text) for rule, texts in FISHING.items() for text in texts])
def test_fishing_is_found(rule: str, text: str) -> None:
    assert rule in found(text)


@each([(rule, text) for rule, texts in EVASIONS.items() for text in texts])
def test_fishing_in_disguise_is_found(rule: str, text: str) -> None:
    assert rule in found(text)


@each((text,) for text in PLAIN)
def test_questions_about_the_detained_person_pass(text: str) -> None:
    assert found(text) == set()


def test_the_canned_questions_themselves_pass() -> None:
    for language in LANGUAGES:
        for question in load_questions().canned:
            assert found(say(language, Line(f"asking-ask-{question}"))) == set()


def test_what_leads_out_of_the_chat_is_refused_and_the_rest_is_shown() -> None:
    assert {rule.id for rule in load_rules() if rule.stops} == {"link", "account", "digits"}


def test_every_finding_has_words_in_all_languages() -> None:
    for language in LANGUAGES:
        assert say(language, findings(()))
        assert all(say(language, findings([rule])) for rule in load_rules())
