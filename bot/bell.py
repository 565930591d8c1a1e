"""What the guard is told between two looks: that somebody moved, or reads beside us."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from handlers.guard.standing import Raised


@dataclass(slots=True)
class Bell:
    """In memory only: after a crash a look at the room is due anyway, and a rival is met again."""

    rung: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[Raised] = field(default_factory=list, repr=False)

    def ring(self, *asked: Raised) -> None:
        """Look at the room again, whatever was read before."""
        self.asked += asked
        self.rung.set()

    def answer(self) -> list[Raised]:
        """What was asked for since; the bell is silent again."""
        self.rung.clear()
        asked, self.asked = self.asked, []
        return asked
