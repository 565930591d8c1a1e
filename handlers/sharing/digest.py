"""The digest document: everything an export shows, already filtered by purpose and consent.

Exporters turn it into files and decide nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from handlers.sharing.consent import Purpose, read_consents, row_leaves
from handlers.sharing.counters import HIDDEN, Counters, Tally, hide_small
from handlers.sharing.entries import Bundle, Entry
from handlers.sharing.news import News
from handlers.sharing.rows import Row, bare_row, make_row
from handlers.triage.cases import Case


@dataclass(frozen=True, slots=True)
class Problem:
    """One object that was not opened, and why.

    `cause` is altered (not the bytes the manifest names), signature (not sealed by this server), unopened
    (the key does not fit, or the object is damaged), unreadable (no report inside), mismatch (the report of
    another case).
    """

    code: str
    cause: str


@dataclass(frozen=True, slots=True)
class Told:
    """One case of the bundle; `report` is None where there is no object or, by `cause`, it did not open.

    `notes` are lines of text: what moderators wrote about it; `answers` what its reporter answered to
    questions. `cause` is also that of a note or an answer.
    """

    entry: Entry
    report: Mapping[str, Any] | None = field(default=None, repr=False)
    cause: str = ""
    notes: tuple[str, ...] = field(default=(), repr=False)
    answers: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One step of one case."""

    code: str
    day: str
    status: str
    by: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the files show of one case: the person, where the purpose lets them out, and its history."""

    row: Row | None = field(repr=False)
    history: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What the files say of one day as a whole. `missing_parts` are numbers of parts that were not given.

    `new`, `changed`, `overdue` and `open` are None where the purpose does not let them out.
    """

    day: str
    since: str
    organisation: str
    purpose: Purpose
    counters: Counters
    new: int | None
    changed: int | None
    overdue: int | None
    open: int | None
    late: tuple[str, ...]
    problems: tuple[Problem, ...]
    parts: int = 1
    missing_parts: tuple[int, ...] = ()


class Gathering:
    """Puts a day together for `purpose`, one case at a time: what is shown of a case is not kept.

    `cases`, `opened` and `people` (shown) count what went through; `problems` are those of all purposes.
    """

    def __init__(self, purpose: Purpose) -> None:
        self.purpose = purpose
        self.cases = self.opened = self.people = 0
        self.problems: list[Problem] = []
        self._late: list[str] = []
        self._allowed = Tally()

    def add(self, told: Told) -> Shown:
        """The next case: what may be shown of it."""
        case, inside = told.entry.case, self.purpose is Purpose.KEEP
        self.cases += 1
        self.opened += told.report is not None
        if told.cause:
            self.problems.append(Problem(case.code, told.cause))
        if told.entry.overdue:
            self._late.append(case.code)
        if not inside and told.entry.news is News.NEW and _may_leave(told, self.purpose):
            self._allowed.add(case.facts)
        row = _row(told, self.purpose)
        self.people += row is not None
        return Shown(row, _history(case) if inside else ())

    def digest(self, bundles: Sequence[Bundle]) -> Digest:
        """The day as a whole, after its last case. `bundles` are its parts, at least one."""
        first, present = bundles[0], {bundle.part for bundle in bundles}
        totals, inside = first.totals, self.purpose is Purpose.KEEP
        return Digest(
            day=first.day,
            since=first.since,
            organisation=first.organisation,
            purpose=self.purpose,
            counters=totals.counters if inside else _allowed(self._allowed.counters(), self.purpose),
            new=totals.new if inside else None,
            changed=totals.changed if inside else None,
            overdue=totals.overdue if inside else None,
            open=totals.open if inside else None,
            late=tuple(self._late) if inside else (),
            problems=tuple(self.problems) if inside else (),
            parts=first.parts,
            missing_parts=tuple(number for number in range(1, first.parts + 1) if number not in present),
        )


def _row(one: Told, purpose: Purpose) -> Row | None:
    if purpose is Purpose.STATS:
        return None
    if one.report is not None:
        return make_row(one.entry, one.report, purpose=purpose, notes=one.notes, answers=one.answers)
    return bare_row(one.entry, notes=one.notes, answers=one.answers) if purpose is Purpose.KEEP else None


def _allowed(counters: Counters, purpose: Purpose) -> Counters:
    """Of the new cases whose consent lets them be counted, what may be said."""
    if purpose is Purpose.STATS:
        return hide_small(counters)
    return replace(counters, unfinished=HIDDEN, level=())


def _may_leave(one: Told, purpose: Purpose) -> bool:
    if one.report is None:
        return False
    return row_leaves(read_consents(one.report, age_group=one.entry.case.facts.age_group), purpose)


def _history(case: Case) -> tuple[HistoryLine, ...]:
    return tuple(HistoryLine(case.code, step.day, step.status.value, step.by) for step in case.history)
