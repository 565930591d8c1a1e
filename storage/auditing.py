"""Going through the whole audit log: does every entry follow, and is everything there that it tells of?

Nothing is changed. The log is read in the order of its places, a few hundred rows at a time: what is in
memory does not grow with it, but for one hash for each object that is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.audit import FOUND, Linked, read_entries, read_place
from storage.cards import open_place
from storage.errors import DatabaseUnreachable
from storage.migrate import list_revisions, read_revision
from storage.rows import Rows
from storage.sealing.audit import AUDIT_START, Event, Head, hash_id, read_head
from storage.sealing.errors import BadSignature
from storage.survey import ask, file_of
from storage.tables import audit, cards, heads, objects
from storage.vault import Seals, Vault
from storage.volatile import KeyRing

Watch = Callable[[int, int], None]
"""Told how many entries of how many were read."""
AT_ONCE = 500


class Fault(StrEnum):
    """What can be wrong with a log."""

    MISSING = "missing"  # an entry is not there, altered, or lies in another's place
    CHAIN = "chain"  # an entry does not follow from the one before
    CUT = "cut"  # the log's own end is not what its last entry makes
    BEYOND = "beyond"  # there are rows that do not belong to the log
    SIGNATURE = "signature"  # a posted head that lies here is not signed by this server
    REWRITTEN = "rewritten"  # the log is not the one that a posted head tells of
    SINCE = "since"  # the same, about the head that was given
    UNSEALED = "unsealed"  # an object has no entry
    UNTOLD = "untold"  # an object was posted, and no entry says so
    LOST = "lost"  # an object is gone without an entry
    RETURNED = "returned"  # an object is there that went


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong; `number` is that of an entry, `day` that of a posted head."""

    fault: Fault
    number: int = 0
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What going through found."""

    entries: int
    objects: int
    heads: int
    end: Head
    flaws: Sequence[Flaw]


@dataclass(frozen=True, slots=True)
class Posted:
    """A head that somebody kept: its hash (32 bytes), and the day of those that lie here."""

    hash: bytes
    day: date | None = None


@dataclass(slots=True)
class Chain:
    """The chain as far as it was read; `there` are hashes of the ids of the objects that are there.

    `sealed` are those that it says are there. `untold` are those that lie in the group by the places of the
    cards, as long as no entry said that they were posted.
    """

    there: frozenset[bytes] = frozenset()
    posted: Iterable[Posted] = ()
    untold: set[bytes] = field(default_factory=set)
    size: int = 0
    hash: bytes | None = AUDIT_START
    sealed: set[bytes] = field(default_factory=set)
    returned: set[bytes] = field(default_factory=set)
    flaws: list[Flaw] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.posted = {one for one in self.posted if not self._is_met(one)}

    def read(self, linked: Linked | None) -> None:
        """The next entry; None where it is missing. After a gap the next one is believed to follow."""
        self.size += 1
        if linked is None:
            self.hash = None
            self.flaws.append(Flaw(Fault.MISSING, self.size))
            return
        if not self._follows(linked):
            self.flaws.append(Flaw(Fault.CHAIN, self.size))
        self.hash = linked.head
        self._count(linked)
        if self.posted:
            self.posted = {one for one in self.posted if not self._is_met(one)}

    def end(self, head: Head) -> None:
        """There are no more entries, and this is the log's own end."""
        if Head(self.size, self.hash or b"") != head:
            self.flaws.append(Flaw(Fault.CUT, self.size))
        for one in sorted(self.posted, key=lambda one: (one.day or date.min, one.hash)):
            fault = Fault.SINCE if one.day is None else Fault.REWRITTEN
            self.flaws.append(Flaw(fault, day=one.day))
        self.flaws += [Flaw(Fault.RETURNED)] * len(self.returned)
        self.flaws += [Flaw(Fault.UNSEALED)] * len(self.there - self.sealed - self.returned)
        self.flaws += [Flaw(Fault.LOST)] * len(self.sealed - self.there)
        self.flaws += [Flaw(Fault.UNTOLD)] * len(self.untold)

    def _follows(self, linked: Linked) -> bool:
        try:
            after = linked.entry.follow(self.hash) if self.hash is not None else linked.head
        except ValueError:
            return False
        return linked.number == self.size and after == linked.head

    def _count(self, linked: Linked) -> None:
        if linked.event == Event.FORWARD or linked.what == FOUND:  # what was there before the log
            self.untold.discard(linked.about)
        if linked.event == Event.SEAL:
            self.sealed.add(linked.about)
        elif linked.event in (Event.DELETE, Event.REPLACE):
            self.sealed.discard(linked.about)
            if linked.about in self.there:
                self.returned.add(linked.about)

    def _is_met(self, one: Posted) -> bool:
        return one.hash == self.hash


