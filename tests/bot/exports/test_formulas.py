"""No text that somebody typed is ever run by a spreadsheet."""

from __future__ import annotations

import csv
import unicodedata
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.exports.formulas import is_risky, neutralise
from tests.bot.exports.made import WRITERS, Document, make_document, wording
from tests.bot.exports.reading_back import read_cells, read_csv
from tests.handlers.sharing.samples import make_report

BEFORE = (
    "",
    " ",
    "   ",
    '"',
    "'",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\u202e",
    " \"' ",
    "«",
    "\u3000",
    "\u0301",
    "\u2028",
)
LEADS = (
    "=",
    "+",
    "-",
    "@",
    "|",
    "%",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
    "｜",
    "％",
    "﹦",
    "﹢",
    "﹣",
    "﹫",
    "−",
    "–",
)
BODIES = (
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://example.org","x")',
    "1+1",
    "SUM(A1:A9)*cmd|'/C notepad'!'A1'",
)
PAYLOADS = [before + lead + body for before, lead in product(BEFORE, LEADS) for body in BODIES]
HARMLESS = (
    "Ян Прыклад",
    "вул. Прыкладная, 5",
    "2026-11-23",
    "14:07",
    "а=б",
    "",
    "  ",
    "№ 5",
    "(не ведаю)",
    "1990",
)


def document_of(payloads: list[str]) -> Document:
    reports = []
    for number, payload in enumerate(payloads):
        report = make_report(number)
        person = report["answers"]["person"]
        person["value"] = {**person["value"], "given_name": payload, "surname": payload}
        report["answers"]["narrative"] = {"value": payload}
        report["notes"] = [payload]
        report["answers"][payload or "x"] = {"value": payload}
        reports.append(report)
    return make_document(reports)


def runs_in_a_spreadsheet(field: str) -> bool:
    """What a careful spreadsheet's reader would fear, written apart from the product's own rule."""
    seen = field.lstrip(' \u00a0\u3000"')
    return seen[:1] in set("=+-@|%\t\r\n＝＋－＠｜％﹦﹢﹣﹫")


def test_the_corpus_is_large() -> None:
    assert len(set(PAYLOADS)) >= 200


@pytest.mark.parametrize("lead", LEADS)
def test_every_lead_is_risky_whatever_stands_before_it(lead: str) -> None:
    assert all(is_risky(before + lead + "1+1") for before in BEFORE)


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert neutralise(text) == text.strip()


def test_no_field_of_the_csv_can_run(tmp_path: Path) -> None:
    WRITERS["digest.csv"](document_of(PAYLOADS), wording(), tmp_path / "d.csv")
    rows = read_csv(tmp_path / "d.csv")
    assert len(rows) == len(PAYLOADS) + 1
    assert [field for row in rows for field in row if runs_in_a_spreadsheet(field)] == []


def test_the_check_turns_red_without_the_protection(tmp_path: Path) -> None:
    with (tmp_path / "bare.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([payload] for payload in PAYLOADS)
    bare = read_csv(tmp_path / "bare.csv")
    assert sum(runs_in_a_spreadsheet(row[0]) for row in bare) > 200


def test_every_field_is_quoted_and_stands_on_one_line(tmp_path: Path) -> None:
    WRITERS["digest.csv"](document_of(PAYLOADS), wording(), tmp_path / "d.csv")
    text = (tmp_path / "d.csv").read_bytes().decode("utf-8-sig")
    lines = text.removesuffix("\r\n").split("\r\n")
    assert len(lines) == len(PAYLOADS) + 1
    assert all(line.startswith('"') and line.endswith('"') and "\n" not in line for line in lines)


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(tmp_path: Path) -> None:
    WRITERS["digest.xlsx"](document_of(PAYLOADS), wording(), tmp_path / "d.xlsx")
    cells = read_cells(tmp_path / "d.xlsx")
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert [cell for cell in cells if cell.hyperlink] == []
    assert [c for c in cells if c.data_type == "s" and is_risky(c.value) and not c.quotePrefix] == []


@given(st.text(max_size=30))
def test_no_text_at_all_runs(text: str) -> None:
    assert not runs_in_a_spreadsheet(neutralise(text))


@given(st.text(max_size=30))
def test_neutral_text_is_one_line(text: str) -> None:
    assert len(neutralise(text).splitlines()) <= 1


def test_no_letter_or_digit_is_a_sign_in_disguise() -> None:
    signs = [
        letter
        for letter in map(chr, range(0x110000))
        if letter.isalnum() and unicodedata.normalize("NFKC", letter)[:1] in set("=+-@|%\t\r\n")
    ]
    assert signs == []
