"""digest.xlsx: people, history and a README, in typed cells. Text is text, never a formula or a link."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.exports.formulas import is_risky
from bot.exports.tables import (
    Case,
    Export,
    Heading,
    Terms,
    Value,
    history_headings,
    history_rows,
    readme_rows,
)
from handlers.sharing.columns import Form
from handlers.sharing.digest import Digest

_LONGEST = 32_000  # a cell holds 32,767 letters
_WIDTHS = {Form.TEXT: 26, Form.TERM: 20, Form.TERMS: 26, Form.NUMBER: 10, Form.DAY: 13, Form.TRUTH: 12}
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_FIRST_DAY, _LAST_DAY = date(1900, 3, 1), date(9999, 12, 31)


class XlsxFile(Export):
    """Two sheets grow side by side, row by row; XlsxWriter's own temporary files lie in the same folder."""

    def __init__(self, path: Path, terms: Terms) -> None:
        super().__init__(path, terms)
        import xlsxwriter

        folder = self.aside.enter_context(TemporaryDirectory(dir=path.parent))
        self._book = xlsxwriter.Workbook(path, {**_OPTIONS, "tmpdir": folder})
        self.aside.callback(self._close_rows)
        self._formats = _Formats(self._book)
        self._people = self._sheet("digest-people", terms.headings)
        self._history = self._sheet("digest-history", history_headings(terms.wording))

    def add(self, case: Case) -> None:
        """The person, and the history."""
        if case.row is not None:
            self._people.put(case.words)
        for row in history_rows(case, self.terms.wording):
            self._history.put(row)

    def end(self, digest: Digest) -> None:
        """What the file is; then everything is packed.

        :raises OSError: there is no room.
        """
        from xlsxwriter.exceptions import FileCreateError

        about = self._sheet("digest-readme", ())
        for row in readme_rows(digest, self.terms.wording):
            about.put(row)
        self._book.set_properties({"created": datetime.fromisoformat(digest.day)})
        try:
            self._book.close()
        except FileCreateError:
            raise OSError("no room for the workbook") from None
        self.aside.close()

    def _close_rows(self) -> None:
        """Where the work breaks off before the book is packed."""
        for sheet in self._book.worksheets():
            sheet.row_data_fh.close()

    def _sheet(self, title: str, headings: Sequence[Heading]) -> _Sheet:
        wording = self.terms.wording
        sheet = self._book.add_worksheet(wording.say(title)[:31])
        return _Sheet(sheet, self._formats, headings, cut=wording.say("digest-cut"))


class _Formats:
    """How cells look."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format({"bold": True, "bg_color": "#E3EEF0", "text_wrap": True, "valign": "top"})
        self.text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self.guarded = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self.guarded.set_quote_prefix()  # stays text even after somebody edits the cell
        self.day = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"})
        self.number = book.add_format({"valign": "top", "num_format": "0"})


class _Sheet:
    """Fills one sheet row by row: memory stays flat."""

    def __init__(self, sheet: Any, formats: _Formats, headings: Sequence[Heading], *, cut: str) -> None:
        self._sheet = sheet
        self._formats = formats
        self._cut = cut
        self._forms = [heading.form for heading in headings] or [Form.TEXT] * 4
        self._line = 1 if headings else 0
        for place, form in enumerate(self._forms):
            sheet.set_column(place, place, _WIDTHS[form] if headings else 44)
        for place, heading in enumerate(headings):
            sheet.write_string(0, place, heading.text, formats.head)
        if headings:
            sheet.freeze_panes(1, 1)

    def put(self, row: Sequence[Value]) -> None:
        """The next row."""
        for place, value in enumerate(row):
            self._put(place, value)
        self._line += 1

    def _put(self, place: int, value: Value) -> None:
        sheet, line, formats = self._sheet, self._line, self._formats
        if isinstance(value, int):
            sheet.write_number(line, place, value, formats.number)
        elif self._forms[place] is Form.DAY and (day := _whole_day(value)):
            sheet.write_datetime(line, place, day, formats.day)
        elif value:
            text = value if len(value) <= _LONGEST else value[:_LONGEST] + self._cut
            sheet.write_string(line, place, text, formats.guarded if is_risky(text) else formats.text)


def _whole_day(text: str) -> date | None:
    """The day, where it is whole and a spreadsheet can count it; a partial one stays text."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if len(text) == 10 and _FIRST_DAY <= day <= _LAST_DAY else None
