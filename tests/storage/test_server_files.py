"""No file of a PostgreSQL server shows a canary: no table, no write-ahead log, and not what it says."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest

from storage.vault import Seals
from storage.volatile import KeyRing
from tests.drills.canaries import Search, files_under, spell_word
from tests.storage.cluster import Cluster, dsn, fresh_database, run_cluster
from tests.storage.test_canaries import REAL, SEARCH, change, live
from tests.storage.unsealed import UNSEALED

pytestmark = pytest.mark.postgres
WORD = "КанарэйкаСіняя"
QUIET = {
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}
"""What docs/operating.md has the operator set."""
AS_INSTALLED = {**QUIET, "log_min_error_statement": "error", "log_error_verbosity": "default"}
TALKATIVE = {**AS_INSTALLED, "log_statement": "all", "log_parameter_max_length_on_error": "-1"}
TABLE = (
    "CREATE TABLE canaries (word text UNIQUE CHECK (word <> 'x'), short varchar(4), needed integer NOT NULL)"
)
FAILING: dict[str, tuple[str, tuple[Any, ...]]] = {
    "missing value": ("INSERT INTO canaries VALUES ($1, NULL, NULL)", (WORD,)),
    "doubled key": ("INSERT INTO canaries VALUES ($1, NULL, 1), ($1, NULL, 2)", (WORD,)),
    "refused by a check": ("INSERT INTO canaries VALUES ('x', $1, 1)", (WORD[:4],)),
    "too long": (f"INSERT INTO canaries VALUES (NULL, '{WORD}', 1)", ()),  # noqa: S608  # ours
    "no such column": (f"SELECT nothing FROM canaries WHERE word = '{WORD}'", ()),  # noqa: S608  # ours
    "not SQL": (f"SELEKT '{WORD}'", ()),
    "division": ("SELECT length($1::text) / 0", (WORD,)),
    "took too long": ("SELECT pg_sleep(9), $1::text", (WORD,)),
}


@pytest.fixture
def apart(cluster: Cluster) -> Iterator[Cluster]:
    """A server of one's own: what others have left in the log of the shared one is not ours to find."""
    with run_cluster(cluster.programs) as running:
        yield running


@pytest.mark.parametrize(("seals", "expected"), [(REAL, False), (UNSEALED, True)], ids=["sealed", "unsealed"])
async def test_no_table_no_write_ahead_log_and_no_word_of_the_server_shows_a_canary(
    apart: Cluster, ring: KeyRing, *, seals: Seals, expected: bool
) -> None:
    async with fresh_database(apart.url()) as url:
        store = await live(url, ring, seals=seals)
        await store.run(change)
        await store.close()
        connection = await asyncpg.connect(dsn(apart.url()))
        await connection.execute("CHECKPOINT")
        await connection.close()
        places = {name: apart.folder / "data" / name for name in ("base", "pg_wal")}
        hits = {name: (await look(SEARCH, place)) for name, place in places.items()}
        assert {name: bool(found) for name, found in hits.items()} == dict.fromkeys(places, expected)
        assert not await look(SEARCH, apart.folder / "log")


async def look(search: Search, place: Any) -> int:
    files = [place] if await asyncio.to_thread(place.is_file) else files_under(place)
    return (await asyncio.to_thread(search.in_files, files)).total


async def fail(cluster: Cluster, settings: dict[str, str], statement: str, values: tuple[Any, ...]) -> str:
    """What the server wrote into its log while a statement failed."""
    connection = await asyncpg.connect(dsn(cluster.url()), server_settings={"statement_timeout": "200"})
    try:
        await connection.execute(f"DROP TABLE IF EXISTS canaries; {TABLE}")
        for name, value in settings.items():
            await connection.execute(f"SET {name} = '{value}'")
        before = len(cluster.log)
        with pytest.raises(asyncpg.PostgresError):
            await connection.fetch(statement, *values)
        return cluster.log[before:]
    finally:
        await connection.close()


@pytest.mark.parametrize("kind", FAILING)
async def test_a_failing_statement_leaves_no_value_in_the_log(cluster: Cluster, kind: str) -> None:
    said = await fail(cluster, QUIET, *FAILING[kind])
    assert "ERROR" in said
    assert WORD[:4] not in said
    assert not any(spelt.decode("latin-1") in said for spelt in spell_word(WORD))


@pytest.mark.parametrize("kind", FAILING)
async def test_the_same_statement_shows_the_value_where_the_log_talks(cluster: Cluster, kind: str) -> None:
    assert WORD[:4] in await fail(cluster, TALKATIVE, *FAILING[kind])


@pytest.mark.parametrize(
    "kind", ["missing value", "doubled key", "refused by a check", "too long", "not SQL"]
)
async def test_a_server_as_it_is_installed_talks_of_failing_statements(cluster: Cluster, kind: str) -> None:
    assert WORD[:4] in await fail(cluster, AS_INSTALLED, *FAILING[kind])
