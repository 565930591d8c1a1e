"""The pictures of the moderators' guide: as the program shows things today, and nothing sticks out."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from bot.trying.phone import BUBBLE, Said, Shot, broken, button_width, draw, measure
from bot.trying.scenes import FIRST, MINE, SCENES, TAKEN, Scene, after, answer, take
from handlers.texts import LANGUAGES, Texts
from handlers.triage.acts import Action
from handlers.triage.commands import LISTED
from handlers.triage.deciding import decide
from handlers.triage.orders import Order

IMAGES = Path(__file__).resolve().parents[3] / "docs" / "images"
_TEXT = re.compile(r'<text x="([^"]*)" y="([^"]*)"(?: class="([^"]*)")?>([^<]*)</text>')
_ELSEWHERE = re.compile(r"https?://(?!www\.w3\.org/2000/svg)|url\(|@import|@font-face|<image|<script")


def guide(language: str) -> str:
    """The moderators' guide."""
    name = "moderators.md" if language == "en" else f"moderators.{language}.md"
    return (IMAGES.parent / name).read_text("utf-8")


@pytest.mark.checkout
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_committed_pictures_show_what_moderators_see_today(language: str) -> None:
    """Red? `python -m bot.trying.scenes docs/images` takes them anew."""
    for name, drawn in take(language).items():
        assert (IMAGES / name).read_text("utf-8") == drawn, name


@pytest.mark.checkout
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_shows_every_picture_and_says_what_is_on_it(language: str) -> None:
    shown = re.findall(r'<img src="images/([^"]*)"[^>]* alt="([^"]{20,})"', guide(language))
    assert sorted(name for name, _ in shown) == sorted(take(language))


@pytest.mark.checkout
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_names_every_command_that_there_is_and_no_other(language: str) -> None:
    named = set(re.findall(r"`/([a-z]+)", guide(language)))
    assert named <= set(LISTED)
    assert set(LISTED) - named <= {"release", "seen"}  # buttons say these


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_needs_nothing_from_elsewhere(language: str) -> None:
    assert not [name for name, drawn in take(language).items() if _ELSEWHERE.search(drawn)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_stick_out_of_their_bubble_or_button(language: str) -> None:
    for name, shoot in SCENES.items():
        shot = shoot(Scene(Texts.load(), language))
        for message in shot.messages:
            for row in message.buttons:
                assert all(measure(label) <= button_width(len(row)) for label, _ in row), name
            assert all(measure(word) <= BUBBLE for word in message.words.split()), name


def test_words_are_broken_between_words_only() -> None:
    lines = list(broken("Ян Прыклад\n\nГанна Узор і Пётр Тэст", width=120))
    assert lines == ["Ян Прыклад", "", "Ганна Узор і", "Пётр Тэст"]
    assert list(broken("невымоўнадоўгаеслова", width=10)) == ["невымоўнадоўгаеслова"]


def test_what_is_said_is_escaped() -> None:
    drawn = draw(Shot("<b>", (Said("a < b & c", file="&.age", buttons=((("<", "t"),),)),), toast="<i>"))
    assert [unescape(words) for *_, words in _TEXT.findall(drawn)] == [
        "<b>",
        "&.age",
        "a < b & c",
        "<",
        "<i>",
    ]


def test_a_scene_shows_only_what_may_be_done() -> None:
    with pytest.raises(ValueError, match="reopen"):
        after(FIRST, Order(Action.REOPEN))
    with pytest.raises(ValueError, match="more to say"):
        answer(decide(TAKEN, Order(Action.ASK), MINE))
