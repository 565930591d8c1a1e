"""What the sender needs of the store, and nothing more."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from storage.unit_of_work import UnitOfWork

T = TypeVar("T")


class Keeper(Protocol):
    """`storage.store.Store`, as the sender sees it."""

    @property
    def letters_waiting(self) -> int:
        """How many letters are in the outbox."""

    @property
    def letters_free(self) -> int:
        """How many of them are not being sent."""

    async def run(self, job: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        """Run one job and return once it is kept."""
