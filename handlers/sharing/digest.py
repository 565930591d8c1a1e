"""The digest document: everything an export shows, already filtered by purpose and consent.

Exporters turn it into files and decide nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from handlers.sharing.consent import Purpose, read_consents, row_leaves
from handlers.sharing.counters import HIDDEN, Counters, count, hide_small
from handlers.sharing.entries import Bundle, Entry
from handlers.sharing.news import News
from handlers.sharing.rows import Row, bare_row, make_row


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
    """One case of the bundle; `report` is None where there is no object or it did not open."""

    entry: Entry
    report: Mapping[str, Any] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One step of one case."""

    code: str
    day: str
    status: str
    by: str


@dataclass(frozen=True, slots=True)
class Digest:
    """One day, for one purpose. `missing_parts` are numbers of parts that were not given.

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
    rows: tuple[Row, ...] = field(repr=False)
    history: tuple[HistoryLine, ...]
    late: tuple[str, ...]
    problems: tuple[Problem, ...]
    parts: int = 1
    missing_parts: tuple[int, ...] = ()


def make_digest(
    bundles: Sequence[Bundle],
    told: Sequence[Told],
    problems: Sequence[Problem],
    *,
    purpose: Purpose,
) -> Digest:
    """Put the day together for `purpose`. `bundles` are parts of the same digest, at least one."""
    first = bundles[0]
    inside = purpose is Purpose.KEEP
    totals = first.totals
    present = {bundle.part for bundle in bundles}
    return Digest(
        day=first.day,
        since=first.since,
        organisation=first.organisation,
        purpose=purpose,
        counters=totals.counters if inside else _count_allowed(told, purpose),
        new=totals.new if inside else None,
        changed=totals.changed if inside else None,
        overdue=totals.overdue if inside else None,
        open=totals.open if inside else None,
        rows=_rows(told, purpose),
        history=_history(told) if inside else (),
        late=tuple(one.entry.case.code for one in told if one.entry.overdue) if inside else (),
        problems=tuple(problems) if inside else (),
        parts=first.parts,
        missing_parts=tuple(number for number in range(1, first.parts + 1) if number not in present),
    )


def _rows(told: Sequence[Told], purpose: Purpose) -> tuple[Row, ...]:
    if purpose is Purpose.STATS:
        return ()
    made = (_row(one, purpose) for one in told)
    return tuple(row for row in made if row is not None)


def _row(one: Told, purpose: Purpose) -> Row | None:
    if one.report is not None:
        return make_row(one.entry, one.report, purpose=purpose)
    return bare_row(one.entry) if purpose is Purpose.KEEP else None


def _count_allowed(told: Sequence[Told], purpose: Purpose) -> Counters:
    """Count the new cases whose consent lets them be counted, and no others."""
    fresh = (one for one in told if one.entry.news is News.NEW and _may_leave(one, purpose))
    counters = count(one.entry.case.facts for one in fresh)
    if purpose is Purpose.STATS:
        return hide_small(counters)
    return replace(counters, unfinished=HIDDEN, level=())


def _may_leave(one: Told, purpose: Purpose) -> bool:
    if one.report is None:
        return False
    return row_leaves(read_consents(one.report, age_group=one.entry.case.facts.age_group), purpose)


def _history(told: Sequence[Told]) -> tuple[HistoryLine, ...]:
    return tuple(
        HistoryLine(one.entry.case.code, step.day, step.status.value, step.by)
        for one in told
        for step in one.entry.case.history
    )
