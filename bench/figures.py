"""Plain arithmetic over samples."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

__all__ = ["median", "percentile", "ratio", "rounded"]


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of them do not exceed; nan of nothing."""
    ordered = sorted(values)
    if not ordered:
        return float("nan")
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """How many times theirs ours is: the median over rounds, each against its own; 0 against nothing."""
    pairs = [a / b for a, b in zip(ours, theirs, strict=True) if b]
    return median(pairs) if pairs else 0.0


def rounded(value: float) -> float:
    """Three digits that count."""
    return float(f"{value:.3g}") if abs(value) < 1000 else float(round(value))
