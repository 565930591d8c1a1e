"""What moderators write for each other about a case. It is sealed at once, and no reporter ever reads it.

A note is no reply: this type goes into no function that tells a reporter anything, and nothing here imports
anything that could (`tests/bot/test_notes.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

SCHEMA = "vestka.note/1"
LONGEST = 4096
"""Characters; a message has no more."""


@dataclass(frozen=True, slots=True)
class Note:
    """The words of a note."""

    text: str = field(repr=False)


def write_note(note: Note, *, code: str, by: str, day: str) -> dict[str, object]:
    """The document that is sealed: which case, who wrote it, on which day (ISO), and the words."""
    return {"schema": SCHEMA, "case": code, "by": by, "day": day, "text": note.text[:LONGEST]}
