"""How long the audit log was when this process last saw it: one that is shorter now was put back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Watermark:
    """In memory only, where nobody reaches it who can only write to the database."""

    size: int = 0

    def is_above(self, size: int) -> bool:
        """Whether the log was longer before; a longer one is remembered."""
        self.size = max(self.size, size)
        return size < self.size

    def begin_anew(self, size: int) -> None:
        """Two people know that it was put back, and go on from here."""
        self.size = size
