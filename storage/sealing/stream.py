"""The body of an age file: STREAM, ChaCha20-Poly1305 over chunks of 64 KiB. Source: C2SP age.md, Payload."""

from collections.abc import Iterator

from nacl.bindings import (
    crypto_aead_chacha20poly1305_ietf_decrypt,
    crypto_aead_chacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

from storage.sealing.stanzas import PayloadFailure

CHUNK = 64 * 1024
TAG = 16


def seal_stream(key: bytes, plain: bytes) -> bytes:
    """Encrypt `plain` in chunks; an empty text is one empty chunk."""
    return b"".join(
        crypto_aead_chacha20poly1305_ietf_encrypt(piece, None, nonce, key)
        for piece, nonce in _numbered(plain, CHUNK)
    )


def open_stream(key: bytes, sealed: bytes | memoryview) -> bytes:
    """Decrypt all chunks up to the authenticated last one, and only then return.

    Raises:
        PayloadFailure: any chunk is altered, missing, doubled or out of order.
    """
    whole, rest = divmod(len(sealed), CHUNK + TAG)
    if 0 < rest < TAG or not sealed or (whole and rest == TAG):
        raise PayloadFailure("the body is cut off, or ends with an empty chunk")
    pieces: list[bytes] = []
    for piece, nonce in _numbered(sealed, CHUNK + TAG):
        try:
            pieces.append(crypto_aead_chacha20poly1305_ietf_decrypt(piece, None, nonce, key))
        except CryptoError:
            pieces.clear()
            break
    if not pieces:
        raise PayloadFailure("a chunk is altered")
    return b"".join(pieces)


def _numbered(data: bytes | memoryview, size: int) -> Iterator[tuple[bytes, bytes]]:
    """The chunks and their nonces: an 11-byte counter and a byte that says "last"."""
    last = max(0, len(data) - 1) // size
    for number in range(last + 1):
        nonce = number.to_bytes(11, "big") + bytes([number == last])
        yield bytes(data[number * size : (number + 1) * size]), nonce
