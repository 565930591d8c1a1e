"""The files: equal for equal input, right by type, valid by schema, the same for an empty day."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from bot.errors import InputRefused
from bot.exports import NAMES
from bot.exports.folder import check_folder, fill_folder
from bot.exports.json_file import read_schema
from handlers.sharing.columns import COLUMNS, Form
from handlers.sharing.consent import Purpose
from handlers.sharing.digest import Problem
from tests.bot.exports.made import (
    WRITERS,
    Document,
    make_document,
    sample_document,
    wording,
    write_all,
)
from tests.bot.exports.reading_back import read_all, read_csv
from tests.bot.exports.sealed_days import load
from tests.handlers.sharing.samples import make_case, make_report

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = ("be", "ru", "en")


@pytest.fixture
def elsewhere() -> Iterator[None]:
    """Another time zone, as on another holder's machine."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Pacific/Kiritimati"
    time.tzset()
    yield
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


def json_of(document: Document, folder: Path) -> Any:
    """What a program reads."""
    WRITERS["digest.json"](document, wording(), folder / "d.json")
    return load(folder / "d.json")


@pytest.mark.parametrize("name", WRITERS)
def test_equal_input_gives_equal_bytes(name: str, tmp_path: Path) -> None:
    for copy in ("a", "b"):
        WRITERS[name](sample_document(), wording(), tmp_path / copy)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    WRITERS[name](sample_document(5), wording(), tmp_path / "c")
    assert (tmp_path / "a").read_bytes() != (tmp_path / "c").read_bytes()


@pytest.mark.usefixtures("elsewhere")
def test_the_workbook_is_the_same_in_another_time_zone(tmp_path: Path) -> None:
    WRITERS["digest.xlsx"](sample_document(), wording(), tmp_path / "far")
    os.environ["TZ"] = "UTC"
    time.tzset()
    WRITERS["digest.xlsx"](sample_document(), wording(), tmp_path / "here")
    assert (tmp_path / "far").read_bytes() == (tmp_path / "here").read_bytes()


@pytest.mark.parametrize("name", ["digest.csv", "digest.json"])
def test_the_text_files_are_as_they_always_were(name: str, tmp_path: Path) -> None:
    WRITERS[name](sample_document(3), wording("en"), tmp_path / name)
    assert (tmp_path / name).read_bytes() == (GOLDEN / name).read_bytes()


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("count", [0, 4])
def test_the_json_fits_its_schema(purpose: Purpose, count: int, tmp_path: Path) -> None:
    problems = [Problem("K2222", "altered")]
    reports = [make_report(number, choices=[f"c_{purpose}"]) for number in range(count)]
    document = json_of(make_document(reports, purpose=purpose, problems=problems), tmp_path)
    Draft202012Validator.check_schema(read_schema())
    Draft202012Validator(read_schema()).validate(document)


def test_the_schema_names_every_column() -> None:
    people = read_schema()["properties"]["people"]["items"]
    assert set(people["properties"]["fields"]["properties"]) == {column.id for column in COLUMNS}


def test_a_strange_report_still_fits_the_schema(tmp_path: Path) -> None:
    report = make_report()
    report["answers"]["person"] = {"value": {"birth_year": "даўно", "age": [1], "surname": 5}}
    report["answers"]["detained_by"] = {"value": "omon"}
    report["derived"] = {"is_minor": "maybe", "age_at_detention": True}
    Draft202012Validator(read_schema()).validate(json_of(make_document([report]), tmp_path))


def test_cells_have_types_and_sheets_their_order(tmp_path: Path) -> None:
    WRITERS["digest.xlsx"](sample_document(2), wording("en"), tmp_path / "d.xlsx")
    book = load_workbook(tmp_path / "d.xlsx")
    assert book.sheetnames == ["People", "History of cases", "About"]
    sheet = book["People"]
    heads = [cell.value for cell in sheet[1]]
    row = dict(zip(heads, sheet[2], strict=True))
    assert row["Year of birth"].value == 1990
    assert row["Day of detention"].value == datetime(2026, 11, 22)  # noqa: DTZ001 - sheets know no zones
    assert row["Time of detention"].value == "14:07"
    assert book.properties.created == datetime(2026, 11, 23)  # noqa: DTZ001


