"""A file is exported for a purpose and gets into wrong hands: who is in it, and who must not be?

Everybody agreed to something else; each exporter writes the same people for each purpose. The control asks
nobody.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from handlers.sharing.consent import CHOICES, Purpose
from tests.bot.exports.consents import report_of, wrongs
from tests.bot.exports.made import WRITERS, make_document, wording
from tests.bot.exports.reading_back import read_all
from tests.drills.drill import Drill, Outcome, Show, Size, Sizes

Crowd = Sequence[dict[str, Any]]


def gather(chance: random.Random, people: int) -> Crowd:
    """People with all sorts of consents, two kinds of bars, and some children."""
    return [
        {
            "choices": chance.sample((*CHOICES, "c_none"), chance.randrange(len(CHOICES) + 1)),
            "publish_block": chance.choice([None, False, True, "yes"]),
            "un_block": chance.choice([None, False, True]),
            "child": chance.random() < 0.2,
        }
        for _ in range(people)
    ]


def export(folder: Path, crowd: Crowd, purpose: Purpose, *, asked: Purpose | None = None) -> dict[str, int]:
    """Write for `asked` (the control: for another one), look with the eyes of `purpose`."""
    document = make_document(
        [report_of(number, person) for number, person in enumerate(crowd)], purpose=asked or purpose
    )
    counts = {"files": 0, "leaked": 0, "missing": 0}
    for name, write in WRITERS.items():
        write(document, wording(), folder / name)
        found = list(wrongs(read_all(folder / name), crowd, purpose, rows=True))
        counts["files"] += 1
        counts["leaked"] += sum("leaked" in wrong for wrong in found)
        counts["missing"] += sum("missing" in wrong for wrong in found)
    return counts


def add(some: Sequence[dict[str, int]]) -> dict[str, int]:
    """All files together."""
    return {name: sum(one[name] for one in some) for name in some[0]}


async def hold(sizes: Sizes, show: Show) -> Outcome:
    """Every purpose, several crowds; then a file in which nobody was asked."""
    chance = random.Random(sizes.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        told = [
            export(folder, gather(chance, sizes["people"]), purpose)
            for _ in show.each(range(sizes["crowds"]), "exporting")
            for purpose in Purpose
        ]
        control = export(folder, gather(chance, 5), Purpose.PUBLISH, asked=Purpose.KEEP)
    figures = add(told)
    faults = [f"{name}: {figures[name]} words" for name in ("leaked", "missing") if figures[name]]
    return Outcome(figures, faults, control, fired=control["leaked"] > 0)


DRILL = Drill(
    "exports",
    "A file that was made for a purpose shows those who agreed to it, as far as it may, and nobody else.",
    {
        "people": Size(10, 200, "people in a file"),
        "crowds": Size(2, 50, "crowds, each exported for every purpose by every exporter"),
    },
    hold,
)
