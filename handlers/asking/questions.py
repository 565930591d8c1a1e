"""The closed list of questions that may be put to a reporter, read from the country pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from handlers.country import read_table
from handlers.errors import PackRefused

FREE = "free"
"""Stands for a question in a moderator's own words, which two people have agreed to."""
_LONGEST = 16  # characters of an id: it stands behind a button


@dataclass(frozen=True, slots=True)
class Questions:
    """Ids of the canned questions in their order; by id, `FREE` included, the ids of the offered answers."""

    canned: tuple[str, ...]
    answers: Mapping[str, tuple[str, ...]]


@cache
def load_questions(country: str = "by") -> Questions:
    """The questions of one country pack.

    :raises PackRefused: an id is used twice, is too long, or is the one of free questions.
    """
    table = read_table("asking", country=country)
    rows = {row["id"]: tuple(row["answers"]) for row in table["question"]}
    if FREE in rows or len(rows) != len(table["question"]) or any(len(one) > _LONGEST for one in rows):
        raise PackRefused(f"asking.toml: every question needs an id of its own, up to {_LONGEST} letters.")
    return Questions(tuple(rows), {**rows, FREE: tuple(table[FREE]["answers"])})
