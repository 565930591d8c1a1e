"""The double of the Bot API in a process of its own, driven over HTTP; and the program beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

import bot
from tests.forks import run_fork

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = Path(bot.__file__).resolve().parent.parent  # the checkout, or the folder of the installed wheel


class Rig:
    """A started double; `said` is what it told of itself (api_root, token, control …)."""

    def __init__(self, said: dict[str, str], client: httpx.Client) -> None:
        self.said = said
        self._client = client

    @property
    def api_root(self) -> str:
        """Where the Bot API is."""
        return self.said["api_root"]

    def ask(self, name: str, /, **given: Any) -> Any:
        """One action of the control API."""
        answer = self._client.post(f"{self.said['control']}/{name}", json=given).json()
        assert answer["ok"], answer
        return answer["result"]

    def team(self, owner: int = 100200300) -> int:
        """A moderators' group as it should be, with the bot as administrator; its id comes back."""
        group: int = self.ask("group", title="Дзяжурства", forum=True, owner=owner)["id"]
        return group


@contextmanager
def telegram(*arguments: str) -> Iterator[Rig]:
    """A double on a free port; it must end well, too."""
    command = [sys.executable, "-m", "tests.doubles.telegram", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            with httpx.Client(timeout=20, verify=False) as client:  # noqa: S501  (plain http on this machine)
                yield Rig(json.loads(process.stdout.readline()), client)
        finally:
            process.terminate()
            ended = process.wait(timeout=10)
    assert ended == 0


def environment(**more: str) -> dict[str, str]:
    """The environment in which `python -m bot` is this very product, wherever it lies."""
    return {**os.environ, "PYTHONPATH": str(PRODUCT), "PYTHONUNBUFFERED": "1", "COLUMNS": "200", **more}


def vestka(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command of the program to its end."""
    return run_fork(arguments, env=environment(), cwd=cwd)
