"""What all tests share: no network but our own machine, invented keys, a store over each database.

Storage is imported by the fixtures that need it: importing it takes as long as many tests of `handlers`.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from functools import cache
from pathlib import Path
from shutil import disk_usage
from typing import TYPE_CHECKING, Any

import pytest

from tests import searches
from tests.fakes import CountingIds, FakeClock

if TYPE_CHECKING:
    from storage.store import Store
    from storage.volatile import KeyRing
    from tests.storage.cluster import Cluster

CASE_KEY = bytes(range(32))
_STORAGE = Path(__file__).resolve().parent / "storage"
_OURS = ("127.", "::1", "localhost")
_attempts: list[str] = []
_MEMORY = Path("/dev/shm")
_ROOM = 4 << 30  # bytes free there; a whole run leaves half a GiB at most


def _write_in_memory() -> None:
    """No test waits for a disk: all is kept in memory, where there is room and nobody chose a place."""
    if "TMPDIR" not in os.environ and os.access(_MEMORY, os.W_OK) and disk_usage(_MEMORY).free > _ROOM:
        os.environ["TMPDIR"] = str(_MEMORY)
        tempfile.tempdir = None  # asked before us


def pytest_configure(config: pytest.Config) -> None:
    _write_in_memory()
    if not hasattr(config, "workerinput"):  # one memory of stretched passphrases for all processes of a run
        memory = tempfile.TemporaryDirectory(prefix="vestka-tests-")
        os.environ["TESTS_DERIVATIONS"] = memory.name
        config.add_cleanup(memory.cleanup)
    if not config.getoption("--hypothesis-profile"):
        searches.load("thorough" if config.getoption("--thorough") else "suite")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: journeys and drills wait as often as they work."""
    return len(os.sched_getaffinity(0)) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Drills and what is slow first: whoever takes longest must not begin last."""
    items.sort(key=lambda item: not any(map(item.get_closest_marker, ("drill", "slow"))))


def pytest_collection_finish() -> None:
    """What is there now stays to the end: whoever looks for rubbish need not look there again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def on_disk() -> Iterator[Path]:
    """A folder of one test that does not lie in memory."""
    from storage.runtime_directory import find_filesystem

    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        if find_filesystem(Path(folder)) == "tmpfs":
            pytest.skip("there is no disk")
        yield Path(folder)


@pytest.fixture(scope="session")
def thorough(request: pytest.FixtureRequest) -> bool:
    """Whether searches are to be complete."""
    return bool(request.config.getoption("--thorough"))


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
    from storage.volatile import KeyRing

    return KeyRing.open(runtime, now=clock.now(), allow_disk=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database postgres` holds all that is kept over PostgreSQL; `--thorough` searches everything."""
    words = "one database for all tests; without it SQLite for all and PostgreSQL for a selection as well"
    parser.addoption("--database", choices=("sqlite", "postgres"), help=words)
    parser.addoption("--thorough", action="store_true", help="search everything, not a sample")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Which databases a test meets: the one asked for; else SQLite, and both in a selection.

    The selection is all of `tests/storage`, and what is marked `both`. What is marked `only` is about one
    of them.
    """
    if "database" not in metafunc.fixturenames:
        return
    chosen: str | None = metafunc.config.getoption("--database")
    definition = metafunc.definition
    only = definition.get_closest_marker("only")
    both = _STORAGE in definition.path.parents or definition.get_closest_marker("both")
    names = only.args if only else [chosen] if chosen else ["sqlite", "postgres"] if both else ["sqlite"]
    metafunc.parametrize("database", [pytest.param(name, marks=_marks(name, chosen)) for name in names])


def _marks(name: str, chosen: str | None) -> list[pytest.MarkDecorator]:
    marks = [pytest.mark.postgres] if name == "postgres" else []
    if chosen and name != chosen:
        marks.append(pytest.mark.skip(reason=f"this is about {name}, and --database {chosen} was asked for"))
    return marks


@pytest.fixture(scope="session")
def cluster(pytestconfig: pytest.Config) -> Iterator[Cluster]:
    """One PostgreSQL for the whole run."""
    from tests.storage.cluster import find_programs, run_cluster

    if pytestconfig.getoption("--database") == "sqlite":
        pytest.skip("--database sqlite leaves out what is about PostgreSQL")
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL's initdb and pg_ctl are not installed")
    with run_cluster(programs) as running:
        yield running


@pytest.fixture
def sqlite_url(tmp_path: Path, pytestconfig: pytest.Config) -> str:
    """A database file that does not exist yet, for what is about SQLite and nothing else."""
    if pytestconfig.getoption("--database") == "postgres":
        pytest.skip("--database postgres leaves out what is about the files of SQLite")
    return f"sqlite+aiosqlite:///{tmp_path / 'vestka.db'}"


@pytest.fixture
def postgres_url(cluster: Cluster) -> Iterator[str]:
    """An empty PostgreSQL database, for what is about PostgreSQL and nothing else."""
    from tests.storage.cluster import drop_database, make_database

    made = asyncio.run(make_database(cluster.url()))
    yield made
    asyncio.run(drop_database(made, cluster.url()))


@pytest.fixture
def url(database: str, request: pytest.FixtureRequest) -> str:
    """An empty database of the kind this test is to meet."""
    return str(request.getfixturevalue(f"{database}_url"))


async def open_store(url: str, ring: KeyRing, *, clock: FakeClock, new_id: CountingIds) -> Store:
    """A store as the bot opens it, over tables that need not be made."""
    from storage.store import Store

    _lay_tables(url)
    return await Store.open(url, ring=ring, case_key=CASE_KEY, now=clock.now, new_id=new_id)


def _lay_tables(url: str) -> None:
    """A file that is not there yet begins with its tables: the migrations would take as long as a test."""
    kind, _, name = url.partition("+aiosqlite:///")
    if kind == "sqlite" and not Path(name).exists():
        Path(name).write_bytes(_make_tables())


@cache
def _make_tables() -> bytes:
    from sqlalchemy import create_engine

    from storage.migrate import HEAD, change_tables

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "first.db"
        engine = create_engine(f"sqlite:///{file}")
        with engine.begin() as connection:
            change_tables(connection, HEAD)
        engine.dispose()
        return file.read_bytes()


@pytest.fixture
async def store(url: str, ring: KeyRing, clock: FakeClock, new_id: CountingIds) -> AsyncIterator[Store]:
    """A store over the database this test is to meet."""
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
