"""A table as one test fails for each bad row, and for an empty table."""

from __future__ import annotations

import pytest

from tests.tables import each


def test_every_row_is_tried_and_each_that_fails_is_named() -> None:
    tried = []

    @each([(1, 1), (2, 3), (4, 4), (5, 6)])
    def same(first: int, second: int) -> None:
        tried.append(first)
        assert first == second

    with pytest.raises(ExceptionGroup, match="2 of 4 rows") as group:
        same()
    assert tried == [1, 2, 4, 5]
    assert [fault.__notes__ for fault in group.value.exceptions] == [["row: (2, 3)"], ["row: (5, 6)"]]


def test_a_table_that_holds_is_silent_and_keeps_its_name() -> None:
    @each(zip("аб", strict=True))
    def letters(letter: str) -> None:
        assert letter.isalpha()

    letters()
    assert letters.__name__ == "letters"


def test_an_empty_table_is_no_proof() -> None:
    with pytest.raises(AssertionError, match="proves nothing"):
        each([])
