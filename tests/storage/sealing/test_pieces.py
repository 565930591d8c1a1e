"""The pieces of an age file by themselves, at their edges: base64, stanzas, chunks, frames, bits."""

from __future__ import annotations

from base64 import b64encode

import pytest
from nacl.bindings import crypto_aead_chacha20poly1305_ietf_encrypt

from storage.sealing import Identity, Kind, bech32, open_record, seal_record
from storage.sealing.context import Context
from storage.sealing.frame import Frame, read_frame, write_frame
from storage.sealing.padding import padme
from storage.sealing.stanzas import (
    VERSION_LINE,
    HeaderFailure,
    PayloadFailure,
    Stanza,
    from_base64,
    parse_header,
    serialise,
    to_base64,
)
from storage.sealing.stream import CHUNK, open_stream, seal_stream

KEY = bytes(range(32))


@pytest.mark.parametrize("size", [0, 1, 2, 3, 46, 47, 48, 49, 95, 96, 97, 144])
def test_a_stanzas_body_is_cut_into_lines_of_64_and_ends_with_a_shorter_one(size: int) -> None:
    stanza = Stanza("узор".encode().hex(), (b"one", b"two"), bytes(range(size)))
    first, *lines, rest = serialise(stanza).split(b"\n")
    assert first == b"-> d183d0b7d0bed180 one two"
    assert rest == b""
    assert [len(line) for line in lines[:-1]] == [64] * (len(lines) - 1)
    assert len(lines[-1]) < 64
    assert b"".join(lines) == b64encode(stanza.body).rstrip(b"=")
    mac = b"--- " + to_base64(bytes(32)) + b"\n"
    header = parse_header(VERSION_LINE + serialise(stanza) + mac + b"body")
    assert header.stanzas == (stanza,)


@pytest.mark.parametrize(
    "lines",
    [
        b"",
        b"-> a\n\n",
        b"--- " + to_base64(bytes(32)) + b"\n",
        b"-> a\n\nwhat " + to_base64(bytes(32)) + b"\n",
        b"->  a\n\n--- " + to_base64(bytes(32)) + b"\n",
        b"-> a  b\n\n--- " + to_base64(bytes(32)) + b"\n",
        b"-> a\tb\n\n--- " + to_base64(bytes(32)) + b"\n",
        b"-> a b \n\n--- " + to_base64(bytes(32)) + b"\n",
        b"-> a\n" + b"A" * 65 + b"\n\n--- " + to_base64(bytes(32)) + b"\n",
        b"-> a\n\n--- " + to_base64(bytes(31)) + b"\n",
    ],
)
def test_a_header_that_is_spelt_otherwise_is_refused(lines: bytes) -> None:
    with pytest.raises(HeaderFailure):
        parse_header(VERSION_LINE + lines)


@pytest.mark.parametrize("text", [b"A", b"AAAAA", b"AAAAAAAAA", b"AB", b"AAB", b"AA=", b"A A", b"AA\n"])
def test_base64_that_no_writer_makes_is_refused(text: bytes) -> None:
    with pytest.raises(HeaderFailure):
        from_base64(text)


@pytest.mark.parametrize("text", [b"", b"AA", b"AAA", b"AAAX", b"XX==", b"AAAAXA"])
def test_base64_is_read_and_written_without_its_filling(text: bytes) -> None:
    bare = text.rstrip(b"=")
    if bare == b"XX":  # its last bits are not zero
        bare = b"XQ"
    assert to_base64(from_base64(bare)) == bare


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1])
def test_a_body_of_any_length_comes_back_whole(size: int) -> None:
    plain = bytes(number % 251 for number in range(size))
    sealed = seal_stream(KEY, plain)
    chunks = max(1, -(-size // CHUNK))
    assert len(sealed) == size + 16 * chunks
    assert open_stream(KEY, sealed) == plain


def chunk(number: int, plain: bytes, *, last: bool) -> bytes:
    nonce = number.to_bytes(11, "big") + bytes([last])
    return crypto_aead_chacha20poly1305_ietf_encrypt(plain, None, nonce, KEY)


def test_a_body_may_not_end_with_an_empty_chunk_beside_others() -> None:
    assert open_stream(KEY, chunk(0, b"", last=True)) == b""
    for before in (bytes(CHUNK), bytes(CHUNK) + bytes(CHUNK)):
        pieces = [before[at : at + CHUNK] for at in range(0, len(before), CHUNK)]
        sealed = b"".join(chunk(number, piece, last=False) for number, piece in enumerate(pieces))
        with pytest.raises(PayloadFailure):
            open_stream(KEY, sealed + chunk(len(pieces), b"", last=True))


@pytest.mark.parametrize("size", [0, 1, 15])
def test_less_than_a_tag_is_no_body(size: int) -> None:
    with pytest.raises(PayloadFailure):
        open_stream(KEY, bytes(size))


def test_a_frame_without_padding_and_without_a_body_is_one() -> None:
    frame = Frame(Kind.ATTACHMENT, 1, 0, bytes(16), bytes(32), b"")
    head = write_frame(frame)[:64]
    assert read_frame(head) == frame
    with pytest.raises(PayloadFailure):
        read_frame(head[:-1])


@pytest.mark.parametrize("schema", [1, 255])
def test_a_schema_has_a_byte(schema: int) -> None:
    context = Context(Kind.REPORT, schema, 20780, bytes(16), bytes(32))
    assert context.schema == schema


def test_small_lengths_are_rounded_as_large_ones_are() -> None:
    small = {total: padme(total) for total in (1, 2, 3, 4, 5, 7, 8, 9, 10, 17)}
    assert small == {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 7: 7, 8: 8, 9: 10, 10: 10, 17: 18}


def test_a_record_that_is_bound_to_nothing_is_bound_to_nothing_by_name() -> None:
    assert open_record(KEY, "case", seal_record(KEY, "case", b"text"), bound_to=b"") == b"text"
    assert open_record(KEY, "case", seal_record(KEY, "case", b"text", bound_to=b"")) == b"text"


def test_an_identity_says_no_more_of_itself_than_that_it_is_one() -> None:
    assert repr(Identity.from_seed(KEY)) == "Identity(hidden)"


@pytest.mark.parametrize("size", [0, 1, 4, 5, 10, 32])
def test_eight_bits_are_cut_into_five_and_back_at_every_remainder(size: int) -> None:
    data = bytes(255 - number for number in range(size))
    text = bech32.encode("age", data)
    assert len(text) == len("age1") + -(-size * 8 // 5) + 6
    assert bech32.decode("age", text) == data
