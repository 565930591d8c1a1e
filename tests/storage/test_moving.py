"""Moving a store takes every row there and back, refuses what could go wrong, and leaves nothing half."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from storage.erasing import erase
from storage.errors import DatabaseUnreachable, MoveRefused, SchemaTooNew
from storage.migrate import HEAD, list_revisions
from storage.moving import move
from storage.store import Store
from storage.volatile import KeyRing
from tests.conftest import open_store
from tests.drills.canaries import files_under
from tests.fakes import CountingIds, FakeClock
from tests.rig import ROOT, environment
from tests.storage.cluster import beside
from tests.storage.samples import make_talk
from tests.storage.test_canaries import fill as fill_store
from tests.storage.test_disk_full import no_file_longer_than
from tests.storage.whole import change_to, connected, contents, describe, fill

ROWS = 450  # more than what is in memory at once


@pytest.fixture
def old(tmp_path: Path) -> str:
    """An embedded database that does not exist yet."""
    return f"sqlite+aiosqlite:///{tmp_path / 'old.db'}"


@pytest.fixture
def back(tmp_path: Path) -> str:
    """Another one."""
    return f"sqlite+aiosqlite:///{tmp_path / 'back.db'}"


async def make(url: str, *, revision: str = HEAD, rows: int = 7) -> None:
    """A database with something in every table."""
    await change_to(url, revision)
    await fill(url, rows=rows)


async def test_everything_moves_there_and_back_byte_for_byte(old: str, url: str, back: str) -> None:
    await make(old, rows=ROWS)
    rows, schema = await contents(old), await describe(old)
    told: list[tuple[int, int]] = []
    moved = await move(old, url, watch=lambda done, total: told.append((done, total)))
    assert moved == dict.fromkeys(rows, ROWS)
    assert told[-1] == (ROWS * len(rows), ROWS * len(rows))
    assert await contents(url) == rows
    assert await move(url, back) == moved
    assert await contents(back) == rows
    assert await describe(back) == schema
    assert await contents(old) == rows  # the source was only read


async def test_a_store_goes_on_where_it_was_moved_to(old: str, url: str, ring: KeyRing) -> None:
    clock, ids = FakeClock(), CountingIds()
    store = await open_store(old, ring, clock=clock, new_id=ids)
    await store.run(fill_store)
    before = await look(store)
    await store.close()
    await move(old, url)
    store = await open_store(url, ring, clock=clock, new_id=ids)
    try:
        assert await look(store) == before
        await store.run(lambda unit: unit.talks.keep(make_talk()))
    finally:
        await store.close()


async def look(store: Store) -> list[Any]:
    """What opens with the keys."""
    return [
        await store.run(lambda unit: unit.talks.all()),
        await store.run(lambda unit: unit.cases.all()),
        await store.run(lambda unit: unit.letters.all()),
        await store.run(lambda unit: unit.outbox.take(9)),
    ]


@pytest.mark.parametrize("revision", list_revisions())
async def test_an_older_database_arrives_up_to_date(old: str, url: str, revision: str) -> None:
    await make(old, revision=revision)
    before = await contents(old)
    await move(old, url)
    await change_to(url, revision)
    assert await contents(url) == before
    assert await contents(old) == before


async def test_a_row_that_changes_on_the_way_is_noticed_and_nothing_is_moved(old: str, url: str) -> None:
    await make(old)

    def spoil(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row | {"blob": row["blob"][:-1] + b"!"} if "blob" in row else row for row in rows]

    with pytest.raises(MoveRefused, match="not what was sent"):
        await move(old, url, alter=spoil)
    assert await tables_of(url) == {}
    await move(old, url)  # unspoilt it moves


async def test_a_row_that_is_lost_on_the_way_is_noticed(old: str, url: str) -> None:
    await make(old)
    with pytest.raises(MoveRefused, match="not what was sent"):
        await move(old, url, alter=lambda rows: rows[1:])
    assert await tables_of(url) == {}


async def tables_of(url: str) -> dict[str, object]:
    """What a target holds; a file that was made for nothing is gone again."""
    return await describe(url) if is_there(url) else {}


def is_there(url: str) -> bool:
    """Whether the file exists, where it is one."""
    return not url.startswith("sqlite") or Path(url.partition("///")[2]).exists()


async def test_a_place_that_is_not_empty_is_refused_and_left_alone(old: str, url: str) -> None:
    await make(old)
    await make(url, rows=2)
    before = await contents(url)
    with pytest.raises(MoveRefused, match="not empty"):
        await move(old, url)
    assert await contents(url) == before


async def test_nothing_to_move_is_refused_and_nothing_made(old: str, url: str, tmp_path: Path) -> None:
    with pytest.raises(MoveRefused, match="nothing to move"):
        await move(old, url)
    assert not (tmp_path / "old.db").exists()
    async with connected(old):
        pass
    with pytest.raises(MoveRefused, match="nothing to move"):
        await move(old, url)
    assert await tables_of(url) == {}


async def test_a_database_of_a_newer_version_is_not_moved(old: str, url: str) -> None:
    await make(old)
    async with connected(old) as connection, connection.begin():
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaTooNew):
        await move(old, url)
    assert await tables_of(url) == {}


@pytest.mark.only("postgres")
async def test_a_server_that_somebody_else_works_on_is_not_moved(url: str, back: str, tmp_path: Path) -> None:
    await make(url)
    async with connected(url):
        with pytest.raises(MoveRefused, match="Somebody else"):
            await move(url, back)
    assert not (tmp_path / "back.db").exists()
    await move(url, back)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+asyncpg://vestka:geheim@127.0.0.1:9/v",
        "postgresql+asyncpg://vestka:geheim@/v?host=/nowhere",
        "sqlite+aiosqlite:////nowhere/at/all.db",
        "mysql://vestka:geheim@host/v",
    ],
)
async def test_a_place_that_cannot_be_reached_is_named_in_one_sentence(old: str, address: str) -> None:
    await make(old)
    with pytest.raises(DatabaseUnreachable) as refused:
        await move(old, address)
    assert "geheim" not in str(refused.value)
    assert await contents(old)


@pytest.mark.only("postgres")
async def test_a_role_that_may_not_log_in_is_told_where_a_password_belongs(old: str, url: str) -> None:
    await make(old)
    with pytest.raises(DatabaseUnreachable, match=r"\.pgpass") as refused:
        await move(old, url.replace("vestka@", "nobody_at_all:geheim@"))
    assert "geheim" not in str(refused.value)


@pytest.mark.only("postgres")
async def test_a_database_that_nobody_has_made_is_told_in_words(old: str, url: str) -> None:
    await make(old)
    with pytest.raises(DatabaseUnreachable, match="no such database; `createdb`"):
        await move(old, beside(url, "nowhere"))


@pytest.mark.only("sqlite")
async def test_a_full_disk_moves_nothing_and_says_so(old: str, url: str) -> None:
    await make(old, rows=ROWS)
    before = await contents(old)
    with no_file_longer_than(100_000), pytest.raises(MoveRefused, match="room on their disks"):
        await move(old, url)
    assert await tables_of(url) == {}
    await move(old, url)
    assert await contents(url) == before


_MOVER = """
import asyncio, os, sys, signal
from storage.moving import move
def watch(done, total):
    if done * 2 > total:
        os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(move(*sys.argv[1:], watch=watch))
"""


async def test_a_kill_in_the_middle_leaves_nothing_half_and_the_next_try_goes_well(
    old: str, url: str
) -> None:
    await make(old, rows=ROWS)
    before = await contents(old)
    command = [sys.executable, "-c", _MOVER, old, url]
    killed = await asyncio.to_thread(
        subprocess.run, command, env=environment(), cwd=ROOT, capture_output=True, timeout=60, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert await tables_of(url) == {}
    assert await contents(old) == before
    await move(old, url)
    assert await contents(url) == before


async def test_an_erased_database_leaves_no_file_and_no_piece_of_it(old: str, tmp_path: Path) -> None:
    await make(old, rows=60)
    held = os.open(tmp_path / "old.db", os.O_RDONLY)  # what a reader of the disk's blocks would go on seeing
    pieces = [row["data"][:24] for row in (await contents(old))["objects"]]
    assert all(piece in os.pread(held, 1 << 24, 0) for piece in pieces)  # control: they are there
    await erase(old)
    left = os.pread(held, 1 << 24, 0)
    os.close(held)
    assert not any(piece in left for piece in pieces)
    assert [path for path in files_under(tmp_path) if path.name.startswith("old.db")] == []
