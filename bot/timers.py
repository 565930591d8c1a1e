"""Turns time into events: talks that fell silent, midnight, the digest hour, retention, forgotten cards."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import date, datetime, timedelta
from functools import partial

from bot import reporters
from bot.asking.keeping import expire
from bot.carry_out import release_case
from bot.casework import part_from
from bot.daily import Daily
from bot.instance import Instance
from bot.logs import alarm, fault
from bot.occasions import recount_all
from bot.posting import post_card
from bot.staleness import Staleness
from handlers.events import Lapsed, Room
from handlers.intake.flow import next_lapse
from handlers.intake.talk import Talk
from handlers.triage.cases import Status
from handlers.triage.hands import bot_hand
from handlers.triage.merging import named
from storage.retention import Policy
from storage.unit_of_work import UnitOfWork

SWEPT = "swept"  # the day of the last sweep
LONGEST_REST = timedelta(days=7)
CHECKPOINT_EVERY = timedelta(minutes=10)


class Lapses:
    """When each open talk runs out; in memory only, and made anew from the talks at every start."""

    def __init__(self) -> None:
        self._due: dict[Room, datetime] = {}

    def note(self, room: Room, talk: Talk | None) -> None:
        """A talk moved on, or ended (None)."""
        if talk is None:
            self._due.pop(room, None)
        else:
            self._due[room] = next_lapse(talk)[0]

    def due(self, now: datetime) -> list[Room]:
        """Rooms whose talk has run out of time."""
        return [room for room, when in self._due.items() if when <= now]

    @property
    def open_talks(self) -> int:
        """How many talks are open."""
        return len(self._due)


class Timers:
    """One `tick` does everything that is due; the app calls it every few seconds."""

    def __init__(
        self, instance: Instance, lapses: Lapses, daily: Daily, *, staleness: Staleness | None = None
    ) -> None:
        self._instance = instance
        self._staleness = staleness
        self._lapses = lapses
        self._daily = daily
        self._day: date | None = None  # the day of the last sweep; the first tick sweeps, too
        self._checkpointed = instance.now()
        self._damaged = 0  # rows that the operator was told of
        self.caught_up = False  # whether everything that people wrote has reached us

    async def start(self) -> None:
        """After a start: recall open talks, release orphaned checkpoints, repost what was lost."""
        talks = await self._instance.store.run(_open_talks)
        for talk in talks:
            self._lapses.note(talk.room, talk)
        await self._instance.store.run(self._repair)

    async def tick(self, *more: Callable[[], Awaitable[None]]) -> None:
        """Do what is due now, and `more`; one thing that fails does not stop the others."""
        for work in (self._turn, self._lapse, self._sweep, self._daily.tick, *more):
            await _attempt(work)
        if self._staleness is not None:
            await _attempt(self._staleness.tick)
        self._tell_damage()

    async def _lapse(self) -> None:
        """Nobody is called silent while their words may still be on the way."""
        if not self.caught_up:
            return
        for room in self._lapses.due(self._instance.now()):
            await _attempt(partial(self._lapse_in, room))

    async def _lapse_in(self, room: Room) -> None:
        talk = await self._instance.store.run(partial(self._lapse_one, room))
        self._lapses.note(room, talk)

    async def _lapse_one(self, room: Room, uow: UnitOfWork) -> Talk | None:
        talk = await uow.talks.find(room)
        if talk is None:
            return None
        due, lapse = next_lapse(talk)
        if due > self._instance.now():
            return talk
        return (await reporters.decide(self._instance, uow, room, Lapsed(lapse))).talk

    def _tell_damage(self) -> None:
        """Rows that do not open are left out of everything; the operator hears of each number once."""
        if self._instance.store.damaged > self._damaged:
            alarm("rows.damaged", rows=self._instance.store.damaged)
        self._damaged = self._instance.store.damaged

    async def _turn(self) -> None:
        """New day keys at midnight UTC; keys older than 48 hours are forgotten, also when nobody writes."""
        self._instance.ring.turn(self._instance.now())

    async def _sweep(self) -> None:
        """Retention once a day, a truncating checkpoint every ten minutes."""
        now = self._instance.now()
        today = self._instance.today()
        if today != self._day:
            if await self._instance.store.run(self._follows):
                settings = self._instance.settings.retention
                await self._instance.store.sweep(now, Policy(settings.days, settings.acknowledged_days))
            else:
                alarm("clock.leapt")
            if self._day is not None:  # at the start it was just done
                await self._instance.store.run(self._repair)
            self._day = today
        elif now - self._checkpointed >= CHECKPOINT_EVERY:
            self._checkpointed = now
            await self._instance.store.truncate_log()

    async def _follows(self, uow: UnitOfWork) -> bool:
        """Whether today follows on the last sweep.

        A clock that leapt far ahead would delete every report. So the operator hears of it first, and what
        has had its time goes a day later.
        """
        today, last = self._instance.today(), await uow.marks.get(SWEPT)
        await uow.marks.set(SWEPT, today.isoformat())
        return last is None or today - date.fromisoformat(last) <= LONGEST_REST

    async def _repair(self, uow: UnitOfWork) -> None:
        """A checkpoint whose talk is gone and a claim that ran out go to everybody; cards catch up.

        A case that was merged into one whose time is over stands by itself again. Questions whose reporter
        cannot be reached any more are over.
        """
        alive = {talk.case for talk in await uow.talks.all()}
        today, cases = self._instance.today(), await uow.cases.all()
        await recount_all(self._instance, uow, cases)
        for case in cases:
            left = case.status is Status.HELD and case.id not in alive
            if left or (case.status is Status.CLAIMED and case.lapsed(today.isoformat())):
                await release_case(self._instance, uow, case.id)
        here = set(await uow.cases.ids())  # a damaged one is no reason to part others from it
        for case in cases:
            await part_from(self._instance, uow, named(case) - here, {case.id}, hand=bot_hand(today))
        await expire(self._instance, uow)
        for case in await uow.cases.unposted():
            await post_card(self._instance, uow, case)


async def _open_talks(uow: UnitOfWork) -> Iterable[Talk]:
    return await uow.talks.all()


async def _attempt(work: Callable[[], Awaitable[None]]) -> None:
    try:
        await work()
    except Exception as problem:  # the next tick tries again
        fault("timer.failed", problem)
