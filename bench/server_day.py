"""A day on the server's side: cases with objects of usual length, then its digest, while somebody hands in.

`python -m bench.server_day fill CASES FOLDER`, then `… make CASES FOLDER`, each a process of its own, so that
the memory of the second is that of making alone. It prints one JSON object, all times in seconds.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import perf_counter, process_time

from bot.daily import Daily
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from storage.volatile import KeyRing
from tests.bot.desk import Desk, make_member, make_roster
from tests.conftest import open_store
from tests.fakes import CountingIds, FakeClock
from tests.storage.samples import DAY, make_case, make_sealed

OBJECT = 22_800  # bytes: a report in the smallest bucket, sealed to three and the recovery key
_IDLE, _EVERY, _SUBMIT_EVERY = 1.0, 0.002, 0.05  # seconds
_AT_ONCE = 500


async def fill(count: int, folder: Path) -> None:
    """So many new cases, each with an object; what is inside makes no difference to the server."""
    async with _store(folder) as (store, _):
        for start in range(0, count, _AT_ONCE):
            await store.run(partial(_keep, range(start, min(start + _AT_ONCE, count))))


async def _keep(numbers: range, uow: UnitOfWork) -> None:
    for number in numbers:
        case = make_case(number, code=f"C{number}")
        await uow.cases.add(case)
        sealed = make_sealed(number, data=os.urandom(OBJECT))
        await uow.objects.keep(sealed, case=case.id, signature=bytes(64), day=DAY)


async def make(folder: Path) -> dict[str, float]:
    """Make the digest, and watch the loop and a reporter meanwhile; before that the same without a digest."""
    async with _store(folder) as (store, desk):
        daily, day = Daily(desk.instance), desk.clock.now().date()
        idle = await _watch(store, lambda: asyncio.sleep(_IDLE))
        begun, used = perf_counter(), process_time()
        busy = await _watch(store, lambda: daily.make(day))
        spent = {"seconds": perf_counter() - begun, "cpu": process_time() - used}
        peak, parts = getrusage(RUSAGE_SELF).ru_maxrss * 1024, store.letters_waiting
    return {
        **spent,
        "peak": peak,
        "parts": parts,
        "still": busy[0],
        "commit": busy[1],
        "idle_still": idle[0],
        "idle_commit": idle[1],
    }


async def _watch(store: Store, work: Callable[[], Awaitable[object]]) -> tuple[float, float]:
    """The longest that the loop stood still, and that a commit took, until `work` was done."""
    still, waited = [0.0], [0.0]
    tasks = [asyncio.create_task(watch) for watch in (_look(still), _submit(store, waited))]
    await work()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return max(still), max(waited)


async def _look(still: list[float]) -> None:
    while True:
        begun = perf_counter()
        await asyncio.sleep(_EVERY)
        still.append(perf_counter() - begun - _EVERY)


async def _submit(store: Store, waited: list[float]) -> None:
    number = 0
    while True:
        number += 1
        begun = perf_counter()
        await store.run(lambda uow: uow.positions.set("bench", str(number)))  # noqa: B023  (awaited at once)
        waited.append(perf_counter() - begun)
        await asyncio.sleep(_SUBMIT_EVERY)


@asynccontextmanager
async def _store(folder: Path) -> AsyncIterator[tuple[Store, Desk]]:
    clock = FakeClock()
    ring = KeyRing.open(folder / "ring", now=clock.now(), allow_disk=True)
    url = f"sqlite+aiosqlite:///{folder / 'vestka.db'}"
    store = await open_store(url, ring, clock=clock, new_id=CountingIds())
    members = [make_member(number, DAY)[0] for number in (1, 2, 3)]
    try:
        yield store, Desk(store, ring, clock, roster=make_roster(DAY, *members))
    finally:
        await store.close()


if __name__ == "__main__":
    step, cases, place = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    if step == "fill":
        asyncio.run(fill(cases, place))
    else:
        print(json.dumps(asyncio.run(make(place))))
