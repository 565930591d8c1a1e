"""What a process does to itself first; looked at from inside a process of its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys

import pytest

from tests.rig import environment

LOOK = """
import json, os, resource
from bot.hardening import harden, is_dumpable
{first}
mask = os.umask(0)
print(json.dumps([is_dumpable(), resource.getrlimit(resource.RLIMIT_CORE)[0], mask]))
"""


def look(first: str) -> list[int]:
    def raise_limit() -> None:
        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))

    raise_limit()
    command = [sys.executable, "-c", LOOK.format(first=first)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True)
    told: list[int] = json.loads(done.stdout)
    return told


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_a_hardened_process_cannot_be_dumped_and_writes_for_its_owner_alone() -> None:
    assert look("harden()") == [False, 0, 0o077]


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_without_hardening_it_could() -> None:
    assert look("os.umask(0o022)")[0] is True
    assert look("os.umask(0o022)")[2] == 0o022
