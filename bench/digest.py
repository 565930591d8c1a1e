"""`digest`: what a coordinator's machine does with a day, beside the libraries that write such files.

And what the server does to make it, while somebody hands in.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from bench.bench import ROUNDS, Bench, Option, Options, Table, Told
from bench.crowd.process import ROOT, Failed
from bench.day import KEY
from bench.figures import median, ratio, rounded
from tests.drills.drill import Show
from tests.rig import environment

MAKE = "made on the server"
VERIFY, OPEN, BARE = "vestka digest verify", "vestka digest open", "bare libraries"
AIM = "≤ 1.5 × at 10000"


class Spent(NamedTuple):
    """Seconds by the clock, of the processor, and the most memory, in bytes; what the process said."""

    clock: float
    cpu: float
    peak: int
    said: str


Measured = dict[str, dict[str, list[Spent]]]
"""By what was done and by the number of cases, one for each round."""


def run(options: Options, show: Show) -> Told:
    """Every size once invented and sealed, then in each round opened and written by everybody."""
    measured: Measured = {name: {} for name in (MAKE, VERIFY, OPEN, BARE)}
    faults = []
    for cases in options.numbers("cases"):
        with tempfile.TemporaryDirectory(prefix="vestka-bench-") as name:
            folder = Path(name)
            _spend([sys.executable, "-m", "bench.day", str(cases), name])
            for _ in show.each(range(int(options.number("rounds"))), f"{cases} cases"):
                try:
                    for each, spent in _go_round(folder, cases).items():
                        measured[each].setdefault(str(cases), []).append(spent)
                except Failed as problem:
                    faults.append(f"{cases} cases: {problem}")
    return _tell(measured, faults)


def _go_round(folder: Path, cases: int) -> dict[str, Spent]:
    """Opened and checked only; opened and written; the same rows written by the libraries alone."""
    parts, out = sorted(map(str, folder.glob("*.age"))), folder / "out"
    vestka = [sys.executable, "-m", "bot", "digest"]
    key = ["--key", str(folder / KEY), "--json"]
    spent = {
        MAKE: _make(cases),
        VERIFY: _spend([*vestka, "verify", *parts, *key]),
        OPEN: _spend([*vestka, "open", *parts, *key, "--out", str(out)]),
        BARE: _spend([sys.executable, "-m", "bench.rivals.bare_tables", str(folder)]),
    }
    for name in (VERIFY, OPEN):
        if json.loads(spent[name].said)["opened"] != cases:
            raise Failed(f"{name} did not open every report")
    if len(list(out.iterdir())) != 4:
        raise Failed(f"{OPEN} did not write four files")
    shutil.rmtree(out)
    return spent


def _make(cases: int) -> Spent:
    """A new server with so many cases; without the start of the process and the filling."""
    with tempfile.TemporaryDirectory(prefix="vestka-bench-") as name:
        server = [sys.executable, "-m", "bench.server_day"]
        _spend([*server, "fill", str(cases), name])
        spent = _spend([*server, "make", str(cases), name])
    said = json.loads(spent.said)
    return spent._replace(clock=said["seconds"], cpu=said["cpu"])


def _spend(command: list[str]) -> Spent:
    """Run a process to its end.

    :raises Failed: it did not end well.
    """
    begun = perf_counter()
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=said) as process,
    ):
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        clock = perf_counter() - begun
        said.seek(0)
        words = said.read().decode()
    if process.returncode:
        raise Failed(f"{' '.join(command[1:4])} ended with status {process.returncode}")
    return Spent(clock, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, words)


def _tell(measured: Measured, faults: list[str]) -> Told:
    bare = {cases: [_bare_cpu(one) for one in some] for cases, some in measured[BARE].items()}
    compared = {
        cases: {
            "writing": rounded(ratio(_writing(measured, cases), theirs)),
            "opening and writing": rounded(ratio([one.cpu for one in measured[OPEN][cases]], theirs)),
        }
        for cases, theirs in bare.items()
    }
    told = {
        name: {cases: _figures(some, int(cases)) for cases, some in by.items()}
        for name, by in measured.items()
    }
    each = {cases: _said(some) for cases, some in measured[BARE].items()}
    waits = {cases: _waits(some) for cases, some in measured[MAKE].items()}
    told_too = {"bare files, CPU s": each, "waiting, ms": waits}
    return Told({**told, **told_too}, compared, [*_tables(told, compared), _waiting(waits)], {}, faults)


def _writing(measured: Measured, cases: str) -> list[float]:
    """What is left when opening and checking is taken off."""
    pairs = zip(measured[OPEN][cases], measured[VERIFY][cases], strict=True)
    return [opened.cpu - verified.cpu for opened, verified in pairs]


def _bare_cpu(one: Spent) -> float:
    """The whole process, imports too; what reading the rows takes is taken off."""
    return one.cpu - float(json.loads(one.said)["read"])


def _waits(some: list[Spent]) -> dict[str, float]:
    """In milliseconds, as medians of the longest of each round."""
    said = _said(some)
    return {name: rounded(said[name] * 1000) for name in ("still", "idle_still", "commit", "idle_commit")}


def _waiting(waits: Mapping[str, Mapping[str, float]]) -> Table:
    heads = ("cases", "loop stood still, ms", "idle", "longest commit of others, ms", "idle")
    return heads, [(cases, *(f"{value:g}" for value in values.values())) for cases, values in waits.items()]


def _said(some: list[Spent]) -> dict[str, float]:
    said = [json.loads(one.said) for one in some]
    return {name: rounded(median([one[name] for one in said])) for name in (said[0] if said else ())}


def _figures(some: list[Spent], cases: int) -> dict[str, float]:
    clock, cpu = median([one.clock for one in some]), median([one.cpu for one in some])
    return {
        "seconds": rounded(clock),
        "cpu_seconds": rounded(cpu),
        "cpu_seconds_per_1000": rounded(cpu / cases * 1000),
        "cases_per_second": rounded(cases / clock),
        "peak_mb": rounded(median([one.peak for one in some]) / 1e6),
    }


def _tables(
    told: Mapping[str, Mapping[str, Mapping[str, float]]], compared: Mapping[str, Mapping[str, float]]
) -> list[Table]:
    heads = ("what", "cases", "seconds", "CPU s", "CPU s per 1,000", "cases/s", "most MB")
    rows = [
        (name, cases, *(f"{value:g}" for value in values.values()))
        for name, by in told.items()
        for cases, values in by.items()
    ]
    against = [
        (cases, *(f"{value:g} ×" for value in values.values()), AIM) for cases, values in compared.items()
    ]
    return [(("cases", "writing against bare libraries", "opening, too", "aim"), against), (heads, rows)]


BENCH = Bench(
    "digest",
    "What does opening a day's digest and writing its files cost, and does it grow with the day?",
    {
        "rounds": ROUNDS,
        "cases": Option("1000,10000", "1000,10000,100000", "20", "how many cases a day has"),
    },
    run,
)
