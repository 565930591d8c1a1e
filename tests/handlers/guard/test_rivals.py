"""A conflict now and then is a restart of our own; three within an hour are a thief."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from handlers.guard.rivals import Conflicts, hear
from tests.tables import each

NOW = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


@each(
    [
        ((), False),
        ((0,), False),
        ((0, 1), False),
        ((0, 0, 0), True),
        ((0, 25, 50), True),
        ((0, 30, 60), True),
        ((0, 31, 61), False),
        ((0, 90, 180), False),
        ((600, 601, 0), False),  # the clock was set back
    ]
)
def test_only_conflicts_close_together_mean_somebody_else(minutes: tuple[int, ...], persist: bool) -> None:
    conflicts = Conflicts()
    for minute in minutes:
        conflicts = hear(conflicts, NOW + timedelta(minutes=minute))
    assert conflicts.persist is persist
