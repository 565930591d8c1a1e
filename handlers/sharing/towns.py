"""The name of a town by its id, from the places of the country pack.

The pack lists names as people type them: Belarusian first, then Russian, then in Latin letters.
"""

from __future__ import annotations

from functools import cache
from itertools import takewhile

from handlers.country import read_table

_BELARUSIAN_ONLY = frozenset("іўІЎ")


def name_town(town: str, language: str) -> str | None:
    """The town's name in a language of the catalogue (be, ru, en); None for an id the pack does not know."""
    names = _names().get(town)
    if not names:
        return None
    if language == "en":
        return next((name for name in names if name.isascii()), names[0])
    return _russian(names) if language == "ru" else names[0]


def _russian(names: list[str]) -> str:
    """The last Cyrillic name before the Latin ones that a Russian keyboard can write."""
    cyrillic = takewhile(lambda name: not name.isascii(), names)
    return [names[0], *(name for name in cyrillic if not _BELARUSIAN_ONLY & set(name))][-1]


@cache
def _names() -> dict[str, list[str]]:
    return {town["id"]: town["names"] for town in read_table("places")["towns"]}
