"""The clock that everything goes by: one that jumps forgets no key early, keeps none late, and posts nothing.

Time itself is decided in `handlers.timekeeping`; here the clocks are read.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from bot.instance import utc_now
from bot.logs import alarm, say
from handlers.timekeeping import Belief, Reading, tell_time, weigh


def steady_seconds() -> float:
    """Seconds since the machine started; unlike the monotonic clock it goes on while the machine sleeps."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Timekeeper:
    """Goes by the wall clock as long as nothing contradicts it.

    `network` says when the network last answered, by its own clock (None: it never did). `look` is to be
    called every few seconds.
    """

    def __init__(
        self,
        network: Callable[[], datetime | None] = lambda: None,
        *,
        wall: Callable[[], datetime] = utc_now,
        steady: Callable[[], float] = steady_seconds,
    ) -> None:
        self._network = network
        self._wall = wall
        self._steady = steady
        self._heard: Reading | None = None
        self._belief = Belief(self._read())

    def now(self) -> datetime:
        """The time to go by, aware UTC."""
        return tell_time(self._belief, self._read())

    @property
    def doubtful(self) -> bool:
        """Whether the clocks are at odds, so that nothing is to be posted for the moderators."""
        return weigh(self._belief, self._read(), self._heard).doubtful

    def look(self) -> None:
        """Compare the clocks; doubt is told once, and so is its end."""
        before, wall = self._belief, self._read()
        self._listen(wall.steady)
        self._belief = weigh(before, wall, self._heard)
        if self._belief.doubtful and not before.doubtful:
            alarm("clock.doubtful")
        elif before.doubtful and not self._belief.doubtful:
            say("clock.agreed")

    def _listen(self, steady: float) -> None:
        """The network's clock is as old as its last answer; between answers it goes by the steady count."""
        told = self._network()
        if told is not None and (self._heard is None or told != self._heard.time):
            self._heard = Reading(told, steady)

    def _read(self) -> Reading:
        return Reading(self._wall(), self._steady())
