"""The audit log's rows: what was done, in one chain, sealed under the operator's key and all of one size.

Jobs only note what they do; the chain is made when everything is written (`Rows.last`), inside the
transaction and behind the turn that only one writer has. So it has no gaps where a job was dropped, and it
stays one chain however many workers write. A row's id is a keyed hash of its place: the order shows nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

import msgspec
import sqlalchemy as sa

from storage.rows import Changes, Key, Row, Rows
from storage.sealing.audit import AUDIT_START, AuditEntry, Event, Head, hash_id
from storage.speech import Wanted
from storage.tables import audit, heads, objects
from storage.vault import Vault

FOUND = "found"
"""What is said of an object that was there before the log."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Said:
    """The log's last word on the moderators' room: `what` it became, "" for nothing yet.

    `about` is the hash of the id which that change has. `torn`: the log does not end where
    it says it does, or the entry is gone or altered. `size`: how long the log was before this transaction.
    """

    what: str = ""
    about: bytes = b""
    size: int = 0
    torn: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """The log's last word on who is on duty: pseudonyms, none for everybody; the rest is as in `Said`."""

    names: tuple[str, ...] = ()
    size: int = 0
    torn: bool = False


class Linked(msgspec.Struct, frozen=True, array_like=True):
    """An entry as it lies in its row, with the head that it makes."""

    number: int
    event: str
    what: str
    day: int  # of our era
    about: bytes
    by: str
    policy: int
    head: bytes

    @property
    def entry(self) -> AuditEntry:
        """The entry; raises ValueError where it cannot be one."""
        return AuditEntry(
            self.number,
            Event(self.event),
            date.fromordinal(self.day),
            about=self.about,
            by=self.by,
            what=self.what,
            policy=self.policy,
        )


class _Place(msgspec.Struct, frozen=True, array_like=True):
    """The row of the head; `guard` is the number of the last entry about the moderators' room.

    From `first` to `last` the newest list of who is on duty stands; 0 where there never was one.
    """

    size: int = 0
    hash: bytes = AUDIT_START
    guard: int = 0
    first: int = 0
    last: int = 0

    @property
    def head(self) -> Head:
        """The end of the chain."""
        return Head(self.size, self.hash)


_write = msgspec.msgpack.encode
_read = msgspec.msgpack.Decoder(Linked).decode
_read_place = msgspec.msgpack.Decoder(_Place).decode


