"""How far the suite searches: a little every time, everything when asked (`pytest --thorough`).

A search that is exhaustive (every bit, every truncation, every code point) or random (Hypothesis) is sampled
in the ordinary run, so that it still fails where something is badly wrong, and complete in the thorough one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import HealthCheck, Phase, settings

Item = TypeVar("Item")
SAMPLE = 400
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("suite", max_examples=20, deadline=None, suppress_health_check=_SLOW)
settings.register_profile("thorough", max_examples=2_000, deadline=None, suppress_health_check=_SLOW)
settings.register_profile("mutants", settings.get_profile("suite"), phases=[Phase.explicit, Phase.generate])


def load(profile: str) -> None:
    """Search as a profile says; for the tests that are read after this."""
    settings.load_profile(profile)


def every(items: Sequence[Item], *, thorough: bool, sample: int = SAMPLE) -> Sequence[Item]:
    """All of them when asked for; otherwise the first, the last and an even sample of those between."""
    if thorough or len(items) <= sample:
        return items
    step = len(items) / (sample - 1)
    return [*(items[int(number * step)] for number in range(sample - 1)), items[-1]]


def share(part: float) -> settings:
    """Fewer examples than the profile's, for a property whose every example is slow."""
    return settings(max_examples=max(2, int(settings().max_examples * part)))
