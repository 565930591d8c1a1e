"""The picture for the README needs nothing from other machines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.trying.picture import plain

PICTURE = Path(__file__).resolve().parents[3] / "docs" / "images" / "try.svg"
_ELSEWHERE = re.compile(r"https?://(?!www\.w3\.org/2000/svg)|url\(\s*[\"']?(?!#)|@import|@font-face")

DRAWN = """<svg xmlns="http://www.w3.org/2000/svg">
<!-- drawn by a program -->
<style>
@font-face { font-family: "X"; src: url("https://fonts.example/x.woff2"); }
</style>
<text class="a" x="10" y="20" textLength="50" clip-path="url(#l)">🔴&#160;AB&amp;
</text></svg>"""


def test_fonts_from_elsewhere_and_remarks_are_taken_out() -> None:
    assert _ELSEWHERE.search(DRAWN)
    assert not _ELSEWHERE.search(plain(DRAWN))
    assert "drawn by a program" not in plain(DRAWN)


def test_an_emoji_stands_in_a_place_of_its_own_and_moves_no_letter() -> None:
    drawn = DRAWN.replace("&amp;\n", "&amp;")
    words = re.findall(r'x="([^"]*)".*?textLength="([^"]*)"[^>]*>([^<]*)</text>', plain(drawn))
    assert words == [("10", "20", "🔴"), ("30", "40", "&#160;AB&amp;")]


@pytest.mark.checkout
def test_the_committed_picture_needs_nothing_from_elsewhere() -> None:
    text = PICTURE.read_text("utf-8")
    assert not _ELSEWHERE.search(text)
    assert "The moderators' group" in text.replace("&#160;", " ").replace("&#x27;", "'")
