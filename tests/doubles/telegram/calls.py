"""What the bot asked for: every call with its parameters, time and answer; and the bot's mistakes."""

from dataclasses import dataclass
from datetime import datetime

from tests.doubles.telegram.world import JSON


@dataclass(slots=True)
class Call:
    """One call; `answered` is None while it runs and False if the bot never got the whole answer."""

    method: str
    parameters: JSON
    when: datetime
    answered: bool | None = None
    status: int = 0
    description: str = ""
    applied: bool = False
    result: object = None
    fault: str = ""

    @property
    def ok(self) -> bool:
        return self.status == 200


@dataclass(frozen=True, slots=True)
class Violation:
    """A call the real server would take amiss, or would silently mend: the bot's mistake."""

    method: str
    sentence: str
    parameters: JSON
