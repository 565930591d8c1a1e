"""The way back to one reporter who agreed to it, for one case, and the question that stands on it.

Plain data; it is kept under the key of one day only (`storage/ways.py`), and goes with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from handlers.events import Room

LIFE = timedelta(days=2)  # as long as a day's key lives


class Stage(StrEnum):
    """Where a question stands in the reporter's chat."""

    WAITING = "waiting"  # until their conversation is over
    OUT = "out"  # shown, or on its way
    MORE = "more"  # answered; what they write next still belongs to it


@dataclass(frozen=True, slots=True)
class Question:
    """`id`: of the closed list, or `FREE` with its `words`. `mark` makes its buttons its own.

    `until`: up to when more words are taken as part of the answer.
    """

    id: str
    mark: str
    words: str = field(default="", repr=False)
    stage: Stage = Stage.WAITING
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """`day`: the day of the key it is kept under. `asked`: contacts so far.

    `draft` is a question that waits for a second person's consent.
    """

    case: bytes
    code: str
    room: Room
    language: str
    day: date
    asked: int = 0
    question: Question | None = None
    draft: str = field(default="", repr=False)

    @property
    def open(self) -> bool:
        """Whether a question waits for its answer."""
        return self.question is not None and self.question.stage is not Stage.MORE

    @property
    def ends(self) -> datetime:
        """The moment at which its key is forgotten."""
        return datetime.combine(self.day, time(), UTC) + LIFE
