"""The strict double of the Bot API, the adapter before it, a person and a group."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.networks.telegram import Telegram
from tests.doubles.telegram import FakeClock, Group, Person, TelegramDouble


@pytest_asyncio.fixture
async def tg() -> AsyncIterator[TelegramDouble]:
    async with TelegramDouble(clock=FakeClock()) as double:
        yield double
        assert double.violations == []


@pytest_asyncio.fixture
async def telegram(tg: TelegramDouble) -> AsyncIterator[Telegram]:
    adapter = Telegram(tg.token, api_root=tg.api_root, long_poll_seconds=0)
    await adapter.start()
    yield adapter
    await adapter.close()


@pytest_asyncio.fixture
async def hanna(tg: TelegramDouble) -> Person:
    person = tg.person("Ганна Узор")
    await person.send("/start")
    return person


@pytest.fixture
def group(tg: TelegramDouble, telegram: Telegram) -> Group:
    made = tg.supergroup("Пакой", forum=True)
    made.add_bot()
    telegram.follow(str(made.id))
    return made
