"""What happens on the medium that is searched afterwards: keep, change, delete, expire, sweep.

`python -m tests.drills.shredding FOLDER PEOPLE SEED MODE …`, inside the mounted file system, prints one JSON
object. An instance of each mode lives there, with words of its own: `sealed` as it is, `plain` with seals
that do nothing, `unemptied` swept without emptying the log.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import secrets
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from handlers.events import Room
from handlers.triage.cases import Step
from storage.audit import Audit
from storage.cards import CardPlace
from storage.database import make_engine
from storage.outbox import Letter
from storage.retention import Policy, sweep
from storage.sealing import Kind, SealingSet, epoch_of, seal, sealing_set, verify_roster
from storage.store import REAL_SEALS, Store
from storage.unit_of_work import UnitOfWork
from storage.vault import Seals, Vault
from storage.volatile import KeyRing
from tests.bot.commands.paperwork import ROOT, TODAY, roster
from tests.drills.attacker import Row, guesses, open_all, read_file
from tests.drills.canaries import Found, Search, account, cyrillic, files_under, spell_halves, spell_number
from tests.fakes import FakeClock
from tests.storage.samples import DAY, MOMENT, make_case, make_talk
from tests.storage.unsealed import UNSEALED

MODES = {"sealed": REAL_SEALS, "plain": UNSEALED, "unemptied": REAL_SEALS}
_AT_ONCE = 50
_SEARCHED = 60  # people whose words are looked for
_MARKER = 24
_FEW = 16  # people of a control: what more of them wrote later would hide what is left of the first
_TRIED = 2_000  # rows on which every key is tried
_LIFE = 91  # days, after which everything has had its time


@dataclass(frozen=True, slots=True)
class Teller:
    """Somebody who tells; account, name and story occur nowhere else."""

    number: int
    account: int
    name: str
    story: str

    @property
    def key(self) -> bytes:
        """Of their case, its sealed report and its letter."""
        return self.number.to_bytes(16, "big")

    @property
    def room(self) -> Room:
        """Their private chat."""
        return Room("telegram", str(self.account))


def make_tellers(mode: str, *, people: int, seed: int) -> list[Teller]:
    """The same people whenever they are asked for."""
    chance = random.Random(f"{mode}/{seed}")
    return [
        Teller(number, account(chance), name=cyrillic(chance), story=cyrillic(chance))
        for number in range(people)
    ]


def search_for(people: Iterable[Teller]) -> Search:
    """What they told, and their accounts."""
    some = list(people)[:_SEARCHED]
    return Search(
        {
            "account": {spelt for teller in some for spelt in spell_number(teller.account)},
            "name": {spelt for teller in some for spelt in spell_halves(teller.name)},
            "story": {spelt for teller in some for spelt in spell_halves(teller.story)},
        }
    )


@dataclass(frozen=True, slots=True)
class Disk:
    """One instance on the medium: its folder there, its day keys elsewhere, in memory."""

    folder: Path
    ring: KeyRing
    clock: FakeClock
    case_key: bytes
    seals: Seals

    @property
    def file(self) -> Path:
        """Its database."""
        return self.folder / "vestka.db"

    @property
    def url(self) -> str:
        """The same, as an address."""
        return f"sqlite+aiosqlite:///{self.file}"

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Store]:
        """The store, as the bot opens it."""
        opened = await Store.open(
            self.url,
            ring=self.ring,
            case_key=self.case_key,
            now=self.clock.now,
            new_id=partial(os.urandom, 16),
            seals=self.seals,
        )
        try:
            yield opened
        finally:
            await opened.close()

    def scan(self, search: Search) -> Counter[str]:
        """What the database's files hold: `vestka.db` and what lies beside it."""
        return by_canary(search.in_files(files_under(self.folder)))


def by_canary(found: Found) -> Counter[str]:
    """Hits by what was found, wherever it lay."""
    told: Counter[str] = Counter()
    for (_, canary), times in found.hits.items():
        told[canary] += times
    return told


async def _tell(unit: UnitOfWork, teller: Teller, readers: SealingSet) -> None:
    """A talk that goes on, a sealed report, and every other row that the two leave behind."""
    case = replace(make_case(), id=teller.key, code=f"T{teller.number}")
    await unit.talks.keep(make_talk(teller.room, word=teller.name))
    await unit.traces.note(teller.room, str(teller.account), mine=False, at=MOMENT)
    await unit.seen.mark("telegram", str(teller.account))
    payload = {"room": teller.room.id, "text": teller.story}
    await unit.outbox.put(Letter(teller.key, teller.room.id, 1, payload))
    await unit.letters.park(f"{teller.name} {teller.account}".encode(), "unreadable")
    await unit.cases.add(replace(case, history=(*case.history, Step(case.status, case.day, "m-01"))))
    await unit.cards.put(teller.key, CardPlace(Room("telegram", f"-100{teller.account}"), card="1"))
    body = json.dumps({"person": teller.name, "narrative": teller.story}).encode()
    sealed = seal(Kind.REPORT, body, object_id=teller.key, epoch=epoch_of(DAY), to=readers)
    await unit.objects.keep(sealed, case=teller.key, signature=bytes(64), day=DAY)


