"""Whoever changes, drops, moves or cuts off entries of the audit log is found out, one entry after the other.

Two of them: one can write to the database and knows no secret; the other has every key of the server, and
writes the rest of the log anew so that it follows. Against the second only a head helps that somebody kept.
"""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import msgspec
import sqlalchemy as sa

from storage.audit import Linked, read_entries
from storage.auditing import Chain, Posted, verify
from storage.commits import Job
from storage.rows import Rows
from storage.sealing import SigningKey
from storage.sealing.audit import AUDIT_START, Event, Head
from storage.store import REAL_SEALS, Store
from storage.tables import audit
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault
from storage.volatile import KeyRing
from tests.drills.databases import own_database
from tests.drills.drill import Drill, Outcome, Show, Size, Sizes
from tests.fakes import CountingIds, FakeClock
from tests.storage.samples import make_sealed
from tests.storage.whole import connected

CASE_KEY = bytes(range(32))
PUBLIC = SigningKey.from_seed(bytes(32)).public
SAMPLED = 8  # entries that the writer of the database touches, each in every way
Log = list[Linked]
Way = Callable[[Log, int], Log]
Stored = list[dict[str, bytes]]


@dataclass(frozen=True)
class Kept:
    """A log as its bot left it: the rows, and what they say to whoever has the keys."""

    url: str
    vault: Vault
    rows: Stored
    log: Log

    @property
    def head(self) -> Posted:
        """What was posted in the end."""
        return Posted(self.log[-1].head)


