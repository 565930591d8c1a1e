"""The house for journeys: one pretended Telegram and one folder a test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.house import House, furnish


@pytest.fixture
async def house(tmp_path: Path, url: str) -> AsyncIterator[House]:
    """A group with topics and two moderators; the bot is not started yet."""
    async with furnish(tmp_path) as made:
        made.url = url
        yield made
        assert made.tg.violations == []
