"""The day's digest: built at the organisation's hour, sealed to all holders, posted also when it is empty."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from bot.instance import Instance
from handlers.sharing.bundle import SIGNED_AS, ObjectEntry, build_bundle
from handlers.sharing.news import find_news
from handlers.triage.cases import Case, Status
from storage.outbox import Letter
from storage.sealing import Kind, Sealed, epoch_of, seal, sign_seal
from storage.unit_of_work import UnitOfWork

MARK = "digest-day"  # of the last one made
POSTED = "digest-posted"  # day of the last one that reached the room
PRIORITY = 60


class Daily:
    """Knows when the digest is due and puts it into the outbox in the same transaction that marks the day."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    async def tick(self) -> None:
        """Make the digest if its hour has come and today's was not made yet."""
        now = self._instance.now().astimezone(self._instance.settings.zone)
        hour_has_come = now.hour >= self._instance.settings.organisation.digest_hour
        made = await self._instance.store.run(lambda uow: uow.marks.get(MARK))
        if made is None or made > now.date().isoformat():
            # a new instance has nothing to tell before its first hour; a clock that ran ahead begins anew
            first = now.date() - timedelta(days=0 if hour_has_come else 1)
            await self._instance.store.run(lambda uow: _begin(uow, first))
        elif hour_has_come and made < now.date().isoformat():
            await self._instance.store.run(lambda uow: self.make(uow, now.date()))

    async def make(self, uow: UnitOfWork, day: date) -> list[Sealed]:
        """Seal the digest of `day` and queue it; returns the sealed parts."""
        since = await uow.marks.get(POSTED) or (day - timedelta(days=1)).isoformat()
        cases = [case for case in await uow.cases.all() if case.status is not Status.HELD]
        told = [case for case in cases if find_news(case, day=day.isoformat(), since=since)]
        parts = build_bundle(
            day.isoformat(),
            cases,
            await _objects(uow, told),
            since=since,
            organisation=self._instance.settings.organisation.name,
            bot_key=self._instance.signing.public,
            sign=partial(self._instance.signing.sign, SIGNED_AS),
        )
        sealed = [self._seal(body) for body in parts]
        for number, part in enumerate(sealed, 1):
            await self._queue(uow, part, day=day, number=number, of=len(sealed))
        await uow.marks.set(MARK, day.isoformat())
        return sealed

    def _seal(self, body: bytes) -> Sealed:
        return seal(
            Kind.DIGEST,
            body,
            object_id=self._instance.chance(16),
            epoch=epoch_of(self._instance.today()),
            to=self._instance.sealing_set(),
        )

    async def _queue(self, uow: UnitOfWork, part: Sealed, *, day: date, number: int, of: int) -> None:
        signature = sign_seal(self._instance.signing, part.data)
        await uow.objects.keep(part, case=None, signature=signature, day=self._instance.today())
        name = f"digest-{day.isoformat()}{f'-{number}of{of}' if of > 1 else ''}.age"
        payload = {
            "kind": "digest",
            "object": part.object_id.hex(),
            "name": name,
            "day": day.isoformat(),
            "last": number == of,
        }
        await uow.outbox.put(Letter(self._instance.chance(16), f"digest:{name}", PRIORITY, payload))


async def _begin(uow: UnitOfWork, first: date) -> None:
    for mark in (MARK, POSTED):
        await uow.marks.set(mark, first.isoformat())


async def note_posted(uow: UnitOfWork, day: str) -> None:
    """The day's digest is in the room: the next one tells what came after it.

    One that was lost on the way (the outbox dies with the power) is told again by the next.
    """
    if (await uow.marks.get(POSTED) or "") < day:
        await uow.marks.set(POSTED, day)


async def _objects(uow: UnitOfWork, cases: list[Case]) -> dict[bytes, ObjectEntry]:
    """The sealed reports of the cases that the digest tells."""
    entries = {}
    for case in cases:
        for kept in await uow.objects.of_case(case.id):
            entries[case.id] = ObjectEntry(kept.sealed.kind, kept.sealed.data, kept.signature)
    return entries
