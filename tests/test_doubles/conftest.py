"""The double and the real python-telegram-bot HTTP stack against it."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from tests.doubles.telegram import FakeClock, TelegramDouble


@pytest.fixture(autouse=True)
def _spans(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spans of time as timedelta: the other form is deprecated, and warnings are errors here."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def tg(clock: FakeClock) -> AsyncIterator[TelegramDouble]:
    async with TelegramDouble(clock=clock) as double:
        yield double


@pytest.fixture
async def bot(tg: TelegramDouble) -> AsyncIterator[Bot]:
    async with Bot(tg.token, base_url=tg.base_url, base_file_url=tg.base_file_url) as real:
        yield real
