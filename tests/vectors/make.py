"""Make the vectors of the sealed format: `python -m tests.vectors.make`.

A changed vector is a change of the format: docs/format.md and a decision record come first. Everything here
is deterministic, so running it again over an unchanged format changes no file.
"""

import textwrap
from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from storage.sealing import Cost, Identity, SigningKey, audit_hash, blind, lock, sign_seal
from storage.sealing.audit import AUDIT_START
from storage.sealing.drafts import write_draft
from storage.sealing.padding import padme
from tests.vectors.hostile import hostile_vectors
from tests.vectors.objects import BODY, OBJECT_ID, small_object, vso1_1
from tests.vectors.oracle import drbg

HERE = Path(__file__).parent
SLOW = "vkf1"
BID = bytes.fromhex("7c9621436277c9cedb9f44f85c14c7aa")
PASSPHRASE = "правильна-конь-батарэя"


def render(fields: Mapping[str, str], data: bytes = b"") -> str:
    """A vector as text: fields, an empty line, base64."""
    head = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return head + "\n" + "".join(f"{line}\n" for line in textwrap.wrap(b64encode(data).decode(), 100))


def vectors() -> Iterator[tuple[str, str]]:
    """Every vector's name and text, but the slow one."""
    yield "vso1-1", _object("what docs/format.md calls VSO1-1", vso1_1())
    yield (
        "vso1-small",
        _object("a frame no writer of today makes: the reader does not check the bucket", small_object()),
    )
    for name, fields, data in hostile_vectors():
        yield name, render(fields, data)
    yield "identity-1", _identity()
    yield "vsg1", _seal_signature()
    yield "bid", _pseudonym()
    yield "vdr1", _draft()
    yield "audit", _audit()
    yield "padme", _padme()


def slow_vector() -> str:
    """The key file at its default cost: 4 passes over 1 GiB."""
    content: dict[str, object] = {
        "epochs": {"20780": drbg("mod").hex()},
        "mod": "m-01",
        "sig": drbg("sig").hex(),
        "v": 1,
    }
    cost = Cost(ops=4, mem=1 << 30)
    data = lock(content, PASSPHRASE, cost=cost, salt=drbg("kfs", 16), nonce=drbg("kfn", 24))
    fields = {
        "format": "VKF1",
        "expect": "opened",
        "class": "-",
        "comment": "default cost, one prekey by epoch",
    }
    return render(
        {**fields, "passphrase": PASSPHRASE, "seed": drbg("mod").hex(), "sig": drbg("sig").hex()}, data
    )


def _object(comment: str, data: bytes) -> str:
    fields = {"format": "VSO1", "expect": "opened", "class": "-", "comment": comment}
    identity = Identity.from_seed(drbg("mod")).to_text()
    return render({**fields, "identity": identity, "object": OBJECT_ID.hex(), "body": BODY.decode()}, data)


def _identity() -> str:
    identity = Identity.from_seed(drbg("mod"))
    digest = sha256(identity.recipient.public).hexdigest()
    fields = {"format": "identity", "expect": "opened", "class": "-", "comment": "the public key is the data"}
    keys = {"seed": drbg("mod").hex(), "identity": identity.to_text(), "public-sha256": digest}
    return render({**fields, **keys, "recipient": identity.recipient.to_text()}, identity.recipient.public)


def _seal_signature() -> str:
    key = SigningKey.from_seed(drbg("bk"))
    fields = {"format": "VSG1", "expect": "opened", "class": "-", "comment": "over the file of vso1-1"}
    return render({**fields, "public": key.public.hex()}, sign_seal(key, vso1_1()))


def _pseudonym() -> str:
    account = (123456789).to_bytes(8, "big")
    fields = {"format": "bid", "expect": "opened", "class": "-", "comment": "an invented account"}
    inputs = {"pepper": drbg("pepper").hex(), "network": "tg", "account": account.hex()}
    return render({**fields, **inputs}, blind(drbg("pepper"), "tg", account))


def _draft() -> str:
    body = b'{"a":{},"s":"ask_name"}'
    data = write_draft(drbg("kvol"), body, bid=BID, rev=3, salt=drbg("dsalt"), nonce=drbg("dn", 24))
    fields = {"format": "VDR1", "expect": "opened", "class": "-", "comment": "a draft at its first question"}
    return render(
        {**fields, "key": drbg("kvol").hex(), "bid": BID.hex(), "rev": "3", "body": body.decode()}, data
    )


def _audit() -> str:
    head = AUDIT_START
    for number, what in enumerate(("genesis", "seal", "forward")):
        head = audit_hash(head, {"d": "2026-11-23", "i": number, "t": what})
    fields = {"format": "audit", "expect": "opened", "class": "-", "comment": "the head after three entries"}
    return render(fields, head)


def _padme() -> str:
    sizes = (65_537, 100_000, 1_000_000, 5_242_881)
    fields = {"format": "padme", "expect": "opened", "class": "-", "comment": "size and padded size"}
    return render({**fields, **{str(size): str(padme(size)) for size in sizes}})


def main() -> None:
    """Write all files."""
    for name, text in [*vectors(), (SLOW, slow_vector())]:
        (HERE / f"{name}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
