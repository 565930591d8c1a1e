"""Shared fakes: a clock that stands still, ids that count, words that must never be found again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count


class FakeClock:
    """Stands at a chosen moment until somebody moves it."""

    def __init__(self, start: datetime = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)) -> None:
        self._now = start

    def now(self) -> datetime:
        """The moment."""
        return self._now

    def advance(
        self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> datetime:
        """Move it (backwards with negative numbers)."""
        self._now += timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return self._now


class CountingIds:
    """16-byte ids 1, 2, 3, …"""

    def __init__(self) -> None:
        self._numbers = count(1)

    def __call__(self) -> bytes:
        return next(self._numbers).to_bytes(16, "big")


def make_canaries(prefix: str = "Канарэйка") -> Iterator[str]:
    """Words that occur nowhere else."""
    return (f"{prefix}{number:04d}жоўтая" for number in count(1))
