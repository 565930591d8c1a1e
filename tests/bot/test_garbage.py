"""The collector leaves alone what the program was made of."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from bot.garbage import collect_rarely


@pytest.fixture
def _as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


@pytest.mark.usefixtures("_as_before")
def test_what_was_loaded_is_never_looked_through_again_and_new_circles_still_go() -> None:
    before = gc.get_threshold()[0]
    collect_rarely()
    assert gc.get_freeze_count() > 1000
    assert gc.isenabled()
    assert gc.get_threshold()[0] > before
    circle: list[object] = []
    circle.append(circle)
    del circle
    assert gc.collect() >= 1
