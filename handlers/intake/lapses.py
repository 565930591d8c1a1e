"""When a talk runs out of time."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.events import Lapse
from handlers.intake.acts import State
from handlers.intake.pack import Pack
from handlers.intake.talk import Talk


def next_lapse(talk: Talk) -> tuple[datetime, Lapse]:
    """The next moment at which time runs out, and which time: hand `Lapsed` to `advance` then.

    First a warning, then the end; and an end in any case some hours after the beginning.
    """
    limits = Pack.load().questionnaire.limits
    idle = talk.touched + timedelta(minutes=limits.idle_minutes)
    total = talk.began + timedelta(hours=limits.total_hours)
    ends = min((idle, Lapse.IDLE), (total, Lapse.TOTAL))
    if talk.warned or talk.step == State.SENT:
        return ends
    return min((talk.touched + timedelta(minutes=limits.warn_minutes), Lapse.WARN), ends)
