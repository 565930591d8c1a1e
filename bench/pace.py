"""`pace`: how long a person waits while the bot has less to do than it could."""

from __future__ import annotations

from bench.bench import Bench, Option, Options, Told
from bench.crowd.script import Window
from bench.figures import median, rounded
from bench.rounds import hold, options_for
from bench.telling import OURS, figures, ratios, table
from tests.drills.drill import Show

NAMES = ("steps_per_second", "p50_ms", "p99_ms", "cpu_ms_per_step", "calls_per_step")
NETWORK = "bare_echo"


def run(options: Options, show: Show) -> Told:
    """Turns come at their times, whether or not the bot keeps up; the bare sockets are the network's own."""
    talks, rate = int(options.number("talks")), options.number("rate")
    window = Window(talks, options.number("seconds"), rate=rate)
    measured = hold(options, show, {f"{talks} at {rate:g}/s": window})
    told = figures(measured.samples, NAMES)
    above: dict[str, float] = {}
    if {OURS, NETWORK} <= set(measured.samples):
        (ours,), (network,) = (measured.samples[name].values() for name in (OURS, NETWORK))
        pairs = zip(ours, network, strict=True)
        above["p99_ms_above_network"] = rounded(median((a.p99 - b.p99) * 1000 for a, b in pairs))
    compared = {**ratios(measured.samples, ("p99_ms", "cpu_ms_per_step")), OURS: above}
    late = [
        f"{name} left {one.untaken} turns untaken: everybody was waiting"
        for name, by in measured.samples.items()
        for some in by.values()
        for one in some
        if one.untaken
    ]
    tables = [
        (("Vestka's p99 above the network's own",), [(f"{value} ms",) for value in above.values()]),
        table(told, "engine", of="talks, offered"),
    ]
    return Told({**told, "late": late}, compared, tables, measured.skipped, measured.faults)


BENCH = Bench(
    "pace",
    "How long does a person wait for an answer when steps come at a given pace?",
    options_for(
        f"vestka,ptb_conversation,aiogram_fsm,limit,{NETWORK}",
        tiny=f"limit,{NETWORK}",
        talks=Option("100", "100", "2", "how many talks are open"),
        rate=Option("100", "100", "20", "how many steps are offered in a second"),
        seconds=Option("5", "20", "0.2", "how long the window is"),
    ),
    run,
)
