"""Every drill at its small size: its promise is kept, and its control goes red."""

from __future__ import annotations

import pytest

from tests.drills.drill import Drill, Outcome, Show, Sizes
from tests.drills.programme import PROGRAMME


@pytest.fixture
def server(database: str, request: pytest.FixtureRequest) -> str:
    """A database on a server, where one was asked for; drills that need several make them beside it."""
    return str(request.getfixturevalue("postgres_url")) if database == "postgres" else ""


@pytest.mark.drill
@pytest.mark.parametrize("drill", PROGRAMME, ids=lambda drill: drill.name)
async def test_a_drill_keeps_its_promise_and_its_control_goes_red(drill: Drill, server: str) -> None:
    numbers = {name: size.small for name, size in drill.sizes.items()}
    sizes = Sizes(numbers, seed=20261123, database=server)
    outcome = await drill.hold(sizes, Show(silent=True))
    if outcome.skipped:
        pytest.skip(outcome.skipped)
    assert list(outcome.faults) == []
    assert outcome.fired
    assert outcome.ok


def test_a_drill_whose_control_does_not_fire_is_not_ok() -> None:
    assert not Outcome({"lost": 0}, control={"lost": 0}, fired=False).ok
    assert not Outcome({"lost": 1}, ["a report was lost"], control={"lost": 9}, fired=True).ok
    assert Outcome({"lost": 0}, control={"lost": 9}, fired=True).ok
