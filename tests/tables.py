"""A table of examples as one test.

`pytest.mark.parametrize` makes a test of every row, which is worth its price where rows are few or slow.
Where a table has a hundred rows of microseconds each, the rows cost less than the bookkeeping: `each` tries
all of them in one test, and names every row that failed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any


def each(rows: Iterable[tuple[Any, ...]]) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Make one test of a check and its table; the group that it raises holds a fault for every bad row."""
    table = list(rows)

    def tried(check: Callable[..., None]) -> Callable[[], None]:
        def whole() -> None:
            faults = [fault for row in table if (fault := _try(check, row))]
            if faults:
                raise ExceptionGroup(f"{len(faults)} of {len(table)} rows", faults)

        whole.__name__, whole.__module__, whole.__doc__ = check.__name__, check.__module__, check.__doc__
        return whole

    assert table, "a table without rows proves nothing"
    return tried


def _try(check: Callable[..., None], row: tuple[Any, ...]) -> Exception | None:
    try:
        check(*row)
    except Exception as fault:  # whatever it is: the next rows are tried as well
        fault.add_note(f"row: {row!r}")
        return fault
    return None
