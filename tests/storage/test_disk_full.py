"""A full disk keeps nothing half, says what to do, and hurts nobody once there is room again."""

from __future__ import annotations

import asyncio
import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from storage.errors import KeepFailed
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from storage.volatile import KeyRing
from tests.conftest import open_store
from tests.fakes import CountingIds, FakeClock
from tests.storage.samples import DAY, make_case, make_sealed


async def keep_large(unit: UnitOfWork, number: int) -> None:
    """A case with an object of 200 KiB."""
    case = make_case(number, code=f"C{number}")
    await unit.cases.add(case)
    sealed = make_sealed(number, data=os.urandom(200 * 1024))
    await unit.objects.keep(sealed, case=case.id, signature=bytes(64), day=DAY)


async def count(store: Store) -> tuple[int, int]:
    async def job(unit: UnitOfWork) -> tuple[int, int]:
        return len(await unit.cases.all()), len(await unit.objects.of_day(DAY))

    return await store.run(job)


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """From here on the system refuses to let any file of this process grow beyond `size` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_what_does_not_fit_is_refused_whole_and_kept_later(sqlite_store: Store, tmp_path: Path) -> None:
    await sqlite_store.run(lambda unit: keep_large(unit, 1))
    size = (tmp_path / "vestka.db-wal").stat().st_size
    with no_file_longer_than(size + 64 * 1024):
        outcomes = await asyncio.gather(
            sqlite_store.run(lambda unit: keep_large(unit, 2)),
            sqlite_store.run(lambda unit: keep_large(unit, 3)),
            return_exceptions=True,
        )
    assert [type(outcome) for outcome in outcomes] == [KeepFailed, KeepFailed]
    assert "room" in str(outcomes[0])
    assert await count(sqlite_store) == (1, 1)
    await sqlite_store.run(lambda unit: keep_large(unit, 2))
    assert await count(sqlite_store) == (2, 2)


async def test_small_steps_go_on_after_a_large_one_failed(sqlite_store: Store, tmp_path: Path) -> None:
    size = (tmp_path / "vestka.db-wal").stat().st_size
    with no_file_longer_than(size + 100 * 1024):
        with pytest.raises(KeepFailed):
            await sqlite_store.run(lambda unit: keep_large(unit, 1))
        await sqlite_store.run(lambda unit: unit.marks.set("small", "1"))
    assert await sqlite_store.run(lambda unit: unit.marks.get("small")) == "1"
    assert await count(sqlite_store) == (0, 0)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "vestka-test", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("this user may not mount a small file system")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


async def test_a_really_full_disk_is_survived(small_disk: Path, ring: KeyRing) -> None:
    url = f"sqlite+aiosqlite:///{small_disk / 'vestka.db'}"
    store = await open_store(url, ring, clock=FakeClock(), new_id=CountingIds())
    await store.run(lambda unit: keep_large(unit, 1))
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as file:
        while True:
            try:
                file.write(bytes(4096))
            except OSError:
                break
    with pytest.raises(KeepFailed, match="FULL"):
        await store.run(lambda unit: keep_large(unit, 2))
    assert await count(store) == (1, 1)
    filler.unlink()
    await store.run(lambda unit: keep_large(unit, 2))
    await store.close()
    store = await open_store(url, ring, clock=FakeClock(), new_id=CountingIds())
    assert await count(store) == (2, 2)
    await store.close()


async def test_upkeep_on_a_full_disk_is_refused_in_words_and_the_store_goes_on(
    sqlite_store: Store, tmp_path: Path
) -> None:
    for number in range(3):
        await sqlite_store.run(partial(keep_large, number=number))
    await sqlite_store.truncate_log()
    with no_file_longer_than(64 * 1024), pytest.raises(KeepFailed, match="room"):
        await sqlite_store.vacuum()
    assert await count(sqlite_store) == (3, 3)
    await sqlite_store.vacuum()
    assert (tmp_path / "vestka.db-wal").stat().st_size == 0
