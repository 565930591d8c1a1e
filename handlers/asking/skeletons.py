"""A text as the ear and as the eye takes it: so that a word is found however its letters were chosen.

By sound "телефон", "telefon" and "тэлефон" are one word. By look "aдpec" with Latin letters, "@дрес" and
"т.е.л.е.ф.о.н" are what they pretend to be.
"""

from __future__ import annotations

import re
import unicodedata

from handlers.clean import clean
from handlers.intake.spelling import fold

Words = tuple[str, ...]

# Letters of other alphabets, digits and signs, each with the Latin letter that it is drawn like.
_PAIRS = """
аa еe ёe єe іi їi оo рp сc уy ўy хx ѕs јj һh ԁd ԛq ԝw вb нh кk мm тt гr пn бb ьb ѵv ӏi ыbi юio
αa βb εe ηn κk νv οo ρp τt υy χx ωw ϲc ιi γy
0o 1i 3e 4a 5s 6b 8b 9g ıi łl |i
"""
_LOOK = str.maketrans({pair[0]: pair[1:] for pair in _PAIRS.split()})
_WORD = re.compile(r"[^\W_]+")
_LONE = re.compile(r"(?<![^\W_])[^\W_](?:[^\w\n]{1,2}|_)(?:[^\W_](?:[^\w\n]{1,2}|_)){2,}[^\W_](?![^\W_])")
_GAPS = re.compile(r"[\W_]+")
_INNER = ".·*~'’-"  # put between the letters of a word
_SIGNS = str.maketrans({"@": "а", "$": "с", "!": "и", "|": "и", "€": "е"})
_INSIDE = re.compile(rf"(?<=[^\W\d_])[@$!|€{_INNER}](?=[^\W\d_])|(?<!\S)[@$€](?=[^\W\d_])")


def by_sound(text: str) -> Words:
    """The words as keys of their sound."""
    return tuple(fold(_plain(text)).split())


def by_look(text: str) -> Words:
    """The words as they look: every letter as the Latin one that is drawn alike, where there is one."""
    plain = "".join(c for c in unicodedata.normalize("NFD", _plain(text)) if not unicodedata.combining(c))
    return tuple(_WORD.findall(plain.translate(_LOOK)))


def _plain(text: str) -> str:
    """Small letters, nothing hidden, no fancy forms; single letters in a row are one word."""
    shown = unicodedata.normalize("NFKC", clean(text)).casefold()
    shown = _LONE.sub(lambda found: _GAPS.sub("", found[0]), shown)
    return _INSIDE.sub(lambda found: "" if found[0] in _INNER else found[0].translate(_SIGNS), shown)