async def fill(url: str, entries: int, chance: random.Random, folder: Path) -> Kept:
    """A bot's days: objects come, are posted, replaced and go; moderators act; some jobs fail half way."""
    clock, runtime = FakeClock(), folder / "runtime"
    runtime.mkdir(mode=0o700)
    ring = KeyRing.open(runtime, now=clock.now(), allow_disk=True)
    store = await Store.open(url, ring=ring, case_key=CASE_KEY, now=clock.now, new_id=CountingIds(), policy=3)
    try:
        for number in range(1, entries // 6 + 2):
            jobs: list[Job] = [partial(_work, number), _fail, partial(_act, chance.randrange(1, 9))]
            await store.run_batch(jobs)
            clock.advance(hours=1)
    finally:
        await store.close()
    vault = Vault(ring, CASE_KEY, seals=REAL_SEALS)
    async with connected(url) as connection:
        found = (await connection.execute(sa.select(audit))).mappings().all()
        log = await read_entries(Rows(connection), vault, range(1, len(found)))
        await connection.rollback()
    return Kept(url, vault, [dict(row) for row in found], [one for one in log if one is not None])


async def _work(number: int, unit: UnitOfWork) -> None:
    old, new = make_sealed(2 * number), make_sealed(2 * number + 1)
    day = FakeClock().now().date()
    await unit.objects.keep(old, case=None, signature=bytes(64), day=day)
    await unit.objects.keep(new, case=None, signature=bytes(64), day=day)
    await unit.objects.delete(old.object_id, replaced=True)
    unit.audit.note(Event.FORWARD, new.object_id)


async def _fail(unit: UnitOfWork) -> None:
    unit.audit.note(Event.ACT, b"never kept", by="m-01", what="claim")
    raise KeyError("a job that fails leaves no gap")


async def _act(member: int, unit: UnitOfWork) -> None:
    unit.audit.note(Event.ACT, os.urandom(16), by=f"m-0{member}", what="claim")
    unit.audit.note(Event.APPROVAL, os.urandom(16), by=f"m-0{member}", what="agreed")


# What can be done to a log by somebody with every key ---------------------------------------------------


def flip(log: Log, at: int) -> Log:
    """Another hash in the place of one."""
    return _anew([*log[:at], msgspec.structs.replace(log[at], about=bytes(32)), *log[at + 1 :]], at)


def drop(log: Log, at: int) -> Log:
    """One entry less."""
    return _anew([*log[:at], *log[at + 1 :]], at)


def swap(log: Log, at: int) -> Log:
    """It and the next one change places."""
    return _anew([*log[:at], *reversed(log[at : at + 2]), *log[at + 2 :]], at)


def cut(log: Log, at: int) -> Log:
    """Everything from here on is gone."""
    return log[:at]


def _anew(log: Log, at: int) -> Log:
    """The same entries, numbered and chained anew from there on."""
    head = log[at - 1].head if at else AUDIT_START
    for number in range(at, len(log)):
        entry = replace(log[number].entry, number=number + 1)
        head = entry.follow(head)
        log[number] = msgspec.structs.replace(log[number], number=number + 1, head=head)
    return log


WAYS: tuple[Way, ...] = (flip, drop, swap, cut)


def touched(log: Log) -> list[tuple[Way, int]]:
    """Every way for every entry; the last one has no next to change places with."""
    return [(way, at) for at in range(len(log)) for way in WAYS if way is not swap or at + 1 < len(log)]


def is_seen(log: Log, *posted: Posted) -> bool:
    """Whether going through the log finds anything; without `posted`, by what lies there alone."""
    chain = Chain(frozenset(), posted)
    for linked in log:
        chain.read(linked)
    chain.end(Head(len(log), log[-1].head if log else AUDIT_START))
    return any(flaw.fault != "lost" for flaw in chain.flaws)


def is_seen_without_a_chain(log: Log) -> bool:
    """What is left when nobody looks at hashes: numbers that are not in order."""
    return [one.number for one in log] != list(range(1, len(log) + 1))


# What can be done by somebody with the database alone ---------------------------------------------------


def spoil(kept: Kept, way: Way, at: int) -> Stored:
    """The rows after that; the row of the head cannot be made anew, only left as it is."""
    places = [kept.vault.tag_place(number) for number in range(1, len(kept.log) + 1)]
    rows = {row["id"]: row["blob"] for row in kept.rows}
    mine = places[at]
    if way is flip:
        rows[mine] = bytes([*rows[mine][:80], rows[mine][80] ^ 1, *rows[mine][81:]])
    elif way is swap:
        rows[mine], rows[places[at + 1]] = rows[places[at + 1]], rows[mine]
    else:
        for place in places[at : at + 1] if way is drop else places[at:]:
            del rows[place]
    return [{"id": place, "blob": blob} for place, blob in rows.items()]


async def put(url: str, rows: Stored) -> None:
    """The table holds just this."""
    async with connected(url) as connection, connection.begin():
        await connection.execute(sa.delete(audit))
        await connection.execute(sa.insert(audit), rows)


async def count_unseen(kept: Kept, touched: Sequence[tuple[Way, int]], show: Show) -> int:
    """How many times somebody with the database alone is not found out; without any old head."""
    unseen = 0
    for way, at in show.each(touched, "Spoiling rows"):
        await put(kept.url, spoil(kept, way, at))
        report = await verify(kept.url, case_key=CASE_KEY, public=PUBLIC)
        unseen += not report.flaws
    await put(kept.url, kept.rows)
    return unseen


def rewrite(kept: Kept, show: Show) -> dict[str, int]:
    """What is not seen of everything that somebody with every key can do, and how."""
    unseen = {"with_every_key": 0, "without_a_chain": 0, "without_an_old_head": 0}
    for way, at in show.each(touched(kept.log), "Writing anew"):
        log = way(list(kept.log), at)
        unseen["with_every_key"] += not is_seen(log, kept.head)
        unseen["without_a_chain"] += not is_seen_without_a_chain(log)
        unseen["without_an_old_head"] += not is_seen(log)
    return unseen


async def hold(sizes: Sizes, show: Show) -> Outcome:
    """A log, both of them, and the control."""
    with tempfile.TemporaryDirectory(prefix="vestka-audit-") as name:
        async with own_database(sizes.database) as place:
            url = place.url or f"sqlite+aiosqlite:///{Path(name) / 'vestka.db'}"
            kept = await fill(url, sizes["entries"], random.Random(sizes.seed), Path(name))
            honest = await verify(kept.url, case_key=CASE_KEY, public=PUBLIC, since=kept.head)
            every = max(1, len(kept.log) // SAMPLED)
            sample = [(way, at) for way, at in touched(kept.log) if at % every == 0]
            database = await count_unseen(kept, sample, show)
    unseen = await asyncio.to_thread(rewrite, kept, show)
    bytes_of = {len(row["id"]) + len(row["blob"]) for row in kept.rows}
    wrong = {
        "unseen_with_the_database": database,
        "unseen_with_every_key": unseen.pop("with_every_key"),
        "flaws_of_the_honest_log": len(honest.flaws),
        "entries_of_another_size": len(bytes_of) - 1,
    }
    tried = {"tried_with_the_database": len(sample), "tried_with_every_key": len(touched(kept.log))}
    figures = {"entries": len(kept.log), "bytes_of_an_entry": max(bytes_of), **tried, **wrong}
    faults = [f"{words}: {number}" for words, number in wrong.items() if number]
    return Outcome(figures, faults, control=unseen, fired=all(unseen.values()))


DRILL = Drill(
    "audit",
    "No entry of the audit log is changed, dropped, moved or cut off without being found out.",
    {"entries": Size(90, 1_000, "entries of the log, each touched in four ways")},
    hold,
)