async def _go_on(unit: UnitOfWork, teller: Teller, readers: SealingSet) -> None:
    """The talk becomes longer: its draft before lies in freed pages from now on."""
    await unit.talks.keep(make_talk(teller.room, word=f"{teller.name} {teller.story}"))


async def _take_back(unit: UnitOfWork, teller: Teller, readers: SealingSet) -> None:
    """The teller stops and erases; their case is deleted by hand."""
    await unit.talks.drop(teller.room)
    await unit.traces.forget(teller.room, [str(teller.account)])
    await unit.outbox.done(teller.key)
    await unit.cases.delete(teller.key)


async def _sweep_only(disk: Disk) -> None:
    """The deletions of `Store.sweep`, without what it does to the log afterwards."""
    engine = make_engine(disk.url)
    disk.ring.turn(disk.clock.now())
    async with engine.connect() as connection:
        days = [keys.day for keys in disk.ring.days]
        log = partial(Audit, vault=Vault(disk.ring, disk.case_key, seals=disk.seals))
        await sweep(connection, disk.clock.now(), policy=Policy(), days=days, log=log)
    await engine.dispose()


def _mark(rows: Iterable[Row]) -> dict[str, set[bytes]]:
    """Slices of what was really written, by tier."""
    slices: dict[str, set[bytes]] = {}
    for row in rows:
        places = range(100, len(row.blob) - _MARKER, 1_000)
        slices.setdefault(row.tier, set()).update(row.blob[at : at + _MARKER] for at in places)
    return slices


async def live(disk: Disk, people: list[Teller], *, empty_log: bool) -> dict[str, Any]:
    """A whole life: everything is told, half is taken back, the rest has its time; what was found when."""
    readers = sealing_set(verify_roster(roster(), roots=[ROOT.public]), on=TODAY)
    crowds = [people[first : first + _AT_ONCE] for first in range(0, len(people), _AT_ONCE)]

    async def let(act: Any, every: int = 1) -> list[Row]:
        for crowd in crowds:
            await store.run_batch([partial(act, teller=one, readers=readers) for one in crowd[::every]])
        return read_file(disk.file)

    async with disk.store() as store:
        await store.sweep(disk.clock.now(), Policy())  # the week's rebuilding; later ones only empty the log
        rows = [*await let(_tell), *await let(_go_on)]
        markers = _mark(rows)
        search = Search(markers)
        told = {"kept": disk.scan(search), "rows": len(rows)}
        await let(_take_back, 2)
        told["taken_back"] = disk.scan(search)
        disk.clock.advance(days=_LIFE)
        await (store.sweep(disk.clock.now(), Policy()) if empty_log else _sweep_only(disk))
        told |= {"swept": disk.scan(search), "rows_left": len(read_file(disk.file))}
    keys = guesses([disk.case_key, *(half for day in disk.ring.days for half in (day.key, day.pepper))])
    some = rows[:: 1 + len(rows) // _TRIED]
    told["tried"], told["opened"] = (
        Counter(row.tier for row in some),
        Counter(row.tier for row in open_all(some, keys)),
    )
    return told | {"markers": {tier: [one.hex() for one in some] for tier, some in markers.items()}}


async def main(folder: Path, people: int, seed: int, *modes: str) -> dict[str, Any]:
    """One instance after the other; the day keys lie in memory, outside the medium."""
    told = {}
    with tempfile.TemporaryDirectory(prefix="vestka-shred-", dir="/dev/shm") as memory:
        for mode in modes:
            clock, home = FakeClock(), folder / mode
            home.mkdir()
            ring = KeyRing.open(Path(memory) / mode, now=clock.now(), allow_disk=True)
            disk = Disk(home, ring, clock, secrets.token_bytes(32), MODES[mode])
            few = people if mode == "sealed" else min(people, _FEW)
            tellers = make_tellers(mode, people=few, seed=seed)
            told[mode] = await live(disk, tellers, empty_log=mode != "unemptied")
    os.sync()
    return told


if __name__ == "__main__":
    where, how_many, drawn_by, *which = sys.argv[1:]
    json.dump(asyncio.run(main(Path(where), int(how_many), int(drawn_by), *which)), sys.stdout)
