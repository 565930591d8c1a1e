"""Spreadsheets run text that begins like a formula. Here such text is found and made harmless.

Source: the security reference, 5.3 (digest). The first visible letter decides: spaces, quotes and marks
before it are passed over, and a letter counts as what it looks like (full-width ＝ is =).
"""

from __future__ import annotations

import unicodedata

_TRIGGERS = frozenset("=+-@|%")
_DASHES = frozenset("−‐‑‒–—―﹣－⁻₋➖")
_QUOTES = frozenset("\"'`´‘’‚‛“”„‟«»‹›＂＇")
_PASSED_OVER = frozenset({"Zs", "Zl", "Zp", "Cf", "Mn", "Mc", "Me", "Cc"})
LINE_END = " / "


def is_risky(text: str) -> bool:
    """Whether a spreadsheet could take `text` for a formula."""
    if text[:1].isalnum():
        return False
    for letter in text:
        if letter in "\t\r\n":
            return True
        if letter in _QUOTES or unicodedata.category(letter) in _PASSED_OVER:
            continue
        return letter in _DASHES or unicodedata.normalize("NFKC", letter)[:1] in _TRIGGERS
    return False


def neutralise(text: str) -> str:
    """`text` in one line, with an apostrophe before it where it could be taken for a formula."""
    marked = "'" + text if is_risky(text) else text
    return LINE_END.join(part.strip() for part in marked.splitlines() if part.strip())
