"""What the guard is told between two looks: that somebody moved in the room, or asked for reopening."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from handlers.guard.standing import Approval


@dataclass(slots=True)
class Bell:
    """In memory only: whoever asked in the moment of a crash asks again; a look at the room is due anyway."""

    rung: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[Approval] = field(default_factory=list, repr=False)

    def ring(self, *asked: Approval) -> None:
        """Look at the room again, whatever was read before."""
        self.asked += asked
        self.rung.set()

    def answer(self) -> list[Approval]:
        """What was asked for since; the bell is silent again."""
        self.rung.clear()
        asked, self.asked = self.asked, []
        return asked