def test_a_partial_date_stays_text(tmp_path: Path) -> None:
    report = make_report()
    report["answers"]["detained_when"]["value"] = {"day": "2026-11", "time": None, "precision": "unknown_day"}
    WRITERS["digest.xlsx"](make_document([report]), wording("en"), tmp_path / "d.xlsx")
    assert "2026-11" in [cell.value for cell in load_workbook(tmp_path / "d.xlsx")["People"][2]]


def test_a_story_too_long_for_a_cell_says_where_the_rest_is(tmp_path: Path) -> None:
    report = make_report()
    report["answers"]["narrative"]["value"] = "слова " * 9_000
    document = make_document([report])
    WRITERS["digest.xlsx"](document, wording("en"), tmp_path / "d.xlsx")
    WRITERS["digest.json"](document, wording("en"), tmp_path / "d.json")
    assert "the whole text is in digest.json" in read_all(tmp_path / "d.xlsx")
    assert load(tmp_path / "d.json")["people"][0]["fields"]["narrative"] == "слова " * 9_000


def test_a_story_of_sixteen_thousand_letters_is_whole_in_every_file(tmp_path: Path) -> None:
    report = make_report()
    report["answers"]["narrative"]["value"] = "пра гэта " * 1_700 + "самы канец"
    for name, write in WRITERS.items():
        write(make_document([report]), wording(), tmp_path / name)
        assert read_all(tmp_path / name).count("пра гэта") >= 1_700
        assert "самы канец" in read_all(tmp_path / name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", Purpose)
def test_every_file_exists_for_an_empty_day(language: str, purpose: Purpose, tmp_path: Path) -> None:
    document = make_document([], purpose=purpose)
    paths = write_all(document, wording(language), tmp_path / "out")
    assert [path.name for path in paths] == list(WRITERS) == list(NAMES)
    rows = read_csv(tmp_path / "out" / "digest.csv")
    assert (len(rows) == 1) is (purpose is not Purpose.STATS)


def test_a_case_without_a_report_still_has_a_row() -> None:
    document = make_document([None], cases=[make_case(0)])
    assert document.rows[0].cells["code"] == make_case(0).code
    assert make_document([None], cases=[make_case(0)], purpose=Purpose.UN).rows == []


def test_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    paths = write_all(sample_document(), wording(), out)
    assert out.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in paths] == [0o600] * 4


def test_a_failure_leaves_the_old_files_whole_and_nothing_half(tmp_path: Path) -> None:
    fill_folder(tmp_path, ["a"], lambda drafts: drafts["a"].write_text("old"))

    def fail(drafts: Mapping[str, Path]) -> None:
        drafts["a"].write_text("new")
        drafts["b"].write_text("half")
        raise OSError

    with pytest.raises(InputRefused):
        fill_folder(tmp_path, ["a", "b"], fail)
    with pytest.raises(InputRefused):
        fill_folder(tmp_path / "new", ["a", "b"], fail)
    assert (tmp_path / "a").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputRefused, match="not empty"):
        check_folder(tmp_path, replace=False)
    check_folder(tmp_path, replace=True)
    with pytest.raises(InputRefused, match="is a file"):
        check_folder(tmp_path / "mine.txt", replace=True)


@pytest.mark.parametrize(("language", "name"), [("be", "Брэст"), ("en", "Brest")])
def test_every_closed_list_is_shown_in_words(language: str, name: str) -> None:
    report = make_report()
    report["answers"]["detained_where"]["value"]["town"] = "brest"
    report["answers"]["profile"] = {"value": ["journalist"]}
    document = make_document([report])
    cells = document.rows[0].cells
    terms = [column for column in COLUMNS if column.form in (Form.TERM, Form.TERMS) and cells[column.id]]
    told = {column.id: str(wording(language).cell(column, cells[column.id])) for column in terms}
    assert told["town"] == name
    bare = [column for column, words in told.items() if words == cells[column] and language != "en"]
    assert bare + [column for column, words in told.items() if "_" in words] == []


def test_statistics_in_csv_are_counts_with_the_small_ones_hidden(tmp_path: Path) -> None:
    WRITERS["digest.csv"](sample_document(12, purpose=Purpose.STATS), wording("en"), tmp_path / "d.csv")
    rows = dict(read_csv(tmp_path / "d.csv"))
    assert rows["Reports of detention"] == "6"
    assert rows["By region: Homiel region"] == "fewer than 5"
    assert rows["By age: 0-13"] == "0"
