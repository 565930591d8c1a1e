"""What a reader of typed answers says when it cannot take the answer, and how much it reads at most."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 4000  # characters of one answer that are looked at; the rest is kept as words by the caller


@dataclass(frozen=True, slots=True)
class Misread:
    """Why a typed answer was not understood; the reason chooses the sentence, the words stay with the caller.

    Reasons of dates: "not_understood", "future", "impossible" (31.02, or too long ago). Reasons of persons:
    "not_understood", "impossible_year", "several", "unknown_name".
    """

    reason: str
