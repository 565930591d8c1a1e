"""Rows: what was told stands in its cell, why nothing was told stands there too, and nothing is dropped."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.country import read_table
from handlers.sharing.columns import COLUMNS, Form
from handlers.sharing.consent import Purpose
from handlers.sharing.rows import Missing, Row, bare_row, make_row
from handlers.sharing.towns import name_town
from tests.handlers.sharing.samples import make_entry, make_report

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


def keep(report: dict[str, Any], number: int = 0) -> Row:
    row = make_row(make_entry(number), report, purpose=Purpose.KEEP)
    assert row is not None
    return row


def test_the_answers_stand_in_their_cells() -> None:
    cells = keep(make_report(mark="-7")).cells
    assert cells["surname"] == "Прыклад-7"
    assert cells["birth_year"] == 1990
    assert cells["age"] == 36
    assert cells["detained_time"] == "14:07"
    assert cells["detained_by"] == ("omon", "gubopik")
    assert cells["facility"] == "minsk_cip"
    assert cells["when_words"] == "учора словы-даты-7"
    assert cells["notes"] == "Дапісана пазней, нататка-7."


def test_why_there_is_no_answer_is_kept() -> None:
    report = make_report()
    report["answers"]["person"] = {"missing": "unsafe"}
    cells = keep(report).cells
    assert cells["profile"] == Missing("skipped")
    assert cells["given_name"] == Missing("unsafe")
    assert cells["surname"] is None


def test_an_answer_without_a_column_is_not_dropped() -> None:
    report = make_report()
    report["answers"]["lawyer"] = {"value": "так"}
    told = keep(report).cells["other_answers"]
    assert isinstance(told, str)
    assert json.loads(told) == {"lawyer": {"value": "так"}}


def test_every_row_has_every_column_of_its_purpose() -> None:
    names = {column.id for column in COLUMNS}
    assert keep(make_report()).cells.keys() == names == bare_row(make_entry()).cells.keys()


def test_the_whole_report_goes_only_to_holders() -> None:
    report = make_report(choices=["c_un"])
    shared = make_row(make_entry(), report, purpose=Purpose.UN)
    assert keep(report).report == report
    assert shared is not None
    assert shared.report is None


@given(st.dictionaries(st.sampled_from(sorted(make_report())), json_values))
def test_a_strange_report_still_makes_a_row_of_the_right_forms(strange: dict[str, Any]) -> None:
    cells = keep({**make_report(), **strange}).cells
    for column in COLUMNS:
        cell = cells[column.id]
        if column.form is Form.NUMBER:
            assert cell is None or isinstance(cell, Missing) or type(cell) is int
        if column.form is Form.TERMS:
            assert cell is None or isinstance(cell, Missing | tuple)


@given(st.dictionaries(st.sampled_from(sorted(make_report()["answers"])), json_values))
def test_strange_answers_still_make_a_row(strange: dict[str, Any]) -> None:
    report = make_report()
    keep({**report, "answers": {**report["answers"], **strange}})


def test_no_repr_of_a_row_tells_what_is_in_it() -> None:
    assert "Прыклад" not in repr(keep(make_report()))


@pytest.mark.parametrize(
    ("town", "names"),
    [
        ("brest", ("Брэст", "Брест", "Brest")),
        ("minsk", ("Мінск", "Минск", "Minsk")),
        ("mscislau", ("Мсціслаў", "Мстиславль", "Mscislau")),
        ("pruzany", ("Пружаны", "Пружаны", "Pruzany")),
    ],
)
def test_a_town_is_called_as_each_language_calls_it(town: str, names: tuple[str, ...]) -> None:
    assert tuple(name_town(town, language) for language in ("be", "ru", "en")) == names


def test_no_town_has_a_belarusian_letter_in_russian() -> None:
    towns = [town["id"] for town in read_table("places")["towns"]]
    assert len(towns) > 100
    assert [town for town in towns if set("іўІЎ") & set(name_town(town, "ru") or "ў")] == []


def test_a_town_that_the_country_does_not_know_has_no_name() -> None:
    assert name_town("nowhere", "en") is None
