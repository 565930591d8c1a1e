"""Our own vectors: committed text, one outcome each, and made by other means where the product cannot."""

from hashlib import sha256

import pytest

from storage.sealing import (
    CannotOpen,
    Identity,
    SigningKey,
    audit_hash,
    blind,
    check_seal,
    open_draft,
    open_sealed,
    sign_seal,
    unlock,
)
from storage.sealing.audit import AUDIT_START
from storage.sealing.envelope import read_object
from storage.sealing.padding import padme
from storage.sealing.stanzas import AgeFailure, HeaderFailure, MacFailure, NoMatch, PayloadFailure
from tests.storage.sealing.vector_files import FOLDER, Vector, read_vector, read_vectors
from tests.vectors import make
from tests.vectors.objects import frame_of, vso1_1
from tests.vectors.oracle import drbg

OBJECTS = read_vectors("VSO1")
OPENED = [vector for vector in OBJECTS if vector.fields["expect"] == "opened"]
REFUSED = [vector for vector in OBJECTS if vector.fields["expect"] == "refused"]
CLASSES: dict[str, type[AgeFailure]] = {
    "header": HeaderFailure,
    "no-match": NoMatch,
    "mac": MacFailure,
    "payload": PayloadFailure,
}


def test_every_file_is_what_the_maker_writes_today() -> None:
    made = dict(make.vectors())
    committed = {path.stem: path.read_text("utf-8") for path in FOLDER.glob("*.txt")}
    assert committed.pop(make.SLOW)
    assert made == committed


@pytest.mark.parametrize("vector", OPENED, ids=lambda vector: vector.name)
def test_an_object_opens_to_its_body(vector: Vector) -> None:
    identity = Identity.from_text(vector.fields["identity"])
    object_id = bytes.fromhex(vector.fields["object"])
    opened = open_sealed(vector.data, [identity], expect_object_id=object_id)
    assert opened.body == vector.fields["body"].encode()


@pytest.mark.parametrize("vector", REFUSED, ids=lambda vector: vector.name)
def test_a_hostile_object_is_refused_for_its_class(vector: Vector) -> None:
    identities = [Identity.from_text(vector.fields["identity"])]
    with pytest.raises(AgeFailure) as inner:
        read_object(vector.data, identities)
    assert type(inner.value) is CLASSES[vector.fields["class"]]


def test_all_refusals_look_alike_and_carry_no_cause() -> None:
    sentences = set()
    for vector in REFUSED:
        with pytest.raises(CannotOpen) as refusal:
            open_sealed(vector.data, [Identity.from_text(vector.fields["identity"])])
        assert refusal.value.__cause__ is None
        assert refusal.value.__context__ is None
        sentences.add(str(refusal.value))
    assert len(sentences) == 1
    assert len(REFUSED) == 37


def test_an_object_under_another_name_is_refused() -> None:
    vector = read_vector("vso1-1")
    with pytest.raises(CannotOpen):
        open_sealed(vector.data, [Identity.from_text(vector.fields["identity"])], expect_object_id=bytes(16))


def test_the_first_object_has_the_published_hashes() -> None:
    data = read_vector("vso1-1").data
    ctx = data[data.index(b"-> vestka/ctx") : data.index(b"-> mlkem768x25519")]
    assert (len(data), sha256(data).hexdigest()) == (
        19_693,
        "3bb96b7243ac9311144d69f8903e37b5fbef97f9abb440b37cac73057b504105",
    )
    assert sha256(ctx).hexdigest() == "4851589a79016c8c303f53fd7eeaee0ac212e6a404f10d8048c9b2f89c3b07bc"
    frame = sha256(frame_of()).hexdigest()
    assert frame == "02b05736c54b3a90f4fdc3d22ec54fd2a01051014f57d3ac2ed65aa3e1282830"


def test_the_recovery_holder_opens_the_first_object_too() -> None:
    assert open_sealed(vso1_1(), [Identity.from_seed(drbg("recovery"))]).epoch == 20780


def test_the_first_identity_has_the_published_text() -> None:
    fields = read_vector("identity-1").fields
    identity = Identity.from_seed(bytes.fromhex(fields["seed"]))
    assert identity.to_text() == fields["identity"]
    assert identity.to_text() == (
        "AGE-SECRET-KEY-PQ-1RJV8S54WESFDK4ULVWDZ0EDMFGJF4MERJFFJR3555PH0KSLE68LSKP85HK"
    )
    assert sha256(identity.recipient.public).hexdigest() == (
        "bc6f9af54b023cb105401ee682ea6ead896450311c61007be94f3fca364a93a1"
    )


def test_the_pseudonym_has_the_published_value() -> None:
    vector = read_vector("bid")
    pepper, account = bytes.fromhex(vector.fields["pepper"]), bytes.fromhex(vector.fields["account"])
    assert blind(pepper, vector.fields["network"], account) == vector.data
    assert vector.data.hex() == "7c9621436277c9cedb9f44f85c14c7aa"


def test_the_draft_has_the_published_hash_and_opens() -> None:
    vector = read_vector("vdr1")
    digest = "ed8958d01c782a7d00f12d7f1fd5dc0c0939efaac892e3bda35d628a63e22d18"
    assert (len(vector.data), sha256(vector.data).hexdigest()) == (4177, digest)
    key, bid = bytes.fromhex(vector.fields["key"]), bytes.fromhex(vector.fields["bid"])
    assert open_draft(key, vector.data, bid=bid) == (3, vector.fields["body"].encode())


def test_the_audit_head_has_the_published_value() -> None:
    head = AUDIT_START
    for number, what in enumerate(("genesis", "seal", "forward")):
        head = audit_hash(head, {"i": number, "t": what, "d": "2026-11-23"})
    assert head.hex() == "5d0486674d7a81f50f971fb8036525d3060e7cf7c8acd0ba239f13f0248c360b"
    assert read_vector("audit").data == head


def test_padme_has_the_published_sizes() -> None:
    sizes = {int(name): int(size) for name, size in read_vector("padme").fields.items() if name.isdigit()}
    assert sizes == {65_537: 67_584, 100_000: 100_352, 1_000_000: 1_015_808, 5_242_881: 5_373_952}
    assert {size: padme(size) for size in sizes} == sizes


def test_the_seal_signature_is_the_committed_one() -> None:
    vector = read_vector("vsg1")
    assert sign_seal(SigningKey.from_seed(drbg("bk")), vso1_1()) == vector.data
    check_seal(bytes.fromhex(vector.fields["public"]), vso1_1(), vector.data)


@pytest.mark.slow
def test_the_key_file_at_default_cost_has_the_published_hash_and_opens() -> None:
    vector = read_vector("vkf1")
    digest = "78c2909ed02bc104bbef3557db6c60db92e4a11d7ab014923053cd3ff9d231f0"
    assert (len(vector.data), sha256(vector.data).hexdigest()) == (4170, digest)
    assert unlock(vector.data, vector.fields["passphrase"]) == {
        "epochs": {"20780": vector.fields["seed"]},
        "mod": "m-01",
        "sig": vector.fields["sig"],
        "v": 1,
    }
