"""Parts of a bot that is fed poison: how long each update takes, and what went wrong."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from bot.dispatch import Dispatch, Outcome
from bot.networks import Network, Raw
from bot.networks.telegram import Telegram
from handlers.events import Incoming
from storage.unit_of_work import UnitOfWork

SLOW = 1.0  # seconds of processor time


class Hanging(BaseException):
    """A batch did not end: nothing may swallow this."""


@dataclass
class Run:
    """What came of it; `failing` are the numbers of updates, for a repetition with the same seed."""

    updates: int = 0
    batches: int = 0
    crashes: int = 0
    slow: int = 0
    longest_read_ms: float = 0.0
    longest_batch_ms: float = 0.0
    commits_per_batch: int = 0
    parked: Counter[str] = field(default_factory=Counter)
    honest_lines: int = 0
    honest_delayed: int = 0
    sealed: int = 0
    unsealed: int = 0
    searched_bytes: int = 0
    failing: list[str] = field(default_factory=list)

    def add(self, other: Run) -> None:
        """Together with another run."""
        for name in ("updates", "batches", "crashes", "slow", "honest_lines", "honest_delayed", "sealed",
                     "unsealed", "searched_bytes"):  # fmt: skip
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("longest_read_ms", "longest_batch_ms", "commits_per_batch"):
            setattr(self, name, max(getattr(self, name), getattr(other, name)))
        self.parked += other.parked
        self.failing = [*self.failing, *other.failing][:20]


class Timed(Telegram):
    """The real adapter; it notes how long its longest reading took."""

    longest = 0.0

    def read(self, raw: Raw) -> Incoming | None:
        began = time.thread_time()
        try:
            return super().read(raw)
        finally:
            self.longest = max(self.longest, time.thread_time() - began)


class Rash(Dispatch):
    """The control: without the one `try` that sets an update aside."""

    async def _decide_or_park(self, read: Any, uow: UnitOfWork) -> Any:
        return await self._decide(read, uow)


class Slow(Dispatch):
    """The control: one update takes as long as none may."""

    lost = False

    async def _decide_or_park(self, read: Any, uow: UnitOfWork) -> Any:
        end = time.thread_time() + (0.0 if self.lost else SLOW)
        while time.thread_time() < end:
            self.lost = True
        return await super()._decide_or_park(read, uow)


async def tell_nobody(_network: Network, _outcome: Outcome) -> None:
    """Nobody has to hear of a batch."""
