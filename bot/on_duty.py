"""Who is on duty, as this process knows it, and how it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.watermark import Watermark
from storage.sealing.audit import Event
from storage.unit_of_work import UnitOfWork


@dataclass(slots=True)
class OnDuty:
    """Pseudonyms, none for everybody. Changed in the unit of work that keeps it: the next seal knows."""

    names: tuple[str, ...] = ()

    async def recall(self, uow: UnitOfWork, watermark: Watermark) -> None:
        """As the log has it; a log that somebody tore or put back changes nothing that we know."""
        said = await uow.audit.said_of_duty()
        if not said.torn and not watermark.is_above(said.size):
            self.names = said.names

    async def mend(self, uow: UnitOfWork, key: bytes, watermark: Watermark) -> None:
        """Two people go on with a log that was torn or put back: what we know stands in it anew.

        `key` is the id of their approval, 16 bytes.
        """
        await self.recall(uow, watermark)
        said = await uow.audit.said_of_duty()
        if said.torn or said.names != self.names:
            note_list(uow, key, self.names)


def note_list(uow: UnitOfWork, key: bytes, names: Sequence[str]) -> None:
    """From now on these are on duty; `key` is the id of what decided it."""
    for name in names or ("",):
        uow.audit.note(Event.DUTY, key, by=name, what="on" if name else "all")
