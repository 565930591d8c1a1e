"""What a bench is: a question, its options, a way to run it; and what one says when it is over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.drills.drill import Show

Table = tuple[tuple[str, ...], Sequence[tuple[str, ...]]]
"""Head and rows, as they are printed."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its usual value, the one of `--large`, and one for tests, all as typed."""

    usual: str
    large: str
    tiny: str
    help: str


ROUNDS = Option("5", "5", "1", "how often everything is measured; medians are told")


@dataclass(frozen=True, slots=True)
class Options:
    """The values of one run by name."""

    values: Mapping[str, str]

    def word(self, name: str) -> str:
        """As it was typed."""
        return self.values[name]

    def words(self, name: str) -> list[str]:
        """Separated by commas."""
        return [word for word in self.values[name].split(",") if word]

    def number(self, name: str) -> float:
        """One number."""
        return float(self.values[name])

    def numbers(self, name: str) -> list[int]:
        """Whole numbers, separated by commas."""
        return [int(word) for word in self.words(name)]


@dataclass(frozen=True, slots=True)
class Told:
    """What came out.

    `figures` are medians by engine, `ratios` what is compared, `tables` the same for people; `skipped` says
    who could not take part and why. `faults` are answers that were wrong or never came: such figures count
    for nothing.
    """

    figures: Mapping[str, Any]
    ratios: Mapping[str, Any] = field(default_factory=dict)
    tables: Sequence[Table] = ()
    skipped: Mapping[str, str] = field(default_factory=dict)
    faults: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Bench:
    """`run` starts and ends everything it needs."""

    name: str
    question: str
    options: Mapping[str, Option]
    run: Callable[[Options, Show], Told]

    def tiny(self) -> Options:
        """The smallest run that still goes the whole way: for tests."""
        return Options({name: option.tiny for name, option in self.options.items()})
