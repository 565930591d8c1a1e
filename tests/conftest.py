"""What all tests share: no network but our own machine, invented keys, a store over each database."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from storage.store import Store
from storage.volatile import KeyRing
from tests.fakes import CountingIds, FakeClock
from tests.storage.cluster import Cluster, find_programs, run_cluster

CASE_KEY = bytes(range(32))
_OURS = ("127.", "::1", "localhost")
_attempts: list[str] = []


class NetworkForbidden(AssertionError):
    """A test tried to reach another machine."""


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Python's own audit: sees every connection and every look-up, whichever library makes it."""
    if event in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # UNIX sockets have no host
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0]
    else:
        return
    name = host.decode() if isinstance(host, bytes) else host
    if name and not str(name).startswith(_OURS):
        _attempts.append(event)
        raise NetworkForbidden("tests do not leave this machine")


sys.addaudithook(_watch)


@pytest.fixture(autouse=True)
def network_attempts() -> Iterator[list[str]]:
    """Tries to leave this machine fail the test, also when somebody swallows the refusal."""
    _attempts.clear()
    yield _attempts
    assert not _attempts, "the test tried to leave this machine"


@pytest.fixture
def clock() -> FakeClock:
    """Monday, 23 November 2026, half past nine UTC."""
    return FakeClock()


@pytest.fixture
def new_id() -> CountingIds:
    """Ids 1, 2, 3, …"""
    return CountingIds()


@pytest.fixture
def runtime(tmp_path: Path) -> Path:
    """The folder of the day keys (on whatever disk the tests run on)."""
    return tmp_path / "runtime"


@pytest.fixture
def ring(runtime: Path, clock: FakeClock) -> KeyRing:
    """Day keys of the clock's day."""
    return KeyRing.open(runtime, now=clock.now(), allow_disk=True)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One PostgreSQL for the whole run."""
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL's initdb and pg_ctl are not installed")
    with run_cluster(programs) as running:
        yield running


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A database file that does not exist yet."""
    return f"sqlite+aiosqlite:///{tmp_path / 'vestka.db'}"


@pytest.fixture
def postgres_url(cluster: Cluster) -> str:
    """An empty PostgreSQL database."""
    name = f"t{uuid4().hex}"

    async def make() -> None:
        connection = await asyncpg.connect(cluster.dsn())
        await connection.execute(f"CREATE DATABASE {name}")
        await connection.close()

    asyncio.run(make())
    return cluster.url(name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind we promise."""
    return str(request.getfixturevalue(f"{request.param}_url"))


async def open_store(url: str, ring: KeyRing, *, clock: FakeClock, new_id: CountingIds) -> Store:
    """A store as the bot opens it."""
    return await Store.open(url, ring=ring, case_key=CASE_KEY, now=clock.now, new_id=new_id)


@pytest.fixture
async def store(url: str, ring: KeyRing, clock: FakeClock, new_id: CountingIds) -> AsyncIterator[Store]:
    """A store over each database."""
    opened = await open_store(url, ring, clock=clock, new_id=new_id)
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite_store(
    sqlite_url: str, ring: KeyRing, clock: FakeClock, new_id: CountingIds
) -> AsyncIterator[Store]:
    """A store over the embedded database."""
    opened = await open_store(sqlite_url, ring, clock=clock, new_id=new_id)
    yield opened
    await opened.close()
