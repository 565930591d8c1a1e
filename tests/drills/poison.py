"""Drill `poison`: hostile and unparsable updates in every batch, through the real parser, engine and store.

Valid updates of every kind are spoilt in their structure: types swapped, keys missing, added and moved,
nesting, huge numbers, lone surrogates, directions, zero widths, control characters, very long texts, old and
foreign buttons. Each batch of twenty holds one that cannot be parsed at all and one honest person's line,
which must be answered in the same commit, word for word as if nobody disturbed. Every text carries a canary,
and at the end all files and the log at DEBUG are searched for it and for the accounts. Time is that of
the processor; the longest batch bounds the longest update. Controls: a dispatch without the `try` that sets
an update aside must be stopped; seals that do nothing must be seen, and so must one update of a second.

    python -m tests.drills poison --updates 1000000
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from tests.drills.drill import Drill, Outcome, Show, Size, Sizes
from tests.drills.poisoned import UNREADABLE, fuzz
from tests.drills.poisoned_parts import SLOW, Rash, Run, Slow
from tests.storage.unsealed import UNSEALED

CHUNK = 5000  # updates into one instance


def run_chunk(seed: str, updates: int) -> Run:
    """One instance in a process of its own."""
    return asyncio.run(fuzz(seed, updates))


async def run_all(updates: int, seed: int, show: Show) -> Run:
    """Few here, many on all processors."""
    if updates <= CHUNK:
        return await fuzz(f"{seed}/0", updates)
    whole = Run()
    loop, sizes = asyncio.get_running_loop(), [CHUNK] * -(-updates // CHUNK)
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        runs = [loop.run_in_executor(pool, run_chunk, f"{seed}/{n}", size) for n, size in enumerate(sizes)]
        for run in show.each(asyncio.as_completed(runs), f"updates, by {CHUNK}", total=len(runs)):
            whole.add(await run)
    return whole


def faults_of(run: Run) -> Iterator[str]:
    """Broken promises, with the numbers of the updates that broke them."""
    where = f" (seed#update: {', '.join(run.failing)})"
    if run.crashes:
        yield f"{run.crashes} batches were stopped{where}"
    if run.slow:
        yield f"{run.slow} batches took longer than {SLOW:g} s{where}"
    if run.honest_delayed:
        yield f"{run.honest_delayed} honest lines were not answered in their batch{where}"
    if run.commits_per_batch > 1:
        yield f"a batch took {run.commits_per_batch} commits"
    if run.unsealed:
        yield f"{run.unsealed} canaries lie unsealed"
    others = {reason: times for reason, times in run.parked.items() if reason != UNREADABLE}
    if others:
        yield f"the engine broke on an update: {others}"


def figures_of(run: Run, seconds: float) -> dict[str, Any]:
    return {
        "updates": run.updates,
        "batches": run.batches,
        "per_second": round(run.updates / seconds),
        "crashes": run.crashes,
        "slower_than_a_second": run.slow,
        "longest_read_ms": run.longest_read_ms,
        "longest_batch_ms": run.longest_batch_ms,
        "commits_per_batch": run.commits_per_batch,
        "parked": dict(run.parked),
        "honest_lines": run.honest_lines,
        "honest_delayed": run.honest_delayed,
        "reports_sealed": run.sealed,
        "unsealed": run.unsealed,
        "searched_bytes": run.searched_bytes,
        "failing": run.failing,
    }


async def hold(sizes: Sizes, show: Show) -> Outcome:
    """Poison, then the controls."""
    began = time.monotonic()
    run = await run_all(sizes["updates"], sizes.seed, show)
    seconds = time.monotonic() - began
    rash = await fuzz(f"{sizes.seed}/rash", 200, kind=Rash)
    unsealed = await fuzz(f"{sizes.seed}/unsealed", 200, seals=UNSEALED, kind=Slow)
    control = {
        "stopped_batches": rash.crashes,
        "honest_delayed": rash.honest_delayed,
        "unsealed": unsealed.unsealed,
        "slower_than_a_second": unsealed.slow,
    }
    return Outcome(
        figures_of(run, seconds),
        list(faults_of(run)),
        control,
        fired=bool(rash.crashes and rash.honest_delayed and unsealed.unsealed and unsealed.slow),
    )


DRILL = Drill(
    "poison",
    "hostile updates in every batch: nothing crashes, hangs or is written unsealed; nobody else waits",
    {"updates": Size(2000, 1_000_000, "updates, hostile but for one honest line in twenty")},
    hold,
)
