"""`reports`: keeping finished reports, sealed, with their cards in the outbox, against other ways."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.bench import ROUNDS, Bench, Option, Options, Table, Told
from bench.databases import databases
from bench.figures import median, ratio, rounded
from bench.rivals.core_reports import CoreReports
from bench.rivals.orm_reports import OrmReports
from bench.rivals.report_rows import Desk
from bench.rounds import DATABASE
from bench.submissions.keeper import Keeper, Open, Vestka
from bench.submissions.papers import Papers
from bench.submissions.window import Kept, measure
from bench.telling import OURS
from tests.drills.drill import Show


def desk_of(papers: Papers) -> Desk:
    """What the rivals are given."""
    return Desk(papers.to(), papers.signing, papers.case_key, secrets.token_bytes(32), papers.today)


async def _open_orm(url: str, folder: Path, papers: Papers) -> Keeper:
    return await OrmReports.open(url, folder, desk_of(papers))


async def _open_core(url: str, folder: Path, papers: Papers) -> Keeper:
    return await CoreReports.open(url, folder, desk_of(papers))


KEEPERS: Mapping[str, tuple[str, Open, str]] = {
    OURS: ("Vestka: its effect, unit of work, group commit", Vestka.open, ""),
    "orm": ("SQLAlchemy ORM, one session and commit a report", _open_orm, ""),
    "core": ("limit by hand: SQLAlchemy Core, group commit", _open_core, "≥ 0.5 ×"),
}
"""By name: words, how to open it, which share of its reports/s we aim at."""
FIGURES: Mapping[str, tuple[str, Callable[[Kept], float]]] = {
    "reports_per_second": ("reports/s", lambda one: one.reports / one.seconds),
    "p50_ms": ("p50 ms", lambda one: one.p50 * 1000),
    "p99_ms": ("p99 ms", lambda one: one.p99 * 1000),
    "cpu_ms_per_report": ("CPU ms/report", lambda one: one.cpu / one.reports * 1000),
}
Samples = dict[str, dict[int, list[Kept]]]
Figures = dict[str, dict[str, dict[str, float]]]


def run(options: Options, show: Show) -> Told:
    """Every keeper in each round, each on a fresh database."""
    flights, names = options.numbers("flights"), options.words("keepers")
    samples: Samples = {name: {flight: [] for flight in flights} for name in names}
    grown: dict[str, list[float]] = {name: [] for name in names}
    faults = []
    with databases(options.word("database")) as new:
        turns = [name for _ in range(int(options.number("rounds"))) for name in names]
        for name in show.each(turns, "rounds"):
            reports = int(options.number("reports"))
            measured = asyncio.run(measure(KEEPERS[name][1], new(), flights=flights, reports=reports))
            faults += [f"{name}: {fault}" for fault in measured.faults]
            grown[name].append(measured.bytes)
            for flight, window in measured.windows.items():
                samples[name][flight].append(window)
    kept = {name: rounded(median(some)) for name, some in grown.items()}
    figures, ratios = _figures(samples), _ratios(samples)
    tables = [_compare(ratios), _list(figures, kept)]
    return Told({"kept": figures, "bytes_per_report": kept}, ratios, tables, faults=faults)


def _figures(samples: Samples) -> Figures:
    return {
        name: {
            str(flight): {key: rounded(median(map(of, some))) for key, (_, of) in FIGURES.items()}
            for flight, some in by.items()
        }
        for name, by in samples.items()
    }


def _ratios(samples: Samples) -> Figures:
    """How many times everybody else's our own are."""
    ours = samples.get(OURS, {})
    return {
        name: {
            str(flight): {
                key: rounded(ratio([*map(of, ours[flight])], [*map(of, some)]))
                for key, (_, of) in FIGURES.items()
            }
            for flight, some in by.items()
        }
        for name, by in samples.items()
        if ours and name != OURS
    }


def _compare(ratios: Figures) -> Table:
    rows = [
        (KEEPERS[name][0], flight, *(f"{value:g} ×" for value in values.values()), KEEPERS[name][2])
        for name, by in ratios.items()
        for flight, values in by.items()
    ]
    return ("Vestka against", "in flight", *_HEADS, "aim"), rows


def _list(figures: Figures, kept: Mapping[str, float]) -> Table:
    rows = [
        (KEEPERS[name][0], flight, *(f"{value:g}" for value in values.values()), f"{kept[name]:g}")
        for name, by in figures.items()
        for flight, values in by.items()
    ]
    return ("keeper", "in flight", *_HEADS, "bytes/report"), rows


_HEADS = tuple(words for words, _ in FIGURES.values())

BENCH = Bench(
    "reports",
    "How many finished reports are kept in a second, sealed and durable, and at what cost?",
    {
        "rounds": ROUNDS,
        "keepers": Option(",".join(KEEPERS), ",".join(KEEPERS), ",".join(KEEPERS), "who takes part"),
        "flights": Option("1,8,64", "1,8,64,256", "1,2", "how many people hand in at the same moment"),
        "reports": Option("400", "2000", "3", "how many reports for each of these"),
        "database": DATABASE,
    },
    run,
)
