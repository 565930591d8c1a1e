"""What SQLite is told, who may read its files, and what is left of a deleted row."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from handlers.triage.cases import Case
from storage.database import PRAGMAS, make_engine, parse_url, truncate_log
from storage.errors import DatabaseUnreachable
from storage.retention import Policy
from storage.store import Store
from storage.tables import marks, metadata, objects, seen
from storage.unit_of_work import UnitOfWork
from storage.volatile import KeyRing
from tests.conftest import open_store
from tests.drills.canaries import Search, files_under
from tests.fakes import CountingIds, FakeClock
from tests.storage.samples import DAY, make_case, make_sealed, make_talk


async def test_every_connection_is_told_how_to_keep_and_to_forget(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    wanted = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "temp_store": 2, "foreign_keys": 1}
    async with engine.connect() as connection:
        found = {name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar() for name in wanted}
    await engine.dispose()
    assert found == wanted


async def test_the_files_are_ours_alone(sqlite_url: str, tmp_path: Path, ring: KeyRing) -> None:
    before = os.umask(0)
    try:
        store = await open_store(sqlite_url, ring, clock=FakeClock(), new_id=CountingIds())
        modes = {
            path.name: stat.S_IMODE(path.stat().st_mode)
            for path in files_under(tmp_path)
            if path.parent == tmp_path
        }
    finally:
        os.umask(before)
    await store.close()
    assert modes == {"vestka.db": 0o600, "vestka.db-shm": 0o600, "vestka.db-wal": 0o600}


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://somebody:geheim@host/x", "postgres://ROLE@HOST"),
        ("sqlite+aiosqlite://", "must be a file"),
        ("sqlite+aiosqlite:///:memory:", "must be a file"),
        ("sqlite+aiosqlite:////nowhere/at/all/x.db", "folder"),
        ("nonsense", "neither a file nor"),
    ],
)
def test_a_database_that_cannot_be_is_refused_with_a_remedy(url: str, words: str) -> None:
    with pytest.raises(DatabaseUnreachable, match=words) as refused:
        make_engine(url)
    assert "geheim" not in str(refused.value)


async def test_a_file_that_is_no_database_is_refused_with_the_databases_own_reason(
    tmp_path: Path, ring: KeyRing, clock: FakeClock, new_id: CountingIds
) -> None:
    file = tmp_path / "letters.db"
    file.write_bytes(b"Dear Hanna, " * 100)
    with pytest.raises(DatabaseUnreachable, match="SQLITE_NOTADB"):
        await open_store(f"sqlite+aiosqlite:///{file}", ring, clock=clock, new_id=new_id)


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("postgres://vestka@db/v", "postgresql+asyncpg://vestka@db/v"),
        ("postgresql://vestka@db/v", "postgresql+asyncpg://vestka@db/v"),
        ("Postgres://vestka@db/v?sslmode=require", "postgresql+asyncpg://vestka@db/v?ssl=require"),
        ("postgresql+asyncpg://vestka@db/v", "postgresql+asyncpg://vestka@db/v"),
        ("sqlite:////srv/v.db", "sqlite+aiosqlite:////srv/v.db"),
    ],
)
def test_the_usual_spellings_of_an_address_mean_the_driver_that_we_have(told: str, meant: str) -> None:
    assert str(parse_url(told)) == meant


@pytest.mark.parametrize("told", ["mysql://db/v", "postgresql+psycopg2://db/v", "http://db/v"])
def test_another_database_is_refused_with_the_form_to_write(told: str) -> None:
    with pytest.raises(DatabaseUnreachable, match="postgres://ROLE@HOST/DATABASE"):
        parse_url(told)


async def test_a_database_that_is_not_there_is_named_without_its_password(
    tmp_path: Path, ring: KeyRing
) -> None:
    url = f"postgresql+asyncpg://vestka:geheim@/x?host={tmp_path}"
    with pytest.raises(DatabaseUnreachable) as refused:
        await open_store(url, ring, clock=FakeClock(), new_id=CountingIds())
    assert "geheim" not in str(refused.value)


async def test_a_file_that_is_no_database_is_refused(sqlite_url: str, tmp_path: Path, ring: KeyRing) -> None:
    (tmp_path / "vestka.db").write_bytes(b"somebody's letter " * 300)
    with pytest.raises(DatabaseUnreachable):
        await open_store(sqlite_url, ring, clock=FakeClock(), new_id=CountingIds())


async def test_errors_of_the_database_show_no_values(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    async with engine.connect() as connection:
        await connection.run_sync(metadata.create_all)
        with pytest.raises(SQLAlchemyError) as refused:
            await connection.execute(sa.insert(marks), {"key": "КанарэйкаЖоўтая", "value": None})
        await connection.rollback()
    await engine.dispose()
    assert "Канарэйка" not in f"{refused.value!s} {refused.value!r}"


def make_row() -> dict[str, Any]:
    """A sealed object of random bytes."""
    row: dict[str, Any] = dict.fromkeys(("case_id", "acknowledged_day"))
    return row | {"id": os.urandom(16), "kind": 1, "day": DAY, "data": os.urandom(9000), "signature": b""}


async def delete_some(url: str, *, pragmas: dict[str, str], truncate: bool) -> set[bytes]:
    """Fill a table, delete every second row; pieces of what was deleted."""
    engine = make_engine(url, pragmas=pragmas)
    rows = [make_row() for _ in range(40)]
    async with engine.connect() as connection:
        async with connection.begin():
            await connection.run_sync(metadata.create_all)
            await connection.execute(sa.insert(objects), rows)
        await truncate_log(connection)
        async with connection.begin():
            await connection.execute(
                sa.delete(objects).where(objects.c.id.in_([row["id"] for row in rows[::2]]))
            )
        if truncate:
            assert await truncate_log(connection)
    await engine.dispose()
    return {row["data"][at : at + 24] for row in rows[::2] for at in range(0, 9000, 400)}


async def test_nothing_is_left_of_deleted_rows(sqlite_url: str, tmp_path: Path) -> None:
    pieces = await delete_some(sqlite_url, pragmas=PRAGMAS, truncate=True)
    assert Search({"piece": pieces}).in_files(files_under(tmp_path)).total == 0


async def test_without_secure_delete_much_is_left(sqlite_url: str, tmp_path: Path) -> None:
    pieces = await delete_some(sqlite_url, pragmas={**PRAGMAS, "secure_delete": "OFF"}, truncate=True)
    assert Search({"piece": pieces}).in_files(files_under(tmp_path)).total > 0


def read_blobs(path: Path) -> set[bytes]:
    """Pieces of every sealed row, read the way a thief would."""
    connection = sqlite3.connect(path)
    rows = [
        row[0]
        for table, column in (("talks", "blob"), ("cases", "blob"), ("objects", "data"))
        for row in connection.execute(f"SELECT {column} FROM {table}")  # noqa: S608  (names from the line above)
    ]
    connection.close()
    return {row[at : at + 24] for row in rows for at in range(100, len(row) - 24, 300)}


async def test_an_erased_talk_leaves_nothing_in_the_files(sqlite_store: Store, tmp_path: Path) -> None:
    case = make_case()

    async def fill(unit: UnitOfWork) -> None:
        await unit.talks.keep(make_talk())
        await unit.cases.add(case)
        await unit.objects.keep(make_sealed(data=os.urandom(20_000)), case=case.id, signature=b"", day=DAY)

    await sqlite_store.run(fill)
    pieces = read_blobs(tmp_path / "vestka.db")
    database = [path for path in files_under(tmp_path) if path.name.startswith("vestka.db")]
    search = Search({"piece": pieces})
    # The control: they are there (some across pages).
    assert search.in_files(database).total > 0.8 * len(pieces) > 30

    async def erase(unit: UnitOfWork) -> Case | None:
        await unit.talks.drop(make_talk().room)
        await unit.cases.delete(case.id)
        return await unit.cases.get(case.id)

    assert await sqlite_store.run(erase) is None
    assert await sqlite_store.truncate_log()
    assert search.in_files(database).total == 0


async def test_a_sweep_empties_the_log(sqlite_store: Store, tmp_path: Path, clock: FakeClock) -> None:
    await sqlite_store.run(lambda unit: unit.seen.mark("telegram", "1"))
    assert (tmp_path / "vestka.db-wal").stat().st_size > 0
    await sqlite_store.sweep(clock.now(), Policy())
    assert (tmp_path / "vestka.db-wal").stat().st_size == 0


def test_no_column_can_hold_a_time_finer_than_a_day_and_no_table_counts_its_rows() -> None:
    for table in metadata.tables.values():
        kinds = {type(column.type) for column in table.columns}
        assert kinds <= {sa.LargeBinary, sa.Integer, sa.Date, sa.Text}
        assert table.dialect_options["sqlite"]["with_rowid"] is False
    assert isinstance(seen.c.day.type, sa.Date)
    readable = {
        table.name
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, sa.Text)
    }
    assert readable == {"positions", "marks"}


async def test_upkeep_works_on_each_database(store: Store) -> None:
    await store.run(lambda unit: unit.talks.keep(make_talk()))
    await store.vacuum()
    assert await store.truncate_log()
    assert await store.run(lambda unit: unit.talks.find(make_talk().room)) == make_talk()
