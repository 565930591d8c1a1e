"""The bundle: what goes in comes out, in one spelling, in parts that fit, and nothing else is read."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha512

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from handlers.sharing.bundle import (
    Bundle,
    Entry,
    ObjectEntry,
    Outline,
    read_bundle,
    signed_bytes,
    strip_signature,
    write_bundle,
)
from handlers.sharing.bundle_text import DAMAGED, NEWER
from handlers.sharing.errors import BundleRefused
from handlers.sharing.news import News
from handlers.triage.cases import Case, Override, Part, Status, Step
from handlers.triage.facts import Level
from tests.handlers.sharing.bundles import build_bundle
from tests.handlers.sharing.samples import DAY, SINCE, make_case
from tests.tables import each

KEY = bytes(range(32))


def build(cases: list[Case], objects: dict[bytes, ObjectEntry] | None = None, **changes: int) -> list[bytes]:
    return build_bundle(
        DAY, cases, objects or {}, since=SINCE, organisation="Узор", bot_key=KEY, sign=stamp, **changes
    )


def stamp(message: bytes) -> bytes:
    """Stands for a signature: 64 bytes that depend on every byte."""
    return sha512(message).digest()


def read_one(cases: list[Case], objects: dict[bytes, ObjectEntry] | None = None) -> Bundle:
    (body,) = build(cases, objects)
    return read_bundle(body)


def held(number: int, size: int = 40) -> ObjectEntry:
    return ObjectEntry(1, bytes([number % 256]) * size, bytes(64))


def test_what_goes_in_comes_out() -> None:
    case = make_case(1, status=Status.CLAIMED, claimant="m-07", history=(Step(Status.NEW, DAY, ""),))
    bundle = read_one([case], {case.id: held(1)})
    (entry,) = bundle.entries
    assert (bundle.day, bundle.since, bundle.organisation, bundle.bot_key) == (DAY, SINCE, "Узор", KEY)
    assert entry.case == case
    assert entry.object == held(1)
    assert entry.intact


def test_what_people_decided_goes_along_and_what_a_reporter_answered() -> None:
    case = make_case(
        1,
        level=Level.GREEN,
        override=Override(Level.ORANGE, "child", "m-07", DAY),
        parts=(Part(bytes(16), Level.RED),),
        labels=("torture", "minor"),
        touched=DAY,
    )
    answers = (held(2), replace(held(3), kind=4))
    entry = Entry(case, News.CHANGED, overdue=False, additions=answers)
    outline = Outline(DAY, SINCE)
    bundle = Bundle(DAY, SINCE, "Узор", KEY, 1, 1, outline.totals, (entry,))
    (read,) = read_bundle(write_bundle(bundle, stamp)).entries
    assert (read.case, read.additions) == (case, answers)
    assert read.case.level is Level.RED


def test_the_body_is_canonical_json() -> None:
    (body,) = build([make_case(n) for n in range(9)], {make_case(2).id: held(2)})
    assert rfc8785.dumps(json.loads(body)) == body


def test_the_order_of_the_cases_changes_nothing() -> None:
    cases = [make_case(n) for n in range(40)]
    shuffled = cases[::-2] + cases[::2]
    assert build(cases) == build(shuffled)


def test_the_most_urgent_cases_come_first() -> None:
    levels = [entry.case.facts.level for entry in read_one([make_case(n) for n in range(12)]).entries]
    assert levels == sorted(levels, key=["red", "orange", "yellow", "green"].index)


def test_an_empty_day_has_the_same_shape() -> None:
    def shape(value: object) -> object:
        return {name: shape(inner) for name, inner in value.items()} if isinstance(value, dict) else None

    (empty,), (full,) = build([]), build([make_case(n) for n in range(3)])
    assert shape(json.loads(empty)) == shape(json.loads(full))
    assert read_bundle(empty).totals.counters.detentions == 0


def test_a_talk_that_goes_on_is_not_told() -> None:
    bundle = read_one([make_case(1, status=Status.HELD), make_case(2)])
    assert [entry.case.code for entry in bundle.entries] == [make_case(2).code]
    assert bundle.totals.new == 1


def test_new_changed_and_waiting_cases_are_told_apart_and_quiet_ones_left_out() -> None:
    old = "2026-11-10"
    cases = [
        make_case(0),
        make_case(4, received=old, status=Status.CLOSED, history=(Step(Status.CLOSED, DAY, "m-01"),)),
        make_case(8, received=old),
        make_case(12, received=old, status=Status.CLAIMED),
    ]
    bundle = read_one(cases)
    assert [(entry.case.code, entry.news) for entry in sorted(bundle.entries, key=lambda e: e.case.id)] == [
        (cases[0].code, News.NEW),
        (cases[1].code, News.CHANGED),
        (cases[2].code, News.WAITING),
    ]
    totals = bundle.totals
    assert (totals.new, totals.changed, totals.overdue, totals.open) == (1, 1, 1, 3)


def test_a_case_of_the_day_of_the_last_digest_is_told_again_and_never_lost() -> None:
    assert read_one([make_case(1, received=SINCE)]).entries[0].news is News.NEW


def test_a_long_day_comes_in_parts_that_fit_and_are_whole_together() -> None:
    cases = [make_case(n) for n in range(60)]
    objects = {case.id: held(n, 9_000) for n, case in enumerate(cases)}
    limit = 200_000
    parts = build(cases, objects, limit=limit)
    bundles = [read_bundle(part) for part in parts]
    assert len(parts) > 3
    assert all(len(part) <= limit for part in parts)
    assert [(b.part, b.parts) for b in bundles] == [(n + 1, len(parts)) for n in range(len(parts))]
    assert {e.case.id for b in bundles for e in b.entries} == {case.id for case in cases}
    assert {b.totals for b in bundles} == {bundles[0].totals}


def test_a_single_case_longer_than_a_part_still_goes_out() -> None:
    case = make_case(1)
    assert len(build([case], {case.id: held(1, 400_000)}, limit=100_000)) == 1


def test_every_part_is_signed_over_all_but_the_signature() -> None:
    cases = [make_case(n) for n in range(60)]
    for body in build(cases, {case.id: held(1, 9_000) for case in cases}, limit=200_000):
        content = json.loads(body)
        signature = content.pop("signature")
        assert rfc8785.dumps(content) == signed_bytes(read_bundle(body)) == strip_signature(body)
        assert signature == stamp(rfc8785.dumps(content)).hex()


def test_a_bundle_without_a_signature_is_refused() -> None:
    (body,) = build([make_case(1)])
    content = json.loads(body)
    del content["signature"]
    with pytest.raises(BundleRefused, match="damaged"):
        read_bundle(rfc8785.dumps(content))


def test_a_changed_object_is_read_but_known_as_changed() -> None:
    case = make_case(1)
    (body,) = build([case], {case.id: held(1)})
    content = json.loads(body)
    content["cases"][0]["object"]["data"] = "AAAA"
    (entry,) = read_bundle(rfc8785.dumps(content)).entries
    assert not entry.intact


@given(st.integers(min_value=0, max_value=10**6))
def test_every_cut_is_refused_in_one_sentence(at: int) -> None:
    (body,) = build([make_case(1)], {make_case(1).id: held(1)})
    with pytest.raises(BundleRefused, match="damaged"):
        read_bundle(body[: at % len(body)])


@each(
    [
        ("day", 7),
        ("day", "yesterday"),
        ("bot_key", "xyz"),
        ("cases", None),
        ("cases", [{}]),
        ("part", True),
        ("totals", {}),
        ("signature", None),
        ("signature", "zz"),
        ("extra", 1),
    ]
)
def test_a_strange_header_is_refused(name: str, value: object) -> None:
    (body,) = build([make_case(1)])
    with pytest.raises(BundleRefused) as refused:
        read_bundle(
            json.dumps(
                {**json.loads(body), name: value}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
            ).encode()
        )
    assert str(refused.value) == DAMAGED


def test_a_second_spelling_is_refused() -> None:
    (body,) = build([make_case(1)])
    with pytest.raises(BundleRefused):
        read_bundle(body.replace(b'{"', b'{ "', 1))


def test_a_newer_version_says_so() -> None:
    (body,) = build([])
    with pytest.raises(BundleRefused) as refused:
        read_bundle(rfc8785.dumps({**json.loads(body), "v": 2}))
    assert str(refused.value) == NEWER


@each((body,) for body in [b"", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"v":1}'])
def test_nonsense_is_refused(body: bytes) -> None:
    with pytest.raises(BundleRefused):
        read_bundle(body)


def test_no_repr_holds_bytes_of_an_object() -> None:
    entry = ObjectEntry(1, b"canary", b"canary")
    assert "canary" not in repr(entry)
