"""The time the sender goes by; passed in, so that tests need not wait."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Wall time for what is kept, a steady count of seconds for budgets, and sleep."""

    def now(self) -> datetime: ...

    def seconds(self) -> float: ...

    async def sleep(self, seconds: float) -> None: ...


class WallClock:
    """The machine's own."""

    def now(self) -> datetime:
        """Aware UTC time."""
        return datetime.now(UTC)

    def seconds(self) -> float:
        """Seconds that never run backwards."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Let others work for a while."""
        await asyncio.sleep(seconds)
