"""`memory`: what one more open talk costs the process."""

from __future__ import annotations

from bench.bench import Bench, Option, Options, Told
from bench.crowd.script import Window
from bench.figures import median, rounded
from bench.rounds import hold, options_for
from bench.telling import figures, table
from tests.drills.drill import Show

NAMES = ("rss_mb", "peak_mb")
DEPTH = 3  # turns into the dialogue: the agreement and two answers


def run(options: Options, show: Show) -> Told:
    """Resident memory with few talks and with many, on the same process; the difference, by talk."""
    few, many = int(options.number("few")), int(options.number("many"))
    windows = {str(talks): Window(talks, 0.0, depth=DEPTH) for talks in (few, many)}
    measured = hold(options, show, windows)
    each = {
        name: rounded(median((after.rss - before.rss) / (many - few) for before, after in pairs))
        for name, by in measured.samples.items()
        for pairs in [zip(*by.values(), strict=True)]
    }
    told = figures(measured.samples, NAMES)
    rows = [(name, f"{value:g}") for name, value in each.items()]
    tables = [(("engine", "bytes for each open talk"), rows), table(told, "engine")]
    return Told({"bytes_per_talk": each, "memory": told}, {}, tables, measured.skipped, measured.faults)


BENCH = Bench(
    "memory",
    "How much memory of the process does one more open talk take?",
    options_for(
        "vestka,ptb_conversation,aiogram_fsm,limit",
        tiny="limit",
        few=Option("100", "100", "1", "open talks before"),
        many=Option("2000", "10000", "3", "open talks after"),
    ),
    run,
)
