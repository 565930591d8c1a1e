"""The sender's tasks, by the shard they work for: a shard that is given away takes its tasks with it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Coroutine
from typing import Any


class Works:
    """Tasks under way."""

    def __init__(self) -> None:
        self._tasks: dict[asyncio.Task[None], int] = {}

    def start(self, work: Coroutine[Any, Any, None], *, shard: int) -> None:
        """Begin something."""
        task = asyncio.create_task(work)
        self._tasks[task] = shard
        task.add_done_callback(self._tasks.pop)

    async def cancel(self, shards: Collection[int] | None = None) -> None:
        """End what is done for these shards, or everything, wherever it stands."""
        tasks = [task for task, shard in self._tasks.items() if shards is None or shard in shards]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
