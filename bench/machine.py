"""The machine under the figures: who runs on which core, what a process has used, how fast the disk keeps."""

from __future__ import annotations

import os
import platform
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.figures import median, rounded

_TICK = os.sysconf("SC_CLK_TCK")


@contextmanager
def core(number: int) -> Iterator[None]:
    """What is started inside runs on this core alone; on a machine with one core, anywhere."""
    before = os.sched_getaffinity(0)
    if len(before) > number:
        os.sched_setaffinity(0, {sorted(before)[number]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def cpu_seconds(pid: int) -> float:
    """What a process has used of its processor, in all its threads."""
    words = Path(f"/proc/{pid}/stat").read_text("ascii", errors="replace").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / _TICK


def memory_bytes(pid: int) -> tuple[int, int]:
    """Resident memory now, and the most there was."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii", errors="replace").splitlines()
    told = dict(line.split(":", 1) for line in lines if line.startswith("Vm"))
    return int(told["VmRSS"].split()[0]) * 1024, int(told["VmHWM"].split()[0]) * 1024


def describe() -> dict[str, Any]:
    """What a reader must know of the machine; nothing that names it."""
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": _processor(),
        "python": platform.python_version(),
        "load_before": rounded(os.getloadavg()[0]),
        "fdatasync_ms": rounded(_sync_seconds() * 1000),
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8", errors="replace").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _sync_seconds() -> float:
    """How long 4 KiB take to be on the disk that temporary files lie on."""
    taken = []
    with tempfile.TemporaryFile() as file:
        for _ in range(30):
            file.write(bytes(4096))
            file.flush()
            begun = time.perf_counter()
            os.fdatasync(file.fileno())
            taken.append(time.perf_counter() - begun)
    return median(taken)
