"""A process's turn to write: what happens first and last in every transaction.

Alone on its database a process only waits for its turn. Among several (`storage.leases`) it also makes sure
that the others still count on it, and tells them what it has put for them.
"""

from __future__ import annotations

from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import wait_for_turn


class Turn(Protocol):
    """Both ends of a transaction."""

    async def begin(self, connection: AsyncConnection) -> None:
        """Hold off other writers; raises LeaseLost when this process must not write."""

    async def end(self, connection: AsyncConnection) -> None:
        """Everything is written; the commit comes next."""


class Alone:
    """Nobody else works on this database."""

    async def begin(self, connection: AsyncConnection) -> None:
        """Hold off other writers."""
        await wait_for_turn(connection)

    async def end(self, connection: AsyncConnection) -> None:
        """There is nobody to tell."""


ALONE = Alone()
