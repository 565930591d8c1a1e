"""A database server that lets nobody in for a while, as when it starts: said in words, and waited for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url

from storage.errors import DatabaseUnreachable, KeepFailed
from storage.leases import Leases
from storage.store import Store
from tests.storage.cluster import beside, cut_off, tell

pytestmark = pytest.mark.only("postgres")
ME = bytes([1]) * 16


@asynccontextmanager
async def closed(url: str) -> AsyncIterator[None]:
    """Everybody is thrown out, and nobody comes in."""
    name = make_url(url).database
    await tell(beside(url), f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    await cut_off(url)
    try:
        yield
    finally:
        await tell(beside(url), f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


@pytest.fixture
async def leases(store: Store) -> Leases:
    assert store.leases is not None
    await store.leases.join(ME)
    await store.leases.look()
    return store.leases


ASKED: dict[str, Callable[[Leases], Awaitable[object]]] = {
    "look": lambda leases: leases.look(),
    "take": lambda leases: leases.take([0]),
    "give back": lambda leases: leases.give_back([0]),
    "strike out": lambda leases: leases.strike_out(ME, beats=0),
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
async def test_a_closed_server_is_said_and_waited_for(
    leases: Leases, url: str, asked: Callable[[Leases], Awaitable[object]]
) -> None:
    async with closed(url):
        for _ in range(2):  # on a broken connection, then without one
            with pytest.raises(DatabaseUnreachable):
                await asked(leases)
    with suppress(DatabaseUnreachable):
        await leases.look()  # finds that the line is dead
    assert ME in (await leases.look()).workers


async def test_a_line_that_breaks_before_anybody_listens_is_opened_again(leases: Leases) -> None:
    await leases.close()
    engine = leases._engine.sync_engine
    event.listen(engine, "set_connection_execution_options", cut, once=True)
    with pytest.raises(DatabaseUnreachable):
        await leases.look()
    assert ME in (await leases.look()).workers


def cut(connection: Connection, _options: object) -> None:
    driver: Any = connection.connection.driver_connection
    driver.terminate()


async def test_a_store_on_a_closed_server_keeps_nothing_and_goes_on_afterwards(
    store: Store, url: str
) -> None:
    async with closed(url):
        with pytest.raises(KeepFailed):
            await store.vacuum()
        with pytest.raises(DatabaseUnreachable):
            await store.run(lambda uow: uow.marks.set("a", "b"))
    await store.vacuum()
