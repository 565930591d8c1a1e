"""What a test run that was killed would leave behind: its server and the server's folder. Neither stays.

A watcher beside each server waits for the end of a pipe whose other end only the run holds: however the run
ends, the watcher stops the server and removes the folder. Should the watcher be killed as well, the next run
sweeps what belongs to processes that are no more: the folder's name tells whose it is.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "vestka-pg-"
_NAME = re.compile(r"vestka-pg-(\d+)-\w+")
_WATCH = """
trap '' INT TERM HUP QUIT
cat > /dev/null
for attempt in 1 2 3 4 5 6 7 8 9 10; do
    server=$(head -n 1 "$1/data/postmaster.pid" 2> /dev/null) && kill -QUIT "$server" 2> /dev/null
    [ -d "$1" ] || exit 0
    rm -rf "$1" 2> /dev/null
    sleep 0.3
done
"""
PATIENCE = 10.0  # seconds for a server to stop


def make_folder(place: Path | None) -> Path:
    """A new folder that says whose it is."""
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=place))


@contextmanager
def watched(folder: Path) -> Iterator[int]:
    """Somebody clears up in this folder if we cannot; their process id."""
    command = ["sh", "-c", _WATCH, "watcher", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, cwd="/", start_new_session=True) as watcher:
        yield watcher.pid  # its standard input is closed at the end, or when we are killed


def sweep(*places: Path) -> list[Path]:
    """Stop servers and remove folders of runs that are no more; which folders."""
    swept = []
    for folder in (one for place in places for one in place.glob(f"{_PREFIX}*")):
        owner = _NAME.fullmatch(folder.name)
        if owner is not None and not _lives(int(owner[1])):
            _stop(folder)
            shutil.rmtree(folder, ignore_errors=True)
            swept.append(folder)
    return swept


def find_server(folder: Path) -> int | None:
    """The process whose server works on this folder, if it runs."""
    with suppress(OSError, ValueError, IndexError):
        server = int((folder / "data" / "postmaster.pid").read_text("ascii").split()[0])
        if str(folder).encode() in Path(f"/proc/{server}/cmdline").read_bytes():
            return server
    return None


def _stop(folder: Path) -> None:
    """At once, without writing anything more."""
    server = find_server(folder)
    if server is None:
        return
    with suppress(OSError):
        os.kill(server, signal.SIGQUIT)
    until = time.monotonic() + PATIENCE
    while _lives(server) and time.monotonic() < until:
        time.sleep(0.05)


def _lives(process: int) -> bool:
    """Also somebody else's, whom we may not ask."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
