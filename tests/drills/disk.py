"""The disk refuses each write of a report's whole way in turn, as full and as broken; and it is really full.

Whatever is refused, the update comes again: a poll acknowledges only what is kept. When there is room again
everything goes on by itself. The control acknowledges first.
"""

from __future__ import annotations

import asyncio
import io
import itertools
import os
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.logs import configure
from tests.drills.disk_faults import ERRORS
from tests.drills.disk_ways import Teller, Told, fill_disk, fill_log, heard, refuse_one
from tests.drills.drill import Drill, Outcome, Show, Size, Sizes
from tests.journeys.stories import MOTHER

AT_ONCE = 6  # instances side by side: most of their time is waiting


def add(told: Sequence[Told]) -> dict[str, int]:
    """All reports together."""
    names = ("refused", "early", "reports", "whole", "hits", "stuck")
    return {"ways": len(told), **{name: sum(getattr(one, name) for one in told) for name in names}}


class Disk:
    """The drill in one folder."""

    def __init__(self, folder: Path, sizes: Sizes, show: Show) -> None:
        self.folder, self.sizes, self.show = folder, sizes, show
        self.chance = random.Random(sizes.seed)
        self._folders = itertools.count()

    def _place(self) -> tuple[Path, Teller]:
        folder = self.folder / str(next(self._folders))
        folder.mkdir()
        return folder, Teller(self.chance)

    async def plan(self) -> tuple[int, list[tuple[int, str]]]:
        """How many writes a report's whole way has, and which of them are refused with what."""
        untouched = await refuse_one(*self._place(), first=0)
        every = [(number, error) for number in range(1, untouched.writes + 1) for error in ERRORS]
        size = min(self.sizes["refusals"], len(every))
        return untouched.writes, sorted(self.chance.sample(every, size))

    async def refuse(self, plan: Sequence[tuple[int, str]], *, early: bool) -> list[Told]:
        """Every planned refusal in an instance of its own, some of them side by side."""
        gate, told = asyncio.Semaphore(AT_ONCE), []

        async def one(first: int, error: str) -> Told:
            async with gate:
                return await refuse_one(*self._place(), first=first, error=error, early=early)

        ways = [asyncio.create_task(one(*each)) for each in plan]
        for way in self.show.each(ways, "acknowledging first" if early else "refusing writes"):
            told.append(await way)
        return told

    async def fill(self) -> dict[str, Told]:
        """Really full: the database's disk, the keys' at midnight, the log's."""
        lines = range(1, len(MOTHER) + 1, max(1, len(MOTHER) // self.sizes["fillings"]))
        return {
            "disk": await fill_disk(*self._place(), lines, keys=False),
            "keys": await fill_disk(*self._place(), (5,), keys=True),
            "log": await fill_log(*self._place()),
        }


def faults(kind: str, told: Sequence[Told]) -> list[str]:
    """Broken promises."""
    tried = [one for one in told if not one.without]
    broken = {
        "acknowledged what was not kept": sum(one.early for one in tried),
        "lost a report or an answer": sum(one.whole < 1 for one in tried),
        "doubled a report": sum(one.reports > 1 for one in tried),
        "showed a word in a file": sum(one.hits for one in tried),
        "did not go on by itself": sum(one.stuck for one in tried),
        "was never told to the operator": sum(not one.refused for one in tried),
    }
    return [f"{kind}: {times} times: {what}" for what, times in broken.items() if times]


async def _hold(folder: Path, sizes: Sizes, show: Show) -> Outcome:
    disk, log = Disk(folder, sizes, show), io.StringIO()
    writes, plan = await disk.plan()
    undo = configure(stream=log)
    try:
        told = await disk.refuse(plan, early=False)
        control = await disk.refuse(plan[: max(4, len(plan) // 4)], early=True)
    finally:
        undo()
    full = await disk.fill()
    figures = {
        "writes_of_a_report": writes,
        "refused": add(told),
        "heard": heard(log),
        "full": {kind: {"skipped": one.without} if one.without else add([one]) for kind, one in full.items()},
    }
    found = [fault for kind, some in [("refused", told), *((k, [v]) for k, v in full.items())]
             for fault in faults(kind, some)]  # fmt: skip
    if heard(log) < len(told):
        found.append("the operator did not hear of every refusal")
    lost = sum(not one.whole for one in control)
    return Outcome(figures, found, add(control), fired=bool(sum(one.early for one in control) and lost))


async def hold(sizes: Sizes, show: Show) -> Outcome:
    """In a folder that goes away afterwards; whatever makes temporary files makes them there."""
    with tempfile.TemporaryDirectory(prefix="vestka-disk-") as name:
        before, os.environ["TMPDIR"] = os.environ.get("TMPDIR"), name
        try:
            return await _hold(Path(name), sizes, show)
        finally:
            os.environ.pop("TMPDIR")
            if before is not None:
                os.environ["TMPDIR"] = before


DRILL = Drill(
    "disk",
    "A full or broken disk loses nothing that was acknowledged; all goes on when there is room again.",
    {
        "refusals": Size(6, 10_000, "writes refused, of those of a report's whole way, twice each"),
        "fillings": Size(2, 13, "lines of a story before which the disk is really full"),
    },
    hold,
)
