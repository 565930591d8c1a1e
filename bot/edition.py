"""One digest in the making: part by part, so that neither memory nor anybody's patience grows with the day.

Cases are looked through a few at a time. Then each part is fetched, sealed in a thread, kept, and let go
before the next. Nothing is queued before the last part is kept; whoever begins anew removes what is left of a
draft. What changes meanwhile is told by the next digest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from hashlib import sha256

from bot.instance import Instance
from handlers.sharing.bundle import (
    LIMIT,
    SIGNED_AS,
    Bundle,
    Entry,
    ObjectEntry,
    Outline,
    fill_entries,
    write_bundle,
)
from storage.outbox import Letter
from storage.sealing import REPORTS, Kind, Sealed, epoch_of, seal, sign_head, sign_seal
from storage.unit_of_work import UnitOfWork

DIGEST = "digest"
_NONE = "none"
PRIORITY = 60
_AT_ONCE = 100  # cases in one transaction: everybody else waits for its end

Objects = dict[bytes, tuple[ObjectEntry, ...]]
"""Reports, notes and answers, by case."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Parts that are kept but not queued yet. `token` (16 random bytes) and their number name them all."""

    token: bytes = field(repr=False)
    parts: int

    @classmethod
    def read(cls, word: str | None) -> Draft | None:
        """From its mark."""
        if word is None or word == _NONE:
            return None
        token, parts = word.split()
        return cls(bytes.fromhex(token), int(parts))

    @property
    def word(self) -> str:
        """Its mark."""
        return f"{self.token.hex()} {self.parts}"

    def id_of(self, number: int) -> bytes:
        """The id of a part's object, 16 bytes."""
        return sha256(self.token + number.to_bytes(4, "big")).digest()[:16]

    @property
    def ids(self) -> list[bytes]:
        """Of all parts, in their order."""
        return [self.id_of(number) for number in range(1, self.parts + 1)]


async def _costs_nothing(_uow: UnitOfWork) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Issue:
    """What is made: the day's digest, or something of the same form. Files are called after `name`.

    `draft` is the mark of what lies on the disk of it unfinished. `mark` is set to the day once all parts are
    queued; `seen` is what it was when this began. `spend` is asked in that transaction whether they may be.
    """

    name: str
    draft: str
    mark: str
    seen: str | None
    spend: Callable[[UnitOfWork], Awaitable[bool]] = _costs_nothing


