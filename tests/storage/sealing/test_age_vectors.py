"""The public C2SP vectors of the age format, by outcome class. Every file belongs to one of three groups.

* hybrid, 18 files: the product's own age layer gives the published outcome; `hybrid_and_x25519` alone is
  refused on purpose, since a classical recipient beside a hybrid one undoes it.
* classical, 67 files: they test header, MAC and payload with X25519 recipients, which Vestka has none of. A
  small X25519 reader of the tests finds the file key, the product's layers do the rest and give the published
  outcome; the product itself refuses every one of them.
* refused, 58 files: armour and passphrases, which Vestka has none of. The product refuses every one.

Where a vector also fixes the prefix that a streaming reader may release before it fails, this is not
compared: this reader releases nothing.
"""

import zlib
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from nacl.bindings import crypto_aead_chacha20poly1305_ietf_decrypt
from nacl.exceptions import CryptoError

from storage.sealing import CannotOpen, Identity, bech32, open_sealed
from storage.sealing.age import open_with, read_age
from storage.sealing.derivation import derive
from storage.sealing.stanzas import (
    AgeFailure,
    Header,
    HeaderFailure,
    MacFailure,
    NoMatch,
    PayloadFailure,
    from_base64,
    parse_header,
)

FOLDER = Path(__file__).parents[4] / "shared" / "vectors" / "cctv-age"
PATHS = sorted(FOLDER.iterdir()) if FOLDER.is_dir() else []
REFUSED_ON_PURPOSE = "hybrid_and_x25519"
CLASSES: dict[str, type[AgeFailure]] = {
    "header failure": HeaderFailure,
    "HMAC failure": MacFailure,
    "no match": NoMatch,
    "payload failure": PayloadFailure,
}

needs_vectors = pytest.mark.skipif(not PATHS, reason="the C2SP age vectors are not beside this checkout")


@dataclass(frozen=True, slots=True)
class AgeVector:
    name: str
    group: str
    expect: str
    payload: str
    identities: tuple[str, ...]
    data: bytes


def read_age_vector(path: Path) -> AgeVector:
    head, _, data = path.read_bytes().partition(b"\n\n")
    fields = [line.split(": ", 1) for line in head.decode().splitlines()]
    values = dict(fields)
    if "compressed" in values:
        data = zlib.decompress(data)
    return AgeVector(
        name=path.name,
        group=group_of(path.name, values),
        expect=values["expect"],
        payload=values.get("payload", ""),
        identities=tuple(value for name, value in fields if name == "identity"),
        data=data,
    )


def group_of(name: str, values: dict[str, str]) -> str:
    if values.get("armored") == "yes" or "passphrase" in values:
        return "refused"
    return "hybrid" if name.startswith("hybrid") else "classical"


VECTORS = [read_age_vector(path) for path in PATHS]


def of_group(group: str) -> list[AgeVector]:
    return [vector for vector in VECTORS if vector.group == group]


def hybrid_identities(vector: AgeVector) -> list[Identity]:
    return [Identity.from_text(text) for text in vector.identities if "-PQ-" in text]


def check_outcome(vector: AgeVector, payload: bytes | AgeFailure) -> None:
    if vector.expect == "success":
        assert isinstance(payload, bytes)
        assert sha256(payload).hexdigest() == vector.payload
    else:
        assert type(payload) is CLASSES[vector.expect]


def read_classical(vector: AgeVector) -> bytes:
    header = parse_header(vector.data)
    for text in vector.identities:
        file_key = find_classical_key(header, bech32.decode("age-secret-key-", text))
        if file_key is not None:
            return open_with(vector.data, header, file_key)
    raise NoMatch("no identity opens this file")


def find_classical_key(header: Header, secret: bytes) -> bytes | None:
    ours = [stanza for stanza in header.stanzas if stanza.name == "X25519"]
    for stanza in ours:
        if (
            len(stanza.arguments) != 1
            or len(from_base64(stanza.arguments[0])) != 32
            or len(stanza.body) != 32
        ):
            raise HeaderFailure("not the shape of an X25519 stanza")
    found = (unwrap_classical(from_base64(s.arguments[0]), s.body, secret=secret) for s in ours)
    return next((key for key in found if key is not None), None)


def unwrap_classical(share: bytes, body: bytes, *, secret: bytes) -> bytes | None:
    key = X25519PrivateKey.from_private_bytes(secret)
    try:
        shared = key.exchange(X25519PublicKey.from_public_bytes(share))
    except ValueError:
        raise HeaderFailure("a share of low order") from None
    salt = share + key.public_key().public_bytes_raw()
    wrapping = derive(shared, salt=salt, info=b"age-encryption.org/v1/X25519")
    try:
        return crypto_aead_chacha20poly1305_ietf_decrypt(body, None, bytes(12), wrapping)
    except CryptoError:
        return None


def outcome(vector: AgeVector) -> bytes | AgeFailure:
    try:
        if vector.group == "classical":
            return read_classical(vector)
        return read_age(vector.data, hybrid_identities(vector))
    except AgeFailure as failure:
        return failure


@needs_vectors
def test_every_file_of_the_folder_belongs_to_a_group() -> None:
    assert Counter(vector.group for vector in VECTORS) == {"hybrid": 18, "classical": 67, "refused": 58}


@needs_vectors
@pytest.mark.parametrize("vector", of_group("hybrid"), ids=lambda vector: vector.name)
def test_a_hybrid_file_has_the_published_outcome(vector: AgeVector) -> None:
    if vector.name == REFUSED_ON_PURPOSE:
        assert vector.expect == "success"
        assert type(outcome(vector)) is HeaderFailure
    else:
        check_outcome(vector, outcome(vector))


@needs_vectors
@pytest.mark.parametrize("vector", of_group("classical"), ids=lambda vector: vector.name)
def test_header_mac_and_payload_have_the_published_outcome(vector: AgeVector) -> None:
    check_outcome(vector, outcome(vector))


@needs_vectors
@pytest.mark.parametrize("group", ["classical", "refused"])
def test_the_product_refuses_every_file_that_is_not_hybrid(group: str) -> None:
    stranger = [Identity.from_seed(bytes(32))]
    for vector in of_group(group):
        with pytest.raises(AgeFailure):
            read_age(vector.data, [*stranger, *hybrid_identities(vector)])


@needs_vectors
def test_no_age_file_without_our_context_is_a_sealed_object() -> None:
    for vector in VECTORS:
        with pytest.raises(CannotOpen):
            open_sealed(vector.data, [Identity.from_seed(bytes(32)), *hybrid_identities(vector)])


@needs_vectors
def test_control_a_changed_label_fails_the_classical_files() -> None:
    good = next(vector for vector in VECTORS if vector.name == "x25519")
    header = parse_header(good.data)
    file_key = find_classical_key(header, bech32.decode("age-secret-key-", good.identities[0]))
    assert file_key is not None
    with pytest.raises(MacFailure):
        open_with(good.data, header, bytes(byte ^ 1 for byte in file_key))
