"""One person, one row: the answers of an opened report and what the server knows of the case, as plain cells.

A row holds only what its purpose allows, so that no exporter has to know about consent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from handlers.sharing.columns import COLUMNS, SOURCES, Column, Form, columns_for
from handlers.sharing.consent import CHOICES, Consents, Purpose, read_consents, row_leaves
from handlers.sharing.entries import Entry

_SHOWN = frozenset(SOURCES.values())


@dataclass(frozen=True, slots=True)
class Missing:
    """Why there is no value: skipped, unknown, refused or unsafe."""

    reason: str


Cell = str | int | bool | tuple[str, ...] | Missing | None


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one person by column id, and the whole report where the purpose allows everything."""

    cells: Mapping[str, Cell] = field(repr=False)
    report: Mapping[str, Any] | None = field(default=None, repr=False)


def make_row(
    entry: Entry,
    report: Mapping[str, Any],
    *,
    purpose: Purpose,
    notes: Sequence[str] = (),
    answers: Sequence[str] = (),
) -> Row | None:
    """The row of one opened report, or None where consent does not let it leave."""
    consents = read_consents(report, age_group=entry.case.facts.age_group)
    if not row_leaves(consents, purpose):
        return None
    cells = {
        **_case_cells(entry),
        **_answer_cells(report),
        **_consent_cells(consents),
        **_later(notes, answers),
    }
    allowed = {column.id: fit_cell(column, cells.get(column.id)) for column in columns_for(purpose)}
    return Row(allowed, report if purpose is Purpose.KEEP else None)


def bare_row(entry: Entry, *, notes: Sequence[str] = (), answers: Sequence[str] = ()) -> Row:
    """The row of a case whose report is not in the bundle: what the server knows, for holders only."""
    cells = {**_case_cells(entry), **_fact_cells(entry), **_later(notes, answers)}
    return Row({column.id: cells.get(column.id) for column in COLUMNS})


def fit_cell(column: Column, cell: Cell) -> Cell:
    """`cell` in the form of its column; a strange one is left out here and stays in the report itself."""
    if cell is None or isinstance(cell, Missing):
        return cell
    if column.form in (Form.NUMBER, Form.TRUTH):
        return cell if type(cell) is (int if column.form is Form.NUMBER else bool) else None
    if column.form is Form.TERMS:
        return cell if isinstance(cell, tuple) else (str(cell),)
    return "; ".join(cell) if isinstance(cell, tuple) else str(cell)


def report_cells(report: Mapping[str, Any]) -> dict[str, Cell]:
    """All cells that one opened report fills by itself, for its holder."""
    urgency = _mapping(report.get("urgency"))
    reasons = urgency.get("reasons")
    return {
        "code": _scalar(report.get("case")),
        "received": _scalar(report.get("day")),
        "level": _scalar(urgency.get("level")),
        "unfinished": report.get("finished") is False,
        **_answer_cells(report),
        "reasons": tuple(map(str, reasons)) if isinstance(reasons, list) else None,
        **_consent_cells(read_consents(report)),
    }


def _case_cells(entry: Entry) -> dict[str, Cell]:
    case = entry.case
    return {
        "code": case.code,
        "level": case.level.value,
        "status": case.status.value,
        "claimant": case.claimant,
        "labels": case.labels or None,
        "news": entry.news.value,
        "overdue": entry.overdue,
        "received": case.day,
        "unfinished": case.facts.unfinished,
        "reasons": case.facts.reasons,
    }


def _later(notes: Sequence[str], answers: Sequence[str]) -> dict[str, Cell]:
    return {"team_notes": "\n".join(notes) or None, "later_answers": "\n".join(answers) or None}


def _fact_cells(entry: Entry) -> dict[str, Cell]:
    facts = entry.case.facts
    return {"region": facts.region, "detained_by": facts.bodies, "detained_day": facts.day}


def _answer_cells(report: Mapping[str, Any]) -> dict[str, Cell]:
    answers = _mapping(report.get("answers"))
    derived, flags = _mapping(report.get("derived")), _mapping(report.get("flags"))
    person = _mapping(_mapping(answers.get("person")).get("value"))
    age = derived.get("age_at_detention")
    return {
        **_parts(answers, "person", ("given_name", "surname", "patronymic", "birth_year")),
        "age": _scalar(person.get("age") if age is None else age),
        "minor": _scalar(derived.get("is_minor")),
        **_renamed(_parts(answers, "detained_when", ("day", "time", "precision")), "detained_"),
        **_parts(answers, "detained_where", ("region", "town")),
        **_facility(answers),
        **{name: _whole(answers, name) for name in _WHOLE},
        **{f"{cell}_words": _words(answers, question) for cell, question in _WORDS.items()},
        "notes": _lines(report.get("notes")),
        "other_answers": _others(answers),
        "language": _scalar(report.get("language")),
        "reporter_risk": _scalar(flags.get("reporter_risk")),
    }


_WHOLE = ("detained_by", "whereabouts", "profile", "urgent_flags", "relation", "narrative")
_WORDS = {
    "person": "person",
    "when": "detained_when",
    "where": "detained_where",
    "facility": "facility",
}


def _consent_cells(consents: Consents) -> dict[str, Cell]:
    given: dict[str, Cell] = {choice: choice in consents.choices for choice in CHOICES}
    return {**given, "publish_block": consents.publish_block, "un_block": consents.un_block}


def _facility(answers: Mapping[str, Any]) -> dict[str, Cell]:
    return {"facility": _parts(answers, "facility", ("facility",))["facility"]}


def _parts(answers: Mapping[str, Any], question: str, names: tuple[str, ...]) -> dict[str, Cell]:
    """The named parts of a compound answer; the first one tells why, where there is no answer."""
    answer = _mapping(answers.get(question))
    if "missing" in answer:
        return {names[0]: Missing(str(answer["missing"])), **dict.fromkeys(names[1:])}
    value = _mapping(answer.get("value"))
    return {name: _scalar(value.get(name)) for name in names}


def _renamed(cells: Mapping[str, Cell], prefix: str) -> dict[str, Cell]:
    return {prefix + name: cell for name, cell in cells.items()}


def _whole(answers: Mapping[str, Any], question: str) -> Cell:
    answer = _mapping(answers.get(question))
    if "missing" in answer:
        return Missing(str(answer["missing"]))
    value = answer.get("value")
    return tuple(map(str, value)) if isinstance(value, list) else _scalar(value)


def _words(answers: Mapping[str, Any], question: str) -> Cell:
    return _scalar(_mapping(answers.get(question)).get("words"))


def _lines(value: object) -> Cell:
    return "\n".join(map(str, value)) or None if isinstance(value, list) else _scalar(value)


def _others(answers: Mapping[str, Any]) -> Cell:
    """Answers to questions that have no column of their own: nothing that was told is dropped."""
    rest = {name: answer for name, answer in answers.items() if name not in _SHOWN}
    return json.dumps(rest, ensure_ascii=False, sort_keys=True) if rest else None


def _scalar(value: object) -> Cell:
    if value is None or isinstance(value, str | int):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
