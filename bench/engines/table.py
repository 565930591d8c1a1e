"""The engines by name."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.crowd.process import ROOT, TOKEN, CrowdProcess
from bench.machine import core
from bot.settings_file import spell_settings
from tests.bot.commands.paperwork import GROUP, furnish, member, roster
from tests.rig import environment


@dataclass(frozen=True, slots=True)
class Post:
    """Where an engine is to work: the API, the way of the dialogue, a folder of its own, the database."""

    api_root: str
    way: str
    folder: Path
    database: str = ""


@dataclass(frozen=True, slots=True)
class Engine:
    """One bot. `script` names its dialogue; `missing` says why it cannot run here, or nothing."""

    name: str
    words: str
    script: str
    command: Callable[[Post], list[str]]
    missing: Callable[[], str] = lambda: ""

    @contextmanager
    def started(
        self, crowd: CrowdProcess, way: str, *, database: str = ""
    ) -> Iterator[subprocess.Popen[bytes]]:
        """The engine at work for this crowd; ended and cleared away afterwards."""
        with tempfile.TemporaryDirectory(prefix="vestka-bench-") as folder:
            command = self.command(Post(crowd.api_root, way, Path(folder), database))
            with (Path(folder) / "log").open("wb") as log, core(0):
                process = subprocess.Popen(
                    command, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log
                )
            with process:
                try:
                    yield process
                finally:
                    process.terminate()


def _vestka(post: Post) -> list[str]:
    """An instance as `vestka init` leaves it: three holders and the recovery key."""
    members = roster(members=[member(number) for number in (1, 2, 3)])
    papers = furnish(post.folder, api_root=post.api_root, token=TOKEN, group=GROUP, roster=members)
    if post.database:
        table = tomllib.loads(papers.settings.read_text("utf-8"))
        table["places"]["database"] = post.database
        papers.settings.write_text(spell_settings(table), "utf-8")
    return [sys.executable, "-m", "bench.engines.vestka", str(papers.settings), str(papers.passphrase)]


def _python(module: str) -> Callable[[Post], list[str]]:
    return lambda post: [sys.executable, "-m", f"bench.rivals.{module}", post.api_root, TOKEN, post.way]


def _needs(library: str) -> Callable[[], str]:
    def missing() -> str:
        if importlib.util.find_spec(library):
            return ""
        return f"{library} is not installed; `make bench` brings everything in requirements/bench.txt"

    return missing


ENGINES: dict[str, Engine] = {
    engine.name: engine
    for engine in (
        Engine("vestka", "Vestka: durable, encrypted, sealed to 3 + recovery", "report", _vestka),
        Engine("ptb_echo", "PTB echo, stock", "echo", _python("ptb_echo")),
        Engine(
            "ptb_conversation", "PTB ConversationHandler, memory, stock", "form", _python("ptb_conversation")
        ),
    )
}
