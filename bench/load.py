"""`load`: is the load generator far from being the slow part?"""

from __future__ import annotations

from bench.bench import Bench, Option, Options, Told
from bench.crowd.script import Window
from bench.engines.table import BARE, ENGINES
from bench.figures import median, rounded
from bench.rounds import hold, options_for
from bench.telling import OURS, figures, rate, table
from tests.drills.drill import Show

NAMES = ("steps_per_second", "cpu_ms_per_step", "calls_per_step", "crowd_cpu_ms_per_step")


def run(options: Options, show: Show) -> Told:
    """Against sockets that read no JSON, and against bots; and what a step costs the crowd itself."""
    talks = int(options.number("talks"))
    measured = hold(options, show, {str(talks): Window(talks, options.number("seconds"))})
    told = figures(measured.samples, NAMES)
    fastest = {name: median(map(rate, some)) for name, by in measured.samples.items() for some in by.values()}
    bare = fastest.pop(BARE.name, 0.0)
    served = {name: rounded(bare / speed) for name, speed in fastest.items() if speed}
    rows = [(ENGINES[name].words, f"{times:g} ×") for name, times in served.items()]
    tables = [
        (("bare sockets are served so many times as fast as", "times"), rows),
        table(told, "engine"),
    ]
    return Told(told, {"bare_against": served}, tables, measured.skipped, measured.faults)


BENCH = Bench(
    "load",
    "How much faster than the bots is the crowd that loads them?",
    options_for(
        f"{BARE.name},{OURS},ptb_echo,aiogram_fsm,grammy_echo,limit",
        tiny=BARE.name,
        talks=Option("100", "1000", "2", "how many talks are open at once"),
        seconds=Option("3", "3", "0.2", "how long each window is"),
    ),
    run,
)
