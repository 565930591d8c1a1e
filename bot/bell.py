"""What the guard is told between two looks: that somebody moved, asked for reopening, or reads beside us."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from handlers.guard.standing import Approval, Raised


@dataclass(slots=True)
class Bell:
    """In memory only: whoever asked in the moment of a crash asks again; a look at the room is due anyway.

    A rival who reads beside us is met again, too.
    """

    rung: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[Approval | Raised] = field(default_factory=list, repr=False)

    def ring(self, *asked: Approval | Raised) -> None:
        """Look at the room again, whatever was read before."""
        self.asked += asked
        self.rung.set()

    def answer(self) -> list[Approval | Raised]:
        """What was asked for since; the bell is silent again."""
        self.rung.clear()
        asked, self.asked = self.asked, []
        return asked
