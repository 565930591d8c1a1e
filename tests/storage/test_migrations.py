"""Each migration leads from its predecessor to its successor and back; a newer database stops the start."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from storage.errors import SchemaTooNew
from storage.migrate import HEAD, NOTHING, list_revisions
from storage.tables import metadata
from storage.volatile import KeyRing
from tests.conftest import open_store
from tests.fakes import CountingIds, FakeClock
from tests.storage.whole import change_to, connected, contents, describe, differences, fill

REVISIONS = list_revisions()


async def migrate(url: str) -> list[object]:
    await change_to(url, HEAD)
    return await differences(url, metadata)


def test_revisions_follow_each_other_from_the_first() -> None:
    assert tuple(f"{number:04}" for number in range(1, len(REVISIONS) + 1)) == REVISIONS


async def test_the_migrations_make_exactly_the_tables_of_the_code(url: str) -> None:
    assert await migrate(url) == []


async def test_a_missing_table_would_be_noticed(url: str) -> None:
    await migrate(url)
    async with connected(url) as connection, connection.begin():
        await connection.exec_driver_sql("DROP TABLE letters")
    assert await differences(url, metadata) != []


async def test_an_upgrade_that_was_done_is_not_done_again(url: str) -> None:
    assert await migrate(url) == []
    assert await migrate(url) == []


@pytest.mark.parametrize("revision", REVISIONS)
async def test_from_every_revision_up_and_back_keeps_every_row_and_the_schema(
    url: str, revision: str
) -> None:
    await change_to(url, revision)
    await fill(url)
    rows, schema = await contents(url), await describe(url)
    assert all(rows.values())
    assert await migrate(url) == []
    await change_to(url, revision)
    assert await describe(url) == schema
    assert await contents(url) == rows


@pytest.mark.parametrize("revision", REVISIONS)
async def test_going_back_loses_only_what_the_older_tables_have_no_room_for(url: str, revision: str) -> None:
    await change_to(url, HEAD)
    await fill(url)
    newer, schema = await contents(url), await describe(url)
    await change_to(url, revision)
    older = await contents(url)
    for name, rows in older.items():
        columns = set(rows[0])
        kept = [{key: row[key] for key in row if key in columns} for row in newer[name]]
        assert sorted(map(repr, kept)) == sorted(map(repr, rows))
    await change_to(url, HEAD)
    assert await describe(url) == schema


async def test_the_way_back_to_nothing_leaves_no_table_and_the_way_up_is_open_again(url: str) -> None:
    await change_to(url, HEAD)
    schema = await describe(url)
    await change_to(url, NOTHING)
    assert await contents(url) == {}
    await change_to(url, HEAD)
    assert await describe(url) == schema


async def test_a_lost_row_or_a_changed_column_would_be_noticed(url: str) -> None:
    await change_to(url, HEAD)
    await fill(url)
    rows, schema = await contents(url), await describe(url)
    async with connected(url) as connection, connection.begin():
        await connection.exec_driver_sql("DELETE FROM marks WHERE key = (SELECT min(key) FROM marks)")
        await connection.exec_driver_sql("ALTER TABLE letters ADD COLUMN colour INTEGER")
    assert await contents(url) != rows
    assert await describe(url) != schema


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
