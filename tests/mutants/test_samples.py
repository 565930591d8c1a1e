"""A sample is drawn by lots and says how sure it is; a survivor is found by its row."""

from __future__ import annotations

import pytest

from tests.mutants.explained import find_reason, read_reasons, write_row
from tests.mutants.results import Mutant
from tests.mutants.samples import draw, find_interval

NAMES = [f"gate.x_f__mutmut_{number}" for number in range(100)]


def test_a_larger_sample_begins_with_the_smaller_one_whatever_else_there_is() -> None:
    small = draw(NAMES, size=10, seed=1)
    assert draw(reversed(NAMES), size=30, seed=1)[:10] == small
    more = draw([*NAMES, *(f"new {number}" for number in range(100))], size=None, seed=1)
    assert [name for name in more if name in NAMES][:10] == small
    assert draw(NAMES, size=10, seed=2) != small
    assert set(draw(NAMES, size=None, seed=1)) == set(NAMES)


@pytest.mark.parametrize(
    ("killed", "tried", "edges"), [(90, 100, (0.826, 0.945)), (600, 600, (0.994, 1.0)), (0, 10, (0.0, 0.278))]
)
def test_a_sample_says_between_what_the_share_of_all_lies(
    killed: int, tried: int, edges: tuple[float, float]
) -> None:
    assert find_interval(killed, tried) == pytest.approx(edges, abs=0.001)


def test_a_row_explains_its_own_survivor_and_no_other() -> None:
    mutant = Mutant("gate.wait", "return a | b", killed=False, hung=False)
    reasons = read_reasons(write_row(mutant, "Both are sets of one."))
    assert find_reason(mutant, reasons) == "Both are sets of one."
    assert find_reason(Mutant("gate.wait", "return a & b", killed=False, hung=False), reasons) is None
