"""For any consents and any purpose, every exporter shows a canary exactly where its owner agreed to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.sharing.consent import CHOICES, Purpose
from tests.bot.exports.made import WRITERS, make_document, wording
from tests.bot.exports.reading_back import read_all
from tests.handlers.sharing.samples import make_report

# Which canaries a purpose may show, said here in words and apart from the product's own table.
NAMES, FATHER = ("Ян", "Прыклад"), ("Узоравіч",)
OWN_WORDS = ("словы-асобы", "словы-даты", "словы-месца", "словы-установы", "гісторыя", "нататка")
CEILING = {
    Purpose.KEEP: NAMES + FATHER + OWN_WORDS,
    Purpose.UN: NAMES + FATHER,
    Purpose.PARTNERS: NAMES + FATHER,
    Purpose.PUBLISH: NAMES,
    Purpose.STATS: (),
}
EVERY = NAMES + FATHER + OWN_WORDS

people = st.lists(
    st.fixed_dictionaries(
        {
            "choices": st.lists(st.sampled_from((*CHOICES, "c_none")), unique=True),
            "publish_block": st.sampled_from([None, False, True, "yes"]),
            "un_block": st.sampled_from([None, False, True]),
            "child": st.booleans(),
        }
    ),
    max_size=4,
)


def report_of(number: int, person: dict[str, Any]) -> dict[str, Any]:
    flags = {name: person[name] for name in ("publish_block", "un_block") if person[name] is not None}
    return make_report(
        number,
        choices=person["choices"],
        flags=flags,
        mark=f"-канарэйка{number}-",
        birth_year=2011 if person["child"] else 1990,
        is_minor=person["child"],
    )


def agreed(person: dict[str, Any], purpose: Purpose) -> bool:
    given_away = "c_none" not in person["choices"] and f"c_{purpose}" in person["choices"]
    if purpose is Purpose.KEEP:
        return True
    if purpose is Purpose.UN:
        return given_away and not person["un_block"]
    if purpose is Purpose.PUBLISH:
        return given_away and not person["publish_block"] and not person["child"]
    return given_away


def wrongs(text: str, crowd: Sequence[dict[str, Any]], purpose: Purpose, *, rows: bool) -> Iterable[str]:
    """Canaries that are shown and must not be, or must be and are not."""
    for number, person in enumerate(crowd):
        allowed = CEILING[purpose] if agreed(person, purpose) else ()
        for word in EVERY:
            shown = f"{word}-канарэйка{number}-" in text
            if shown and word not in allowed:
                yield f"{word} {number} leaked for {purpose}"
            if rows and not shown and word in allowed:
                yield f"{word} {number} is missing for {purpose}"


@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=25, deadline=None)
@given(crowd=people, purpose=st.sampled_from(Purpose))
def test_a_canary_shows_where_its_owner_agreed_and_nowhere_else(
    name: str, crowd: list[dict[str, Any]], purpose: Purpose
) -> None:
    document = make_document([report_of(n, person) for n, person in enumerate(crowd)], purpose=purpose)
    with TemporaryDirectory() as folder:
        WRITERS[name](document, wording(), Path(folder) / name)
        text = read_all(Path(folder) / name)
    assert list(wrongs(text, crowd, purpose, rows=True)) == []


@settings(max_examples=25, deadline=None)
@given(crowd=people, purpose=st.sampled_from([p for p in Purpose if p is not Purpose.KEEP]))
def test_the_counters_count_only_those_who_agreed(crowd: list[dict[str, Any]], purpose: Purpose) -> None:
    document = make_document([report_of(n, person) for n, person in enumerate(crowd)], purpose=purpose)
    number = sum(agreed(person, purpose) for person in crowd)
    assert document.counters.detentions == (-1 if purpose is Purpose.STATS and number else number)
    assert document.counters.level == ()
    assert (document.new, document.open, document.history, document.late) == (None, None, (), ())


@pytest.mark.parametrize("name", WRITERS)
def test_the_check_turns_red_when_consent_is_ignored(name: str, tmp_path: Path) -> None:
    crowd: list[dict[str, Any]] = [{"choices": [], "publish_block": None, "un_block": None, "child": False}]
    unasked = make_document([report_of(0, crowd[0])], purpose=Purpose.KEEP)  # asks nobody, shows all
    WRITERS[name](unasked, wording(), tmp_path / name)
    found = list(wrongs(read_all(tmp_path / name), crowd, Purpose.PARTNERS, rows=True))
    assert any("leaked" in wrong for wrong in found)
