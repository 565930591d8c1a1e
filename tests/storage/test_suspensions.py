"""Who was suspended stays so, and whoever writes to the database without the key suspends nobody."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from handlers.suspensions import Suspension, suspended_now
from storage.store import Store
from storage.tables import suspensions
from tests.storage.whole import connected

ONE = Suspension(b"a" * 16, "m-04", "m-01", "m-02", day="2026-11-23", serial=7)
TWO = replace(ONE, id=b"b" * 16, pseudonym="m-05", day="2026-11-24")


async def keep(store: Store, *some: Suspension) -> None:
    for one in some:
        await store.run(lambda unit, one=one: unit.suspensions.keep(one))  # type: ignore[misc]  # bound now


async def test_they_come_back_as_they_were_kept(store: Store) -> None:
    await keep(store, TWO, ONE)
    assert await store.run(lambda unit: unit.suspensions.all()) == [ONE, TWO]


@pytest.mark.parametrize("forgery", [{"id": b"z" * 16}, {"blob": os.urandom(200)}])
async def test_a_row_made_without_the_key_suspends_nobody(
    store: Store, url: str, forgery: dict[str, bytes]
) -> None:
    await keep(store, ONE)
    async with connected(url) as connection, connection.begin():
        assert (await connection.execute(sa.update(suspensions).values(**forgery))).rowcount
    assert await store.run(lambda unit: unit.suspensions.all()) == []


@pytest.mark.parametrize(
    ("serial", "made", "holds"),
    [
        (7, date(2026, 11, 1), True),
        (8, date(2026, 11, 22), True),  # signed before anybody was suspended
        (8, date(2026, 11, 23), True),  # on the same day: perhaps before
        (8, date(2026, 11, 24), False),
        (7, date(2026, 11, 24), True),
    ],
)
def test_only_a_newer_roster_of_a_later_day_ends_it(serial: int, made: date, *, holds: bool) -> None:
    found = suspended_now([ONE], serial=serial, made=made.isoformat())
    assert found == ({"m-04"} if holds else set())
