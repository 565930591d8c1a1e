"""What is shown of a reporter's text hides nothing, turns nothing around, and cannot be clicked."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.clean import _NOT_PLAIN, LONGEST, clean, defang, examine
from tests.searches import every
from tests.tables import each

KEPT = (
    "Ґанна Узор, Пётр Тэст: «сёння, каля 14:00» — ў РУУСе; Zarečča, Žłobin, ćśźń. 12.03, арт. 19.11, 361-4!"
)
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HIDDEN = (
    BIDI
    + "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u115f\u3164\u2800\ufe0f\U000e0041\U000e0100\x00\x1b\x7f"
)


def test_the_letters_of_our_languages_come_through_unchanged() -> None:
    assert clean(KEPT) == KEPT
    assert not examine(KEPT).hidden


@each(zip(HIDDEN))
def test_hidden_characters_go_and_are_reported(letter: str) -> None:
    found = examine(f"за{letter}трыманы")
    assert found.text == "затрыманы"
    assert found.hidden


def test_of_all_code_points_no_control_or_bidi_character_survives(thorough: bool) -> None:
    dropped = {"Cc", "Cf", "Cs", "Co", "Cn"}
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    everyday = {0x0000, 0x2000, 0xF000, 0xE0000}  # letters; punctuation that turns; marks; tags
    blocks = {*everyday, *every(range(0, sys.maxunicode + 1, 4096), thorough=thorough, sample=12)}
    for start in sorted(blocks):
        for letter in clean("".join(map(chr, range(start, start + 4096)))):
            assert letter == "\n" or unicodedata.category(letter) not in dropped
            assert unicodedata.bidirectional(letter) not in turning


def test_odd_spaces_become_one_space_and_line_ends_one_line_end() -> None:
    assert clean("а\u00a0б\tв \u2003 г") == "а б в г"
    assert clean("а\r\nб\rв\u2028г\u2029д\x0bе") == "а\nб\nв\nг\nд\nе"


def test_letters_are_composed() -> None:
    assert clean("у\u0306") == "ў"
    assert clean("и\u0306") == "й"


def test_marks_cannot_pile_up_over_other_lines() -> None:
    assert clean("з" + "\u0336" * 40) == "з" + "\u0336" * 3
    assert clean("за\u0301мок") == "за\u0301мок"


@each(
    [
        ("https://example.org/a.b?c=d.e", "hxxps://example[.]org/a.b?c=d.e"),
        ("HTTP://EXAMPLE.ORG", "HxxP://EXAMPLE[.]ORG"),
        ("глядзіhttps://example.org", "глядзіhxxps://example[.]org"),
        ("tg://resolve?domain=x", "tg[:]//resolve?domain=x"),
        ("ftp://files.example.org", "ftp[:]//files[.]example[.]org"),
        ("t.me/pryklad", "t[.]me/pryklad"),
        ("www.example.org.", "www[.]example[.]org."),
        ("hanna@example.org", "hanna@example[.]org"),
        ("пошта.бел і сайт.РФ", "пошта[.]бел і сайт[.]РФ"),
        ("https://прыклад.бел/", "hxxps://прыклад[.]бел/"),
        ("198.51.100.7", "198[.]51[.]100[.]7"),
        ("exa\u200bmple.org", "example[.]org"),
    ]
)
def test_addresses_cannot_be_clicked(text: str, shown: str) -> None:
    assert clean(text) == shown


@each((text,) for text in ["19.11", "12.03.2026", "арт.361-4", "т.е. так", "14.30-15.00", "ч. 1", "…", "а.б"])
def test_dates_articles_and_abbreviations_stay_as_they_are(text: str) -> None:
    assert clean(text) == text


def test_long_texts_are_cut_and_say_so() -> None:
    found = examine("я" * (LONGEST + 1))
    assert (len(found.text), found.cut) == (LONGEST, True)
    assert not examine("я" * LONGEST).cut


@pytest.mark.search
@each(zip(range(LONGEST - 24, LONGEST + 1)))
def test_a_cut_through_an_address_leaves_nothing_to_click(before: int) -> None:
    text = clean("я" * before + " https://a.example.org")
    assert len(text) <= LONGEST
    assert "http" not in text
    assert clean(text) == text


alphabet = st.text(max_size=200) | st.text(alphabet=".:/[]ahtp-_1я\u0301\u200d\u0306 \nxbyorg", max_size=200)


@given(alphabet)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not examine(once).hidden


@given(alphabet, st.integers(LONGEST - 60, LONGEST))
def test_cleaning_a_long_text_twice_changes_nothing_more(text: str, before: int) -> None:
    once = clean("ж" * before + text)
    assert len(once) <= LONGEST
    assert clean(once) == once


@given(st.text())
def test_nothing_that_looks_like_a_link_is_left(text: str) -> None:
    assert not re.search(r"https?://", clean(text), re.IGNORECASE)


def test_without_the_cleaning_the_link_would_be_there() -> None:
    assert re.search(r"https?://", "https://example.org")
    assert not re.search(r"https?://", defang("https://example.org"))


def test_a_cleaned_text_is_not_in_its_repr() -> None:
    assert "Прыклад" not in repr(examine("Ян Прыклад"))


def test_letters_that_are_taken_for_plain_would_come_through_the_long_way_unchanged() -> None:
    plain = _NOT_PLAIN.sub("", "".join(map(chr, range(0x110000))))
    assert len(plain) > 150
    for letter in plain:
        assert letter == "\n" or unicodedata.category(letter)[0] not in "CM"
        assert clean(f"\u200b{letter}") == letter  # what is hidden leads the long way
        assert unicodedata.normalize("NFC", f"а{letter}а") == f"а{letter}а"
