"""Rounds: every engine in each, one after the other, so that a busy minute hurts everybody alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bench.bench import ROUNDS, Option, Options
from bench.crowd.process import Failed, crowd
from bench.crowd.script import Sample, Window
from bench.databases import New, databases
from bench.dialogues import SCRIPTS
from bench.engines.engine import Engine, Placed
from bench.engines.table import ALL, ENGINES
from tests.drills.drill import Show

Samples = Mapping[str, Mapping[str, Sequence[Sample]]]
"""By engine and by what was watched, one for each round."""

WAY = Option("tapped", "tapped", "tapped", "tapped (screens are edited) or typed (older ones are deleted)")
DATABASE = Option("sqlite", "sqlite", "sqlite", "Vestka's: sqlite, or postgres (a cluster of its own)")


def options_for(engines: str, *, tiny: str, **more: Option) -> dict[str, Option]:
    """The options that every bench of engines has, and its own."""
    about = Option(engines, engines, tiny, f"who takes part, of {', '.join(ENGINES)}")
    return {"rounds": ROUNDS, "engines": about, "way": WAY, "database": DATABASE, **more}


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out of all rounds."""

    samples: Samples
    skipped: Mapping[str, str]
    faults: Sequence[str]


def hold(options: Options, show: Show, windows: Mapping[str, Window]) -> Measured:
    """Every engine goes through all windows, in their order, on one fresh process in each round."""
    asked = [ALL[name] for name in options.words("engines")]
    skipped = {engine.name: reason for engine in asked if (reason := engine.missing())}
    engines = [engine for engine in asked if engine.name not in skipped]
    samples: dict[str, dict[str, list[Sample]]] = {
        engine.name: {name: [] for name in windows} for engine in engines
    }
    faults = []
    with databases(options.word("database")) as new:
        turns = [engine for _ in range(int(options.number("rounds"))) for engine in engines]
        for engine in show.each(turns, "rounds"):
            try:
                with placed(engine, options, new) as place, place.started() as process:
                    for name, window in windows.items():
                        samples[engine.name][name].append(place.crowd.watch(window, process.pid))
            except Failed as problem:
                faults.append(f"{engine.name}: {problem}")
    whole = {name: by for name, by in samples.items() if all(by.values())}
    return Measured(whole, skipped, [*faults, *_wrong(whole)])


@contextmanager
def placed(engine: Engine, options: Options, new_database: New) -> Iterator[Placed]:
    """The engine in its place, and a crowd that wants its dialogue."""
    way = options.word("way")
    with (
        crowd(SCRIPTS[engine.script](way)) as people,
        engine.placed(people, way, database=new_database()) as place,
    ):
        yield place


def _wrong(samples: Samples) -> list[str]:
    wrong = {name: sum(one.wrong for some in by.values() for one in some) for name, by in samples.items()}
    return [f"{name} gave {number} answers that nobody wanted" for name, number in wrong.items() if number]
