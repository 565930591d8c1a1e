"""How long things look: frames fill buckets, records blocks of 4,096 bytes (docs/format.md, 1.3)."""

from storage.sealing.errors import BodyTooLong
from storage.sealing.kinds import Kind

KIB = 1024
BUCKETS = (16 * KIB, 32 * KIB, 64 * KIB, 128 * KIB)
ATTACHMENT_FLOOR = 64 * KIB
DIGEST_STEP = 256 * KIB
BLOCK = 4096
ENTRY = 160
"""What one entry of the audit log takes: all look alike, and a log of years stays small."""


def padded_size(kind: Kind, total: int) -> int:
    """The size a frame of `total` bytes takes.

    Raises:
        BodyTooLong: anything but an attachment or a digest beyond 128 KiB.
    """
    if kind is Kind.ATTACHMENT:
        return max(ATTACHMENT_FLOOR, padme(total))
    if kind is Kind.DIGEST:
        return _round_up(total, DIGEST_STEP)
    for bucket in BUCKETS:
        if total <= bucket:
            return bucket
    raise BodyTooLong(
        f"This is {total - BUCKETS[-1]} bytes too long to seal in one piece. "
        "Shorten it, or send it in two parts."
    )


def padme(total: int) -> int:
    """Round up so that only the leading bits of the length show. Source: Nikitin et al., PURBs, 2019."""
    exponent = total.bit_length() - 1
    return _round_up(total, 1 << max(0, exponent - exponent.bit_length()))


def fill_blocks(body: bytes, block: int = BLOCK) -> bytes:
    """Length, body and zeros up to whole blocks: what records and key files encrypt."""
    framed = len(body).to_bytes(4, "big") + body
    return framed.ljust(_round_up(len(framed), block), b"\0")


def empty_blocks(filled: bytes, block: int = BLOCK) -> bytes:
    """The body that `fill_blocks` was given.

    Raises:
        ValueError: the length or the padding is not what `fill_blocks` writes.
    """
    end = 4 + int.from_bytes(filled[:4], "big")
    if (
        len(filled) < block
        or len(filled) != _round_up(end, block)
        or filled.count(0, end) != len(filled) - end
    ):
        raise ValueError("the blocks are not filled as they should be")
    return filled[4:end]


def _round_up(size: int, step: int) -> int:
    return max(1, -(-size // step)) * step
