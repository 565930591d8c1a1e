"""`start`: how soon the bot listens, on nothing and on what it has left, and what asking for help costs."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from time import perf_counter
from typing import NamedTuple

from bench.bench import Bench, Option, Options, Told
from bench.crowd.process import ROOT, Failed
from bench.crowd.script import Window
from bench.databases import New, databases
from bench.engines.engine import Engine, Placed
from bench.engines.table import ENGINES
from bench.figures import median, rounded
from bench.machine import cpu_seconds
from bench.rounds import options_for, placed
from bench.telling import OURS
from tests.drills.drill import Show
from tests.rig import environment

DEPTH = 3  # turns of each talk that is open at a restart
HELP = "vestka --help"


class Spent(NamedTuple):
    """Seconds by the clock, and of the processor."""

    clock: float
    cpu: float


def run(options: Options, show: Show) -> Told:
    """Cold starts of everybody, ours once more on what it has left, and the help."""
    asked = [ENGINES[name] for name in options.words("engines")]
    skipped = {engine.name: reason for engine in asked if (reason := engine.missing())}
    engines = [engine for engine in asked if engine.name not in skipped]
    spent: dict[str, list[Spent]] = {}
    faults = []
    with databases(options.word("database")) as new:
        for _ in show.each(range(int(options.number("rounds"))), "rounds"):
            try:
                for name, seconds in _go_round(engines, options, new):
                    spent.setdefault(name, []).append(seconds)
            except Failed as problem:
                faults.append(str(problem))
    return _tell(spent, skipped, faults)


def _go_round(engines: list[Engine], options: Options, new: New) -> Iterator[tuple[str, Spent]]:
    talks = int(options.number("talks"))
    for engine in engines:
        with placed(engine, options, new) as place:
            ours = engine.name == OURS
            yield f"{engine.name}: first start", _start(place, talks=talks if ours else 0)
            if ours:
                yield f"{engine.name}: again, {talks} talks open", _start(place)
    yield HELP, _ask_for_help()


def _start(place: Placed, *, talks: int = 0) -> Spent:
    """Until the first poll; then so many talks are opened."""
    begun = perf_counter()
    with place.started() as process:
        spent = Spent(perf_counter() - begun, cpu_seconds(process.pid))
        if talks:
            place.crowd.watch(Window(talks, 0.0, depth=DEPTH), process.pid)
    return spent


def _ask_for_help() -> Spent:
    """The same as a person's `vestka --help`."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    command = [sys.executable, "-m", "bot", "--help"]
    subprocess.run(command, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(perf_counter() - begun, used)


def _tell(spent: dict[str, list[Spent]], skipped: dict[str, str], faults: list[str]) -> Told:
    told = {
        name: {
            "seconds": rounded(median([one.clock for one in some])),
            "cpu_seconds": rounded(median([one.cpu for one in some])),
        }
        for name, some in spent.items()
    }
    rows = [(name, *(f"{value:g}" for value in values.values())) for name, values in told.items()]
    tables = [(("what", "seconds", "CPU seconds"), rows)]
    return Told(told, {}, tables, skipped, faults)


BENCH = Bench(
    "start",
    "How soon does the bot listen, also when talks are open, and what does asking for help cost?",
    options_for(
        "vestka,ptb_conversation,aiogram_fsm,grammy_echo",
        tiny="vestka",
        talks=Option("1000", "10000", "2", "how many talks are open at the second start"),
    ),
    run,
)
