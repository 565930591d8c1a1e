"""digest.html: one page that needs nothing else, no script and no network, on a phone and on A4 paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryFile
from typing import TextIO

from jinja2 import Environment, FunctionLoader, StrictUndefined

from bot.exports.charts import Bar, draw_bars
from bot.exports.tables import (
    GROUPS,
    Case,
    Export,
    Terms,
    Value,
    counted,
    history_headings,
    history_rows,
    totals,
    warnings,
)
from bot.exports.wording import Wording
from handlers.sharing.consent import CHOICES
from handlers.sharing.digest import Digest
from handlers.sharing.rows import Cell, Row

_LONG = frozenset({"narrative", "notes", "later_answers", "team_notes", "other_answers"})
_HEAD = frozenset({"code", "level", "surname", "given_name", "patronymic", "overdue"})
_TEMPLATES = ("digest.html", "person.html", "step.html")
_PIECE = 1 << 16  # letters
_APART = _HEAD | set(CHOICES)


@dataclass(frozen=True, slots=True)
class Chart:
    """One list of the counters: its title, its lines, and the picture."""

    title: str
    lines: list[tuple[str, str]]
    picture: str


@dataclass(frozen=True, slots=True)
class Person:
    """One person on the page; `facts` are short, `texts` are what somebody wrote."""

    name: str = field(repr=False)
    code: str
    level: str
    level_label: str
    overdue: bool
    facts: list[tuple[str, str]] = field(repr=False)
    texts: list[tuple[str, str]] = field(repr=False)


class HtmlFile(Export):
    """People and histories grow aside, because what was counted stands before them."""

    def __init__(self, path: Path, terms: Terms) -> None:
        super().__init__(path, terms)
        environment = Environment(
            loader=FunctionLoader(_template),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals["say"] = terms.wording.say
        self._page, self._person, self._step = map(environment.get_template, _TEMPLATES)
        self._people, self._history = (self.aside.enter_context(_grow(path.parent)) for _ in range(2))

    def add(self, case: Case) -> None:
        """One card, and the lines of its history."""
        if case.row is not None:
            print(self._person.render(person=_person(case.row, case.words, self.terms)), file=self._people)
        for line in history_rows(case, self.terms.wording):
            print(self._step.render(line=line), file=self._history)

    def end(self, digest: Digest) -> None:
        """The page, with both in their places."""
        wording = self.terms.wording
        page = self._page.stream(
            digest=digest,
            language=wording.language,
            totals=totals(digest, wording),
            warnings=warnings(digest, wording),
            charts=list(_charts(digest, wording)),
            people=_pieces(self._people),
            history_headings=history_headings(wording),
            history=_pieces(self._history),
        )
        with self.path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.writelines(page)
        self.aside.close()


def _grow(folder: Path) -> TextIO:
    return TemporaryFile("w+", encoding="utf-8", errors="replace", newline="\n", dir=folder)


def _template(name: str) -> str:
    return (files("bot.exports") / "templates" / name).read_text(encoding="utf-8")


def _pieces(file: TextIO) -> Iterable[str]:
    """What has grown, piece by piece: escaped already."""
    if not file.tell():
        return ()
    file.seek(0)
    return iter(lambda: file.read(_PIECE), "")


def _charts(digest: Digest, wording: Wording) -> Iterator[Chart]:
    for group in GROUPS:
        counts = getattr(digest.counters, group)
        if group == "level" and not counts:
            continue  # not nothing, but nothing that this purpose lets out
        lines = counted(digest, wording, group)
        bars = [
            Bar(term, label, max(number, 0), told)
            for (term, number), (label, told) in zip(counts, lines, strict=True)
        ]
        yield Chart(wording.say(f"digest-by-{group}"), lines, draw_bars(bars, name=group) if bars else "")


def _person(row: Row, words: Sequence[Value], terms: Terms) -> Person:
    wording = terms.wording
    told = {column.id: str(value) for column, value in zip(terms.columns, words, strict=True)}
    level = row.cells.get("level")
    name = " ".join(filter(None, (told.get(part) for part in ("surname", "given_name", "patronymic"))))
    shown = [
        (each.id, heading.text)
        for each, heading in zip(terms.columns, terms.headings, strict=True)
        if told[each.id] and _is_shown(each.id, row.cells[each.id])
    ]
    return Person(
        name=name or wording.say("digest-unknown"),
        code=told.get("code", ""),
        level=level if isinstance(level, str) else "",
        level_label=told.get("level", ""),
        overdue=row.cells.get("overdue") is True,
        facts=[
            *((heading, told[name]) for name, heading in shown if name not in _LONG),
            *_consents(row, wording),
        ],
        texts=[(heading, told[name]) for name, heading in shown if name in _LONG],
    )


def _is_shown(name: str, cell: Cell) -> bool:
    """The card's head and the consents stand elsewhere, and what is not so is not said."""
    return name not in _APART and cell is not False


def _consents(row: Row, wording: Wording) -> Iterator[tuple[str, str]]:
    """What the reporter agreed to, in one line; nothing where it is not known."""
    known = [choice for choice in CHOICES if isinstance(row.cells.get(choice), bool)]
    given = [wording.say(f"digest-agreed-{choice}") for choice in known if row.cells[choice]]
    if known:
        yield wording.say("digest-agreed"), "; ".join(given) or wording.say("digest-agreed-nothing")
