"""The time a double lives by: stood still and moved by a test, or the wall's with a shift."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Anything that tells an aware UTC time."""

    def now(self) -> datetime: ...


class FakeClock:
    """Stands still until `advance` moves it."""

    def __init__(self, start: datetime | None = None) -> None:
        self._now = start or datetime(2031, 3, 12, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self._now

    def advance(self, seconds: float = 0, *, hours: float = 0) -> None:
        """Move forward; a clock never runs backwards."""
        step = timedelta(seconds=seconds, hours=hours)
        if step < timedelta(0):
            raise ValueError("a clock never runs backwards: give a positive step")
        self._now += step


class ShiftedClock:
    """The wall's time plus whatever it was advanced by."""

    def __init__(self) -> None:
        self._shift = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift

    def advance(self, seconds: float = 0, *, hours: float = 0) -> None:
        step = timedelta(seconds=seconds, hours=hours)
        if step < timedelta(0):
            raise ValueError("a clock never runs backwards: give a positive step")
        self._shift += step


class _Told:
    """A bare function dressed as a clock."""

    def __init__(self, tell: Callable[[], datetime]) -> None:
        self._tell = tell

    def now(self) -> datetime:
        return self._tell()


def as_clock(given: Clock | Callable[[], datetime] | None) -> Clock:
    """Take a clock, a function that tells the time, or nothing (the wall's, which can be advanced)."""
    if given is None:
        return ShiftedClock()
    return _Told(given) if callable(given) else given
