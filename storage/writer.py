"""The one writer of this process: it takes whatever has gathered, commits it, and only then answers."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from storage.commits import Outcome, Work
from storage.errors import KeepFailed, Misused, StorageError

T = TypeVar("T")
_inside: ContextVar[bool] = ContextVar("inside", default=False)
_AT_ONCE = 1000  # jobs in one commit: more would only make the first of them wait


@dataclass(slots=True)
class _Order:
    """Work that waits, or a chore that needs the connection for itself."""

    done: asyncio.Future[Any] = field(repr=False)
    work: Work | None = None
    chore: Callable[[], Awaitable[Any]] | None = None


class Writer:
    """Hands work to `commit`, batch after batch, until it is closed."""

    def __init__(self, commit: Callable[[Sequence[Work]], Awaitable[list[list[Outcome]]]]) -> None:
        self._commit = commit
        self._orders: deque[_Order] = deque()
        self._wake = asyncio.Event()
        self._closing = False
        self._task = asyncio.create_task(self._go(), name="writer")

    async def do(self, work: Work) -> list[Outcome]:
        """Have the work committed; the outcomes of its jobs, in order."""
        outcomes: list[Outcome] = await self._wait(_Order(self._promise(), work=work))
        return outcomes

    async def do_alone(self, chore: Callable[[], Awaitable[T]]) -> T:
        """Run something between two commits."""
        result: T = await self._wait(_Order(self._promise(), chore=chore))
        return result

    async def close(self) -> None:
        """Commit what has gathered, then stop."""
        self._closing = True
        self._wake.set()
        await self._task

    @staticmethod
    def _promise() -> asyncio.Future[Any]:
        return asyncio.get_running_loop().create_future()

    async def _wait(self, order: _Order) -> Any:
        if _inside.get():
            raise Misused("A job must not start another one: it would wait for itself.")
        if self._closing:
            raise KeepFailed("The store is closed; nothing more is kept.")
        self._orders.append(order)
        self._wake.set()
        return await order.done

    async def _go(self) -> None:
        _inside.set(True)
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._orders:
                await self._serve(self._gather())
            if self._closing:
                return

    def _gather(self) -> list[_Order]:
        """A chore alone, or all work up to the next chore; work nobody waits for any more is left out."""
        batch: list[_Order] = []
        size = 0
        while self._orders and size < _AT_ONCE and (not batch or (batch[0].work and self._orders[0].work)):
            order = self._orders.popleft()
            if not order.done.done():
                batch.append(order)
                size += len(order.work.jobs) if order.work else 0
        return batch

    async def _serve(self, batch: list[_Order]) -> None:
        if not batch:
            return
        try:
            if (chore := batch[0].chore) is not None:
                results: Sequence[Any] = [await chore()]
            else:
                results = await self._commit([order.work for order in batch if order.work is not None])
        except Exception as error:  # everybody in this batch gets one of their own; the writer goes on
            for order in batch:
                _deliver(order, error=_copy(error))
        else:
            for order, result in zip(batch, results, strict=True):
                _deliver(order, result=result)


def _deliver(order: _Order, *, result: object = None, error: Exception | None = None) -> None:
    if order.done.done():
        return  # whoever asked has left
    if error is not None:
        order.done.set_exception(error)
    else:
        order.done.set_result(result)


def _copy(error: Exception) -> Exception:
    """Storage's own errors are sentences and can be said again; the rest is our mistake, shown as it is."""
    return type(error)(*error.args) if isinstance(error, StorageError) else error
