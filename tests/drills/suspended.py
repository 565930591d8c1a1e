"""Whoever two of the team suspended opens nothing that is sealed afterwards, whatever restarts."""

from __future__ import annotations

import random
import secrets
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from handlers.events import Commanded, Room
from storage.objects import Kept
from storage.sealing import CannotOpen, Identity, open_sealed
from storage.store import Store
from storage.volatile import KeyRing
from tests.bot.desk import GROUP, NAME, Desk, make_member, make_roster
from tests.drills.databases import own_database
from tests.drills.drill import Drill, Outcome, Show, Size, Sizes
from tests.fakes import FakeClock
from tests.journeys.stories import MOTHER, SEND

TARGET = 4
VOICES = ("voice", "voice")


async def _seal(desk: Desk, number: int) -> bytes:
    """A report comes in."""
    before = {kept.id for kept in await _objects(desk)}
    await desk.say(Room(NAME, str(8_589_938_000 + number)), *MOTHER, SEND)
    (new,) = [kept for kept in await _objects(desk) if kept.id not in before]
    return new.sealed.data


async def _objects(desk: Desk) -> list[Kept]:
    today = desk.instance.today()
    return await desk.store.run(lambda uow: uow.objects.of_day(today))


async def _voice(desk: Desk, member: int) -> None:
    account, event = str(9000 + member), Commanded("suspend", f"m-{TARGET:02}", "5")
    await desk.take(desk.lay(event, Room(NAME, GROUP, "7"), sender=account, private=False))


def _opens(data: bytes, key: Identity) -> bool:
    try:
        open_sealed(data, [key])
    except CannotOpen:
        return False
    return True


async def _history(
    folder: Path, chance: random.Random, *, reports: int, remembers: bool, database: str = ""
) -> Counter[str]:
    """Reports, two voices and restarts in any order; what the suspended one can open."""
    clock = FakeClock()
    made = [make_member(number, clock.now().date()) for number in range(1, TARGET + 1)]
    ring = KeyRing.open(folder / "runtime", now=clock.now(), allow_disk=True)
    store = await Store.open(
        database or f"sqlite+aiosqlite:///{folder / 'vestka.db'}",
        ring=ring, case_key=bytes(32), now=clock.now, new_id=lambda: secrets.token_bytes(16),
    )  # fmt: skip
    desk = Desk(store, ring, clock, roster=make_roster(clock.now().date(), *(member for member, _ in made)))
    events = ["report"] * reports + [*VOICES, "restart", "restart"]
    chance.shuffle(events)
    voices, tally, key = chance.sample([1, 2, 3], 2), Counter[str](), made[TARGET - 1][1].identity
    try:
        for number, event in enumerate([*events, "restart", "report"]):
            match event:
                case "voice":
                    await _voice(desk, voices.pop())
                case "restart":
                    desk.instance.suspended.names = frozenset()
                    if remembers:
                        await store.run(lambda uow: desk.instance.suspended.recall(uow, desk.instance.signed))
                case _:
                    opened = _opens(await _seal(desk, number), key)
                    tally["sealed_after" if not voices else "sealed_before"] += 1
                    tally["opened_after" if not voices else "opened_before"] += opened
    finally:
        await store.close()
    return tally


async def _hold(sizes: Sizes, show: Show) -> Outcome:
    chance, tally, control = random.Random(sizes.seed), Counter[str](), Counter[str]()
    for _ in show.each(range(sizes["histories"]), "Suspending"):
        with TemporaryDirectory() as folder:
            async with own_database(sizes.database) as place:
                told = await _history(
                    Path(folder), chance, reports=sizes["reports"], remembers=True, database=place.url
                )
            tally += told
    with TemporaryDirectory() as folder:
        control = await _history(Path(folder), chance, reports=1, remembers=False)
    faults = []
    if tally["opened_after"]:
        faults.append(f"{tally['opened_after']} objects sealed to the suspended")
    if tally["opened_before"] != tally["sealed_before"]:
        faults.append("a member could not open what came before")
    figures = {name: tally[name] for name in ("sealed_before", "sealed_after", "opened_after")}
    forgetful = {"opened_after_without_memory": control["opened_after"]}
    return Outcome(figures, faults, forgetful, bool(control["opened_after"]))


DRILL = Drill(
    "suspended",
    "Whoever was suspended opens nothing that is sealed afterwards, through restarts, too.",
    {
        "histories": Size(4, 200, "random orders of reports, voices and restarts"),
        "reports": Size(3, 6, "reports in each"),
    },
    _hold,
)
