"""Words that seem to permit all at once. Permission is given for one thing at a time: they permit nothing."""

from __future__ import annotations

from handlers.intake.spelling import fold
from handlers.intake.words import read_word

_PHRASES = """
всё / на всё / да на всё / всё можно / можно всё / разрешаю всё / согласен на всё / согласна на всё /
выбрать всё / на всё согласен / на всё согласна / на ўсё згодны / на ўсё згодна / згодная на ўсё /
на ўсё згодная /
на ўсё / так на ўсё / усё можна / можна ўсё / дазваляю ўсё / згодны на ўсё / згодна на ўсё / выбраць усё /
all / all of them / all of it / everything / allow all / yes to all / agree to all / choose all / select all
"""
_KEYS = frozenset(fold(phrase) for phrase in _PHRASES.split("/"))


def is_sweeping(text: str) -> bool:
    """True for "everything" and for a bare "yes"."""
    return read_word(text) == "yes" or fold(text) in _KEYS
