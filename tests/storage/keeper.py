"""A small bot that is killed: takes updates from a line of numbers, keeps each, acknowledges it, starts over.

`python keeper.py FOLDER LAST MODE DIE_AT`: every update makes a case, a sealed object, a letter and moves the
read position. What is acknowledged is appended to the file `acknowledged`, which the network would hold. It
kills itself at the `DIE_AT`-th of the points it passes (0: never). Modes: `whole` keeps all in one commit and
then acknowledges; `early` acknowledges before the commit; `split` commits the letter apart from the position.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path

from storage.outbox import Letter
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from storage.volatile import KeyRing
from tests.storage.samples import DAY, make_case, make_sealed

_NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
_BATCH = 3


class Points:
    """Counts the points passed and dies at one of them."""

    def __init__(self, die_at: int) -> None:
        self._left = die_at

    def pass_one(self) -> None:
        """Maybe the last thing this process does."""
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class Keeper:
    """Takes updates until it has reached the last."""

    def __init__(self, store: Store, *, acknowledged: Path, mode: str, points: Points) -> None:
        self._store = store
        self._acknowledged = acknowledged
        self._mode = mode
        self._points = points
        self._ids = count(int.from_bytes(os.urandom(8), "big"))

    async def go(self, last: int) -> None:
        """Ask for the next few updates, keep them, acknowledge them."""
        position = int(await self._store.run(lambda unit: unit.positions.get("telegram")) or 0)
        if self._mode == "early":
            position = max(position, self._read_acknowledged())
        while position < last:
            numbers = list(range(position + 1, min(position + _BATCH, last) + 1))
            await self._take(numbers)
            position = numbers[-1]

    async def _take(self, numbers: list[int]) -> None:
        self._points.pass_one()
        if self._mode == "early":
            self._acknowledge(numbers[-1])
            self._points.pass_one()
        if self._mode == "split":
            await self._store.run_batch([partial(self._letter, number=number) for number in numbers])
            self._points.pass_one()
        jobs = [partial(self._keep, number=number) for number in numbers]
        await self._store.run_batch([*jobs, lambda unit: self._advance(unit, numbers[-1])])
        self._points.pass_one()
        self._acknowledge(numbers[-1])

    async def _keep(self, unit: UnitOfWork, number: int) -> None:
        self._points.pass_one()
        case = make_case(number, code=f"C{number}")
        await unit.cases.add(case)
        self._points.pass_one()
        await unit.objects.keep(make_sealed(number), case=case.id, signature=bytes(64), day=DAY)
        if self._mode != "split":
            await self._letter(unit, number)

    async def _letter(self, unit: UnitOfWork, number: int) -> None:
        await unit.outbox.put(Letter(next(self._ids).to_bytes(16, "big"), f"card-{number}", 1, {"n": number}))

    async def _advance(self, unit: UnitOfWork, position: int) -> None:
        self._points.pass_one()
        await unit.positions.set("telegram", str(position))

    def _acknowledge(self, number: int) -> None:
        with self._acknowledged.open("a") as file:
            file.write(f"{number}\n")

    def _read_acknowledged(self) -> int:
        return (
            max(map(int, self._acknowledged.read_text().split()), default=0)
            if self._acknowledged.exists()
            else 0
        )


async def main(folder: Path, last: int, mode: str, die_at: int) -> None:
    """Open everything, go, close."""
    ring = KeyRing.open(folder / "runtime", now=_NOW, allow_disk=True)
    url = f"sqlite+aiosqlite:///{folder / 'vestka.db'}"
    points = Points(die_at)
    store = await Store.open(
        url, ring=ring, case_key=bytes(32), now=lambda: _NOW, new_id=lambda: os.urandom(16)
    )
    await Keeper(store, acknowledged=folder / "acknowledged", mode=mode, points=points).go(last)
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])))
