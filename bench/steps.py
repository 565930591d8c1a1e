"""`steps`: how many turns of a conversation a second, how long each takes, what it costs."""

from __future__ import annotations

from bench.bench import Bench, Option, Options, Told
from bench.crowd.script import Window
from bench.engines.table import ENGINES
from bench.rounds import hold, options_for
from bench.telling import figures, ratios, table
from tests.drills.drill import Show

NAMES = (
    *("steps_per_second", "p50_ms", "p99_ms", "cpu_ms_per_step"),
    *("rss_mb", "calls_per_step", "messages_left", "reports_per_second"),
)
AIMS = {
    "tapped": {
        "ptb_conversation": "≥ 5 ×, CPU ≤ 0.2 ×",
        "aiogram_fsm": "≥ 2.5 ×",
        "grammy_echo": "≥ 1 ×",
        "limit": "≥ 0.25 ×",
    },
    "typed": {"ptb_conversation": "≥ 2.5 ×"},
}
"""Where we want to be: steps in a second with as many calls as the rivals make, and as it ships."""


def run(options: Options, show: Show) -> Told:
    """Everybody goes on as soon as they are answered."""
    seconds = options.number("seconds")
    windows = {str(talks): Window(talks, seconds) for talks in sorted(options.numbers("talks"))}
    measured = hold(options, show, windows)
    told = figures(measured.samples, NAMES)
    compared = ratios(measured.samples, ("steps_per_second", "cpu_ms_per_step"))
    aims = AIMS.get(options.word("way"), {})
    tables = [table(compared, "Vestka against", sign=" ×", aims=aims), table(told, "engine")]
    return Told(told, compared, tables, measured.skipped, measured.faults)


BENCH = Bench(
    "steps",
    "How many turns of a conversation are answered in a second, how quickly, and at what cost?",
    options_for(
        ",".join(ENGINES),
        tiny="vestka,limit",
        talks=Option("1,100,1000", "1,100,1000,10000", "2", "how many talks are open at once"),
        seconds=Option("3", "3", "0.2", "how long each window is"),
    ),
    run,
)
