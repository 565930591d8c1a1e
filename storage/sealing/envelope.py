"""VSO1: seal a body so that only its readers open it, and open it again (docs/format.md, 1).

Rules for whoever edits this file:

* docs/format.md and tests/vectors/ fix the bytes. Change the page first, then the vectors, then the code.
* A file key is drawn here, used for one object and forgotten. Never take one as an argument, or keep one.
* `seal` takes a SealingSet, never a bare key: nobody outside the signed roster is sealed to by accident.
* `open_sealed` returns everything or nothing. Check all of it before the first byte leaves.
* A refusal is one sentence, never a cause: that would only help whoever sends altered files.
* No cause also means no chained exception: its frames would hold the text.
* No clock, no file, no network, no log here.
"""

import secrets
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256

from storage.sealing.age import NONCE, open_payload, write_age
from storage.sealing.context import Context, read_context
from storage.sealing.errors import CannotOpen
from storage.sealing.frame import Frame, read_frame, write_frame
from storage.sealing.kinds import Flag, Kind, Opened, Sealed
from storage.sealing.recipients import FILE_KEY, Identity, wrap_for_nobody
from storage.sealing.sealing_set import SealingSet
from storage.sealing.stanzas import AgeFailure, PayloadFailure, Stanza, parse_header, serialise

GROUP = 4
"""Recipients are filled up with dummies to a multiple of this."""

_CHECKPOINT = int(Flag.CHECKPOINT)
_REFUSAL = "This file cannot be opened with the key given. Check that it is the right file and the right key."


def seal(
    kind: Kind,
    body: bytes,
    *,
    object_id: bytes,
    epoch: int,
    to: SealingSet,
    schema: int = 1,
    flags: int = 0,
) -> Sealed:
    """Seal `body` to everybody in the set.

    Args:
        kind: what it is; kind 6 sets its own flag.
        body: canonical JSON, or raw bytes for an attachment.
        object_id: 16 random bytes, the name it is stored under.
        epoch: day of sealing, counted from 1970-01-01 UTC.
        to: made by `sealing_set` from a verified roster.

    Raises:
        BodyTooLong: the body does not fit its largest bucket.
        CannotSeal: an id, schema, epoch or flag outside the format.
    """
    if not isinstance(to, SealingSet):
        raise TypeError("seal takes a SealingSet, made by sealing_set from a verified roster")
    kind = Kind(kind)
    context = Context(kind, schema, epoch, object_id, to.roster_hash)
    first = context.to_stanza()
    all_flags = int(flags) | (_CHECKPOINT if kind is Kind.CHECKPOINT else 0)
    payload = write_frame(Frame(kind, schema, all_flags, object_id, _hash(first), body))
    file_key = secrets.token_bytes(FILE_KEY)
    stanzas = _shuffled([*(one.wrap(file_key) for one in to.recipients), *_dummies(to, file_key)])
    nonce = secrets.token_bytes(NONCE)
    data = write_age([first, *stanzas], payload, file_key=file_key, nonce=nonce)
    return Sealed(object_id, kind, data)


def open_sealed(
    data: bytes, identities: Sequence[Identity], *, expect_object_id: bytes | None = None
) -> Opened:
    """Open a sealed object with any of the identities.

    Args:
        expect_object_id: the name it was stored under, where the caller knows it.

    Raises:
        CannotOpen: for every reason alike; nothing has been released.
    """
    opened = None
    with suppress(AgeFailure):
        opened = read_object(data, identities)
    if opened is None or (expect_object_id is not None and opened.object_id != expect_object_id):
        raise CannotOpen(_REFUSAL)
    return opened


def _hash(ctx: Stanza) -> bytes:
    """What ties a frame to the context of its header."""
    return sha256(serialise(ctx)).digest()


def _dummies(to: SealingSet, file_key: bytes) -> list[Stanza]:
    """Stanzas that nobody opens, so that the number of readers does not show."""
    return [wrap_for_nobody(file_key) for _ in range(-len(to.recipients) % GROUP)]


def _shuffled(stanzas: Sequence[Stanza]) -> list[Stanza]:
    """In an order that says nothing: each draws a lot of 16 bytes."""
    drawn = secrets.token_bytes(16 * len(stanzas))
    return [stanzas[at // 16] for at in sorted(range(0, len(drawn), 16), key=lambda at: drawn[at : at + 16])]


def read_object(data: bytes, identities: Sequence[Identity]) -> Opened:
    """As `open_sealed`, for vectors: raises AgeFailure with the class of failure, which no person sees."""
    header = parse_header(data)
    context = read_context(header.stanzas)
    frame = read_frame(open_payload(data, header, identities))
    _check_agreement(frame, context, _hash(header.stanzas[0]))
    return Opened(
        object_id=frame.object_id,
        kind=frame.kind,
        schema=frame.schema,
        epoch=context.epoch,
        roster_hash=context.roster_hash,
        flags=frame.flags,
        body=frame.body,
    )


def _check_agreement(frame: Frame, context: Context, ctx_hash: bytes) -> None:
    inside = (frame.kind, frame.schema, frame.object_id, frame.ctx_hash)
    if inside != (context.kind, context.schema, context.object_id, ctx_hash):
        raise PayloadFailure("the frame belongs to another header")
