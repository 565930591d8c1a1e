"""Keeps a moderator's note: sealed to the roster at once, among the sealed objects of its case.

Nothing that tells a reporter anything is imported here, nor is there an outbox: `tests/bot/test_notes.py`.
"""

from __future__ import annotations

from datetime import date

from handlers.triage.notes import Note, write_note
from storage.objects import Objects
from storage.sealing import Kind, SealingSet, SigningKey, canonical, epoch_of, seal, sign_seal


async def keep_note(
    note: Note,
    objects: Objects,
    *,
    case: bytes,
    code: str,
    by: str,
    day: date,
    object_id: bytes,
    to: SealingSet,
    signing: SigningKey,
) -> None:
    """Seal what `by` wrote and keep it with the case; from here on nobody on this server can read it."""
    body = canonical.dump(write_note(note, code=code, by=by, day=day.isoformat()))
    sealed = seal(Kind.NOTE, body, object_id=object_id, epoch=epoch_of(day), to=to)
    await objects.keep(sealed, case=case, signature=sign_seal(signing, sealed.data), day=day)
