"""What goes when. Sealed objects and their cases have their days; everything volatile goes with its key."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.audit import Audit
from storage.database import wait_for_turn
from storage.rows import Rows
from storage.sealing.audit import Event
from storage.sealing.kinds import Kind
from storage.tables import (
    approvals,
    authors,
    cards,
    cases,
    letters,
    likenesses,
    objects,
    outbox,
    seen,
    shadows,
    talks,
    traces,
    ways,
)


@dataclass(frozen=True, slots=True)
class Policy:
    """Days after sealing, and after a holder of a key acknowledged that they have it; whichever is sooner."""

    days: int = 90
    acknowledged_days: int = 30


@dataclass(frozen=True, slots=True)
class Swept:
    """How many rows went."""

    objects: int = 0
    cases: int = 0
    talks: int = 0
    outbox: int = 0
    traces: int = 0
    letters: int = 0
    seen: int = 0
    authors: int = 0
    shadows: int = 0
    ways: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """Objects sealed on `sealed_by` or before go, and those acknowledged on `acknowledged_by` or before."""

    sealed_by: date
    acknowledged_by: date


def plan(now: datetime, policy: Policy) -> Plan:
    """Which days have had their time."""
    today = now.astimezone(UTC).date()
    return Plan(today - timedelta(days=policy.days), today - timedelta(days=policy.acknowledged_days))


async def sweep(
    connection: AsyncConnection,
    now: datetime,
    *,
    policy: Policy,
    days: Collection[date],
    log: Callable[[Rows], Audit],
) -> Swept:
    """Delete in one transaction; `days` are those whose keys still exist.

    A case goes with its last object, whatever its status; a held checkpoint is no exception. Notes about it
    do not keep it, and go with it.
    """
    due = plan(now, policy)
    acknowledged = sa.and_(
        objects.c.acknowledged_day.is_not(None), objects.c.acknowledged_day <= due.acknowledged_by
    )
    old = sa.or_(objects.c.day <= due.sealed_by, acknowledged)
    of_case = (objects.c.case_id == cases.c.id) & (objects.c.kind != int(Kind.NOTE))
    had_its_time = sa.or_(sa.exists().where(of_case), cases.c.day <= due.sealed_by)
    async with connection.begin():
        await wait_for_turn(connection)
        closed = await _delete(connection, cases, sa.and_(had_its_time, ~sa.exists().where(of_case, ~old)))
        gone = await _delete_objects(connection, old | _of_no_case(objects), log)
        for table in (cards, likenesses, approvals):
            await _delete(connection, table, _of_no_case(table))
        await _delete(connection, approvals, approvals.c.day < now.astimezone(UTC).date())
        volatile = [
            await _delete(connection, table, table.c.day.not_in(sorted(days)))
            for table in (talks, outbox, traces, letters, seen, authors, shadows, ways)
        ]
    return Swept(gone, closed, *volatile)


def _of_no_case(table: sa.Table) -> sa.ColumnElement[bool]:
    return table.c.case_id.is_not(None) & ~sa.exists().where(cases.c.id == table.c.case_id)


async def _delete_objects(
    connection: AsyncConnection, old: sa.ColumnElement[bool], log: Callable[[Rows], Audit]
) -> int:
    """Each with its entry in the audit log."""
    rows = Rows(connection)
    audit = log(rows)
    for key in (
        await connection.execute(sa.select(objects.c.id).where(old).order_by(objects.c.id))
    ).scalars():
        audit.note(Event.DELETE, key, what="retention")
    rows.keep_job()
    await rows.write()
    return await _delete(connection, objects, old)


async def _delete(connection: AsyncConnection, table: sa.Table, which: sa.ColumnElement[bool]) -> int:
    return int((await connection.execute(sa.delete(table).where(which))).rowcount)
