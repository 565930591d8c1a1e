"""Key files: what they keep, and how they refuse."""

import pytest
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt
from nacl.pwhash import argon2id

from storage.sealing import (
    DEFAULT,
    FLOOR,
    Cost,
    DamagedKeyfile,
    IdentityKey,
    Key,
    RecoveryKey,
    RootKey,
    WeakKeyfile,
    WrongPassphrase,
    key_from_content,
    lock,
    unlock,
)
from storage.sealing.keyfile import _HEAD, cost_of

PASSPHRASE = "сем простых слоў замест аднаго"
MIB = 1024 * 1024


@pytest.fixture(scope="module")
def locked() -> bytes:
    return lock(IdentityKey.generate("m-07").to_content(), PASSPHRASE, cost=FLOOR)


def with_cost(data: bytes, cost: Cost) -> bytes:
    """The same file that claims another cost."""
    magic, version, algorithm, _, _, salt, nonce = _HEAD.unpack_from(data)
    return _HEAD.pack(magic, version, algorithm, cost.ops, cost.mem, salt, nonce) + data[_HEAD.size :]


def test_a_key_file_opens_with_its_passphrase_however_it_was_typed() -> None:
    composed, decomposed = "\u0439\u045e", "\u0438\u0306\u0443\u0306"
    assert unlock(lock({"v": 1}, composed, cost=FLOOR), decomposed) == {"v": 1}


def test_a_wrong_passphrase_is_answered_kindly(locked: bytes) -> None:
    with pytest.raises(WrongPassphrase, match="keyboard's language") as refusal:
        unlock(locked, PASSPHRASE + " ")
    assert PASSPHRASE not in str(refusal.value)


def test_a_turned_bit_does_not_open(locked: bytes) -> None:
    with pytest.raises(WrongPassphrase):
        unlock(locked[:-1] + bytes([locked[-1] ^ 1]), PASSPHRASE)


def test_a_cost_edited_within_bounds_does_not_open(locked: bytes) -> None:
    with pytest.raises(WrongPassphrase):
        unlock(with_cost(locked, Cost(FLOOR.ops + 1, FLOOR.mem)), PASSPHRASE)


@pytest.mark.parametrize("cost", [Cost(2, 1024 * MIB), Cost(4, 255 * MIB), Cost(1, 8192)])
def test_a_weak_file_is_neither_written_nor_tried(locked: bytes, cost: Cost) -> None:
    with pytest.raises(WeakKeyfile, match="at least 3 passes over 256 MiB"):
        lock({"v": 1}, PASSPHRASE, cost=cost)
    with pytest.raises(WeakKeyfile, match="at least 3 passes over 256 MiB"):
        unlock(with_cost(locked, cost), PASSPHRASE)


@pytest.mark.parametrize("cost", [Cost(65, 256 * MIB), Cost(3, 1 << 40)])
def test_a_file_that_would_exhaust_the_reader_is_not_tried(locked: bytes, cost: Cost) -> None:
    with pytest.raises(WeakKeyfile, match="more than"):
        lock({"v": 1}, PASSPHRASE, cost=cost)
    with pytest.raises(DamagedKeyfile, match="more memory or time"):
        unlock(with_cost(locked, cost), PASSPHRASE)


def test_the_default_is_above_the_floor() -> None:
    assert DEFAULT.covers(FLOOR)
    assert [DEFAULT.ops, DEFAULT.mem] == [4, 1024 * MIB]
    assert [FLOOR.ops, FLOOR.mem] == [3, 256 * MIB]


@pytest.mark.parametrize("passphrase", ["", "   "])
def test_an_empty_passphrase_is_refused(passphrase: str) -> None:
    with pytest.raises(WeakKeyfile, match="empty"):
        lock({"v": 1}, passphrase, cost=FLOOR)


def test_what_is_not_a_key_file_is_said_to_be_none(locked: bytes) -> None:
    newer = locked[:4] + b"\x02" + locked[5:]
    for data in (b"", b"VKF1", b"age-encryption.org/v1\n", locked[:-1], locked[:200], locked + b"\0", newer):
        with pytest.raises(DamagedKeyfile):
            unlock(data, PASSPHRASE)


def test_two_writes_of_one_content_differ_and_have_one_size() -> None:
    first, second = (lock({"v": 1}, PASSPHRASE, cost=FLOOR) for _ in range(2))
    assert len(first) == len(second) == 4170
    assert first[58:] != second[58:]


@pytest.mark.parametrize("key", [IdentityKey.generate("m-07"), RootKey.generate(), RecoveryKey.generate()])
def test_a_typed_key_survives_its_content_and_hides_itself(key: Key) -> None:
    content = key.to_content()
    again = key_from_content(content)
    assert again.to_content() == content
    assert type(again) is type(key)
    assert str(content["seed"]) not in repr(key)


def test_a_typed_key_survives_its_file(locked: bytes) -> None:
    key = key_from_content(unlock(locked, PASSPHRASE))
    assert isinstance(key, IdentityKey)
    assert key.mod == "m-07"


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"kind": "root", "v": 2, "seed": "00" * 32},
        {"kind": "operator", "v": 1, "seed": "00" * 32},
        {"kind": "root", "v": 1},
        {"kind": "root", "v": 1, "seed": "00" * 31},
        {"kind": "root", "v": 1, "seed": "nothing"},
        {"kind": ["root"], "v": 1, "seed": "00" * 32},
        {"kind": "identity", "v": 1, "seed": "00" * 32, "sig": "00" * 32},
    ],
)
def test_content_of_another_sort_is_refused(content: dict[str, object]) -> None:
    with pytest.raises(DamagedKeyfile, match="right file"):
        key_from_content(content)


def test_a_key_file_of_given_salt_and_nonce_is_what_the_format_says() -> None:
    salt, nonce, cost = bytes(range(16)), bytes(range(24)), Cost(3, 257 * MIB)
    data = lock({"v": 1}, "сем слоў", cost=cost, salt=salt, nonce=nonce)
    key = argon2id.kdf(32, "сем слоў".encode(), salt, opslimit=3, memlimit=257 * MIB)
    head = _HEAD.pack(b"VKF1", 1, 1, 3, 257 * MIB, salt, nonce)
    assert data[: _HEAD.size] == head
    filled = crypto_aead_xchacha20poly1305_ietf_decrypt(data[_HEAD.size :], head, nonce, key)
    assert filled == (7).to_bytes(4, "big") + b'{"v":1}' + bytes(4096 - 11)
    assert cost_of(data) == cost
    assert unlock(data, "сем слоў") == {"v": 1}


def test_a_passphrase_with_half_a_letter_opens_what_it_locked() -> None:
    half = "слова \ud83d"
    assert unlock(lock({"v": 1}, half, cost=FLOOR), half) == {"v": 1}


def test_a_whole_file_of_another_kind_is_no_key_file(locked: bytes) -> None:
    with pytest.raises(DamagedKeyfile, match="not a whole"):
        unlock(b"VKF2" + locked[4:], PASSPHRASE)
