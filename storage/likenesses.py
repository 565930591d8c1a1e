"""What of a report's person is kept for comparing: short keyed hashes, sealed under the operator's key.

Only eight bits of the family name's hash lie open, to look by: so few that unlike names share
them as a matter of course. A row lives as long as its case is open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

import msgspec
import sqlalchemy as sa

from handlers.matching.hints import Alike, find_alike
from handlers.matching.likeness import Likeness, Sighting, blind_traits
from handlers.matching.traits import Traits
from handlers.triage.cases import Case, Status
from storage.cases import Cases
from storage.rows import Row, Rows
from storage.speech import Wanted
from storage.tables import cases, likenesses
from storage.vault import Vault

_read = msgspec.json.Decoder(Likeness).decode
_write = msgspec.json.Encoder(order="deterministic").encode
_PURPOSE = "likeness"
_NEAREST = (
    64  # rows that are opened for one bucket, the latest first: beyond them a hint is not worth the wait
)


class Likenesses:
    """Likenesses of the open cases."""

    def __init__(self, rows: Rows, vault: Vault, *, cases: Cases) -> None:
        self._rows = rows
        self._vault = vault
        self._cases = cases

    def keep(self, case: Case, traits: Traits | None) -> None:
        """The report of this case names such a person now; None: nobody who can be compared.

        Of a case that is over nothing is kept, also when its report is told anew.
        """
        if traits is None or case.status is Status.CLOSED:
            self._rows.drop(likenesses, case.id)
            return
        likeness = blind_traits(traits, self._vault.tag_trait)
        row = {
            "case_id": case.id,
            "bucket": likeness.buckets[0],
            "day": date.fromisoformat(case.day),
            "blob": self._vault.seal_case(_PURPOSE, _write(likeness), case=case.id),
        }
        self._rows.put(likenesses, row)

    def wanted(self, cases: Collection[bytes]) -> Wanted:
        """What `find` will look for first."""
        return likenesses.c.case_id, list(cases)

    async def find(self, case: Case) -> tuple[Alike, ...]:
        """Which other open cases, neither held back nor merged, are possibly about the same person."""
        row = await self._rows.get(likenesses, case.id)
        if row is None:
            return ()
        mine = self._open(row)
        if mine is None:
            return ()
        rows = [
            row
            for bucket in mine.buckets
            for row in await self._in_bucket(bucket)
            if row["case_id"] != case.id
        ]
        await self._rows.read_ahead((cases.c.id, [row["case_id"] for row in rows]))
        found = [(await self._cases.get(row["case_id"]), self._open(row)) for row in rows]
        return find_alike(_sighting(case, mine), _shown(found))

    async def clear(self) -> None:
        """Nothing is kept for comparing any more."""
        for key in await self._rows.keys(likenesses, sa.true()):
            self._rows.drop(likenesses, key)

    async def _in_bucket(self, bucket: int) -> list[Row]:
        latest = (
            sa.select(likenesses.c.case_id)
            .where(likenesses.c.bucket == bucket)
            .order_by(likenesses.c.day.desc())
            .limit(_NEAREST)
        )
        clause = likenesses.c.case_id.in_(latest)
        found = await self._rows.find(likenesses, clause, fits=lambda row: row["bucket"] == bucket)
        return list(found.values())

    def _open(self, row: Row) -> Likeness | None:
        body = self._vault.read_case(_PURPOSE, row["blob"], case=row["case_id"])
        return _read(body) if body is not None else None


def _sighting(case: Case, likeness: Likeness) -> Sighting:
    return Sighting(likeness, case.facts.day, case.facts.region)


def _shown(found: list[tuple[Case | None, Likeness | None]]) -> Iterator[tuple[str, Sighting]]:
    for case, likeness in found:
        if case is not None and likeness is not None and case.status in (Status.NEW, Status.CLAIMED):
            yield case.code, _sighting(case, likeness)
