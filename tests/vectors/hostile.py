"""Hostile objects: the small object with one thing changed, each to be refused for one class of reason.

`header`: refused before any key is used. `no-match`: no key fits. `mac`: the header was changed afterwards.
`payload`: the body was changed afterwards, or its frame contradicts the header, which takes the file key.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from struct import pack

from storage.sealing import Identity, Kind
from storage.sealing.age import write_age
from storage.sealing.recipients import HYBRID
from storage.sealing.stanzas import Stanza, from_base64, to_base64
from tests.vectors.objects import (
    CONTEXT,
    FILE_KEY,
    NONCE,
    OBJECT_ID,
    build,
    hybrid_stanza,
    small_frame,
    small_object,
)
from tests.vectors.oracle import drbg

Vector = tuple[str, Mapping[str, str], bytes]


def hostile_vectors() -> Iterator[Vector]:
    """All of them: name, fields, file."""
    holder = Identity.from_seed(drbg("mod")).to_text()
    for name, (failure, comment, data) in {**_headers(), **_changed(), **_frames()}.items():
        yield f"refused-{name}", _fields(failure, comment, holder), data
    stranger = Identity.from_seed(drbg("stranger")).to_text()
    yield "refused-stranger", _fields("no-match", "another person's key", stranger), small_object()


def _fields(failure: str, comment: str, identity: str) -> dict[str, str]:
    fields = {"format": "VSO1", "expect": "refused", "class": failure, "comment": comment}
    return {**fields, "identity": identity, "object": OBJECT_ID.hex()}


def _headers() -> dict[str, tuple[str, str, bytes]]:
    """Headers with a right MAC that a correct writer never makes."""
    ctx, ours = CONTEXT.to_stanza(), hybrid_stanza(0)
    foreign = {"x25519": "X25519", "scrypt": "scrypt", "ssh": "ssh-ed25519", "next-kem": "mlkem1024p384"}
    made = {
        "ctx-missing": ("no ctx stanza", [ours]),
        "ctx-second": ("ctx is not the first stanza", [ours, ctx]),
        "ctx-twice": ("a second ctx", [ctx, ours, ctx]),
        "ctx-version": ("ctx of version 2", [_argument(ctx, 0, b"2"), ours]),
        "ctx-kind": ("kind 99 is not known", [_argument(ctx, 1, b"99"), ours]),
        "ctx-schema": ("schema 0", [_argument(ctx, 2, b"0"), ours]),
        "ctx-zero": ("the epoch has a leading zero", [_argument(ctx, 3, b"020780"), ours]),
        "ctx-sign": ("the epoch has a sign", [_argument(ctx, 3, b"+20780"), ours]),
        "ctx-epoch": ("the epoch does not fit 32 bits", [_argument(ctx, 3, b"4294967296"), ours]),
        "ctx-id": ("an object id of 15 bytes", [_argument(ctx, 4, to_base64(OBJECT_ID[:15])), ours]),
        "ctx-roster": ("a roster hash of 31 bytes", [replace(ctx, body=ctx.body[:31]), ours]),
        "ctx-more": ("a sixth argument", [replace(ctx, arguments=(*ctx.arguments, b"1")), ours]),
        "low-order": ("an X25519 share of order 8", [ctx, ours, _low_order(ours)]),
        "short-share": ("enc of 1,119 bytes", [ctx, _argument(ours, 0, to_base64(_enc(ours)[:-1]))]),
    }
    for short, name in foreign.items():
        other = Stanza(name, (b"AA",), bytes(32))
        made[f"mixed-{short}"] = (f"a {name} stanza beside the hybrid one", [ctx, ours, other])
    return {name: ("header", why, build(stanzas, small_frame())) for name, (why, stanzas) in made.items()}


def _changed() -> dict[str, tuple[str, str, bytes]]:
    """Whole objects changed after they were sealed."""
    data, two = (
        small_object(),
        build([CONTEXT.to_stanza(), hybrid_stanza(0), hybrid_stanza(1)], small_frame()),
    )
    body_at = len(data) - len(small_frame()) - 16
    last_stanza = two.rindex(f"-> {HYBRID}".encode())
    return {
        "epoch-edited": ("mac", "the day in ctx was changed", data.replace(b" 20780 ", b" 20781 ", 1)),
        "reader-removed": ("mac", "one recipient was cut out", two[:last_stanza] + two[two.rindex(b"---") :]),
        "body-bit": ("payload", "one bit of the body", _flip(data, body_at + 64)),
        "tag-bit": ("payload", "one bit of the last tag", _flip(data, len(data) - 1)),
        "cut-byte": ("payload", "the last byte is missing", data[:-1]),
        "cut-body": ("payload", "only the nonce is left of the body", data[:body_at]),
        "more": ("payload", "a byte too many", data + b"\0"),
        "line-ends": ("header", "CRLF in the header", data.replace(b"\n", b"\r\n", 2)),
    }


def _frames() -> dict[str, tuple[str, str, bytes]]:
    """Right header, right body, and a frame that says something else."""
    frame = small_frame()
    made = {
        "frame-magic": ("another magic", b"VSP2" + frame[4:]),
        "frame-kind": ("kind 6 inside, 1 outside", _put(frame, 4, bytes([Kind.CHECKPOINT]))),
        "frame-schema": ("schema 2 inside, 1 outside", _put(frame, 5, b"\x02")),
        "frame-flag": ("flag bit 2", _put(frame, 6, pack(">H", 4))),
        "frame-id": ("another object's id inside", _put(frame, 8, bytes(16))),
        "frame-ctx": ("the hash of another ctx", _put(frame, 24, bytes(32))),
        "frame-length": ("a body longer than the frame", _put(frame, 56, pack(">Q", 65))),
        "frame-padding": ("padding that is not zero", frame[:-1] + b"\x01"),
        "frame-short": ("63 bytes", frame[:63]),
        "frame-empty": ("an empty body of the age file", b""),
    }
    stanzas = [CONTEXT.to_stanza(), hybrid_stanza(0)]
    return {
        name: ("payload", why, write_age(stanzas, payload, file_key=FILE_KEY, nonce=NONCE))
        for name, (why, payload) in made.items()
    }


def _argument(stanza: Stanza, place: int, value: bytes) -> Stanza:
    arguments = list(stanza.arguments)
    arguments[place] = value
    return replace(stanza, arguments=tuple(arguments))


def _enc(stanza: Stanza) -> bytes:
    return from_base64(stanza.arguments[0])


def _low_order(stanza: Stanza) -> Stanza:
    point = bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")
    return _argument(stanza, 0, to_base64(_enc(stanza)[:-32] + point))


def _flip(data: bytes, place: int) -> bytes:
    return _put(data, place, bytes([data[place] ^ 1]))


def _put(data: bytes, place: int, value: bytes) -> bytes:
    return data[:place] + value + data[place + len(value) :]
