"""The name of a town by its id, from the places of the country pack."""

from __future__ import annotations

from functools import cache

from handlers.country import read_table


def name_town(town: str, *, latin: bool) -> str | None:
    """The first name of the town, or its first Latin one; None for an id the pack does not know."""
    names = _names().get(town)
    if not names:
        return None
    return next((name for name in names if name.isascii()), names[0]) if latin else names[0]


@cache
def _names() -> dict[str, list[str]]:
    return {town["id"]: town["names"] for town in read_table("places")["towns"]}
