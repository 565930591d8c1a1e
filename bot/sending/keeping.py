"""What the sender needs of the store, and nothing more; and how it keeps what has happened outside."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from bot.logs import fault
from bot.sending.clock import Clock
from handlers.limits import backoff
from storage.errors import StorageError
from storage.unit_of_work import Ahead, UnitOfWork

T = TypeVar("T")


class Keeper(Protocol):
    """`storage.store.Store`, as the sender sees it."""

    @property
    def letters_waiting(self) -> int:
        """How many letters are in the outbox."""

    @property
    def letters_free(self) -> int:
        """How many of them are not being sent."""

    async def run(self, job: Callable[[UnitOfWork], Awaitable[T]], *, ahead: Ahead | None = None) -> T:
        """Run one job and return once it is kept."""


async def keep(
    store: Keeper,
    job: Callable[[UnitOfWork], Awaitable[T]],
    *,
    clock: Clock,
    jitter: Callable[[], float] = random.random,
    ahead: Ahead | None = None,
) -> T:
    """Run a job that notes what was sent. If the disk refuses, the noting is tried again, not the sending."""
    tries = 0
    while True:
        try:
            return await store.run(job, ahead=ahead)
        except StorageError as problem:
            fault("sender.keep_failed", problem)
        tries += 1
        await clock.sleep(backoff(tries, jitter()))
