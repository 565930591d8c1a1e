"""Tells leads once a day that the roster grows old. Reports are taken and sealed whatever it says."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from bot.instance import Instance
from bot.lockdown import RANKS, tell
from bot.logs import alarm
from handlers.stale import Stale, find_stale, is_short, tell_stale
from storage.sealing import Member, VerifiedRoster
from storage.unit_of_work import UnitOfWork

MARK = "roster-warned"  # the day it was last looked at
TOLD = 2


class Staleness:
    """Looks at the roster at the organisation's hour; what it finds is told in private and in the log."""

    def __init__(self, instance: Instance, *, network: str) -> None:
        self._instance = instance
        self._network = network
        self._looked: date | None = None

    async def tick(self) -> None:
        """Look, if it was not done today."""
        now = self._instance.now().astimezone(self._instance.settings.zone)
        due = now.hour >= self._instance.settings.organisation.digest_hour
        if due and self._looked != now.date():
            await self._instance.store.run(lambda uow: self._look(uow, now.date()))
            self._looked = now.date()

    async def _look(self, uow: UnitOfWork, day: date) -> None:
        if await uow.marks.get(MARK) == day.isoformat():
            return
        await uow.marks.set(MARK, day.isoformat())
        roster, today = self._instance.roster, self._instance.today()
        stale = stale_on(roster, today)
        if not stale:
            return
        alarm("roster.stale", soon=len(stale.soon), over=len(stale.over))
        if stale.short:
            alarm("roster.short", valid=len(roster.members_on(today)))
        for member in _listeners(roster, self._network, on=today):
            await tell(self._instance, uow, tell_stale(stale), member=member, network=self._network)


def stale_on(roster: VerifiedRoster, on: date) -> Stale:
    """What is to be told of a roster on a day."""
    last_days = {each.pseudonym: each.expires for each in roster.members if not each.suspended}
    return find_stale(last_days, valid=len(roster.members_on(on)), today=on)


@lru_cache(maxsize=4)
def short_handed(roster: VerifiedRoster, on: date) -> bool:
    """Whether too few can read for anything to be posted."""
    there = sum(not each.suspended for each in roster.members)
    return is_short(len(roster.members_on(on)), of=there)


def _listeners(roster: VerifiedRoster, network: str, *, on: date) -> list[Member]:
    """Two who are told: valid ones first, leads before others. With nobody valid, those who were."""
    known = [each for each in roster.members if not each.suspended and network in each.accounts]
    ranked = sorted(known, key=lambda each: (not each.is_valid(on), RANKS.index(each.role), each.pseudonym))
    return ranked[:TOLD]
