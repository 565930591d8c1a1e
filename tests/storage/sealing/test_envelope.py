"""Sealing and opening: round trips, what shows from outside, what is refused."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.sealing import (
    BodyTooLong,
    CannotOpen,
    CannotSeal,
    Flag,
    Identity,
    Kind,
    SealingSet,
    open_sealed,
    seal,
)
from storage.sealing.age import read_age, write_age
from storage.sealing.recipients import read_stanza
from storage.sealing.stanzas import HeaderFailure, Stanza, parse_header, to_base64
from tests.storage.sealing.people import EPOCH, RECOVERY, identity_of, set_of

SETS = {count: set_of(count) for count in range(1, 8)}
LONGEST = 128 * 1024 - 64
ID = bytes(range(16))


def seal_report(body: bytes = b'{"v":1}', *, to: SealingSet = SETS[3]) -> bytes:
    return seal(Kind.REPORT, body, object_id=ID, epoch=EPOCH, to=to).data


@given(
    kind=st.sampled_from(Kind),
    size=st.one_of(
        st.integers(0, 70_000),
        st.sampled_from([16_320, 16_321, 65_472, 65_473, 131_008]),
        st.integers(131_009, 300_000),
    ),
    readers=st.integers(1, 7),
    reader=st.integers(0, 7),
    schema=st.integers(1, 255),
    epoch=st.integers(0, 2**32 - 1),
    flags=st.sampled_from([0, Flag.RETURN_ADDRESS]),
    object_id=st.binary(min_size=16, max_size=16),
)
def test_what_is_sealed_opens_for_every_reader(
    *, kind: Kind, size: int, readers: int, reader: int, schema: int, epoch: int, flags: int, object_id: bytes
) -> None:
    body = bytes(number % 251 for number in range(size))
    given_set = SETS[readers]
    if size > LONGEST and kind not in {Kind.ATTACHMENT, Kind.DIGEST}:
        with pytest.raises(BodyTooLong):
            seal(kind, body, object_id=object_id, epoch=epoch, to=given_set, schema=schema, flags=flags)
        return
    sealed = seal(kind, body, object_id=object_id, epoch=epoch, to=given_set, schema=schema, flags=flags)
    holder = RECOVERY if reader >= readers else identity_of(reader)
    opened = open_sealed(sealed.data, [Identity.generate(), holder], expect_object_id=object_id)
    own = Flag.CHECKPOINT if kind is Kind.CHECKPOINT else 0
    assert (opened.kind, opened.schema, opened.epoch) == (kind, schema, epoch)
    assert (opened.object_id, opened.flags) == (object_id, flags | own)
    assert (opened.body, opened.roster_hash) == (body, given_set.roster_hash)


def test_the_tail_and_tr_of_the_emergency_command_leave_the_body(tmp_path: Path) -> None:
    body = '{"v":1,"what":"тест"}'.encode()
    (tmp_path / "opened").write_bytes(read_age(seal_report(body), [RECOVERY]))
    command = ["sh", "-c", "tail -c +65 opened | tr -d '\\0'"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout == body


def test_a_stranger_opens_nothing() -> None:
    with pytest.raises(CannotOpen):
        open_sealed(seal_report(), [Identity.generate(), identity_of(6)])


def test_without_any_key_nothing_opens() -> None:
    with pytest.raises(CannotOpen):
        open_sealed(seal_report(), [])


def test_sealing_takes_no_bare_keys() -> None:
    with pytest.raises(TypeError, match="SealingSet"):
        seal_report(to=[identity_of(0).recipient])  # type: ignore[arg-type]  # the mistake this test is about


def test_a_sealing_set_cannot_be_made_by_hand() -> None:
    with pytest.raises(TypeError, match="sealing_set"):
        SealingSet((identity_of(0).recipient,), roster_hash=bytes(32), proof=object())


def test_the_number_of_readers_shows_only_in_steps_of_four() -> None:
    stanzas = [len(parse_header(seal_report(to=SETS[count])).stanzas) - 1 for count in range(1, 8)]
    assert stanzas == [4, 4, 4, 8, 8, 8, 8]


def test_none_of_a_large_team_is_lost_when_readers_are_shuffled() -> None:
    names = [stanza.body for stanza in parse_header(seal_report(to=set_of(59))).stanzas[1:]]
    assert len(set(names)) == len(names) == 60


def test_equal_texts_of_different_length_have_one_size() -> None:
    sizes = {len(seal_report(bytes([65]) * size)) for size in (0, 1, 700, 16_000, 16_320)}
    assert len(sizes) == 1


@pytest.mark.parametrize(("readers", "size"), [(3, 22_807), (7, 29_035)])
def test_a_report_has_the_size_that_the_format_page_names(readers: int, size: int) -> None:
    assert len(seal_report(to=SETS[readers])) == size


def test_control_a_longer_text_takes_the_next_bucket() -> None:
    assert len(seal_report(bytes(16_321))) - len(seal_report(bytes(16_320))) == 16_384


def test_two_seals_of_one_text_share_nothing_after_the_context() -> None:
    first, second = seal_report(), seal_report()
    after = first.index(b"-> mlkem")
    assert first[:after] == second[:after]
    blocks = {first[at : at + 64] for at in range(after + 2048, len(first) - 64, 64)}
    assert not any(block in second for block in blocks)


def test_readers_are_shuffled() -> None:
    """With 4 places, 40 seals leave one reader in one place with a chance of 4 in 4^40."""
    places = set()
    for _ in range(40):
        header = parse_header(seal_report())
        mine = [identity_of(0).unwrap(read_stanza(stanza)) is not None for stanza in header.stanzas[1:]]
        places.add(mine.index(True))
    assert len(places) > 1


def test_the_text_is_nowhere_in_the_file() -> None:
    secret = "Ганна Узор".encode()
    sealed = seal_report(b'{"who":"' + secret + b'"}')
    assert secret not in sealed
    assert secret in open_sealed(sealed, [RECOVERY]).body


def test_neither_a_key_nor_a_text_shows_in_a_repr() -> None:
    sealed = seal(Kind.REPORT, b"Ganna Uzor", object_id=ID, epoch=EPOCH, to=SETS[1])
    opened, identity = open_sealed(sealed.data, [RECOVERY]), identity_of(0)
    shown = repr([sealed, opened, identity, identity.recipient, SETS[1]])
    assert "Uzor" not in shown
    assert identity.to_text()[20:40] not in shown.upper()
    assert identity.seed.hex() not in shown
    assert repr(identity.seed)[2:-1] not in shown


def test_a_checkpoint_marks_itself() -> None:
    sealed = seal(Kind.CHECKPOINT, b"{}", object_id=ID, epoch=EPOCH, to=SETS[1])
    assert open_sealed(sealed.data, [RECOVERY]).flags == Flag.CHECKPOINT


@pytest.mark.parametrize("flags", [Flag.CHECKPOINT, 4, 0x8000])
def test_a_flag_that_does_not_fit_is_refused(flags: int) -> None:
    with pytest.raises(CannotSeal, match="flags"):
        seal(Kind.REPORT, b"{}", object_id=ID, epoch=EPOCH, to=SETS[1], flags=flags)


@pytest.mark.parametrize(
    ("object_id", "epoch", "schema"),
    [(bytes(15), 0, 1), (bytes(17), 0, 1), (ID, -1, 1), (ID, 2**32, 1), (ID, 0, 0), (ID, 0, 256)],
)
def test_ids_days_and_versions_outside_the_format_are_refused(
    object_id: bytes, epoch: int, schema: int
) -> None:
    with pytest.raises(CannotSeal):
        seal(Kind.REPORT, b"{}", object_id=object_id, epoch=epoch, to=SETS[1], schema=schema)


def test_a_text_that_is_too_long_says_by_how_much() -> None:
    with pytest.raises(BodyTooLong, match="1 bytes too long"):
        seal_report(bytes(128 * 1024 - 63))


def test_sixty_four_stanzas_are_read_and_one_more_is_not() -> None:
    grease = Stanza("grease", (b"x",), b"")
    parse_header(write_age([grease] * 64, b"", file_key=bytes(16), nonce=bytes(16)))
    with pytest.raises(HeaderFailure, match="too many"):
        parse_header(write_age([grease] * 65, b"", file_key=bytes(16), nonce=bytes(16)))


@pytest.mark.parametrize("columns", [68, 128])
def test_a_line_beyond_64_columns_is_refused(columns: int) -> None:
    grease = b"-> grease x\n"
    data = write_age([Stanza("grease", (b"x",), b"")], b"", file_key=bytes(16), nonce=bytes(16))
    with pytest.raises(HeaderFailure, match="line of a stanza is too long"):
        parse_header(data.replace(grease, grease + b"A" * columns, 1))


def test_a_header_beyond_128_kib_is_not_read() -> None:
    fits, too_long = Stanza("grease", (b"x",), bytes(90_000)), Stanza("grease", (b"x",), bytes(100_000))
    parse_header(write_age([fits], b"", file_key=bytes(16), nonce=bytes(16)))
    with pytest.raises(HeaderFailure, match="too long"):
        parse_header(write_age([too_long], b"", file_key=bytes(16), nonce=bytes(16)))


def test_a_crafted_file_key_of_another_length_does_not_open() -> None:
    context, *readers = parse_header(seal_report()).stanzas
    longer = Stanza(readers[0].name, readers[0].arguments, readers[0].body + bytes(8))
    with pytest.raises(CannotOpen):
        open_sealed(write_age([context, longer], b"", file_key=bytes(16), nonce=bytes(16)), [RECOVERY])


def test_base64_of_any_length_has_one_spelling() -> None:
    assert [to_base64(bytes(size)) for size in range(4)] == [b"", b"AA", b"AAA", b"AAAA"]


def test_what_comes_back_names_the_object_and_its_kind() -> None:
    sealed = seal(Kind.REPORT, b"{}", object_id=ID, epoch=EPOCH, to=SETS[1])
    assert (sealed.object_id, sealed.kind) == (ID, Kind.REPORT)
    assert open_sealed(sealed.data, [identity_of(0)]).schema == 1


def test_small_attachments_are_padded_as_attachments() -> None:
    sizes = {
        kind: len(seal(kind, bytes(70_000), object_id=ID, epoch=EPOCH, to=SETS[1]).data)
        for kind in (Kind.REPORT, Kind.ATTACHMENT)
    }
    assert sizes[Kind.REPORT] != sizes[Kind.ATTACHMENT]
