"""VSP1, the padded frame inside a sealed object (docs/format.md, 1.2)."""

from dataclasses import dataclass, field
from struct import Struct

from storage.sealing.errors import CannotSeal
from storage.sealing.kinds import KINDS, Flag, Kind
from storage.sealing.padding import padded_size
from storage.sealing.stanzas import PayloadFailure

_HEAD = Struct(">4sBBH16s32sQ")
_MAGIC = b"VSP1"
_KNOWN_FLAGS = int(Flag.RETURN_ADDRESS | Flag.CHECKPOINT)
_CHECKPOINT = int(Flag.CHECKPOINT)


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame's fields; `ctx_hash` is SHA-256 of the serialised ctx stanza around it."""

    kind: Kind
    schema: int
    flags: int
    object_id: bytes
    ctx_hash: bytes
    body: bytes = field(repr=False)


def write_frame(frame: Frame) -> bytes:
    """Serialise and pad.

    Raises:
        BodyTooLong: there is no bucket for a body of this length.
        CannotSeal: a flag that the format does not know, or that belongs to another kind.
    """
    if frame.flags & ~_KNOWN_FLAGS or (frame.flags & _CHECKPOINT and frame.kind is not Kind.CHECKPOINT):
        raise CannotSeal("The flags do not fit this kind of object.")
    head = _HEAD.pack(
        _MAGIC, frame.kind, frame.schema, frame.flags, frame.object_id, frame.ctx_hash, len(frame.body)
    )
    return (head + frame.body).ljust(padded_size(frame.kind, len(head) + len(frame.body)), b"\0")


def read_frame(data: bytes) -> Frame:
    """Parse a frame and insist on zero padding.

    Raises:
        PayloadFailure: no frame, an unknown kind or flag, or padding that is not zero.
    """
    if len(data) < _HEAD.size:
        raise PayloadFailure("not a frame")
    magic, kind, schema, flags, object_id, ctx_hash, length = _HEAD.unpack_from(data)
    if magic != _MAGIC or kind not in KINDS or flags & ~_KNOWN_FLAGS:
        raise PayloadFailure("not a frame this reader knows")
    end = _HEAD.size + length
    if end > len(data) or data.count(0, end) != len(data) - end:
        raise PayloadFailure("the body's length or the padding is wrong")
    return Frame(Kind(kind), schema, flags, object_id, ctx_hash, body=data[_HEAD.size : end])
