"""Cells and ids in words of one language, cleaned of everything that only pretends to be text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers.clean import clean
from handlers.screens import Line
from handlers.sharing.columns import TOWN, Column, Form
from handlers.sharing.counters import HIDDEN
from handlers.sharing.rows import Cell, Missing
from handlers.sharing.towns import name_town
from handlers.texts import Texts

_FOREIGN = re.compile(r"[^A-Za-z0-9_-]")
# Short enough to stay whole in `clean` even where every sign becomes three.
_PIECE = re.compile(r".{1,1300}(?=\s|$)|.{1,1300}", re.DOTALL)
_GROUPS = {
    "level": ("digest-level-",),
    "region": ("vocab-region-", "card-region-", "digest-"),
    "body": ("vocab-detaining_body-", "card-body-", "digest-"),
    "age_group": ("digest-age-",),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """One language."""

    texts: Texts
    language: str

    def say(self, key: str, **args: str | int) -> str:
        """A sentence of the catalogue."""
        return self.texts.say(self.language, Line(key, args))

    def say_line(self, line: Line) -> str:
        """The same of a line with its arguments."""
        return self.texts.say(self.language, line)

    def term(self, prefixes: tuple[str, ...], term: str) -> str:
        """The label of an id; the id itself where the catalogue has none."""
        for prefix in prefixes:
            key = prefix + _FOREIGN.sub("-", term)
            if self.texts.has(self.language, key):
                return self.say(key)
        return clean(term)

    def counted(self, group: str, term: str) -> str:
        """The label of a line of the counters."""
        return self.term(_GROUPS[group], term)

    def number(self, number: int | None) -> str:
        """A count, or that it is too small to be told."""
        if number is None:
            return ""
        return self.say("digest-hidden") if number == HIDDEN else str(number)

    def column(self, column: Column) -> str:
        """The heading of a column."""
        return self.say(f"digest-column-{column.id}")

    def cell(self, column: Column, cell: Cell) -> str | int:
        """What a person reads in a cell; numbers stay numbers."""
        if cell is None:
            return ""
        if isinstance(cell, Missing):
            return f"({self.term(('digest-missing-',), cell.reason)})"
        if isinstance(cell, bool):
            return self.say("digest-yes" if cell else "digest-no")
        if isinstance(cell, int):
            return cell
        terms = (cell,) if isinstance(cell, str) else cell
        if column.form in (Form.TERM, Form.TERMS):
            return "; ".join(self._label(column, term) for term in terms)
        return clean_whole("; ".join(terms))

    def _label(self, column: Column, term: str) -> str:
        town = name_town(term, self.language) if column.id == TOWN else None
        return town or self.term(column.labels, term)


def clean_whole(text: str) -> str:
    """`clean` for text of any length: long text is cleaned piece by piece instead of being cut."""
    return "".join(clean(piece) for piece in _PIECE.findall(text))
