"""digest.html: one page that needs nothing else, no script and no network, on a phone and on A4 paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from bot.exports.charts import Bar, draw_bars
from bot.exports.tables import GROUPS, counted, history_headings, history_rows, totals, warnings
from bot.exports.wording import Wording
from handlers.sharing.columns import columns_for
from handlers.sharing.consent import CHOICES
from handlers.sharing.digest import Digest
from handlers.sharing.rows import Cell, Row

_LONG = frozenset({"narrative", "notes", "other_answers"})
_HEAD = frozenset({"code", "level", "surname", "given_name", "patronymic", "overdue"})
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


def write_html(digest: Digest, wording: Wording, path: Path) -> None:
    """Write the page to `path`."""
    page = (
        _environment()
        .from_string(_template())
        .render(
            digest=digest,
            say=wording.say,
            language=wording.language,
            totals=totals(digest, wording),
            warnings=warnings(digest, wording),
            charts=list(_charts(digest, wording)),
            people=(_person(digest, row, wording) for row in digest.rows),
            history_headings=history_headings(wording),
            history=list(history_rows(digest, wording)),
        )
    )
    path.write_text(page, encoding="utf-8", errors="replace", newline="\n")


def _environment() -> Environment:
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _template() -> str:
    return (files("bot.exports") / "templates" / "digest.html").read_text(encoding="utf-8")


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


def _person(digest: Digest, row: Row, wording: Wording) -> Person:
    columns = columns_for(digest.purpose)
    told = {column.id: str(wording.cell(column, row.cells[column.id])) for column in columns}
    level = row.cells.get("level")
    name = " ".join(filter(None, (told.get(part) for part in ("surname", "given_name", "patronymic"))))
    shown = [each for each in columns if _is_shown(each.id, row.cells[each.id]) and told[each.id]]
    return Person(
        name=name or wording.say("digest-unknown"),
        code=told.get("code", ""),
        level=level if isinstance(level, str) else "",
        level_label=told.get("level", ""),
        overdue=row.cells.get("overdue") is True,
        facts=[
            *((wording.column(each), told[each.id]) for each in shown if each.id not in _LONG),
            *_consents(row, wording),
        ],
        texts=[(wording.column(each), told[each.id]) for each in shown if each.id in _LONG],
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
