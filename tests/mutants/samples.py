"""Which mutants are tried, and how sure a share is of which only a sample was tried."""

from __future__ import annotations

import math
from collections.abc import Iterable
from hashlib import sha256

_Z = 1.96  # standard deviations that leave 5 % outside


def draw(names: Iterable[str], *, size: int | None, seed: int) -> list[str]:
    """So many by lots that depend on name and seed alone: a larger sample begins with the smaller one."""
    return sorted(names, key=lambda name: sha256(f"{seed} {name}".encode()).digest())[:size]


def find_interval(killed: int, tried: int) -> tuple[float, float]:
    """Where the share of all lies, in 95 of 100 samples. Source: Wilson, 1927."""
    share, square = killed / tried, _Z**2 / tried
    middle = share + square / 2
    spread = _Z * math.sqrt(share * (1 - share) / tried + square / (4 * tried))
    return (middle - spread) / (1 + square), (middle + spread) / (1 + square)
