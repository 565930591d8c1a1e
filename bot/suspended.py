"""Whom the team suspended in the chat, as this process knows it."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.suspensions import suspended_now
from storage.sealing import VerifiedRoster
from storage.unit_of_work import UnitOfWork


@dataclass(slots=True)
class Suspended:
    """Pseudonyms. Changed in the unit of work that keeps it, so that the next seal knows already."""

    names: frozenset[str] = frozenset()

    def add(self, pseudonym: str) -> None:
        """From this moment on."""
        self.names |= {pseudonym}

    async def recall(self, uow: UnitOfWork, roster: VerifiedRoster) -> None:
        """As it is kept: after a start, and when another process may have heard of it."""
        kept = await uow.suspensions.all()
        self.names = suspended_now(kept, serial=roster.serial, made=roster.made.isoformat())
