"""Cases: what moderators work with, under the operator's key; the code is findable only with that key."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace as change
from datetime import date

import msgspec
import sqlalchemy as sa

from handlers.triage.cases import Case, Status
from storage.audit import Audit
from storage.errors import CaseKeyRefused, CodeTaken, Stale
from storage.rows import Row, Rows
from storage.sealing.audit import Event
from storage.speech import Wanted
from storage.tables import approvals, authors, cards, cases, likenesses, objects, ways
from storage.vault import Vault

_read = msgspec.json.Decoder(Case).decode
_write = msgspec.json.Encoder(order="deterministic").encode
_PURPOSE = "case"


class Cases:
    """All cases; every change is a compare-and-set on the revision.

    A row that does not open counts as not there, so that all others go on: `Vault.damaged` tells of it, and
    it stays where it is.
    """

    def __init__(self, rows: Rows, vault: Vault, audit: Audit) -> None:
        self._rows = rows
        self._vault = vault
        self._audit = audit

    async def add(self, case: Case) -> None:
        """Keep a new case.

        :raises CodeTaken: another case has its code; draw a new one and decide again.
        """
        await self._check_code(case)
        self._put(case, posted=0)

    def wanted(self, ids: Collection[bytes], *, codes: Iterable[str] = ()) -> list[Wanted]:
        """What `get` looks for, the sealed objects of these cases, and what `add` checks of new `codes`."""
        tags = [self._vault.tag_code(code) for code in codes]
        return [(cases.c.id, list(ids)), (objects.c.case_id, list(ids)), (cases.c.tag, tags)]

    async def has(self, case: bytes) -> bool:
        """Whether there is a row of this case, and be it a damaged one."""
        return await self._rows.get(cases, case) is not None

    async def get(self, case: bytes) -> Case | None:
        """The case with this id."""
        row = await self._rows.get(cases, case)
        return self._open(row) if row else None

    async def find(self, prefix: bytes) -> Case | None:
        """The one case whose id begins so; None when there is none, or more than one."""
        last = prefix + b"\xff" * (16 - len(prefix))
        clause = sa.and_(cases.c.id >= prefix, cases.c.id <= last)
        found = await self._rows.find(cases, clause, fits=lambda row: row["id"].startswith(prefix))
        return self._open(next(iter(found.values()))) if len(found) == 1 else None

    async def by_code(self, code: str) -> Case | None:
        """The case with this code."""
        row = await self._row_of(self._vault.tag_code(code))
        return self._open(row) if row else None

    async def replace(self, case: Case, *, seen_revision: int) -> Case:
        """Keep the case as decided upon at `seen_revision`; returns it with its new revision.

        :raises Stale: it changed meanwhile, or is gone.
        :raises CodeTaken: the code was changed to one that another case has.
        """
        row = await self._rows.get(cases, case.id)
        if row is None or row["revision"] != seen_revision:
            raise Stale("The case has changed since it was read.")
        if row["tag"] != self._vault.tag_code(case.code):
            await self._check_code(case)
        kept = change(case, revision=seen_revision + 1)
        self._put(kept, posted=row["posted_revision"])
        if kept.status is Status.CLOSED and not kept.parts:  # its parts may come back, and it with them
            self._rows.drop(likenesses, case.id)
        return kept

    async def delete(self, case: bytes) -> None:
        """Remove the case with its sealed objects and everything else that is kept about it."""
        for row in (await self._rows.find_by(objects.c.case_id, case)).values():
            self._rows.drop(objects, row["id"])
            self._audit.note(Event.DELETE, row["id"])
        for key in await self._rows.find_by(approvals.c.case_id, case):
            self._rows.drop(approvals, key)
        self._rows.drop(cards, case)
        self._rows.drop(likenesses, case)
        self._rows.drop(authors, case)
        for _, tag in self._vault.tags_of_case(case):
            self._rows.drop(ways, tag)
        self._rows.drop(cases, case)

    async def all(self, statuses: Collection[Status] | None = None) -> list[Case]:
        """Every case, or those with one of the statuses, by day and id."""
        found = await self._rows.find(cases, sa.true(), fits=lambda _: True)
        wanted = (
            case for case in self._opened(found.values()) if statuses is None or case.status in statuses
        )
        return sorted(wanted, key=lambda case: (case.day, case.id))

    async def above(self, case: Case) -> list[Case]:
        """The cases that go on for this one, from the next to the last, which somebody works on."""
        found: list[Case] = []
        while case.joined is not None and (whole := await self.get(case.joined.into)) is not None:
            found.append(whole)
            case = whole
        return found

    async def below(self, case: Case) -> list[Case]:
        """The cases that this one goes on for, with those that they went on for."""
        found: list[Case] = []
        for part in await self.those([part.id for part in case.parts]):
            found += [part, *await self.below(part)]
        return found

    async def ids(self) -> list[bytes]:
        """The ids of all cases that are written, in no order that tells anything."""
        return sorted(bytes(key) for key in await self._rows.keys(cases, sa.true()) if isinstance(key, bytes))

    async def those(self, ids: Collection[bytes]) -> list[Case]:
        """Those of these cases that are there."""
        await self._rows.read_ahead((cases.c.id, list(ids)))
        found = [await self.get(case) for case in ids]
        return [case for case in found if case is not None]

    async def unposted(self) -> list[Case]:
        """Cases whose card does not show their last revision; those held back are not among them."""
        clause = cases.c.posted_revision < cases.c.revision  # the condition of the index
        found = await self._rows.find(
            cases, clause, fits=lambda row: row["posted_revision"] < row["revision"]
        )
        shown = (case for case in self._opened(found.values()) if case.status is not Status.HELD)
        return sorted(shown, key=lambda case: case.id)

    async def catch_up(self, known: Mapping[bytes, Case]) -> dict[bytes, Case]:
        """Every case by id, as of the last commit; opens only those that have changed since `known`."""
        revisions = await self._rows.written(cases.c.revision)
        same = {key: case for key, case in known.items() if revisions.get(key) == case.revision}
        rows = await self._rows.get_written(cases, revisions.keys() - same.keys())
        return same | {case.id: case for case in self._opened(rows)}

    async def unposted_ids(self) -> set[bytes]:
        """As `unposted`, as of the last commit, with those held back, and opening none."""
        found = await self._rows.keys(cases, cases.c.posted_revision < cases.c.revision)
        return {key for key in found if isinstance(key, bytes)}

    async def unpost(self, case: bytes) -> None:
        """No card shows it any more, or none yet."""
        row = await self._rows.get(cases, case)
        if row is not None:
            self._rows.put(cases, {**row, "posted_revision": 0})

    async def mark_posted(self, case: bytes, revision: int) -> None:
        """The card shows this revision now; an older mark never takes the place of a newer one."""
        row = await self._rows.get(cases, case)
        if row is not None and row["posted_revision"] < revision:
            self._rows.put(cases, {**row, "posted_revision": revision})

    async def check_key(self) -> None:
        """Is this the key they were kept with? One case that opens says so; with none left the log does.

        :raises CaseKeyRefused: neither of them fits.
        """
        some = cases.c.id.in_(sa.select(cases.c.id).limit(1))
        for clause in (some, sa.true()):
            rows = (await self._rows.find(cases, clause, fits=lambda _: False)).values()
            if not rows or any(self._opened(rows)):
                return
        if not await self._audit.is_there():
            raise CaseKeyRefused(
                "No case in this database opens with the case key of this secrets file. "
                "Start with the secrets file that belongs to this database."
            )

    async def _check_code(self, case: Case) -> None:
        other = await self._row_of(self._vault.tag_code(case.code))
        if other is not None and other["id"] != case.id:
            raise CodeTaken("Another case has this code.")

    async def _row_of(self, tag: bytes) -> Row | None:
        found = await self._rows.find_by(cases.c.tag, tag)
        return next(iter(found.values()), None)

    def _put(self, case: Case, *, posted: int) -> None:
        row = {
            "id": case.id,
            "tag": self._vault.tag_code(case.code),
            "day": date.fromisoformat(case.day),
            "revision": case.revision,
            "posted_revision": posted,
            "blob": self._vault.seal_case(_PURPOSE, _write(case), case=case.id),
        }
        self._rows.put(cases, row)

    def _opened(self, rows: Iterable[Row]) -> Iterator[Case]:
        return (case for case in map(self._open, rows) if case is not None)

    def _open(self, row: Row) -> Case | None:
        body = self._vault.read_case(_PURPOSE, row["blob"], case=row["id"])
        return _read(body) if body is not None else None
