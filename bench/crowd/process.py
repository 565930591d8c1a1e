"""The crowd, started and asked from the outside."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from select import select
from typing import TypeVar

import msgspec

from bench.crowd.script import NextPoll, Refusal, Sample, Script, Task, Window
from bench.machine import core

ROOT = Path(__file__).resolve().parent.parent.parent
TOKEN = "4242:bench-token-of-nobody-at-all"  # noqa: S105  (invented)
T = TypeVar("T")
_LOOK = 0.2


class Failed(Exception):
    """A figure cannot be had; the words say why."""


class CrowdProcess:
    """A started crowd."""

    def __init__(self, process: subprocess.Popen[bytes], script: Script) -> None:
        self._process = process
        self._tell(Task(script, TOKEN))
        self.port = int(self._hear(dict[str, int])["port"])

    @property
    def api_root(self) -> str:
        """Where its Bot API is."""
        return f"http://127.0.0.1:{self.port}"

    def wait_poll(self, alive: Callable[[], bool]) -> bool:
        """Until the bot that is being started asks for updates; False if it is not `alive` any more."""
        self._tell(NextPoll())
        assert self._process.stdout is not None
        while not select([self._process.stdout], [], [], _LOOK)[0]:
            if not alive():
                return False
        self._hear(dict[str, bool])
        return True

    def watch(self, window: Window, pid: int) -> Sample:
        """Measure the bot that is process `pid` (raises Failed)."""
        self._tell(msgspec.structs.replace(window, pid=pid))
        told = self._hear(dict[str, object])
        if "reason" in told:
            raise Failed(msgspec.convert(told, Refusal).reason)
        return msgspec.convert(told, Sample)

    def _tell(self, what: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(msgspec.json.encode(what) + b"\n")
        self._process.stdin.flush()

    def _hear(self, kind: type[T]) -> T:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise Failed("the crowd's process ended by itself; its words stand above")
        return msgspec.json.decode(line, type=kind)


@contextmanager
def crowd(script: Script) -> Iterator[CrowdProcess]:
    """People who follow `script`, on the second core."""
    with core(1):
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.crowd"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
    with process:
        try:
            yield CrowdProcess(process, script)
        finally:
            process.terminate()
