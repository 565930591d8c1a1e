"""The day's digest: built at the organisation's hour, sealed to all holders, posted also when it is empty."""

from __future__ import annotations

from datetime import date, timedelta

from bot.edition import DIGEST, Edition, Issue
from bot.instance import Instance
from handlers.sharing.bundle import LIMIT
from storage.sealing.audit import Event
from storage.unit_of_work import UnitOfWork

MARK = "digest-day"  # of the last one made
DRAFT = "digest-draft"  # what lies on the disk of one that is not finished
POSTED = "digest-posted"  # day of the last one that reached the room


class Daily:
    """Knows when the digest is due; all its parts are queued by the transaction that marks the day."""

    def __init__(self, instance: Instance, *, limit: int = LIMIT) -> None:
        self._instance = instance
        self._limit = limit  # bytes of one part
        self._idle: tuple[date, bool] | None = None  # a day (and whether past its hour) with nothing due

    async def tick(self) -> None:
        """Make the digest if its hour has come and today's was not made yet."""
        now = self._instance.now().astimezone(self._instance.settings.zone)
        hour_has_come = now.hour >= self._instance.settings.organisation.digest_hour
        if self._idle == (now.date(), hour_has_come):
            return
        made, posted = await self._instance.store.run(_last)
        if made is None or made > now.date().isoformat():
            # a new instance has nothing to tell before its first hour; a clock that ran ahead begins anew
            first = now.date() - timedelta(days=0 if hour_has_come else 1)
            await self._instance.store.run(lambda uow: _begin(uow, first))
        elif hour_has_come and made < now.date().isoformat():
            await self._make(now.date(), made, posted)
        else:
            self._idle = (now.date(), hour_has_come)

    async def make(self, day: date) -> None:
        """Make the digest of `day` and queue its parts, whatever the hour."""
        await self._make(day, *await self._instance.store.run(_last))

    async def _make(self, day: date, made: str | None, posted: str | None) -> None:
        since = posted or (day - timedelta(days=1)).isoformat()
        issue = Issue(DIGEST, draft=DRAFT, mark=MARK, seen=made)
        await Edition(self._instance, day, since=since, issue=issue, limit=self._limit).make()


async def _last(uow: UnitOfWork) -> tuple[str | None, str | None]:
    """The days of the last digest that was made, and of the last that was posted."""
    return await uow.marks.get(MARK), await uow.marks.get(POSTED)


async def _begin(uow: UnitOfWork, first: date) -> None:
    for mark in (MARK, POSTED):
        await uow.marks.set(mark, first.isoformat())


async def note_posted(uow: UnitOfWork, day: str, part: bytes, *, last: bool) -> None:
    """A part of the day's digest is in the room; once the last one is, the next tells what came after it.

    One that was lost on the way (the outbox dies with the power) is told again by the next.
    """
    if last and (await uow.marks.get(POSTED) or "") < day:
        await uow.marks.set(POSTED, day)
    uow.audit.note(Event.DIGEST, part, what="posted")
