"""A test run that is killed leaves no server running and no folder in memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.rig import ROOT
from tests.storage.cluster import Cluster
from tests.storage.leftovers import PATIENCE, find_server, make_folder, sweep

_RUN = """
import sys, time
from pathlib import Path
from tests.storage import cluster, leftovers
watched = leftovers.watched
def told(folder):
    print(folder, flush=True)
    return watched(folder)
cluster.watched = told
with cluster.run_cluster(Path(sys.argv[1])):
    print("up", flush=True)
    time.sleep(600)
"""


@contextmanager
def running(cluster: Cluster) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Another run with a server of its own, which is up."""
    command = [sys.executable, "-c", _RUN, str(cluster.programs)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as run:
        assert run.stdout is not None
        try:
            folder = Path(run.stdout.readline().strip())
            assert run.stdout.readline() == "up\n"
            yield run, folder
        finally:
            run.kill()


def wait_for(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < until:
        time.sleep(0.05)
    return holds()


def watcher_of(folder: Path) -> int:
    """By its command line."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            words = (place / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"watcher" in words and str(folder).encode() in words:
            return int(place.name)
    raise AssertionError("nobody watches")


def is_gone(process: int) -> bool:
    return not Path(f"/proc/{process}").exists()


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_a_run_that_is_killed_takes_its_server_and_its_folder_along(
    cluster: Cluster, end: signal.Signals
) -> None:
    with running(cluster) as (run, folder):
        server = find_server(folder)
        assert server is not None
        os.kill(run.pid, end)
        run.wait()
        assert wait_for(lambda: is_gone(server) and not folder.exists())


def test_where_the_watcher_is_killed_too_the_next_run_sweeps(cluster: Cluster) -> None:
    with running(cluster) as (run, folder):
        server = find_server(folder)
        assert server is not None
        os.kill(watcher_of(folder), signal.SIGKILL)
        assert folder not in sweep(folder.parent)
        run.kill()
        run.wait()
        assert not is_gone(server)  # the control: nobody is left to stop it
        assert folder in sweep(folder.parent)
        assert wait_for(lambda: is_gone(server) and not folder.exists())


def test_folders_of_the_living_and_of_others_are_let_be(tmp_path: Path) -> None:
    ours, foreign = make_folder(tmp_path), tmp_path / "vestka-pg-abcdefgh"
    foreign.mkdir()
    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    )
    left = tmp_path / f"vestka-pg-{ended.stdout.strip()}-abcdefgh"
    left.mkdir()
    assert sweep(tmp_path) == [left]
    assert ours.exists()
    assert foreign.exists()
