"""One running bot per embedded database: a second one would take the first one's updates.

On a database server several workers share the mark (`bot.workers` divides the work among them); whoever needs
the database for himself alone is refused as long as one of them runs.

The mark is a lock on a file beside the database. The kernel lifts it when the process ends, however it
ends, so nothing stays behind that anybody must clean up.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import NotReady
from bot.settings import Settings

_A_LOOK = 0.2


def lock_path(settings: Settings) -> Path:
    """Beside the embedded database; with a database server beside the secrets file."""
    beside = settings.database_file or settings.secrets_path
    return beside.with_name(f"{beside.name}.lock")


@contextmanager
def sole(path: Path, *, shared: bool = False) -> Iterator[None]:
    """Hold the lock while the bot runs, alone or `shared` with others; the file names our process.

    :raises NotReady: another one holds it, or the folder cannot be written.
    """
    handle = _open(path)
    try:
        if not _take(handle, shared=shared) and not _take_after_a_look(handle, shared=shared):
            raise NotReady(
                f"This instance is running already{_whose(handle)}. Stop that one first: a SIGTERM ends it."
            )
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def running(path: Path) -> int | None:
    """The process that holds the lock: its id (0 when it did not say), or None when nobody does."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        return None if _take(handle, shared=False) else _read(handle)
    finally:
        os.close(handle)


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise NotReady(
            f"{path} cannot be written: {error.strerror}. The folder of the database must exist and be yours."
        ) from None


def _take(handle: int, *, shared: bool) -> bool:
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _take_after_a_look(handle: int, *, shared: bool) -> bool:
    """`running` holds the lock for a moment to find out; that is no second bot."""
    time.sleep(_A_LOOK)
    return _take(handle, shared=shared)


def _read(handle: int) -> int:
    told = os.pread(handle, 20, 0).strip()
    return int(told) if told.isdigit() else 0


def _whose(handle: int) -> str:
    process = _read(handle)
    return f" (process {process})" if process else ""
