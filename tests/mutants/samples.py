"""Which mutants are tried, and how sure a share is of which only a sample was tried."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable

_Z = 1.96  # standard deviations that leave 5 % outside


def draw(names: Iterable[str], *, size: int | None, seed: int) -> list[str]:
    """So many in an order by chance; a larger sample of the same seed begins with the smaller one."""
    ordered = sorted(names)
    random.Random(seed).shuffle(ordered)  # noqa: S311 - drawn again by its seed
    return ordered[:size]


def find_interval(killed: int, tried: int) -> tuple[float, float]:
    """Where the share of all lies, in 95 of 100 samples. Source: Wilson, 1927."""
    share, square = killed / tried, _Z**2 / tried
    middle = share + square / 2
    spread = _Z * math.sqrt(share * (1 - share) / tried + square / (4 * tried))
    return (middle - spread) / (1 + square), (middle + spread) / (1 + square)
