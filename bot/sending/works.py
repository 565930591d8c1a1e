"""The sender's tasks, by the shard they work for: a shard that is given away takes its tasks with it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any


class Works:
    """Tasks under way. A task that only waits (`idle`) has nothing at the network and nothing to note."""

    def __init__(self) -> None:
        self._tasks: dict[asyncio.Task[None], int] = {}
        self._idle: set[asyncio.Task[Any] | None] = set()
        self._leaving: frozenset[int] = frozenset()

    def start(self, work: Coroutine[Any, Any, None], *, shard: int) -> None:
        """Begin something."""
        task = asyncio.create_task(work)
        self._tasks[task] = shard
        task.add_done_callback(self._tasks.pop)

    @contextmanager
    def idle(self) -> Iterator[None]:
        """This task waits for its time, and may be ended here."""
        task = asyncio.current_task()
        if task in self._tasks and self._tasks[task] in self._leaving:
            raise asyncio.CancelledError
        self._idle.add(task)
        try:
            yield
        finally:
            self._idle.discard(task)

    async def leave(self, shards: Collection[int]) -> None:
        """End what is done for these shards as soon as nothing of it is at the network or to be noted."""
        self._leaving = frozenset(shards)
        try:
            await self._end([task for task in self._of(shards) if task in self._idle])
            await asyncio.gather(*self._of(shards), return_exceptions=True)
        finally:
            self._leaving = frozenset()

    async def cancel(self, shards: Collection[int] | None = None) -> None:
        """End what is done for these shards, or everything, wherever it stands."""
        await self._end(self._of(shards))

    def _of(self, shards: Collection[int] | None) -> list[asyncio.Task[None]]:
        return [task for task, shard in self._tasks.items() if shards is None or shard in shards]

    @staticmethod
    async def _end(tasks: list[asyncio.Task[None]]) -> None:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
