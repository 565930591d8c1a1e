"""What an error means for the letter that met it."""

from __future__ import annotations

from enum import StrEnum

from bot.networks.errors import (
    NothingThere,
    Refused,
    Rival,
    RoomClosed,
    RoomMoved,
    TokenRefused,
    TopicMissing,
    Unreachable,
)
from bot.sending.lanes import ANSWER, ERASE, SAY, SHOW, UNSAY

REPLACEABLE = frozenset({SHOW, ERASE, SAY, ANSWER, UNSAY})  # may be given up; a card or a digest never is
TRIES_OF_OURS = 8  # failures of our own code before a replaceable letter is set aside
SLOW_SECONDS = 300.0


class Verdict(StrEnum):
    """What to do next."""

    DONE = "done"  # nothing left to do
    AGAIN = "again"  # at once: something about it was mended
    BACK_OFF = "back_off"  # later, later and later
    SLOWLY = "slowly"  # the operator has to do something first: look again every few minutes
    PARK = "park"  # never: set it aside, sealed, and raise the alarm
    DROP_LANE = "drop_lane"  # nothing can be sent there any more


BY_TYPE: tuple[tuple[type[Exception], Verdict], ...] = (
    (NothingThere, Verdict.DONE),
    (RoomMoved, Verdict.AGAIN),
    (TopicMissing, Verdict.AGAIN),
    (Refused, Verdict.PARK),
    (TokenRefused, Verdict.SLOWLY),
    (Rival, Verdict.SLOWLY),
    (Unreachable, Verdict.BACK_OFF),
)
AGAIN_AT_MOST = 3


def judge(problem: Exception, *, kind: str, tries: int) -> Verdict:
    """The verdict for a letter of this kind that failed `tries` times in a row, this time included."""
    if isinstance(problem, RoomClosed):
        return Verdict.DROP_LANE if kind in REPLACEABLE else Verdict.SLOWLY
    verdict = next((verdict for known, verdict in BY_TYPE if isinstance(problem, known)), None)
    if verdict is None:
        lost_cause = kind in REPLACEABLE and tries >= TRIES_OF_OURS
        return Verdict.PARK if lost_cause else Verdict.BACK_OFF
    if verdict is Verdict.AGAIN and tries > AGAIN_AT_MOST:
        return Verdict.BACK_OFF
    if verdict is Verdict.PARK and kind not in REPLACEABLE:
        return Verdict.SLOWLY
    return verdict
