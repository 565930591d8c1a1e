"""Which time it is when clocks disagree: decided from three of them, none of which is believed alone.

The wall clock is set by people and programs, and jumps. The steady count of seconds never jumps, and knows
no date. The network's clock belongs to somebody else. So time goes on by the steady count; what the wall
clock says counts while it is close to that, or when the network says the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

CLOSE = timedelta(minutes=10)  # clocks that differ by no more agree


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clock said (aware UTC) at a count of steady seconds."""

    time: datetime
    steady: float

    def at(self, steady: float) -> datetime:
        """What it must say at another count."""
        return self.time + timedelta(seconds=steady - self.steady)


@dataclass(frozen=True, slots=True)
class Belief:
    """The last reading of the wall clock that could be believed, and whether the clocks are at odds now."""

    agreed: Reading
    doubtful: bool = False


def tell_time(belief: Belief, wall: Reading) -> datetime:
    """The time to go by."""
    return wall.time if _goes_with(wall, belief.agreed) else belief.agreed.at(wall.steady)


def weigh(belief: Belief, wall: Reading, network: Reading | None) -> Belief:
    """What to believe after looking at the clocks again; `network` is None while it has said nothing.

    A network that contradicts casts doubt, but moves nothing: it has no power over our keys.
    """
    steady = _goes_with(wall, belief.agreed)
    confirmed = None if network is None else _goes_with(wall, network)
    doubtful = not (steady if confirmed is None else confirmed)
    return Belief(wall if steady or confirmed else belief.agreed, doubtful)


def _goes_with(one: Reading, other: Reading) -> bool:
    return abs(one.time - other.time - timedelta(seconds=one.steady - other.steady)) <= CLOSE
