"""The age layer: a file key, a MAC over the header, a payload. It knows nothing of Vestka's own rules.

Private to the package. Both directions are plain functions of their arguments: the randomness of an object
is drawn in `envelope.seal` and in the wrapping of the file key. Source: C2SP age.md.
"""

import hmac
from collections.abc import Sequence
from hashlib import sha256

from storage.sealing.derivation import derive
from storage.sealing.recipients import HYBRID, Identity, find_file_key, read_stanza
from storage.sealing.stanzas import (
    VERSION_LINE,
    Header,
    HeaderFailure,
    MacFailure,
    NoMatch,
    Stanza,
    parse_header,
    serialise,
    to_base64,
)
from storage.sealing.stream import open_stream, seal_stream

NONCE = 16
_OTHER_AGE_TYPES = frozenset(("scrypt", "X25519"))


def write_age(stanzas: Sequence[Stanza], payload: bytes, *, file_key: bytes, nonce: bytes) -> bytes:
    """A whole age file. `file_key` (16 bytes) and `nonce` (16 bytes) are used once and never again."""
    signed = VERSION_LINE + b"".join(map(serialise, stanzas)) + b"---"
    mac = b" " + to_base64(_mac(file_key, signed)) + b"\n"
    return signed + mac + nonce + seal_stream(_payload_key(file_key, nonce), payload)


def read_age(data: bytes, identities: Sequence[Identity]) -> bytes:
    """The payload of any age file with hybrid recipients. Raises AgeFailure, and then releases nothing."""
    return open_payload(data, parse_header(data), identities)


def open_payload(data: bytes, header: Header, identities: Sequence[Identity]) -> bytes:
    """As `read_age`, for a header that is parsed already."""
    if any(stanza.name in _OTHER_AGE_TYPES for stanza in header.stanzas):
        raise HeaderFailure("a recipient that is not hybrid")
    wrapped = [read_stanza(stanza) for stanza in header.stanzas if stanza.name == HYBRID]
    file_key = find_file_key(wrapped, identities)
    if file_key is None:
        raise NoMatch("no identity opens this file")
    return open_with(data, header, file_key)


def open_with(data: bytes, header: Header, file_key: bytes) -> bytes:
    """Check the header's MAC and read the payload to its end."""
    if not hmac.compare_digest(_mac(file_key, header.signed), header.mac):
        raise MacFailure("the header was changed")
    nonce = data[header.end : header.end + NONCE]
    if len(nonce) != NONCE:
        raise HeaderFailure("the nonce is cut off")
    return open_stream(_payload_key(file_key, nonce), memoryview(data)[header.end + NONCE :])


def _mac(file_key: bytes, signed: bytes) -> bytes:
    return hmac.digest(derive(file_key, salt=b"", info=b"header"), signed, sha256)


def _payload_key(file_key: bytes, nonce: bytes) -> bytes:
    return derive(file_key, salt=nonce, info=b"payload")
