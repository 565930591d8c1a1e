"""Consent: the default is no, blocks stand above it, and the table of columns keeps to the country pack."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.country import read_table
from handlers.sharing.columns import COLUMNS, SOURCES, columns_for, sealed_questions
from handlers.sharing.consent import (
    CHOICES,
    Consents,
    Purpose,
    Sensitivity,
    field_leaves,
    read_consents,
    row_leaves,
)
from tests.handlers.sharing.samples import make_report
from tests.tables import each

OUTSIDE = [purpose for purpose in Purpose if purpose is not Purpose.KEEP]
WORDS = {
    "narrative",
    "notes",
    "team_notes",
    "other_answers",
    "person_words",
    "when_words",
    "where_words",
    "facility_words",
}
REPORTER = {"relation", "reporter_risk", "language", "c_contact"}
# What the consent to publish names, from questions that are otherwise for partners and the UN.
REDUCTIONS = {"surname", "given_name", "age", "detained_day", "region"}


@pytest.mark.parametrize("purpose", OUTSIDE)
def test_without_consent_nothing_leaves(purpose: Purpose) -> None:
    assert not row_leaves(Consents(), purpose)


@pytest.mark.parametrize("purpose", OUTSIDE)
def test_one_consent_opens_one_purpose(purpose: Purpose) -> None:
    consents = read_consents(make_report(choices=[f"c_{purpose}"]))
    assert [other for other in OUTSIDE if row_leaves(consents, other)] == [purpose]


def test_the_holder_of_a_key_sees_everybody() -> None:
    assert row_leaves(Consents(), Purpose.KEEP)


@each((flag,) for flag in [True, "yes", 1, "true", {}])
def test_a_block_stands_above_consent_whatever_it_looks_like(flag: object) -> None:
    consents = read_consents(make_report(choices=CHOICES, flags={"publish_block": flag, "un_block": flag}))
    assert not row_leaves(consents, Purpose.PUBLISH)
    assert not row_leaves(consents, Purpose.UN)
    assert row_leaves(consents, Purpose.PARTNERS)


def test_children_are_never_published_however_it_is_known() -> None:
    child = make_report(choices=CHOICES, birth_year=2010)
    flagged = make_report(choices=CHOICES, is_minor=True)
    ticked = make_report(choices=CHOICES)
    ticked["answers"]["urgent_flags"] = {"value": ["minor"]}
    told = make_report(choices=CHOICES)
    told["answers"]["person"]["value"]["age"] = 17
    for report in (child, flagged, ticked, told):
        assert not row_leaves(read_consents(report), Purpose.PUBLISH)
    assert not row_leaves(read_consents(make_report(choices=CHOICES), age_group="14-17"), Purpose.PUBLISH)
    assert row_leaves(read_consents(make_report(choices=CHOICES), age_group="18-29"), Purpose.PUBLISH)


def test_nothing_of_these_takes_back_the_rest() -> None:
    assert read_consents(make_report(choices=[*CHOICES, "c_none"])).choices == frozenset()


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=5),
        lambda x: st.lists(x) | st.dictionaries(st.text(max_size=3), x),
    )
)
def test_a_malformed_consent_is_a_no(strange: Any) -> None:
    report = {**make_report(), "consent": strange}
    assert not any(row_leaves(read_consents(report), purpose) for purpose in OUTSIDE)


@pytest.mark.parametrize("purpose", OUTSIDE)
def test_sealed_fields_and_words_leave_for_no_purpose(purpose: Purpose) -> None:
    names = {column.id for column in columns_for(purpose)}
    assert not field_leaves(Sensitivity.SEALED, purpose)
    assert not names & (WORDS | REPORTER | {"urgent_flags", "reasons", "claimant"})


def test_no_column_travels_further_than_its_question() -> None:
    rank = {"sealed": 0, "summary": 1, "public": 2}
    pack = {each["id"]: each["sensitivity"] for each in read_table("questions")["question"]}
    for column in COLUMNS:
        if column.id in SOURCES and column.id not in REDUCTIONS:
            assert rank[column.ceiling] <= rank[pack[SOURCES[column.id]]], column.id


def test_every_reduction_comes_from_a_question_that_is_not_sealed() -> None:
    assert not {SOURCES[name] for name in REDUCTIONS} & sealed_questions()
    published = {column.id for column in columns_for(Purpose.PUBLISH)}
    assert published == REDUCTIONS | {"detained_by"}


def test_statistics_have_no_columns() -> None:
    assert columns_for(Purpose.STATS) == ()
