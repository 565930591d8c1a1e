"""What an engine is, and how it is put in place, started and ended."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.crowd.process import ROOT, CrowdProcess, Failed
from bench.machine import core
from tests.rig import environment


@dataclass(frozen=True, slots=True)
class Post:
    """Where an engine is to work: the API, the way of the dialogue, a folder of its own, the database."""

    api_root: str
    way: str
    folder: Path
    database: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """An engine in its place: it can be started, also again on what it has left."""

    command: list[str]
    folder: Path
    crowd: CrowdProcess

    @contextmanager
    def started(self) -> Iterator[subprocess.Popen[bytes]]:
        """At work on the first core, from its first poll on; ended afterwards.

        :raises Failed: it ended before it polled.
        """
        log = self.folder / "log"
        with log.open("wb") as said, core(0):
            process = subprocess.Popen(
                self.command, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, stdout=said, stderr=said
            )
        with process:
            try:
                if not self.crowd.wait_poll(lambda: process.poll() is None):
                    raise Failed(f"an engine ended by itself: {log.read_text('utf-8')[-500:]}")
                yield process
            finally:
                process.terminate()


@dataclass(frozen=True, slots=True)
class Engine:
    """One bot. `script` names its dialogue; `missing` says why it cannot run here, or nothing."""

    name: str
    words: str
    script: str
    command: Callable[[Post], list[str]]
    missing: Callable[[], str] = lambda: ""

    @contextmanager
    def placed(self, crowd: CrowdProcess, way: str, *, database: str = "") -> Iterator[Placed]:
        """Everything the engine needs, cleared away afterwards."""
        with tempfile.TemporaryDirectory(prefix="vestka-bench-") as name:
            folder = Path(name)
            yield Placed(self.command(Post(crowd.api_root, way, folder, database)), folder, crowd)