class Audit:
    """The log, as one transaction sees and prolongs it. `policy` is the serial of the roster obeyed."""

    def __init__(self, rows: Rows, vault: Vault, *, policy: int = 0) -> None:
        self._rows = rows
        self._vault = vault
        self._policy = policy
        self._numbers = count()
        rows.last = self._link

    def note(self, event: Event, about: bytes = b"", *, by: str = "", what: str = "") -> None:
        """Have this in the log, if what the job does is kept.

        `about` is the id of an object, a case or an approval: its hash is kept. No text of a person fits.

        :raises ValueError: `by` is no pseudonym, or `what` no word of a closed list.
        """
        day, about = self._vault.ring.today.day, hash_id(about)
        entry = AuditEntry(1, event, day, about=about, by=by, what=what, policy=self._policy)
        self._rows.put(audit, {"id": next(self._numbers).to_bytes(8, "big"), "entry": entry})

    async def begin(self) -> None:
        """Where there is no log yet, one begins, with the objects that are there already."""
        if await self.is_there():
            return
        for key in sorted(await self._rows.keys(objects, sa.true())):
            assert isinstance(key, bytes)  # noqa: S101  (as that table's keys are)
            self.note(Event.SEAL, key, what=FOUND)

    async def is_there(self) -> bool:
        """Whether a log lies where this case key puts it."""
        return bool(await self._rows.look(audit, [self._vault.tag_place(0)]))

    async def head(self) -> Head:
        """The log's end before this transaction. An altered one counts as none: `verify` will tell."""
        return (await self._place()).head

    async def said_of_guard(self) -> Said:
        """What became of the moderators' room last, by what was noted before and by what jobs note now.

        No row says it beside the log: whoever writes to the database without the keys cannot change it.
        """
        place = await self._place()
        noted = [row["entry"] for row in self._rows.changed(audit)]
        for entry in reversed(noted):
            if entry.event is Event.GUARD:
                return Said(entry.what, entry.about, place.size)
        torn = (await self.said_of_duty()).torn
        if torn or not place.guard:
            return Said(size=place.size, torn=torn)
        (last,) = await read_entries(self._rows, self._vault, [place.guard])
        if last is None or last.event != Event.GUARD:
            return Said(size=place.size, torn=True)
        return Said(last.what, last.about, place.size)

    async def said_of_duty(self) -> Duty:
        """Who is on duty, by what was noted before and by what jobs note now; kept nowhere else."""
        place = await self._place()
        noted = _last_list([row["entry"] for row in self._rows.changed(audit)])
        if noted:
            return Duty(tuple(one.by for one in noted if one.by), place.size)
        numbers = range(place.first, place.last + 1) if place.last else range(0)
        beyond, *found = await read_entries(self._rows, self._vault, [place.size + 1, *numbers])
        there = [one for one in found if one is not None and one.event == Event.DUTY]
        if beyond is not None or len(there) < len(numbers):
            return Duty(size=place.size, torn=True)
        return Duty(tuple(one.by for one in there if one.by), place.size)

    async def cut_off(self) -> None:
        """Let the log go on from where its end says it is, though there is more: somebody put the end back.

        Heads that were posted before tell of it for ever.
        """
        size = (await self.head()).size
        for start in count(size + 1, _AT_ONCE):
            places = [self._vault.tag_place(number) for number in range(start, start + _AT_ONCE)]
            beyond = await self._rows.look(audit, places)
            if not beyond:
                return
            for row in beyond:
                self._rows.drop(audit, row["id"])

    async def _place(self) -> _Place:
        row = await self._rows.get(audit, self._vault.tag_place(0))
        return read_place(self._vault, [row] if row else [])

    def wanted(self) -> Wanted:
        """What every entry looks for."""
        return audit.c.id, [self._vault.tag_place(0)]

    async def tells(self, event: Event, about: bytes, *, what: str, since: int) -> bool:
        """Whether an entry after number `since` says this."""
        wanted = (event, what, hash_id(about))
        size = (await self.head()).size
        for start in range(since + 1, size + 1, _AT_ONCE):
            numbers = range(start, min(start + _AT_ONCE, size + 1))
            found = await read_entries(self._rows, self._vault, numbers)
            if any(one is not None and (one.event, one.what, one.about) == wanted for one in found):
                return True
        return False

    def keep_head(self, note: str, day: date) -> None:
        """This signed head was posted on that day."""
        self._rows.put(heads, {"id": self._vault.tag_day(day), "day": day, "note": note.encode()})

    async def posted_head(self, day: date) -> str:
        """The signed head that was made for that day; "" if there is none."""
        row = await self._rows.get(heads, self._vault.tag_day(day))
        return row["note"].decode() if row else ""

    async def _link(self, changes: Changes) -> Changes:
        """What jobs noted, as rows of the chain."""
        wanted = changes.get(audit.name, {})
        noted = [row["entry"] for row in wanted.values() if row is not None]
        if not noted:
            return changes
        gone: dict[Key, Row | None] = {key: None for key, row in wanted.items() if row is None}
        before, rows = await self._place(), []
        head, after = before.head, before
        listed = _last_list(noted)
        for one in noted:
            row, head = self._prolong(head, one)
            after = _point(after, head.size, one, starts=bool(listed) and one is listed[0])
            rows.append(row)
        place = self._vault.tag_place(0)
        self._rows.forget(audit, place)
        body = _write(msgspec.structs.replace(after, size=head.size, hash=head.hash))
        rows.append({"id": place, "blob": self._vault.seal_entry(body, place=place)})
        return {**changes, audit.name: {**gone, **{row["id"]: row for row in rows}}}

    def _prolong(self, head: Head, noted: AuditEntry) -> tuple[Row, Head]:
        entry = replace(noted, number=head.size + 1)
        after = Head(entry.number, entry.follow(head.hash))
        place = self._vault.tag_place(entry.number)
        return {
            "id": place,
            "blob": self._vault.seal_entry(_write(link(entry, after.hash)), place=place),
        }, after


def _last_list(noted: Sequence[AuditEntry]) -> list[AuditEntry]:
    """The entries of the last duty list among these: they tell of one decision, and stand together."""
    lists = [one for one in noted if one.event is Event.DUTY]
    return [one for one in lists if one.about == lists[-1].about]


def _point(place: _Place, number: int, entry: AuditEntry, *, starts: bool) -> _Place:
    """Where the log's last word stands, when this entry has that number."""
    if entry.event is Event.GUARD:
        return msgspec.structs.replace(place, guard=number)
    if entry.event is Event.DUTY:
        return msgspec.structs.replace(place, first=number if starts else place.first, last=number)
    return place


def link(entry: AuditEntry, head: bytes) -> Linked:
    """The entry as it lies in its row."""
    return Linked(
        entry.number,
        entry.event,
        entry.what,
        entry.day.toordinal(),
        entry.about,
        entry.by,
        entry.policy,
        head,
    )


def read_place(vault: Vault, rows: Sequence[Row]) -> _Place:
    """The head in its row; the start of a chain where there is none, or one that does not open."""
    bodies = [vault.open_entry(row["blob"], place=row["id"]) for row in rows]
    return _Place() if not bodies or bodies[0] is None else _read_place(bodies[0])


async def read_entries(rows: Rows, vault: Vault, numbers: Sequence[int]) -> list[Linked | None]:
    """The entries with these numbers; None where one is missing, altered or in another's place."""
    places = {vault.tag_place(number): number for number in numbers}
    found: dict[int, Linked] = {}
    for row in await rows.look(audit, list(places)):
        body = vault.open_entry(row["blob"], place=row["id"])
        linked = _read(body) if body is not None else None
        if linked is not None and linked.number == places[row["id"]]:
            found[linked.number] = linked
    return [found.get(number) for number in numbers]
