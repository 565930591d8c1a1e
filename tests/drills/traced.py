"""A program whose every file is known: what it opened, and every byte it wrote, also to files that are gone.

Where strace may be used the kernel tells it all; elsewhere what stands open, and whatever lies in folders.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

_CALLS = "open,openat,creat,rename,renameat,renameat2,link,linkat,write,pwrite64,writev,pwritev"
_STRACE = (
    "strace",
    "-D",
    "-f",
    "--seccomp-bpf",
    "-q",
    "-y",
    "-xx",
    "-s",
    "16777216",
    "-e",
    f"trace={_CALLS}",
)
_PATH = rb"(\\x2f(?:\\x[0-9a-f]{2})*)"
_OPENED = re.compile(rb"= \d+<" + _PATH + rb">")
_WRITTEN = re.compile(rb"^\d+ +p?writev?(?:64)?\(\d+<" + _PATH + rb">")
_QUOTED = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"')
_MOVED = re.compile(rb"^\d+ +(?:rename|link)")
_NO_FILES = ("/proc/", "/sys/", "/dev/null", "/dev/tty", "/dev/pts/", "/dev/urandom", "/memfd:")


@cache
def can_trace() -> bool:
    """Whether strace is here and allowed."""
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run([*_STRACE, "-o", "/dev/null", "true"], capture_output=True, check=False)
    return tried.returncode == 0


class Traced:
    """A running program; `kill` ends it with SIGKILL, and then it is known what it touched."""

    def __init__(
        self, command: Sequence[str], *, trace: Path | None, said: Path, cwd: Path, env: Mapping[str, str]
    ) -> None:
        self._trace = trace if trace is not None and can_trace() else None
        whole = [*_STRACE, "-o", str(trace), *command] if self._trace else list(command)
        with said.open("ab") as output:
            self.process = subprocess.Popen(
                whole, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
        self.touched: set[Path] = {said}
        self.written = b""

    def kill(self) -> None:
        """kill -9; the program has no time for anything."""
        self.touched |= set(self._standing_open())
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)
        if self._trace is not None:
            self._learn(self._wait_for_trace())

    def _standing_open(self) -> Iterator[Path]:
        """What the kernel says is open now."""
        with suppress(OSError):
            for link in Path(f"/proc/{self.process.pid}/fd").iterdir():
                with suppress(OSError):
                    yield from _as_file(str(link.readlink()))

    def _wait_for_trace(self) -> bytes:
        """The tracer's last line tells of the end."""
        assert self._trace is not None
        end = f"{self.process.pid} ".encode()
        for _ in range(500):
            told = self._trace.read_bytes()
            if any(line.startswith(end) and b"+++" in line for line in told[-4_000:].splitlines()):
                break
            time.sleep(0.01)
        return self._trace.read_bytes()

    def _learn(self, told: bytes) -> None:
        pieces = []
        for line in told.splitlines():
            if target := _WRITTEN.match(line):
                if any(_as_file(_text(target[1]))):
                    pieces += [_bytes(piece) for piece in _QUOTED.findall(line)]
            elif opened := _OPENED.search(line):
                self.touched |= set(_as_file(_text(opened[1])))
            elif _MOVED.match(line):
                names = [_text(name) for name in _QUOTED.findall(line)]
                self.touched |= {path for name in names for path in _as_file(name)}
        self.written = b"\n".join(pieces)


def _bytes(spelt: bytes) -> bytes:
    return bytes.fromhex(spelt.replace(b"\\x", b"").decode())


def _text(spelt: bytes) -> str:
    return _bytes(spelt).decode("utf-8", "replace")


def _as_file(name: str) -> Iterator[Path]:
    """The path, if the name is one that a disk could hold."""
    if name.startswith("/") and not name.startswith(_NO_FILES):
        yield Path(name.removesuffix(" (deleted)"))
