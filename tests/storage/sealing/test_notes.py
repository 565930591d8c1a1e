"""Signed notes as others write and read them, and the head of the audit log in one."""

from __future__ import annotations

from base64 import b64decode
from datetime import date

import pytest

from storage.sealing import BadSignature, SigningKey, sign_head
from storage.sealing.audit import AuditEntry, Event, Head, hash_id, read_head
from storage.sealing.notes import check_note, sign_note, spell_key

PUBLISHED = "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"  # the example of golang.org/x/mod/sumdb/note
NOTE = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6"
    "RyyBwJnAM=\n"
)
KEY = SigningKey.from_seed(bytes(32))
DAY = date(2026, 11, 23)
HEAD = Head(7, bytes(range(32)))


def test_a_note_that_others_have_published_is_read() -> None:
    public = b64decode(PUBLISHED)[1:]
    assert check_note(public, "PeterNeumann", NOTE) == NOTE.rpartition("\n\n")[0] + "\n"
    assert spell_key("PeterNeumann", public) == f"PeterNeumann+c74f20a3+{PUBLISHED}"


@pytest.mark.parametrize("place", range(0, len(NOTE) - 1, 7))
def test_a_published_note_with_another_letter_is_refused(place: int) -> None:
    changed = NOTE[:place] + ("x" if NOTE[place] != "x" else "y") + NOTE[place + 1 :]
    with pytest.raises(BadSignature):
        check_note(b64decode(PUBLISHED)[1:], "PeterNeumann", changed)


def test_signatures_of_others_beside_ours_do_not_disturb() -> None:
    note = sign_note(KEY, "vestka", "one\ntwo\n")
    other = sign_note(SigningKey.from_seed(bytes([1]) * 32), "witness", "one\ntwo\n").splitlines()[-1]
    text, _, ours = note.rpartition("\n\n")
    assert check_note(KEY.public, "vestka", f"{text}\n\n{other}\n{ours}") == "one\ntwo\n"
    with pytest.raises(BadSignature):
        check_note(KEY.public, "vestka", f"{text}\n\n{other}\n")


@pytest.mark.parametrize("text", ["no end", "an empty\n\nline\n"])
def test_what_could_be_read_in_two_ways_is_not_signed(text: str) -> None:
    with pytest.raises(ValueError, match="whole lines"):
        sign_note(KEY, "vestka", text)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\n"])
def test_a_key_is_named_with_one_word(name: str) -> None:
    with pytest.raises(ValueError, match="name one word"):
        sign_note(KEY, name, "text\n")


def test_blanks_that_copying_left_behind_the_signature_do_not_disturb() -> None:
    note = sign_note(KEY, "vestka", "one\n")
    assert check_note(KEY.public, "vestka", note.rstrip("\n") + " \t\n") == "one\n"


def test_a_signature_with_filling_too_much_is_none() -> None:
    note = sign_note(KEY, "vestka", "one\n")
    assert note.endswith("=\n")
    with pytest.raises(BadSignature):
        check_note(KEY.public, "vestka", note.rstrip("\n") + "=\n")


def test_a_signature_line_alone_is_no_note() -> None:
    """Not even that of a text with nothing in its one line."""
    note = sign_note(KEY, "vestka", "\n")
    assert check_note(KEY.public, "vestka", note) == "\n"
    with pytest.raises(BadSignature):
        check_note(KEY.public, "vestka", note.lstrip("\n"))


def test_a_head_comes_back_and_does_not_tell_how_long_the_log_is() -> None:
    note = sign_head(KEY, HEAD, DAY)
    assert read_head(KEY.public, note) == (HEAD.hash, DAY)
    assert len(note) == len(sign_head(KEY, Head(123_456_789, HEAD.hash), DAY))
    assert read_head(KEY.public, note.replace("\n", "\r\n")) == (HEAD.hash, DAY)


def test_a_signed_note_that_tells_no_head_is_none() -> None:
    with pytest.raises(ValueError, match="does not tell a head"):
        read_head(KEY.public, sign_note(KEY, "vestka", "something else\n"))


@pytest.mark.parametrize("field", [{"what": "Ян Прыклад"}, {"by": "@jan"}, {"about": b"1"}, {"policy": -1}])
def test_no_words_of_people_fit_into_an_entry(field: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="closed lists") as refused:
        AuditEntry(1, Event.ACT, DAY, **field)  # type: ignore[arg-type]  # that is the point
    assert not any(str(value) in str(refused.value) for value in field.values() if len(str(value)) > 3)


def test_entries_count_from_one_and_the_first_may_come_before_any_roster() -> None:
    assert AuditEntry(1, Event.SEAL, DAY).to_json()["p"] == 0
    with pytest.raises(ValueError, match="closed lists"):
        AuditEntry(0, Event.SEAL, DAY)


def test_an_entry_about_nothing_holds_no_hash() -> None:
    assert hash_id(b"") == b""


def test_every_field_of_an_entry_is_hashed() -> None:
    entry = AuditEntry(1, Event.ACT, DAY, about=hash_id(b"1"), by="m-01", what="claim", policy=3)
    others = [
        AuditEntry(2, Event.ACT, DAY, about=hash_id(b"1"), by="m-01", what="claim", policy=3),
        AuditEntry(1, Event.SEAL, DAY, about=hash_id(b"1"), by="m-01", what="claim", policy=3),
        AuditEntry(1, Event.ACT, date(2026, 11, 24), about=hash_id(b"1"), by="m-01", what="claim", policy=3),
        AuditEntry(1, Event.ACT, DAY, about=hash_id(b"2"), by="m-01", what="claim", policy=3),
        AuditEntry(1, Event.ACT, DAY, about=hash_id(b"1"), by="m-02", what="claim", policy=3),
        AuditEntry(1, Event.ACT, DAY, about=hash_id(b"1"), by="m-01", what="close", policy=3),
        AuditEntry(1, Event.ACT, DAY, about=hash_id(b"1"), by="m-01", what="claim", policy=4),
    ]
    spelt = {"by": "m-01", "d": DAY.isoformat(), "n": 1, "o": hash_id(b"1").hex(), "p": 3, "w": "claim"}
    assert entry.to_json() == {**spelt, "t": Event.ACT.value}
    assert len({each.follow(bytes(32)) for each in [entry, *others]}) == 8
    assert entry.follow(bytes(32)) != entry.follow(bytes([1]) * 32)
