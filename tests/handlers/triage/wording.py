"""The catalogues as Fluent reads them: whatever is missing or wrong is an error, never a fallback."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import handlers
from handlers.screens import Line
from handlers.texts import LANGUAGES, Texts

__all__ = ["LANGUAGES", "keys", "say", "source"]

CATALOGUES = Path(handlers.__file__).parent / "locales"
_KEY = re.compile(r"^([a-zA-Z][\w-]*) *=", re.MULTILINE)


def source(language: str, catalogue: str) -> str:
    return (CATALOGUES / language / f"{catalogue}.ftl").read_text(encoding="utf-8")


@cache
def keys(language: str, catalogue: str) -> list[str]:
    """The keys of one file; where the catalogues are read, a line that is no message is refused."""
    names = _KEY.findall(source(language, catalogue))
    assert all(Texts.load().has(language, name) for name in names)
    return names


def say(language: str, line: Line) -> str:
    return Texts.load().say(language, line)
