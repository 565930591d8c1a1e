"""digest.xlsx: people, history and a README, in typed cells. Text is text, never a formula or a link."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.exports.formulas import is_risky
from bot.exports.tables import (
    Heading,
    Value,
    history_headings,
    history_rows,
    people_headings,
    people_rows,
    readme_rows,
)
from bot.exports.wording import Wording
from handlers.sharing.columns import Form
from handlers.sharing.digest import Digest

_LONGEST = 32_000  # a cell holds 32,767 letters
_WIDTHS = {Form.TEXT: 26, Form.TERM: 20, Form.TERMS: 26, Form.NUMBER: 10, Form.DAY: 13, Form.TRUTH: 12}
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_FIRST_DAY, _LAST_DAY = date(1900, 3, 1), date(9999, 12, 31)


def write_xlsx(digest: Digest, wording: Wording, path: Path) -> None:
    """Write the workbook to `path`; XlsxWriter's own temporary files lie in the same folder.

    :raises OSError: there is no room.
    """
    packed = BytesIO()  # only the rows before packing are large, and those go through a file
    with TemporaryDirectory(dir=path.parent) as folder:
        _fill_book(packed, folder, digest, wording=wording)
    path.write_bytes(packed.getvalue())


def _fill_book(packed: BytesIO, folder: str, digest: Digest, *, wording: Wording) -> None:
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    book = xlsxwriter.Workbook(packed, {**_OPTIONS, "tmpdir": folder})
    book.set_properties({"created": datetime.fromisoformat(digest.day)})
    page = _Page(book, wording)
    page.fill("digest-people", people_headings(digest, wording), people_rows(digest, wording))
    page.fill("digest-history", history_headings(wording), history_rows(digest, wording))
    page.fill("digest-readme", (), readme_rows(digest, wording))
    try:
        book.close()
    except FileCreateError:
        raise OSError("no room for the workbook") from None


class _Page:
    """Fills one sheet after the other, row by row: memory stays flat."""

    def __init__(self, book: Any, wording: Wording) -> None:
        self._book = book
        self._wording = wording
        self._head = book.add_format(
            {"bold": True, "bg_color": "#E3EEF0", "text_wrap": True, "valign": "top"}
        )
        self._text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self._guarded = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self._guarded.set_quote_prefix()  # stays text even after somebody edits the cell
        self._day = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"})
        self._number = book.add_format({"valign": "top", "num_format": "0"})

    def fill(self, title: str, headings: tuple[Heading, ...], rows: Iterable[tuple[Value, ...]]) -> None:
        sheet = self._book.add_worksheet(self._wording.say(title)[:31])
        forms = [heading.form for heading in headings] or [Form.TEXT] * 4
        for place, form in enumerate(forms):
            sheet.set_column(place, place, _WIDTHS[form] if headings else 44)
        for place, heading in enumerate(headings):
            sheet.write_string(0, place, heading.text, self._head)
        if headings:
            sheet.freeze_panes(1, 1)
        for line, row in enumerate(rows, 1 if headings else 0):
            for place, value in enumerate(row):
                self._put(sheet, line, place, value=value, form=forms[place])

    def _put(self, sheet: Any, line: int, place: int, *, value: Value, form: Form) -> None:
        if isinstance(value, int):
            sheet.write_number(line, place, value, self._number)
        elif form is Form.DAY and (day := _whole_day(value)):
            sheet.write_datetime(line, place, day, self._day)
        elif value:
            text = value if len(value) <= _LONGEST else value[:_LONGEST] + self._wording.say("digest-cut")
            sheet.write_string(line, place, text, self._guarded if is_risky(text) else self._text)


def _whole_day(text: str) -> date | None:
    """The day, where it is whole and a spreadsheet can count it; a partial one stays text."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if len(text) == 10 and _FIRST_DAY <= day <= _LAST_DAY else None
