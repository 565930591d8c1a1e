"""Seizure: whoever takes the machine at any moment finds no word, no name, no account, no token, and no key.

Two ways to get at moments: the true program is killed with SIGKILL while people type, and a conversation is
left after each of its steps. Every file that the program ever touched is searched each time, its logs at
DEBUG and every byte that it wrote included; then every key of the server is tried on every sealed object.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from storage.sealing import Identity
from tests.drills.attacker import can_open, guesses, read_file, read_server
from tests.drills.databases import Place, own_database
from tests.drills.drill import Drill, Outcome, Show, Size, Sizes
from tests.drills.evidence import Evidence
from tests.drills.steps import walk
from tests.drills.traced import can_trace
from tests.drills.traced_lives import Lives
from tests.drills.witnesses import Witness, make_token
from tests.rig import telegram

_ENOUGH = 0.8  # of the states must be hit when nothing is sealed


@dataclass
class Objects:
    """How many sealed objects there were, and whom they opened for."""

    seen: int = 0
    opened_by_readers: int = 0
    tries_by_server: int = 0
    opened_by_server: int = 0
    missing: list[str] = field(default_factory=list)

    def try_all(self, objects: Iterable[bytes], readers: dict[str, Identity], secrets: list[bytes]) -> None:
        """Every holder's key must open every object; nothing made of the server's secrets may."""
        server = [Identity.from_seed(key) for key in guesses(secrets)]
        for data in objects:
            closed = [name for name, identity in readers.items() if not can_open(data, identity)]
            self.seen += 1
            self.opened_by_readers += not closed
            self.missing += closed
            self.tries_by_server += len(server)
            self.opened_by_server += sum(can_open(data, identity) for identity in server)


def _kept(secrets: list[bytes], readers: dict[str, Identity], *, plain: bool) -> list[bytes]:
    """What the server has; in the control also the key of one reader, which must be found out."""
    return [*secrets, next(iter(readers.values())).seed] if plain else secrets


async def _objects(place: Place, file: Path) -> list[bytes]:
    rows = await read_server(place.dsn) if place.url else await asyncio.to_thread(read_file, file)
    return [row.blob for row in rows if row.table == "objects"]


def _share(items: list[Any], parts: int) -> list[list[Any]]:
    """Cut into so many pieces, one after the other; the last may be shorter."""
    size = -(-len(items) // parts)
    return [items[first : first + size] for first in range(0, len(items), size)]


def _kill_often(lives: Lives, kills: int, show: Show) -> Evidence:
    """Kill so often while witnesses type all their lines, one witness after the other."""
    crowd = [Witness.make(lives.chance) for _ in range(-(-kills // len(Witness.make(lives.chance).lines)))]
    for one in crowd:
        lives.rig.ask("person", name=one.name, id=one.account, username=one.username)
    evidence = lives.evidence(crowd)
    lines = [(one, line) for one in crowd for line in one.lines]
    parts = _share(lines, kills)
    for number, part in enumerate(show.each(parts, "lives", total=len(parts))):
        lives.live(part, evidence, aloud=number % 2 == 0)
    if not lives.plain:
        evidence.look_once(lives.others)
    return evidence


async def _killed(
    folder: Path, place: Place, *, kills: int, seed: str, show: Show
) -> tuple[Evidence, Objects]:
    """All states of the true program."""
    objects, chance = Objects(), random.Random(seed)
    with telegram("--token", make_token(chance)) as rig:
        lives = Lives(folder, rig, chance, plain="plain" in seed, place=place)
        evidence = await asyncio.to_thread(_kill_often, lives, kills, show)
        found = await _objects(place, lives.papers.home / "vestka.db")
        kept = _kept(lives.secrets, lives.readers, plain=lives.plain)
        await asyncio.to_thread(objects.try_all, found, lives.readers, kept)
    return evidence, objects


async def _left(folder: Path, place: Place, *, seed: str) -> tuple[Evidence, Objects]:
    """All states of one conversation in this process."""
    plain = "plain" in seed
    told = await walk(folder, random.Random(seed), plain=plain, place=place)
    objects = Objects()
    found = await _objects(place, folder / "vestka.db")
    kept = _kept(told.secrets, told.readers, plain=plain)
    await asyncio.to_thread(objects.try_all, found, told.readers, kept)
    return told.evidence, objects


@dataclass
class Haul:
    """All states with the protection on, or off."""

    killed: Evidence
    left: list[Evidence]
    objects: list[Objects]

    @property
    def all(self) -> list[Evidence]:
        """Every search."""
        return [self.killed, *self.left]

    @property
    def states(self) -> int:
        """How many moments were looked at."""
        return sum(one.states for one in self.all)

    @property
    def states_hit(self) -> int:
        """How many of them showed something."""
        return sum(one.states_hit for one in self.all)

    @property
    def opened_by_server(self) -> int:
        """How many sealed objects opened with something that the server has."""
        return sum(one.opened_by_server for one in self.objects)

    def figures(self) -> dict[str, Any]:
        """As they are printed."""
        return {
            "states_killed": self.killed.states,
            "states_left": sum(one.states for one in self.left),
            "states_hit": self.states_hit,
            "files_searched": sum(one.found.files + one.runtime.files for one in self.all),
            "bytes_searched": sum(one.found.bytes + one.runtime.bytes for one in self.all),
            "bytes_written_searched": sum(one.written.bytes for one in self.all),
            "hits": sum(one.found.total + one.written.total for one in self.all),
            "hits_in_the_runtime_directory": sum(one.runtime.total for one in self.all),
            "sealed_objects": sum(one.seen for one in self.objects),
            "opened_by_every_reader": sum(one.opened_by_readers for one in self.objects),
            "keys_of_the_server_tried": sum(one.tries_by_server for one in self.objects),
            "opened_by_the_server": self.opened_by_server,
        }


@dataclass(frozen=True, slots=True)
class Run:
    """One protection: where it is tried, and how often."""

    name: str  # sealed or plain
    folder: Path
    sizes: Sizes
    share: int = 1  # one of so many

    @property
    def seed(self) -> str:
        """Of its people and their words."""
        return f"{self.name}/{self.sizes.seed}"

    def times(self, size: str) -> int:
        """How often."""
        return -(-self.sizes[size] // self.share)

    async def kill(self, show: Show) -> tuple[Evidence, Objects]:
        """The true program."""
        async with own_database(self.sizes.database) as place:
            kills, folder = self.times("kills"), self.folder / self.name
            return await _killed(folder, place, kills=kills, seed=self.seed, show=show)

    async def leave(self, show: Show) -> list[tuple[Evidence, Objects]]:
        """Conversations in this process."""
        found = []
        for number in show.each(range(self.times("stories")), f"{self.name} stories"):
            async with own_database(self.sizes.database) as place:
                folder = self.folder / f"{self.name}-{number}"
                found.append(await _left(folder, place, seed=f"{self.seed}/{number}"))
        return found


async def _take(sealed: Run, plain: Run, show: Show) -> list[Haul]:
    """The programs at the same time, the conversations after one another: they share a log."""
    killed = await asyncio.gather(sealed.kill(show), plain.kill(Show(silent=True)))
    left = [await run.leave(show) for run in (sealed, plain)]
    return [
        Haul(first, [one for one, _ in more], [objects, *(one for _, one in more)])
        for (first, objects), more in zip(killed, left, strict=True)
    ]


def _judge(sealed: Haul, plain: Haul) -> Outcome:
    missing = sorted({name for one in sealed.objects for name in one.missing})
    faults = [f"found: {hit}" for one in sealed.all for hit in one.hits]
    faults += [f"an object does not open for {name}" for name in missing]
    if not all(one.seen for one in sealed.objects):
        faults.append("nothing was sealed")
    if sealed.opened_by_server:
        faults.append("an object opens with a key of the server")
    figures = sealed.figures() | {"every_call_traced": can_trace()}
    control = plain.figures() | {"share_of_states_hit": round(plain.states_hit / plain.states, 3)}
    fired = plain.states_hit >= _ENOUGH * plain.states and plain.figures()["hits"] > 0
    fired = fired and plain.opened_by_server > 0
    return Outcome(figures, faults, control=control, fired=fired)


async def hold(sizes: Sizes, show: Show) -> Outcome:
    """With sealing; then without it, a reader's key lying about, half as often, in the same ways."""
    with tempfile.TemporaryDirectory(prefix="vestka-seizure-") as name:
        runs = Run("sealed", Path(name), sizes), Run("plain", Path(name), sizes, share=2)
        return _judge(*await _take(*runs, show))


DRILL = Drill(
    "seizure",
    "Whoever takes the machine at any moment finds no word, name, account, token or key in any file.",
    {
        "kills": Size(2, 200, "lives of the true program, each ended with SIGKILL"),
        "stories": Size(1, 50, "conversations that are looked at after every step"),
    },
    hold,
)
