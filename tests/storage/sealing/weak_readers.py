"""Readers with one protection switched off: what the tamper tests must be able to see."""

import hmac
from hashlib import sha256

from nacl.bindings import crypto_aead_chacha20poly1305_ietf_decrypt
from nacl.exceptions import CryptoError

from storage.sealing import Identity
from storage.sealing.context import read_context
from storage.sealing.derivation import derive
from storage.sealing.frame import read_frame
from storage.sealing.recipients import find_file_key, read_stanza
from storage.sealing.stanzas import MacFailure, NoMatch, parse_header
from storage.sealing.stream import CHUNK, TAG, open_stream


def read_without_mac(data: bytes, identity: Identity) -> bytes:
    """Everything but the header's MAC and the agreement of frame and header."""
    header = parse_header(data)
    read_context(header.stanzas)
    file_key = find_file_key([*map(read_stanza, header.stanzas[1:])], [identity])
    if file_key is None:
        raise NoMatch("no identity opens this file")
    key = derive(file_key, salt=data[header.end : header.end + 16], info=b"payload")
    return read_frame(open_stream(key, data[header.end + 16 :])).body


def read_chunk_by_chunk(data: bytes, identity: Identity) -> bytes:
    """Releases each chunk as soon as it is authentic, as a careless streaming reader does."""
    header = parse_header(data)
    file_key = find_file_key([*map(read_stanza, header.stanzas[1:])], [identity]) or b""
    covered = hmac.digest(derive(file_key, salt=b"", info=b"header"), header.signed, sha256)
    if covered != header.mac:
        raise MacFailure("the header was changed")
    key = derive(file_key, salt=data[header.end : header.end + 16], info=b"payload")
    body, released, number = data[header.end + 16 :], b"", 0
    while piece := body[number * (CHUNK + TAG) : (number + 1) * (CHUNK + TAG)]:
        last = (number + 1) * (CHUNK + TAG) >= len(body)
        try:
            nonce = number.to_bytes(11, "big") + bytes([last])
            released += crypto_aead_chacha20poly1305_ietf_decrypt(piece, None, nonce, key)
        except CryptoError:
            break
        number += 1
    if not released:
        raise NoMatch("nothing was released")
    return released
