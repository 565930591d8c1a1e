"""Keys in text form, points of low order, fingerprints."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from storage.sealing import (
    BadKeyText,
    BadSignature,
    Identity,
    IdentityKey,
    Recipient,
    RecoveryKey,
    RootKey,
    SigningKey,
    bech32,
)
from storage.sealing.recipients import is_low_order
from storage.sealing.signatures import check_signature
from tests.storage.sealing.people import identity_of

TEXT = identity_of(0).to_text()
LOW = [
    bytes(32),
    b"\x01" + bytes(31),
    bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
    bytes.fromhex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
    bytes.fromhex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    bytes.fromhex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    bytes.fromhex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
]


def multiplies_to_zero(point: bytes) -> bool:
    try:
        X25519PrivateKey.from_private_bytes(bytes(range(32))).exchange(
            X25519PublicKey.from_public_bytes(point)
        )
    except ValueError:
        return True
    return False


@pytest.mark.parametrize("point", [*LOW, *(point[:31] + bytes([point[31] | 0x80]) for point in LOW)])
def test_a_point_of_low_order_is_recognised_with_and_without_its_top_bit(point: bytes) -> None:
    assert multiplies_to_zero(point)
    assert is_low_order(point)


@given(st.binary(min_size=32, max_size=32))
def test_any_other_point_agrees_with_the_multiplication(point: bytes) -> None:
    assert is_low_order(point) == multiplies_to_zero(point)


@given(st.binary(min_size=32, max_size=32))
def test_keys_survive_their_text(seed: bytes) -> None:
    identity = Identity.from_seed(seed)
    assert Identity.from_text(f"  {identity.to_text().lower()}\n").seed == seed
    read = Recipient.from_text(identity.recipient.to_text())
    assert read == identity.recipient
    assert hash(read) == hash(identity.recipient) != hash(Identity.generate().recipient)


@given(st.binary(max_size=80))
def test_bech32_reads_what_it_wrote(data: bytes) -> None:
    assert bech32.decode("age", bech32.encode("age", data)) == data


def test_bech32_gives_a_published_example() -> None:
    assert bech32.encode("a", b"") == "a12uel5l"
    halves = bech32.decode("abcdef", "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw")
    assert halves.hex() == "00443214c74254b635cf84653a56d7c675be77df"


def test_every_single_wrong_letter_of_a_key_is_noticed() -> None:
    letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l".upper()
    for place in range(len("AGE-SECRET-KEY-PQ-1"), len(TEXT)):
        wrong = letters[(letters.index(TEXT[place]) + 1) % 32]
        with pytest.raises(BadKeyText, match="typing error"):
            Identity.from_text(TEXT[:place] + wrong + TEXT[place + 1 :])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        TEXT[:-1],
        TEXT + "Q",
        TEXT.capitalize(),
        TEXT.replace("PQ", "PK"),
        "ключ",
        TEXT[:30] + "O" + TEXT[31:],
    ],
)
def test_a_mistyped_key_is_answered_kindly_and_without_the_key(text: str) -> None:
    with pytest.raises(BadKeyText) as refusal:
        Identity.from_text(text)
    assert str(refusal.value).endswith(".")
    assert TEXT[25:45].lower() not in str(refusal.value).lower()


@pytest.mark.parametrize("words", [[0, 1], [0], [0, 0, 0], [0] * 9])
def test_leftover_bits_are_refused(words: list[int]) -> None:
    with pytest.raises(BadKeyText, match="letter too many"):
        bech32.decode("age", _with_words("age", words))


def _with_words(prefix: str, words: list[int]) -> str:
    letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    return prefix + "1" + "".join(letters[word] for word in words + bech32._checksum(prefix, words))


def test_an_identity_is_not_taken_for_a_recipient() -> None:
    with pytest.raises(BadKeyText, match="age1pq1"):
        Recipient.from_text(TEXT)


def test_a_recipient_whose_share_gives_the_secret_away_is_refused() -> None:
    public = identity_of(0).recipient.public
    with pytest.raises(BadKeyText):
        Recipient(public[:1184] + LOW[2])


def test_a_recipient_that_is_not_reduced_is_refused() -> None:
    with pytest.raises(BadKeyText):
        Recipient(b"\xff" * 1184 + identity_of(0).recipient.public[1184:])


@pytest.mark.parametrize("size", [0, 1215, 1217])
def test_a_recipient_of_another_length_is_refused(size: int) -> None:
    with pytest.raises(BadKeyText):
        Recipient(bytes(size))


@pytest.mark.parametrize("make", [Identity.from_seed, SigningKey.from_seed])
def test_a_seed_of_another_length_is_refused(make: type[Identity] | type[SigningKey]) -> None:
    with pytest.raises(BadKeyText, match="32 bytes"):
        make(bytes(31))


def test_a_fingerprint_is_short_and_differs_between_people() -> None:
    prints = {identity_of(number).recipient.fingerprint for number in range(5)}
    assert len(prints) == 5
    assert all(len(text) == 13 and text.isalnum() and text == text.lower() for text in prints)


def test_a_signature_under_another_prefix_or_key_is_refused() -> None:
    key, other = SigningKey.generate(), SigningKey.generate()
    signature = key.sign(b"vestka/seal/v1\0", b"text")
    check_signature(key.public, b"vestka/seal/v1\0", message=b"text", signature=signature)
    wrong = [
        (key.public, b"vestka/roster/v1\0"),
        (other.public, b"vestka/seal/v1\0"),
        (b"", b"vestka/seal/v1\0"),
    ]
    for public, prefix in wrong:
        with pytest.raises(BadSignature):
            check_signature(public, prefix, message=b"text", signature=signature)
    with pytest.raises(BadSignature):
        check_signature(key.public, b"vestka/seal/v1\0", message=b"text", signature=signature[:-1])


def test_a_signing_key_hides_itself() -> None:
    key = SigningKey.generate()
    assert repr(key) == "SigningKey(hidden)"
    assert SigningKey.from_seed(key.seed).public == key.public


def test_new_keys_are_whole_and_each_its_own() -> None:
    own = [IdentityKey.generate("m-07") for _ in range(2)]
    assert own[0].mod == "m-07"
    assert own[0].to_content() != own[1].to_content()
    assert len(RootKey.generate().signing.public) == 32
    assert len(RecoveryKey.generate().identity.recipient.public) > 1000
    assert len(Identity.generate().seed) == 32


def test_equal_recipients_are_one_in_a_set_and_others_are_not() -> None:
    recipients = {Identity.from_seed(bytes([number % 2]) * 32).recipient for number in range(4)}
    assert len(recipients) == 2