class Edition:
    """Makes the digest of `day`. `since` is the day of the last one that reached the room.

    Should somebody else finish or begin another one of the kind meanwhile, this one is given up. `limit`:
    bytes of a part.
    """

    def __init__(
        self,
        instance: Instance,
        day: date,
        *,
        since: str,
        issue: Issue,
        limit: int = LIMIT,
    ) -> None:
        self._instance = instance
        self._run = instance.store.run
        self._day = day
        self._outline = Outline(day.isoformat(), since, waiting=issue.name == DIGEST)
        self._issue = issue
        self._limit = limit
        self._log = ""  # the head of the audit log as the digest tells it

    async def make(self) -> None:
        """Look through the cases, make every part, queue them all.

        :raises KeepFailed: the database did not keep a part; the next attempt begins anew.
        """
        sizes: dict[bytes, int] = {}
        for some in _cut(await self._run(lambda uow: uow.cases.ids())):
            sizes |= await self._run(partial(self._look, some))
        groups = await asyncio.to_thread(self._outline.share_out, sizes, limit=self._limit)
        draft = Draft(self._instance.chance(16), len(groups))
        going_on = await self._run(partial(self._begin, draft))
        for number, entries in enumerate(groups, 1):
            going_on = going_on and await self._add(draft, number, entries)
        if going_on:
            await self._run(partial(self._finish, draft))

    async def _look(self, ids: Sequence[bytes], uow: UnitOfWork) -> dict[bytes, int]:
        """Count these cases; how long the objects of those are that will be told."""
        cases = await uow.cases.those(ids)
        return await uow.objects.lengths([case.id for case in cases if self._outline.add(case)])

    async def _begin(self, draft: Draft, uow: UnitOfWork) -> bool:
        """Remove what another attempt has left; False where one has been finished since we looked."""
        issue = self._issue
        if await uow.marks.get(issue.mark) != issue.seen:
            return False
        left = Draft.read(await uow.marks.get(issue.draft))
        await uow.objects.delete(*(left.ids if left else ()))
        await uow.marks.set(issue.draft, draft.word)
        self._log = sign_head(self._instance.signing, await uow.audit.head(), self._day)
        return True

    async def _add(self, draft: Draft, number: int, entries: Sequence[Entry]) -> bool:
        """Make and keep one part; whether this is still the draft to work on."""
        objects: Objects = {}
        for some in _cut([entry.case.id for entry in entries]):
            objects |= await self._run(partial(_fetch, some))
        part, signature = await asyncio.to_thread(self._seal, draft, number, entries=entries, objects=objects)

        async def keep(uow: UnitOfWork) -> bool:
            if not await self._is_ours(draft, uow):
                return False
            await uow.objects.keep(part, case=None, signature=signature, day=self._instance.today())
            return True

        return await self._run(keep)

    async def _finish(self, draft: Draft, uow: UnitOfWork) -> None:
        """All parts stand: they go out, and the day is made; or nothing of them stays."""
        if not await self._is_ours(draft, uow):
            return
        await uow.marks.set(self._issue.draft, _NONE)
        if not await self._issue.spend(uow):
            await uow.objects.delete(*draft.ids)
            return
        for number in range(1, draft.parts + 1):
            await uow.outbox.put(self._letter(draft, number))
        await uow.marks.set(self._issue.mark, self._outline.day)
        if self._issue.name == DIGEST:
            uow.audit.keep_head(self._log, self._day)

    async def _is_ours(self, draft: Draft, uow: UnitOfWork) -> bool:
        marks = (await uow.marks.get(self._issue.draft), await uow.marks.get(self._issue.mark))
        return marks == (draft.word, self._issue.seen)

    def _seal(
        self, draft: Draft, number: int, *, entries: Sequence[Entry], objects: Objects
    ) -> tuple[Sealed, bytes]:
        """One part, sealed, and the signature of its seal; in a thread, as it takes long."""
        instance, outline = self._instance, self._outline
        reports = {case: one for case, held in objects.items() for one in held if one.kind in REPORTS}
        notes, additions = (
            {case: tuple(one for one in held if one.kind == kind) for case, held in objects.items()}
            for kind in (Kind.NOTE, Kind.ADDITION)
        )
        bundle = Bundle(
            day=outline.day,
            since=outline.since,
            organisation=instance.settings.organisation.name,
            bot_key=instance.signing.public,
            part=number,
            parts=draft.parts,
            totals=outline.totals,
            entries=fill_entries(entries, reports, notes, additions),
            log=self._log,
        )
        part = seal(
            Kind.DIGEST,
            write_bundle(bundle, partial(instance.signing.sign, SIGNED_AS)),
            object_id=draft.id_of(number),
            epoch=epoch_of(instance.today()),
            to=instance.sealing_set(),
        )
        return part, sign_seal(instance.signing, part.data)

    def _letter(self, draft: Draft, number: int) -> Letter:
        numbered = f"-{number}of{draft.parts}" if draft.parts > 1 else ""
        name = f"{self._issue.name}-{self._outline.day}{numbered}.age"
        payload = {
            "kind": "digest",
            "object": draft.id_of(number).hex(),
            "name": name,
            "day": self._outline.day,
            "last": number == draft.parts and self._issue.name == DIGEST,
        }
        return Letter(self._instance.chance(16), f"digest:{payload['object']}", PRIORITY, payload)


def _cut(ids: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


async def _fetch(cases: Sequence[bytes], uow: UnitOfWork) -> Objects:
    """The last sealed report of each case, the notes about it, and what its reporter answered."""
    await uow.objects.read_ahead(cases)
    return {
        case: tuple(
            ObjectEntry(kept.sealed.kind, kept.sealed.data, kept.signature)
            for kept in await uow.objects.of_case(case, *REPORTS, Kind.NOTE, Kind.ADDITION)
        )
        for case in cases
    }
