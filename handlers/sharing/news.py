"""What is new about a case since the last digest, and which cases nobody has read in time.

The server keeps days, not hours. A case of the day of the last digest may therefore be told twice; none is
left out. Source of the targets: country pack, urgency levels (read within 1, 6, 24 and 72 hours).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from handlers.triage.cases import Case, Finding, Status, Step, Verified
from handlers.triage.facts import Level

# After how many days an unclaimed case is surely late, if the digest goes out at six in the morning or later.
LATE_AFTER = {Level.RED: 1, Level.ORANGE: 1, Level.YELLOW: 2, Level.GREEN: 4}


class News(StrEnum):
    """Why a case stands in a digest."""

    NEW = "new"
    CHANGED = "changed"
    WAITING = "waiting"  # neither, but overdue


def find_news(case: Case, *, day: str, since: str) -> News | None:
    """Why `case` belongs into the digest of `day` (ISO days), or None if it does not.

    A talk that still goes on is nobody's business yet.
    """
    if case.status is Status.HELD:
        return None
    if case.day >= since:
        return News.NEW
    days = (case.noted, case.touched, *(each.day for entries in _histories(case) for each in entries))
    if any(day >= since for day in days):
        return News.CHANGED
    return News.WAITING if is_overdue(case, day=day) else None


def _histories(case: Case) -> tuple[Sequence[Step | Finding | Verified], ...]:
    return case.history, case.fate, case.verified


def is_overdue(case: Case, *, day: str) -> bool:
    """Whether nobody claimed `case` within the time its urgency allows, told by whole days."""
    if case.status is not Status.NEW:
        return False
    return (date.fromisoformat(day) - date.fromisoformat(case.day)).days >= LATE_AFTER[case.level]
