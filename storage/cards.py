"""Where the card of a case lies in the moderators' chat; under the operator's key: a room is an account."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

import msgspec
import sqlalchemy as sa

from handlers.events import Room
from storage.audit import Audit
from storage.rows import Row, Rows
from storage.sealing.audit import Event
from storage.speech import Wanted
from storage.tables import cards
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class CardPlace:
    """The topic of a case (`room.topic`), and the message that is its card and carries the file.

    `object` is the id of the sealed object that was attached, `additions` are those of the answers that were
    posted below. `cluster`: the topic is one for many cases; `event` is the name of what they share.
    """

    room: Room
    card: str | None = field(default=None, repr=False)
    object: bytes | None = None
    cluster: bool = False
    additions: tuple[bytes, ...] = ()
    event: str = field(default="", repr=False)

    @property
    def objects(self) -> tuple[bytes, ...]:
        """The ids of everything sealed that was posted there."""
        return (*((self.object,) if self.object else ()), *self.additions)


_read = msgspec.json.Decoder(CardPlace).decode
_PURPOSE = "card"


def open_place(vault: Vault, row: Row) -> CardPlace | None:
    """The place in its row; None where that is damaged."""
    body = vault.read_case(_PURPOSE, row["blob"], case=row["case_id"])
    return _read(body) if body is not None else None


class Cards:
    """The places of all cards."""

    def __init__(self, rows: Rows, vault: Vault, audit: Audit) -> None:
        self._rows = rows
        self._vault = vault
        self._audit = audit

    def wanted(self, cases: Collection[bytes]) -> Wanted:
        """What `get` will look for."""
        return cards.c.case_id, list(cases)

    async def get(self, case: bytes) -> CardPlace | None:
        """Where the card of this case lies, if it was posted."""
        row = await self._rows.get(cards, case)
        return self._open(row) if row else None

    async def all(self) -> dict[bytes, CardPlace]:
        """Every place, by case."""
        found = await self._rows.find(cards, sa.true(), fits=lambda _: True)
        return {row["case_id"]: place for row in found.values() if (place := self._open(row))}

    async def put(self, case: bytes, place: CardPlace) -> None:
        """The card lies there now; answers below it stay where its topic does."""
        known = await self.get(case)
        if known is not None and known.room.topic == place.room.topic:
            place = replace(place, additions=known.additions)
        self._keep(case, place)
        if place.object is not None:
            self._audit.note(Event.FORWARD, place.object)

    async def note_addition(self, case: bytes, key: bytes) -> None:
        """An answer was posted in the topic of this case."""
        known = await self.get(case)
        if known is not None and key not in known.additions:
            self._keep(case, replace(known, additions=(*known.additions, key)))
        self._audit.note(Event.FORWARD, key, what="addition")

    def _keep(self, case: bytes, place: CardPlace) -> None:
        data = self._vault.seal_case(_PURPOSE, msgspec.json.encode(place), case=case)
        self._rows.put(
            cards, {"case_id": case, "blob": data, "tag": None if place.cluster else self._tag(place.room)}
        )

    async def in_topic(self, room: Room) -> bytes | None:
        """The case whose topic this is; the topic of a cluster is no single case's."""
        tag = self._tag(room)
        found = await self._rows.find_by(cards.c.tag, tag) if tag else {}
        return next((row["case_id"] for row in found.values()), None)

    async def sort(self) -> None:
        """Give their tag to places from before there were tags."""
        for row in (await self._rows.find(cards, cards.c.tag.is_(None), fits=lambda _: False)).values():
            if place := self._open(row):
                self._keep(row["case_id"], place)

    async def drop(self, case: bytes) -> None:
        """There is no card any more."""
        self._rows.drop(cards, case)

    def _open(self, row: Row) -> CardPlace | None:
        """One that is damaged counts as none: the card is posted anew."""
        return open_place(self._vault, row)

    def _tag(self, room: Room) -> bytes | None:
        return self._vault.tag_topic(room.network, room.topic) if room.topic else None
