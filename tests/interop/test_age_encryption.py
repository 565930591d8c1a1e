"""Both directions against age-encryption, written by others in another language."""

import subprocess
from pathlib import Path

import pytest

from storage.sealing import CannotOpen, Identity, Kind, open_sealed, seal
from storage.sealing.age import read_age
from tests.interop.node_age import Missing, NodeAge, Refused, install
from tests.storage.sealing.people import EPOCH, RECOVERY, identity_of, set_of
from tests.vectors.objects import vso1_1
from tests.vectors.oracle import drbg

pytestmark = pytest.mark.node

ID = bytes(range(16))
BODY = '{"v":1,"what":"тест"}'.encode()
BODIES = [
    (Kind.REPORT, BODY),
    (Kind.REPORT, b"x" * 16_321),
    (Kind.REPLY, b"x" * 130_000),
    (Kind.CHECKPOINT, b"{}"),
    (Kind.ATTACHMENT, b""),
    (Kind.ATTACHMENT, bytes(range(256)) * 256),
    (Kind.ATTACHMENT, b"y" * 700_001),
    (Kind.DIGEST, b"{}"),
]
SIZES = [0, 1, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073, 300_000]


@pytest.fixture(scope="module")
def node() -> NodeAge:
    try:
        return install()
    except Missing as reason:
        pytest.skip(str(reason))


def test_it_opens_what_we_seal(node: NodeAge) -> None:
    for count in (1, 3, 6):
        sealed = [seal(kind, body, object_id=ID, epoch=EPOCH, to=set_of(count)).data for kind, body in BODIES]
        for holder in (identity_of(0), RECOVERY):
            payloads = node.open_all([(holder.to_text(), data) for data in sealed])
            for (_, body), payload in zip(BODIES, payloads, strict=True):
                assert isinstance(payload, bytes)
                assert payload[:4] == b"VSP1"
                assert payload[64:].rstrip(b"\0") == body.rstrip(b"\0")


def test_we_open_what_it_seals(node: NodeAge) -> None:
    readers = [identity_of(number) for number in range(3)]
    plains = [b"z" * size for size in SIZES]
    files = node.seal_all(plains, [reader.recipient.to_text() for reader in readers])
    for reader in readers:
        assert [read_age(data, [reader]) for data in files] == plains


def test_its_file_is_not_a_sealed_object(node: NodeAge) -> None:
    file = node.seal_all([BODY], [RECOVERY.recipient.to_text()])[0]
    with pytest.raises(CannotOpen):
        open_sealed(file, [RECOVERY])


def test_it_derives_the_same_public_key(node: NodeAge) -> None:
    identity = Identity.from_seed(drbg("mod"))
    assert node.recipient_of(identity.to_text()) == identity.recipient.to_text()


def test_it_refuses_an_object_whose_context_or_body_was_edited(node: NodeAge) -> None:
    data, holder = vso1_1(), Identity.from_seed(drbg("mod")).to_text()
    edited = [
        data.replace(b" 20780 ", b" 20781 ", 1),
        data[:-1],
        data[:-20] + bytes([data[-20] ^ 1]) + data[-19:],
        data[: data.rindex(b"-> mlkem")] + data[data.rindex(b"---") :],
    ]
    answers = node.open_all([(holder, each) for each in [data, *edited]])
    assert [isinstance(answer, Refused) for answer in answers] == [False, True, True, True, True]


def test_the_emergency_command_gives_the_body(node: NodeAge, tmp_path: Path) -> None:
    payload = node.open_all([(Identity.from_seed(drbg("recovery")).to_text(), vso1_1())])[0]
    assert isinstance(payload, bytes)
    opened = tmp_path / "opened"
    opened.write_bytes(payload)
    done = subprocess.run(
        ["sh", "-c", "tail -c +65 opened | tr -d '\\0'"], cwd=tmp_path, capture_output=True, check=True
    )
    assert done.stdout == BODY
