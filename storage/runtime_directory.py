"""The directory in memory that holds the day keys: who may look in, what lies beneath, how files end.

Memory-backed means tmpfs or ramfs. tmpfs can be swapped out, so `docs/operating.md` asks for
encrypted swap or none; whether swap is encrypted no program can find out for certain.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from storage.errors import RuntimeDirectoryRefused

_IN_MEMORY = frozenset({"tmpfs", "ramfs"})
_MOUNTS = Path("/proc/mounts")


def find_filesystem(directory: Path, *, mounts: Path = _MOUNTS) -> str:
    """Name the type of the file system under `directory` ("" when the kernel does not tell)."""
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    place = directory.resolve()
    best, found = -1, ""
    for line in lines:
        _, point, kind, *_ = [*line.split(" "), "", "", ""]
        where = Path(point.replace("\\040", " "))
        if place.is_relative_to(where) and len(where.parts) >= best:  # a later mount hides an earlier one
            best, found = len(where.parts), kind
    return found


def check_memory(directory: Path, *, allow_disk: bool = False, mounts: Path = _MOUNTS) -> str | None:
    """Say nothing when the directory lies in memory; a warning when it does not but that was allowed.

    :raises RuntimeDirectoryRefused: it does not, and that was not allowed.
    """
    parent = directory if directory.exists() else directory.parent
    kind = find_filesystem(parent, mounts=mounts)
    if kind in _IN_MEMORY:
        return None
    fact = f"{directory} does not lie in memory (it is on {kind or 'an unknown file system'})"
    if allow_disk:
        return f"{fact}: whoever takes the disk can read unfinished answers of the last 48 hours."
    raise RuntimeDirectoryRefused(
        f"{fact}, so unfinished answers could be read from a seized disk. Point places.runtime to a tmpfs "
        "such as /run or /dev/shm, or start with --allow-disk-runtime if you accept that."
    )


def make_private(directory: Path) -> None:
    """Make the directory, or make sure that nobody but us can look into it (mode 0700).

    :raises RuntimeDirectoryRefused: it belongs to somebody else or is no directory.
    """
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = directory.lstat()
        if not stat.S_ISDIR(state.st_mode) or state.st_uid != os.geteuid():
            raise RuntimeDirectoryRefused(
                f"{directory} is a link or belongs to somebody else. Remove it or choose another place."
            )
        directory.chmod(0o700)
    except OSError as error:
        raise RuntimeDirectoryRefused(
            f"{directory} cannot be used: {error.strerror}. Choose a directory in memory that you may write."
        ) from None


def read_private(path: Path) -> bytes:
    """Read one small file without following a link."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        return file.read(4096)


def write_new(path: Path, data: bytes) -> None:
    """Put a whole file in place, mode 0600; an existing one stays as it is (FileExistsError)."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    half.unlink(missing_ok=True)
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.link(half, path)  # unlike a rename it never takes the place of a key that is in use
    finally:
        half.unlink(missing_ok=True)


def shred(path: Path) -> None:
    """Overwrite a file with zeros and remove it. In memory that is the end; on a flash disk it is not."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    with os.fdopen(handle, "wb", buffering=0) as file:
        file.write(bytes(os.fstat(file.fileno()).st_size))
        os.fsync(file.fileno())
    path.unlink(missing_ok=True)
