"""What tests of the bot stand on: a desk with two moderators, a channel with one case, a gate."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channel import Channel
from storage.store import Store
from storage.volatile import KeyRing
from tests import derivations
from tests.bot.desk import Desk, make_member, make_roster
from tests.bot.hall import CASE, seal
from tests.bot.street import Street
from tests.fakes import FakeClock

derivations.remember()


@pytest.fixture
async def desk(store: Store, ring: KeyRing, clock: FakeClock) -> Desk:
    """Nothing has come in yet."""
    today = clock.now().date()
    members = [make_member(number, today)[0] for number in (1, 2)]
    return Desk(store, ring, clock, roster=make_roster(today, *members))


@pytest.fixture
async def channel(desk: Desk) -> Channel:
    """With one case that is not posted yet."""
    await desk.store.run(lambda uow: uow.cases.add(CASE))
    await seal(desk, 1)
    return Channel(desk.instance, desk.network)


@pytest.fixture
async def street() -> AsyncIterator[Street]:
    """A gate that nobody has passed yet."""
    made = Street()
    yield made
    await made.close()
