"""Two ways to do one thing, for objects of several sizes and numbers of readers, by their processor time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import process_time

from bench.bench import ROUNDS, Option, Options, Told
from bench.figures import median, ratio, rounded
from storage.sealing import Kind
from tests.drills.drill import Show

KIB = 1024
_HEAD = 64  # bytes of a frame before its body (docs/format.md, 1.2)
_LARGEST = 128 * KIB  # of a report; anything longer is an attachment
_SLICES = 10
_AIM = "≥ 0.9 ×"

OPTIONS: Mapping[str, Option] = {
    "rounds": ROUNDS,
    "sizes": Option("1,16,256,4096", "1,16,256,4096", "1", "frames, in KiB; up to 128 a report, then a file"),
    "readers": Option("1,4,10", "1,4,10", "1,4", "how many keys open it, the recovery key among them"),
    "seconds": Option("0.2", "1", "0.002", "of the processor, for each way, cell and round"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One object: how long its frame is, and for how many readers."""

    size: int
    readers: int

    @property
    def body(self) -> bytes:
        """What fills the frame to the last byte."""
        return bytes(self.size - _HEAD)

    @property
    def kind(self) -> Kind:
        """Nothing but files may be longer than the largest bucket."""
        return Kind.REPORT if self.size <= _LARGEST else Kind.ATTACHMENT

    def __str__(self) -> str:
        return f"{self.size // KIB} KiB to {self.readers}"


@dataclass(frozen=True, slots=True)
class Ways:
    """Ours and the bare one, each doing it `times` times; `faults` are found by looking at what comes out."""

    ours: Callable[[], object]
    bare: Callable[[], object]
    times: int
    faults: Sequence[str]


def hold(options: Options, show: Show, make: Callable[[Cell], Ways]) -> Told:
    """Both ways by turns in every cell and round."""
    sizes = [number * KIB for number in options.numbers("sizes")]
    cells = [Cell(size, readers) for size in sizes for readers in options.numbers("readers")]
    ways = {cell: make(cell) for cell in cells}
    taken: dict[Cell, list[tuple[float, float]]] = {cell: [] for cell in cells}
    turns = [cell for _ in range(int(options.number("rounds"))) for cell in cells]
    for cell in show.each(turns, "rounds"):
        taken[cell].append(_take_turns(ways[cell], options.number("seconds")))
    return _tell(taken, [f"{cell}: {fault}" for cell, each in ways.items() for fault in each.faults])


def _take_turns(ways: Ways, seconds: float) -> tuple[float, float]:
    """Processor time of ours and of the bare one, each in slices, so that a busy moment hurts both."""
    slices = [[_time(act, seconds / _SLICES) for act in (ways.ours, ways.bare)] for _ in range(_SLICES)]
    ours, bare = zip(*slices, strict=True)
    return median(ours) / ways.times, median(bare) / ways.times


def _time(act: Callable[[], object], seconds: float) -> float:
    """Seconds of the processor for one call, over as many as the slice holds."""
    begun, times, now = process_time(), 0, 0.0
    while not times or now < seconds:
        act()
        times += 1
        now = process_time() - begun
    return now / times


def _tell(taken: Mapping[Cell, Sequence[tuple[float, float]]], faults: Sequence[str]) -> Told:
    figures, ratios = {}, {}
    for cell, rounds in taken.items():
        ours, bare = ([*some] for some in zip(*rounds, strict=True))
        figures[str(cell)] = {
            "cpu_us": rounded(median(ours) * 1e6),
            "bare_cpu_us": rounded(median(bare) * 1e6),
        }
        ratios[str(cell)] = rounded(ratio(bare, ours))
    rows = [
        (name, *(f"{value:g}" for value in values.values()), f"{ratios[name]:g} ×", _AIM)
        for name, values in figures.items()
    ]
    head = ("frame and readers", "CPU µs", "primitives alone", "speed against them", "aim")
    return Told(figures, ratios, [(head, rows)], faults=faults)
