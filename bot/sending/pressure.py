"""Whether calls queue at the gate: then what can wait is gathered, so that fewer calls say as much."""

from __future__ import annotations

from bot.networks import Outgoing
from bot.sending.clock import Clock
from bot.sending.screens import Send

QUEUED_SECONDS = 1.0  # more than a call takes that nothing holds up


class Pressure:
    """Watches how long calls take, and remembers when something was last done."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._took = 0.0
        self._done: dict[str, float] = {}

    def watch(self, send: Send) -> Send:
        """The same way to send, watched."""

        async def deliver(outgoing: Outgoing) -> str | None:
            began = self._clock.seconds()
            try:
                return await send(outgoing)
            finally:
                self._took = self._clock.seconds() - began

        return deliver

    def note(self, what: str) -> None:
        """It was done just now."""
        self._done[what] = self._clock.seconds()

    def pause(self, what: str, *, every: float) -> float:
        """Seconds until it should be done again; 0 while the last call had not to queue."""
        if self._took < QUEUED_SECONDS or what not in self._done:
            return 0.0
        return max(0.0, self._done[what] + every - self._clock.seconds())
