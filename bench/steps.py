"""`steps`: how many turns of a conversation a second, how long each takes, what it costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bench.bench import ROUNDS, Bench, Option, Options, Table, Told
from bench.crowd.process import crowd
from bench.crowd.script import Sample, Window
from bench.dialogues import SCRIPTS
from bench.engines.table import ENGINES, Engine
from bench.figures import median, ratio, rounded
from tests.drills.drill import Show

OURS = "vestka"
Samples = dict[str, dict[int, list[Sample]]]


def run(options: Options, show: Show) -> Told:
    """Engine by engine within each round, so that a busy minute hurts everybody alike."""
    engines = [ENGINES[name] for name in options.words("engines")]
    skipped = {engine.name: reason for engine in engines if (reason := engine.missing())}
    taking_part = [engine for engine in engines if engine.name not in skipped]
    samples: Samples = {
        engine.name: {talks: [] for talks in options.numbers("talks")} for engine in taking_part
    }
    turns = [(number, engine) for number in range(int(options.number("rounds"))) for engine in taking_part]
    for _, engine in show.each(turns, "rounds"):
        for talks, sample in _measure(engine, options):
            samples[engine.name][talks].append(sample)
    figures = {name: {str(n): tell(some) for n, some in by.items()} for name, by in samples.items()}
    ratios = compare(samples)
    return Told(figures, ratios, tables_of(figures, ratios), skipped, _faults(samples))


def _measure(engine: Engine, options: Options) -> Sequence[tuple[int, Sample]]:
    """All sizes, growing, on one fresh process."""
    way = options.word("way")
    with crowd(SCRIPTS[engine.script](way)) as people, engine.started(people, way) as process:
        people.wait_ready()
        return [
            (talks, people.watch(Window(talks, options.number("seconds"), process.pid)))
            for talks in sorted(options.numbers("talks"))
        ]


def tell(samples: Sequence[Sample]) -> dict[str, float]:
    """Medians of one engine at one size."""

    def middle(values: Sequence[float]) -> float:
        return rounded(median(values))

    return {
        "steps_per_second": middle([one.steps / one.seconds for one in samples]),
        "p50_ms": middle([one.p50 * 1000 for one in samples]),
        "p99_ms": middle([one.p99 * 1000 for one in samples]),
        "cpu_ms_per_step": middle([cost(one) for one in samples]),
        "rss_mb": middle([one.rss / 1e6 for one in samples]),
        "calls_per_step": middle([_calls(one) for one in samples]),
        "crowd_cpu_share": middle([one.crowd_cpu / one.seconds for one in samples]),
        "wrong": max(one.wrong for one in samples),
    }


def cost(sample: Sample) -> float:
    """Milliseconds of processor per step."""
    return sample.cpu / max(1, sample.steps) * 1000


def _calls(sample: Sample) -> float:
    """Calls of the Bot API per step, polls left out."""
    calls = sum(number for method, number in sample.calls.items() if method != "getUpdates")
    return calls / max(1, sample.steps)


def compare(samples: Samples) -> dict[str, dict[str, dict[str, float]]]:
    """Ours against everybody: how many times their steps, how much of their cost."""
    ours = samples.get(OURS, {})
    return {
        name: {
            str(talks): {
                "steps": rounded(
                    ratio(
                        [one.steps / one.seconds for one in ours[talks]],
                        [one.steps / one.seconds for one in some],
                    )
                ),
                "cpu": rounded(ratio([cost(one) for one in ours[talks]], [cost(one) for one in some])),
            }
            for talks, some in by_size.items()
        }
        for name, by_size in samples.items()
        if ours and name != OURS
    }


def tables_of(figures: Mapping[str, Any], ratios: Mapping[str, Any]) -> list[Table]:
    """Ratios first."""
    compared = [
        (ENGINES[name].words, talks, f"{told['steps']} ×", f"{told['cpu']} ×")
        for name, by_size in ratios.items()
        for talks, told in by_size.items()
    ]
    shown = [
        (ENGINES[name].words, talks, *(str(told[key]) for key in _COLUMNS))
        for name, by_size in figures.items()
        for talks, told in by_size.items()
    ]
    return [
        (("Vestka against", "open talks", "steps/s", "CPU per step"), compared),
        (("engine", "open talks", *_COLUMNS.values()), shown),
    ]


_COLUMNS = {
    "steps_per_second": "steps/s",
    "p50_ms": "p50 ms",
    "p99_ms": "p99 ms",
    "cpu_ms_per_step": "CPU ms/step",
    "rss_mb": "RSS MB",
    "calls_per_step": "calls/step",
}


def _faults(samples: Samples) -> list[str]:
    wrong = {name: sum(one.wrong for some in by.values() for one in some) for name, by in samples.items()}
    return [
        f"{name} gave {number} answers that the script did not want"
        for name, number in wrong.items()
        if number
    ]


BENCH = Bench(
    "steps",
    "How many turns of a conversation are answered in a second, how quickly, and at what cost?",
    {
        "rounds": ROUNDS,
        "talks": Option("1,100,1000", "1,100,1000,10000", "2", "how many talks are open at once"),
        "seconds": Option("3", "3", "0.2", "how long each window is"),
        "way": Option(
            "tapped", "tapped", "tapped", "tapped (edits, as many calls as the rivals) or typed (as it ships)"
        ),
        "engines": Option(",".join(ENGINES), ",".join(ENGINES), ",".join(ENGINES), "who takes part"),
    },
    run,
)
