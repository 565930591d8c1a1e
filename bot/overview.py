"""Every case in memory, for lists and counts: what was not changed since the last look is not opened again.

It follows the commits by the revisions alone, so that it is right whichever worker made them.
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.triage.cases import Case
from storage.unit_of_work import UnitOfWork


class Overview:
    """All cases as of the last commit; on the disk they are under the operator's key."""

    def __init__(self) -> None:
        self._cases: dict[bytes, Case] = {}

    def __repr__(self) -> str:
        return "Overview()"

    async def look(self, uow: UnitOfWork) -> Sequence[Case]:
        """Every case."""
        self._cases = await uow.cases.catch_up(self._cases)
        return tuple(self._cases.values())
