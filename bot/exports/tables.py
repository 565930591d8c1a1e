"""The digest as named tables of words and numbers: what spreadsheets and CSV have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Self

from bot.exports.wording import Wording
from handlers.sharing.columns import SOURCES, Column, Form, columns_for
from handlers.sharing.consent import Purpose
from handlers.sharing.counters import Counts
from handlers.sharing.digest import Digest, HistoryLine, Shown
from handlers.sharing.rows import Cell, Row

Value = str | int
_WORDS = 4096  # cells whose words are kept
GROUPS = ("level", "region", "body", "age_group")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a table; `form` says what its cells hold."""

    text: str
    form: Form = Form.TEXT


@dataclass(frozen=True, slots=True)
class Case:
    """One case as all files show it: the row, its cells as words in the order of the columns, its history."""

    row: Row | None = field(repr=False)
    words: tuple[Value, ...] = field(repr=False)
    history: tuple[HistoryLine, ...]


class Terms:
    """What is the same for every case of one document: its purpose, its columns, its language."""

    def __init__(self, purpose: Purpose, wording: Wording) -> None:
        self.purpose = purpose
        self.wording = wording
        self.columns = columns_for(purpose)
        self._closed = lru_cache(_WORDS, typed=True)(wording.cell)
        self.headings = tuple(Heading(wording.column(column), column.form) for column in self.columns)

    def tell(self, shown: Shown) -> Case:
        """One case in words."""
        row = shown.row
        cells = () if row is None else (self._word(each, row.cells[each.id]) for each in self.columns)
        return Case(row, tuple(cells), shown.history)

    def _word(self, column: Column, cell: Cell) -> Value:
        """What comes again and again is looked up once; what somebody wrote is not kept."""
        return (self.wording.cell if column.form is Form.TEXT else self._closed)(column, cell)


class Export(ABC):
    """One file that is being written. Everything beside `path` that it needs for that is gone afterwards."""

    def __init__(self, path: Path, terms: Terms) -> None:
        self.path = path
        self.terms = terms
        self.aside = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.aside.close()

    @abstractmethod
    def add(self, case: Case) -> None:
        """The next case."""

    @abstractmethod
    def end(self, digest: Digest) -> None:
        """After the last case, when everything is counted."""


def history_headings(wording: Wording) -> tuple[Heading, ...]:
    """The headings of the history."""
    names = (("case", Form.TEXT), ("day", Form.DAY), ("status", Form.TERM), ("by", Form.TEXT))
    return tuple(Heading(wording.say(f"digest-history-{name}"), form) for name, form in names)


def history_rows(case: Case, wording: Wording) -> Iterator[tuple[Value, ...]]:
    """One row per step of a case."""
    for line in case.history:
        status = wording.term(("status-",), line.status)
        yield (line.code, line.day, status, line.by or wording.say("digest-bot"))


def totals(digest: Digest, wording: Wording) -> list[tuple[str, str]]:
    """The single numbers of the day that the purpose lets out: (label, number)."""
    numbers = {
        "detentions": digest.counters.detentions,
        "new": digest.new,
        "changed": digest.changed,
        "overdue": digest.overdue,
        "open": digest.open,
        "unfinished": digest.counters.unfinished if digest.new is not None else None,
    }
    told = {name: number for name, number in numbers.items() if number is not None}
    return [(wording.say(f"digest-{name}"), wording.number(number)) for name, number in told.items()]


def counted(digest: Digest, wording: Wording, group: str) -> list[tuple[str, str]]:
    """One list of the counters: (label, number)."""
    counts: Counts = getattr(digest.counters, group)
    return [(wording.counted(group, term), wording.number(number)) for term, number in counts]


def readme_rows(digest: Digest, wording: Wording) -> Iterator[tuple[Value, ...]]:
    """What the file is: purpose and rule, the numbers, the problems, and the meaning of every field."""
    yield (wording.say("digest-title", day=digest.day), digest.organisation)
    yield (wording.say("digest-period", since=digest.since, day=digest.day),)
    yield (wording.say("digest-purpose"), wording.say(f"digest-purpose-{digest.purpose}"))
    yield (wording.say(f"digest-rule-{digest.purpose}"),)
    yield from ((text,) for text in warnings(digest, wording))
    yield ()
    yield from number_rows(digest, wording)
    yield (wording.say("digest-not-counted"),)
    yield ()
    yield tuple(wording.say(f"digest-readme-{name}") for name in ("field", "id", "question", "reach"))
    yield from (_field_row(column, wording) for column in columns_for(digest.purpose))


def warnings(digest: Digest, wording: Wording) -> list[str]:
    """What the reader must know first: missing parts, objects that did not open."""
    told = []
    if digest.missing_parts:
        parts = ", ".join(map(str, digest.missing_parts))
        told.append(wording.say("digest-missing-parts", parts=parts, of=digest.parts))
    heading = wording.say("digest-problems")
    told += [
        f"{heading}: {problem.code}. {wording.say('digest-problem-' + problem.cause)}"
        for problem in digest.problems
    ]
    return told


def number_rows(digest: Digest, wording: Wording) -> Iterator[tuple[Value, ...]]:
    """Every number of the day, one per row, under a heading."""
    yield (wording.say("digest-readme-numbers"), wording.say("digest-readme-count"))
    yield from ((label, _whole(number)) for label, number in totals(digest, wording))
    for group in GROUPS:
        for label, number in counted(digest, wording, group):
            yield (f"{wording.say('digest-by-' + group)}: {label}", _whole(number))


def _whole(number: str) -> Value:
    return int(number) if number.isdecimal() else number


def _field_row(column: Column, wording: Wording) -> tuple[Value, ...]:
    reach = wording.say(f"digest-reach-{column.ceiling}")
    question = f"ask-{SOURCES[column.id]}" if column.id in SOURCES else ""
    return (wording.column(column), column.id, wording.say(question) if question else "", reach)
