"""Sealed objects: files that nobody on this server can open, with the server's signature and the day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from storage.audit import Audit
from storage.errors import Misused
from storage.rows import Row, Rows
from storage.sealing.audit import Event
from storage.sealing.kinds import Kind, Sealed
from storage.tables import objects


@dataclass(frozen=True, slots=True)
class Kept:
    """A sealed object as it lies here; `case` is None for a digest."""

    sealed: Sealed
    case: bytes | None
    day: date
    signature: bytes = field(repr=False)
    acknowledged: date | None = None

    @property
    def id(self) -> bytes:
        """The object's id, 16 bytes."""
        return self.sealed.object_id


class Objects:
    """All sealed objects. Whatever comes or goes stands in the audit log, too."""

    def __init__(self, rows: Rows, audit: Audit) -> None:
        self._rows = rows
        self._audit = audit

    async def keep(self, sealed: Sealed, *, case: bytes | None, signature: bytes, day: date) -> None:
        """Keep a sealed object, sealed on `day` (UTC)."""
        row = {
            "id": sealed.object_id,
            "case_id": case,
            "kind": int(sealed.kind),
            "day": day,
            "data": sealed.data,
            "signature": signature,
            "acknowledged_day": None,
        }
        self._rows.put(objects, row)
        self._audit.note(Event.SEAL, sealed.object_id, what=sealed.kind.name.lower())

    async def put_in_place(self, old: Kept, sealed: Sealed, *, signature: bytes, by: str) -> None:
        """Keep `sealed` instead of an object that says the same: case and days stay. `by`: who sealed."""
        row = await self._rows.get(objects, old.id)
        if row is None:
            raise Misused("There is no such object to be put another one in the place of.")
        new = {"id": sealed.object_id, "data": sealed.data, "signature": signature}
        self._rows.drop(objects, old.id)
        self._rows.put(objects, {**row, **new})
        self._audit.note(Event.SEAL, sealed.object_id, by=by, what=sealed.kind.name.lower())
        self._audit.note(Event.REPLACE, old.id, by=by)

    async def get(self, key: bytes) -> Kept | None:
        """The object with this id."""
        row = await self._rows.get(objects, key)
        return _kept(row) if row else None

    async def of_case(self, case: bytes, *kinds: Kind) -> list[Kept]:
        """The objects of a case, of these kinds if any are named, by day and id."""
        found = await self._rows.find_by(objects.c.case_id, case)
        return _sorted(row for row in found.values() if not kinds or row["kind"] in kinds)

    async def read_ahead(self, cases: Iterable[bytes]) -> None:
        """Fetch the objects of many cases at once, so that `of_case` need not ask one by one."""
        await self._rows.read_ahead((objects.c.case_id, list(cases)))

    async def lengths(self, cases: Iterable[bytes]) -> dict[bytes, int]:
        """How many bytes the objects take together, by case; of what is written."""
        return await self._rows.lengths(objects.c.data, objects.c.case_id, cases)

    async def of_days(self, first: date, last: date) -> list[Kept]:
        """The objects sealed from `first` to `last`, both included, by day and id."""
        clause = objects.c.day.between(first, last)
        return _sorted(
            (await self._rows.find(objects, clause, fits=lambda row: first <= row["day"] <= last)).values()
        )

    async def of_day(self, day: date) -> list[Kept]:
        """The objects sealed on one day."""
        return await self.of_days(day, day)

    async def delete(self, *keys: bytes, replaced: bool = False) -> None:
        """Remove objects; `replaced`: a newer one has taken their place."""
        for key in keys:
            self._rows.drop(objects, key)
            self._audit.note(Event.REPLACE if replaced else Event.DELETE, key)

    async def acknowledge(self, case: bytes, day: date) -> None:
        """A holder of a key has this case's objects since `day`: they may go sooner. The first day counts."""
        for kept in await self.of_case(case):
            row = await self._rows.get(objects, kept.id)
            if row is not None and row["acknowledged_day"] is None:
                self._rows.put(objects, {**row, "acknowledged_day": day})


def _kept(row: Row) -> Kept:
    sealed = Sealed(row["id"], Kind(row["kind"]), row["data"])
    return Kept(sealed, row["case_id"], row["day"], row["signature"], row["acknowledged_day"])


def _sorted(rows: Iterable[Row]) -> list[Kept]:
    return sorted(map(_kept, rows), key=lambda kept: (kept.day, kept.id))
