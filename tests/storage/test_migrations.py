"""Each migration leads from its predecessor to the tables the code knows; a newer one stops the start."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from storage.database import make_engine
from storage.errors import SchemaTooNew
from storage.migrate import bring_up_to_date, list_revisions
from storage.tables import metadata
from storage.volatile import KeyRing
from tests.conftest import open_store
from tests.fakes import CountingIds, FakeClock


def _differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def migrate(url: str) -> list[object]:
    engine = make_engine(url)
    async with engine.connect() as connection:
        await bring_up_to_date(connection)
        differences = await connection.run_sync(_differences)
        await connection.rollback()
    await engine.dispose()
    return differences


def test_revisions_follow_each_other_from_the_first() -> None:
    assert list_revisions() == ["0001"]


async def test_0001_makes_exactly_the_tables_of_the_code(url: str) -> None:
    assert await migrate(url) == []


async def test_a_missing_table_would_be_noticed(url: str) -> None:
    engine = make_engine(url)
    async with engine.connect() as connection:
        await bring_up_to_date(connection)
        async with connection.begin():
            await connection.exec_driver_sql("DROP TABLE letters")
        assert await connection.run_sync(_differences) != []
        await connection.rollback()
    await engine.dispose()


async def test_an_upgrade_that_was_done_is_not_done_again(url: str) -> None:
    assert await migrate(url) == []
    assert await migrate(url) == []


async def test_migrated_tables_of_sqlite_count_no_rows(sqlite_url: str, tmp_path: Path) -> None:
    await migrate(sqlite_url)
    connection = sqlite3.connect(tmp_path / "vestka.db")
    made = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall())
    connection.close()
    assert set(metadata.tables) <= set(made)
    assert all("WITHOUT ROWID" in made[name] for name in metadata.tables)


async def test_the_partial_index_serves_the_search_for_due_cards(sqlite_url: str, tmp_path: Path) -> None:
    await migrate(sqlite_url)
    connection = sqlite3.connect(tmp_path / "vestka.db")
    query = "EXPLAIN QUERY PLAN SELECT * FROM cases WHERE cases.posted_revision < cases.revision"
    plan = str(connection.execute(query).fetchall())
    connection.close()
    assert "cases_unposted" in plan


async def test_a_database_of_a_newer_version_stops_the_start(
    sqlite_url: str, tmp_path: Path, ring: KeyRing
) -> None:
    await migrate(sqlite_url)
    connection = sqlite3.connect(tmp_path / "vestka.db")
    with connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(SchemaTooNew, match="newer"):
        await open_store(sqlite_url, ring, clock=FakeClock(), new_id=CountingIds())
