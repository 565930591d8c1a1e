"""Sealed objects with nothing left to chance, put together from the format's parts and the oracle."""

from collections.abc import Sequence
from hashlib import sha256

from storage.sealing import Identity, Kind
from storage.sealing.age import write_age
from storage.sealing.context import Context
from storage.sealing.frame import Frame, write_frame
from storage.sealing.recipients import HYBRID
from storage.sealing.stanzas import Stanza, serialise, to_base64
from tests.vectors.oracle import drbg, wrap

BODY = '{"v":1,"what":"тест"}'.encode()
OBJECT_ID = bytes(range(16))
CONTEXT = Context(Kind.REPORT, 1, 20780, OBJECT_ID, sha256(b"roster").digest())
DRAWN = drbg("vso1", 192)
FILE_KEY, NONCE = DRAWN[:16], DRAWN[16:32]
HOLDERS = ("mod", "recovery")


def hybrid_stanza(number: int) -> Stanza:
    """The stanza of the holder with this number, its encapsulation taken from the drawn bytes."""
    recipient = Identity.from_seed(drbg(HOLDERS[number])).recipient
    seed = DRAWN[64 + 64 * number : 128 + 64 * number]
    enc, sealed = wrap(recipient.public, FILE_KEY, seed=seed)
    return Stanza(HYBRID, (to_base64(enc),), sealed)


def frame_of(context: Context = CONTEXT, body: bytes = BODY) -> bytes:
    """The padded frame that belongs to a context."""
    ctx_hash = sha256(serialise(context.to_stanza())).digest()
    return write_frame(Frame(context.kind, context.schema, 0, context.object_id, ctx_hash, body))


def build(stanzas: Sequence[Stanza], payload: bytes) -> bytes:
    """A whole file under the drawn file key and nonce."""
    return write_age(stanzas, payload, file_key=FILE_KEY, nonce=NONCE)


def vso1_1() -> bytes:
    """The object of docs/format.md, section 8."""
    return build([CONTEXT.to_stanza(), hybrid_stanza(0), hybrid_stanza(1)], frame_of())


def small_frame() -> bytes:
    """A frame cut to 128 bytes, so that hostile vectors stay short."""
    return frame_of()[:128]


def small_object() -> bytes:
    """One recipient and the small frame."""
    return build([CONTEXT.to_stanza(), hybrid_stanza(0)], small_frame())
