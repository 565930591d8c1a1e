"""`card`: how long after the reporter's last turn does the card stand before the moderators?"""

from __future__ import annotations

from bench.bench import Bench, Option, Options, Told
from bench.crowd.script import Window
from bench.engines.table import BARE_CARD
from bench.rounds import hold, options_for
from bench.telling import OURS, figures, ratios, table
from tests.drills.drill import Show

NAMES = ("cards", "card_p50_ms", "card_p99_ms", "p50_ms", "steps_per_second")


def run(options: Options, show: Show) -> Told:
    """Alone as fast as one is answered; with many talks at a pace. Bare sockets make the same calls."""
    seconds, rate = options.number("seconds"), options.number("rate")
    windows = {
        str(talks): Window(talks, seconds, rate=rate if talks > 1 else 0.0)
        for talks in options.numbers("talks")
    }
    measured = hold(options, show, windows)
    told = figures(measured.samples, NAMES)
    compared = ratios(measured.samples, ("card_p50_ms", "card_p99_ms"))
    calls = {
        name: list(some[-1].card_calls)
        for name, by in measured.samples.items()
        for window, some in by.items()
        if window == "1"
    }
    none = [
        f"{name} posted no card with {window} talks open"
        for name, by in measured.samples.items()
        for window, some in by.items()
        if not any(one.cards for one in some)
    ]
    tables = [
        table(compared, "Vestka against", sign=" ×"),
        table(told, "engine"),
        (
            ("engine", "calls from the tap to the card"),
            [(name, ", ".join(row)) for name, row in calls.items()],
        ),
    ]
    faults = [*measured.faults, *none]
    return Told({**told, "calls": calls}, compared, tables, measured.skipped, faults)


BENCH = Bench(
    "card",
    "How long after a reporter's last tap does the card stand before the moderators?",
    options_for(
        f"{OURS},{BARE_CARD.name}",
        tiny=f"{OURS},{BARE_CARD.name}",
        talks=Option("1,100", "1,100", "1", "how many talks are open at once"),
        rate=Option("50", "50", "20", "steps offered in a second where more than one talk is open"),
        seconds=Option("10", "20", "0.6", "how long each window is"),
    ),
    run,
)
