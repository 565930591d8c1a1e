"""Opening a day: one damaged object starves nobody, and nothing unsigned is believed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputRefused
from bot.exports.reading import Reading
from handlers.sharing.bundle import SIGNED_AS, ObjectEntry
from handlers.sharing.consent import Purpose
from handlers.sharing.digest import Gathering, Problem
from storage.sealing import CannotOpen, Identity, Kind, SigningKey, sign_seal
from storage.sealing.canonical import dump
from tests.bot.exports.sealed_days import (
    BOT,
    HOLDER,
    STRANGER,
    seal_body,
    seal_bundle,
    seal_day,
    seal_reports,
    sign_bundle,
    write_day,
)
from tests.handlers.sharing.samples import make_case, make_report
from tests.searches import share

CASES = [make_case(number) for number in range(4)]
REPORTS = [make_report(number) for number in range(4)]
OBJECTS = seal_reports(CASES, REPORTS)
OTHER = SigningKey.from_seed(bytes(32))


class Whole:
    """A day that was read to its end."""

    def __init__(self, reading: Reading) -> None:
        self.day = Gathering(Purpose.KEEP)
        self.told = list(reading)
        self.shown = [self.day.add(told) for told in self.told]
        self.heads, self.pinned = reading.heads, reading.pinned
        self.digest = self.day.digest(reading.heads)

    @property
    def problems(self) -> list[Problem]:
        return self.day.problems


def read(parts: Sequence[bytes], bot_key: bytes | None = None, *, key: Identity = HOLDER) -> Whole:
    return Whole(Reading([partial(bytes, part) for part in parts], [key], bot_key=bot_key))


def damage(held: ObjectEntry, at: int = -1) -> ObjectEntry:
    """One bit flipped after the signature was made, then signed by the server as it lies there."""
    data = bytearray(held.data)
    data[at] ^= 1
    return ObjectEntry(held.kind, bytes(data), sign_seal(BOT, bytes(data)))


def unsigned(held: ObjectEntry) -> ObjectEntry:
    return replace(held, signature=sign_seal(OTHER, held.data))


def not_json(held: ObjectEntry) -> ObjectEntry:
    return seal_body(b"not a report")


def newer(held: ObjectEntry) -> ObjectEntry:
    return seal_body(dump({**REPORTS[1], "schema": "vestka.report/9"}))


def swapped(held: ObjectEntry) -> ObjectEntry:
    return OBJECTS[CASES[2].id]


def wrong_kind(held: ObjectEntry) -> ObjectEntry:
    return replace(held, kind=int(Kind.CHECKPOINT))


def test_every_report_of_the_day_opens() -> None:
    reading = read(seal_day(CASES, OBJECTS))
    assert {told.entry.case.code: told.report for told in reading.told} == {
        report["case"]: report for report in REPORTS
    }
    assert reading.problems == []


@pytest.mark.parametrize(
    ("spoil", "cause"),
    [
        (damage, "unopened"),
        (unsigned, "signature"),
        (not_json, "unreadable"),
        (newer, "unreadable"),
        (wrong_kind, "unreadable"),
        (swapped, "mismatch"),
    ],
)
def test_one_bad_object_is_listed_and_the_others_are_read(
    spoil: Callable[[ObjectEntry], ObjectEntry], cause: str
) -> None:
    bad = CASES[1]
    reading = read(seal_day(CASES, {**OBJECTS, bad.id: spoil(OBJECTS[bad.id])}))
    assert [(problem.code, problem.cause) for problem in reading.problems] == [(bad.code, cause)]
    assert [told.report is None for told in sorted(reading.told, key=lambda told: told.entry.case.id)] == [
        False,
        True,
        False,
        False,
    ]
    assert sum(shown.row is not None for shown in reading.shown) == 4


@share(0.3)
@given(st.integers(min_value=0, max_value=len(OBJECTS[CASES[1].id].data) - 1))
def test_any_flipped_bit_of_one_report_costs_only_that_report(at: int) -> None:
    bad = CASES[1]
    reading = read(seal_day(CASES, {**OBJECTS, bad.id: damage(OBJECTS[bad.id], at)}))
    assert [problem.code for problem in reading.problems] == [bad.code]


def test_a_checkpoint_is_read_like_a_report() -> None:
    case = CASES[0]
    held = seal_body(dump(REPORTS[0]), kind=Kind.CHECKPOINT)
    assert read(seal_day([case], {case.id: held})).told[0].report == REPORTS[0]


def test_another_key_opens_nothing() -> None:
    with pytest.raises(CannotOpen):
        read(seal_day(CASES, OBJECTS), key=STRANGER)


def test_a_single_report_is_not_a_digest() -> None:
    with pytest.raises(InputRefused, match="vestka open"):
        read([OBJECTS[CASES[0].id].data])


def test_a_bundle_that_is_not_one_is_refused_in_one_sentence() -> None:
    with pytest.raises(InputRefused, match="damaged"):
        read([seal_body(b"{}", kind=Kind.DIGEST).data])


def test_a_pinned_key_must_be_the_one_in_the_bundle() -> None:
    parts = seal_day(CASES, OBJECTS)
    assert read(parts, BOT.public).pinned
    assert not read(parts).pinned
    with pytest.raises(InputRefused, match="another server key"):
        read(parts, OTHER.public)


ALTERED: dict[str, Callable[[dict[str, Any]], object]] = {
    "the day": lambda bundle: bundle.update(day="2026-11-24"),
    "who made it": lambda bundle: bundle.update(organisation="Іншая"),
    "a count": lambda bundle: bundle["totals"].update(open=0),
    "a history": lambda bundle: bundle["cases"][0]["history"].clear(),
    "a claimant": lambda bundle: bundle["cases"][0].update(claimant="m-02"),
    "an urgency": lambda bundle: bundle["cases"][0]["facts"].update(level="green"),
    "a case": lambda bundle: bundle["cases"].pop(),
    "a report": lambda bundle: bundle["cases"][0].update(object=None),
    "the number of parts": lambda bundle: bundle.update(parts=2),
    "the signature": lambda bundle: bundle.update(signature=bytes(64).hex()),
    "its length": lambda bundle: bundle.update(signature="00"),
}


def alter(what: str, **more: Callable[[bytes], bytes]) -> bytes:
    """The day as somebody on the roster could change it: opened, edited, sealed again."""
    (body,) = write_day(CASES, OBJECTS)
    content = json.loads(body)
    ALTERED[what](content)
    if "sign" in more:
        content.pop("signature")
        content["signature"] = more["sign"](dump(content)).hex()
    return seal_bundle(dump(content))


@pytest.mark.parametrize("bot_key", [None, BOT.public])
@pytest.mark.parametrize("what", ALTERED)
def test_an_altered_digest_is_refused_whatever_was_altered(what: str, bot_key: bytes | None) -> None:
    with pytest.raises(InputRefused, match="somebody changed it"):
        read([alter(what)], bot_key)


@pytest.mark.parametrize("what", sorted(set(ALTERED) - {"the signature", "its length"}))
def test_the_same_alteration_passes_when_the_server_itself_signs_it(what: str) -> None:
    """The control: only the signature keeps these out."""
    assert read([alter(what, sign=sign_bundle)], BOT.public).heads


def test_a_digest_signed_by_another_server_needs_that_servers_name_in_it() -> None:
    forged = seal_day(CASES, OBJECTS, sign=partial(OTHER.sign, SIGNED_AS))
    with pytest.raises(InputRefused, match="somebody changed it"):
        read(forged)


def test_whoever_puts_their_own_key_inside_is_found_by_the_named_key_and_by_the_reports() -> None:
    forged = seal_day(CASES, OBJECTS, sign=partial(OTHER.sign, SIGNED_AS), bot_key=OTHER.public)
    assert {problem.cause for problem in read(forged).problems} == {"signature"}
    with pytest.raises(InputRefused, match="another server key"):
        read(forged, BOT.public)


def test_a_seal_signature_is_no_signature_of_a_digest() -> None:
    forged = seal_day(CASES, OBJECTS, sign=lambda message: sign_seal(BOT, message))
    with pytest.raises(InputRefused, match="somebody changed it"):
        read(forged)


def test_parts_are_put_together_in_any_order_and_missing_ones_are_named() -> None:
    parts = seal_day(CASES, OBJECTS, limit=120_000)
    assert len(parts) > 2
    whole = read(parts[::-1])
    assert len(whole.told) == 4
    assert whole.digest.missing_parts == ()
    assert read(parts[1:]).digest.missing_parts == (1,)


def test_a_part_given_twice_or_of_another_day_is_refused() -> None:
    parts = seal_day(CASES, OBJECTS, limit=120_000)
    with pytest.raises(InputRefused, match="twice"):
        read([parts[0], parts[0]])
    with pytest.raises(InputRefused, match="not parts of one digest"):
        read([parts[0], seal_day(CASES[:1], OBJECTS)[0]])


def test_an_empty_day_is_as_long_as_a_short_one() -> None:
    one = {CASES[0].id: OBJECTS[CASES[0].id]}
    assert len(seal_day([], {})[0]) == len(seal_day(CASES[:1], one)[0])


def test_sizes_grow_in_steps_of_256_kib() -> None:
    many = [make_case(number) for number in range(20)]
    objects = {case.id: OBJECTS[CASES[0].id] for case in many}
    sizes = {len(seal_day(many[:count], objects)[0]) for count in range(20)}
    steps = sorted(sizes)
    assert 2 <= len(steps) <= 4
    # The header and one tag per 64 KiB come on top of each step.
    assert all(b - a == 262_144 + 4 * 16 for a, b in pairwise(steps))


def test_parts_are_read_one_after_the_other() -> None:
    parts = seal_day(CASES, OBJECTS, limit=120_000)
    asked: list[int] = []

    def part(number: int) -> bytes:
        asked.append(number)
        return parts[number]

    reading = Reading([partial(part, number) for number in range(len(parts))], [HOLDER])
    asked.clear()  # their numbers were looked for
    told = iter(reading)
    next(told)
    assert asked == []
    assert len([*told]) == 3
    assert asked == [*range(1, len(parts))]
