"""`profile`: where the event loop's processor time goes in one step of a conversation."""

from __future__ import annotations

import os
import pstats
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from bench.bench import Bench, Option, Options, Told
from bench.crowd.process import ROOT
from bench.crowd.script import Window
from bench.databases import databases
from bench.engines.table import ENGINES
from bench.figures import rounded
from bench.rounds import placed
from bench.telling import cost
from tests.drills.drill import Show

_FILE = "BENCH_PROFILE"
_DECIDES = "handlers/intake/flow.py advance"


class Row(NamedTuple):
    """One function: microseconds of a step in it and in what it calls, in it alone, and calls."""

    name: str
    within: float
    own: float
    calls: float


def run(options: Options, _show: Show) -> Told:
    """One window under a profiler, which makes everything about twice as slow: only shares count."""
    engine = ENGINES["vestka"]
    window = Window(int(options.number("talks")), options.number("seconds"))
    with _written() as file, databases(options.word("database")) as new:
        with placed(engine, options, new) as place, place.started() as process:
            process.send_signal(signal.SIGUSR1)
            sample = place.crowd.watch(window, process.pid)
            process.terminate()
            process.wait(timeout=30)
        rows = _rows(pstats.Stats(str(file)))
    top = sorted(rows, key=lambda row: -row.within)[: int(options.number("top"))]
    head = ("function", "µs in it and below", "µs in it alone", "calls")
    lines = [(row.name, *(f"{rounded(value):g}" for value in row[1:])) for row in top]
    figures = {"cpu_ms_per_step_profiled": rounded(cost(sample)), "functions": [row._asdict() for row in top]}
    faults = [f"{sample.wrong} answers were wrong"] if sample.wrong else []
    return Told(figures, {}, [(head, lines)], {}, faults)


@contextmanager
def _written() -> Iterator[Path]:
    """Where the engine is to write its profile."""
    with tempfile.TemporaryDirectory(prefix="vestka-bench-") as name:
        os.environ[_FILE] = str(file := Path(name) / "profile")
        try:
            yield file
        finally:
            del os.environ[_FILE]


def _rows(stats: pstats.Stats) -> list[Row]:
    """By step: there are as many as decisions, those before the window among them."""
    table: dict[tuple[str, int, str], Any] = vars(stats)["stats"]
    steps = max(1, sum(row[1] for where, row in table.items() if f"{where[0]} {where[2]}".endswith(_DECIDES)))
    return [
        Row(_name(*where), within / steps * 1e6, own / steps * 1e6, calls / steps)
        for where, (_, calls, own, within, _) in table.items()
    ]


def _name(file: str, line: int, function: str) -> str:
    path = Path(file)
    if path.is_relative_to(ROOT) and "site-packages" not in path.parts:
        return f"{path.relative_to(ROOT)}:{line} {function}"
    return function if file == "~" else f"{path.parent.name}/{path.name}:{line} {function}"


BENCH = Bench(
    "profile",
    "Where does the time of a step go?",
    {
        "talks": Option("100", "1000", "1", "open talks"),
        "seconds": Option("5", "20", "0.2", "how long the window is"),
        "way": Option("tapped", "tapped", "tapped", "tapped or typed"),
        "database": Option("sqlite", "sqlite", "sqlite", "sqlite or postgres"),
        "top": Option("40", "80", "5", "how many functions are told"),
    },
    run,
)
