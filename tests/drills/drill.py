"""What a drill is: a promise, its sizes, and a way to hold it; and what one says when it is over."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import track

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Size:
    """How much of something: `small` inside the suite, `large` with `--large`; help says what it counts."""

    small: int
    large: int
    help: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a drill.

    `faults` are broken promises, in words; `control` holds the figures with the protection off, and `fired`
    says whether the same check went red then, as it must. `skipped` says why it could not be held here.
    """

    figures: Mapping[str, Any]
    faults: Sequence[str] = ()
    control: Mapping[str, Any] = field(default_factory=dict)
    fired: bool = False
    skipped: str = ""

    @property
    def ok(self) -> bool:
        """The promise was kept, and the check was able to see it broken."""
        return bool(self.skipped) or (not self.faults and self.fired)

    def told(self, drill: str, sizes: Mapping[str, int]) -> dict[str, Any]:
        """As one JSON object."""
        told: dict[str, Any] = {"drill": drill, "ok": self.ok}
        if self.skipped:
            return told | {"skipped": self.skipped}
        return told | {
            "sizes": dict(sizes),
            "figures": dict(self.figures),
            "faults": list(self.faults),
            "control": {"fired": self.fired, **self.control},
        }


class Show:
    """Progress on standard error; silent inside the suite."""

    def __init__(self, *, silent: bool = False) -> None:
        self._console = Console(stderr=True, quiet=silent)

    def each(self, items: Sequence[T] | Iterable[T], words: str, *, total: int | None = None) -> Iterator[T]:
        """Go through `items` under a bar."""
        yield from track(items, words, total=total, console=self._console, transient=True)

    def say(self, words: str) -> None:
        """One line."""
        self._console.print(words, highlight=False)


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes of one run by name, the seed of its chance; `database` is a URL, empty for SQLite."""

    numbers: Mapping[str, int]
    seed: int
    database: str = ""

    def __getitem__(self, name: str) -> int:
        return self.numbers[name]


@dataclass(frozen=True, slots=True)
class Drill:
    """`hold` does it all: it makes its own folders, ends what it starts and never touches anything else."""

    name: str
    promise: str
    sizes: Mapping[str, Size]
    hold: Callable[[Sizes, Show], Coroutine[Any, Any, Outcome]]
