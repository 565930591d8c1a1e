"""Which cases are late, by whole days."""

from __future__ import annotations

import pytest

from handlers.sharing.news import is_overdue
from handlers.triage.cases import Status
from handlers.triage.facts import Level
from tests.handlers.sharing.samples import DAY, make_case


@pytest.mark.parametrize(
    ("level", "received", "late"),
    [
        (Level.RED, "2026-11-23", False),
        (Level.RED, "2026-11-22", True),
        (Level.ORANGE, "2026-11-22", True),
        (Level.YELLOW, "2026-11-22", False),
        (Level.YELLOW, "2026-11-21", True),
        (Level.GREEN, "2026-11-20", False),
        (Level.GREEN, "2026-11-19", True),
    ],
)
def test_a_case_is_late_once_its_time_is_surely_over(level: Level, received: str, late: bool) -> None:
    assert is_overdue(make_case(1, level=level, received=received), day=DAY) is late


@pytest.mark.parametrize("status", [Status.CLAIMED, Status.CLOSED, Status.HELD])
def test_a_case_somebody_took_is_not_late(status: Status) -> None:
    case = make_case(1, level=Level.RED, received="2026-10-01", status=status)
    assert not is_overdue(case, day=DAY)
