"""What is drawn by chance when a talk begins. The chance comes from outside: 32 bytes, used once."""

from __future__ import annotations

import hashlib
from datetime import datetime

from handlers.events import Room
from handlers.intake.pack import Pack
from handlers.intake.talk import Talk

LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"  # no vowels, so no words; no 0/O, 1/I/L
MARK_LENGTH = 4
CODE_LENGTH = 5
CASE_BYTES = 16


def begin(pack: Pack, room: Room, *, language: str, now: datetime, chance: bytes) -> Talk:
    """A fresh talk at the first question."""
    return Talk(
        room=room,
        language=language,
        step=pack.questionnaire.questions[0].id,
        mark=draw_mark(chance),
        case=draw_case(chance),
        code=draw_code(chance),
        began=now,
        touched=now,
    )


def draw_mark(chance: bytes) -> str:
    """What makes the buttons of this talk its own."""
    return _letters(chance, "mark", MARK_LENGTH)


def draw_code(chance: bytes) -> str:
    """The case's short code; people read it out, so no letter looks like another."""
    return _letters(chance, "code", CODE_LENGTH)


def draw_case(chance: bytes) -> bytes:
    """The case's id."""
    return _stretch(chance, "case")[:CASE_BYTES]


def _letters(chance: bytes, use: str, length: int) -> str:
    number = int.from_bytes(_stretch(chance, use), "big")
    letters = []
    for _ in range(length):
        number, rest = divmod(number, len(LETTERS))
        letters.append(LETTERS[rest])
    return "".join(letters)


def _stretch(chance: bytes, use: str) -> bytes:
    return hashlib.blake2b(use.encode(), key=chance, digest_size=32).digest()