async def verify(
    url: str, *, case_key: bytes, public: bytes, since: Posted | None = None, watch: Watch | None = None
) -> Report:
    """Go through the log beside a running bot, as it is at one moment.

    `public` is the server's signing key, for the heads that lie here; `since` is a head that somebody kept.

    :raises DatabaseUnreachable: it cannot be opened or read, or holds no log yet.
    """
    file = file_of(url)
    if file is not None and not file.exists():
        raise DatabaseUnreachable("There is no database yet, so there is no log. Start the bot first.")
    vault = Vault(KeyRing(Path(), warning=None, random=bytes), case_key, seals=Seals())

    async def look(connection: AsyncConnection) -> Report:
        await _hold_still(connection)
        if await connection.run_sync(read_revision) != list_revisions()[-1]:
            raise DatabaseUnreachable("There is no log in this database yet. Start the bot once, then look.")
        return await _go_through(connection, vault, public=public, since=since, watch=watch)

    return await ask(url, look)


async def _hold_still(connection: AsyncConnection) -> None:
    """One moment for everything that is read, however much is written meanwhile."""
    sqlite = connection.dialect.name == "sqlite"
    await connection.exec_driver_sql("BEGIN" if sqlite else "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


async def _go_through(
    connection: AsyncConnection, vault: Vault, *, public: bytes, since: Posted | None, watch: Watch | None
) -> Report:
    rows = Rows(connection)
    lying = (await connection.execute(sa.select(heads.c.day, heads.c.note))).all()
    posted = [_read_posted(day, note, public) for day, note in lying]
    there = frozenset(map(hash_id, (await connection.execute(sa.select(objects.c.id))).scalars()))
    kept = [one for one in posted if isinstance(one, Posted)]
    chain = Chain(there, [*kept, *([since] if since else [])], await _find_posted(connection, vault))
    chain.flaws += [one for one in posted if isinstance(one, Flaw)]
    head = read_place(vault, await rows.look(audit, [vault.tag_place(0)])).head
    for start in range(1, head.size + 1, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, head.size + 1))
        for linked in await read_entries(rows, vault, numbers):
            chain.read(linked)
        if watch is not None:
            watch(chain.size, head.size)
    chain.flaws += [Flaw(Fault.BEYOND)] * await _count_beyond(connection, vault, chain)
    chain.end(head)
    return Report(head.size, len(there), len(kept), head, tuple(chain.flaws))


async def _find_posted(connection: AsyncConnection, vault: Vault) -> set[bytes]:
    """The hashes of the ids of all objects that lie in the group, as far as the places of the cards tell."""
    rows = (await connection.execute(sa.select(cards.c.case_id, cards.c.blob))).mappings()
    places = (open_place(vault, dict(row)) for row in rows)
    return {hash_id(key) for place in places if place is not None for key in place.objects}


async def _count_beyond(connection: AsyncConnection, vault: Vault, chain: Chain) -> int:
    """How many rows there are beside the head and the entries that were read."""
    others = sa.select(sa.func.count()).select_from(audit).where(audit.c.id != vault.tag_place(0))
    missing = sum(flaw.fault is Fault.MISSING for flaw in chain.flaws)
    return max(0, int((await connection.execute(others)).scalar_one()) - (chain.size - missing))


def _read_posted(day: date, note: bytes, public: bytes) -> Posted | Flaw:
    """A head that lies here, unless it is not this server's, or of another day than it stands under."""
    try:
        head, told = read_head(public, note.decode())
    except (BadSignature, ValueError):
        return Flaw(Fault.SIGNATURE, day=day)
    return Posted(head, day) if told == day else Flaw(Fault.SIGNATURE, day=day)
