"""Samples as figures, ratios and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bench.bench import Table
from bench.crowd.script import Sample
from bench.engines.table import ALL
from bench.figures import median, ratio, rounded
from bench.rounds import Samples

OURS = "vestka"
Figure = Callable[[Sample], float]

_NAMES = {name: engine.words for name, engine in ALL.items()}


def rate(sample: Sample) -> float:
    """Steps in a second."""
    return sample.steps / sample.seconds if sample.seconds else 0.0


def cost(sample: Sample) -> float:
    """Milliseconds of processor per step."""
    return sample.cpu / max(1, sample.steps) * 1000


def calls(sample: Sample) -> float:
    """Calls of the Bot API per step, polls left out."""
    made = sum(number for method, number in sample.calls.items() if method != "getUpdates")
    return made / max(1, sample.steps)


FIGURES: dict[str, tuple[str, Figure]] = {
    "steps_per_second": ("steps/s", rate),
    "p50_ms": ("p50 ms", lambda one: one.p50 * 1000),
    "p99_ms": ("p99 ms", lambda one: one.p99 * 1000),
    "cpu_ms_per_step": ("CPU ms/step", cost),
    "rss_mb": ("RSS MB", lambda one: one.rss / 1e6),
    "peak_mb": ("most MB", lambda one: one.peak / 1e6),
    "calls_per_step": ("calls/step", calls),
    "messages_left": ("messages left in a chat", lambda one: one.shown / one.chats),
    "reports_per_second": ("reports/s", lambda one: one.documents / one.seconds if one.seconds else 0.0),
    "cards": ("cards", lambda one: one.cards),
    "card_p50_ms": ("card p50 ms", lambda one: one.card_p50 * 1000),
    "card_p99_ms": ("card p99 ms", lambda one: one.card_p99 * 1000),
    "crowd_cpu_ms_per_step": ("crowd's CPU ms/step", lambda one: one.crowd_cpu / max(1, one.steps) * 1000),
}
"""Heading and meaning of every figure, by name."""


def figures(samples: Samples, names: Iterable[str]) -> dict[str, dict[str, dict[str, float]]]:
    """Medians over the rounds."""
    return {
        engine: {
            window: {name: rounded(median(map(FIGURES[name][1], some))) for name in names}
            for window, some in by.items()
        }
        for engine, by in samples.items()
    }


def ratios(samples: Samples, names: Iterable[str]) -> dict[str, dict[str, dict[str, float]]]:
    """How many times everybody else's our own are."""
    ours = samples.get(OURS, {})
    return {
        engine: {
            window: {
                name: rounded(ratio([*map(FIGURES[name][1], ours[window])], [*map(FIGURES[name][1], some)]))
                for name in names
            }
            for window, some in by.items()
        }
        for engine, by in samples.items()
        if ours and engine != OURS
    }


def table(
    told: Mapping[str, Any],
    first: str,
    *,
    of: str = "open talks",
    sign: str = "",
    aims: Mapping[str, str] | None = None,
) -> Table:
    """Engines by windows by figures; `aims` by engine in a last column."""
    names = next((list(values) for by in told.values() for values in by.values()), [])
    rows = [
        (
            *(_NAMES[engine], window),
            *(f"{values[name]:g}{sign}" for name in names),
            *([] if aims is None else [aims.get(engine, "")]),
        )
        for engine, by in told.items()
        for window, values in by.items()
    ]
    return (first, of, *(FIGURES[name][0] for name in names), *([] if aims is None else ["aim"])), rows
