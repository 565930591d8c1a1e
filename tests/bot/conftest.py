"""A desk with two moderators."""

from __future__ import annotations

import pytest

from storage.store import Store
from storage.volatile import KeyRing
from tests.bot.desk import Desk, make_member, make_roster
from tests.fakes import FakeClock


@pytest.fixture
async def desk(store: Store, ring: KeyRing, clock: FakeClock) -> Desk:
    """Nothing has come in yet."""
    today = clock.now().date()
    members = [make_member(number, today)[0] for number in (1, 2)]
    return Desk(store, ring, clock, roster=make_roster(today, *members))
