"""Three clocks to set wrong, and a watch by the true time over everything that time does."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.daily import MARK
from bot.service import Service
from bot.timekeeper import Timekeeper
from handlers.timekeeping import CLOSE
from handlers.triage.cases import Status
from storage.sealing import Kind
from storage.unit_of_work import UnitOfWork
from storage.volatile import LIFE, KeyRing
from tests.fakes import FakeClock

IDLE = timedelta(minutes=60)
RETENTION = 4  # days


class Clocks:
    """The true time, the machine's clock that may be wrong, its steady count that may be held up."""

    def __init__(self, true: FakeClock) -> None:
        self.true = true
        self.wrong = timedelta(0)
        self._paused = timedelta(0)
        self.answered: datetime | None = None

    def wall(self) -> datetime:
        """What the machine's clock shows."""
        return self.true.now() + self.wrong

    def steady(self) -> float:
        """What it has counted; a paused machine counts nothing."""
        return (self.true.now() - self._paused).timestamp()

    def pause(self, span: timedelta) -> None:
        """The machine stands still: it knows of no second that passes."""
        self.true.advance(hours=span / timedelta(hours=1))
        self._paused += span

    def keeper(self) -> Timekeeper:
        """The product's own."""
        return Timekeeper(lambda: self.answered, wall=self.wall, steady=self.steady)


class Believing(Timekeeper):
    """The control: whatever the machine's clock shows is the time."""

    def now(self) -> datetime:
        return self._wall()

    @property
    def doubtful(self) -> bool:
        return False


class Reviving(KeyRing):
    """The control for keys: it goes wherever the clock goes, and makes the day that it finds missing."""

    def turn(self, now: datetime) -> tuple[date, ...]:
        self._days = self._read_all()
        wrong = tuple(keys.day for keys in self._days if abs(now.date() - keys.day) >= LIFE)
        for day in wrong:
            self._shred(day)
        if self.of(now.date()) is None:
            self._make(now.date(), now)
        return wrong


@dataclass
class KeyWatch:
    """Looks at the day keys after each step, by the true time."""

    runtime: Path
    faults: Counter[str] = field(default_factory=Counter)
    _keys: dict[bytes, tuple[date, bool]] = field(default_factory=dict)
    _seen: datetime | None = None

    def look(self, now: datetime) -> None:
        """Each key lives from its midnight for 48 hours, and never again."""
        found = {
            hashlib.sha256(path.read_bytes()).digest(): date.fromisoformat(path.stem)
            for path in self.runtime.glob("*.day")
        }
        for key, day in found.items():
            if self._keys.get(key, (day, True)) == (day, False) or self._is_remade(key, day):
                self.faults["key came back"] += 1
            if not _midnight(day) - CLOSE <= now or _is_over(self._seen, _midnight(day) + LIFE):
                self.faults["key outlived its time or came before it"] += 1
            self._keys[key] = (day, True)
        for key, (day, alive) in self._keys.items():
            if alive and key not in found:
                self._keys[key] = (day, False)
                self.faults["key died early"] += now < _midnight(day) + LIFE - CLOSE
        self._seen = now

    def _is_remade(self, key: bytes, day: date) -> bool:
        return any(known == day for other, (known, _) in self._keys.items() if other != key)


@dataclass
class Watch:
    """Looks after each step, by the true time; `faults` counts what went wrong, by kind.

    `step` is how long a thing may go unseen; clocks that differ by `CLOSE` are taken to agree.
    """

    service: Service
    clocks: Clocks
    keys: KeyWatch
    posts: Callable[[], int]
    faults: Counter[str] = field(default_factory=Counter)
    _due: dict[bytes, datetime] = field(default_factory=dict)
    _sealed: dict[bytes, date] = field(default_factory=dict)
    _posted: int = 0
    _seen: datetime | None = None

    async def look(self) -> None:
        """Everything once."""
        now = self.clocks.true.now()
        if abs(self.service.instance.now() - now) > CLOSE:
            self.faults["went by another time"] += 1
        self.keys.look(now)
        self._look_at_posts()
        await self.service.instance.store.run(lambda uow: self._look_inside(uow, now))
        self._seen = now

    def expect_lapse(self, case: bytes, touched: datetime) -> None:
        """A talk fell silent at that moment."""
        self._due[case] = touched + IDLE

    def _is_over(self, end: datetime) -> bool:
        """Whether it was over at the last look already, by more than clocks may differ."""
        return _is_over(self._seen, end)

    def _look_at_posts(self) -> None:
        posted, self._posted = self.posts() - self._posted, self.posts()
        if posted and abs(self.clocks.wrong) > CLOSE:
            self.faults["posted in doubt"] += posted

    async def _look_inside(self, uow: UnitOfWork, now: datetime) -> None:
        await self._look_at_digest(uow, now)
        cases = {case.id: case for case in await uow.cases.all()}
        for case, due in self._due.items():
            if case in cases:
                held = cases[case].status is Status.HELD
                self.faults["talk ran out early"] += not held and now < due - CLOSE
                self.faults["talk ran out late"] += held and self._is_over(due)
        first, last = date(2000, 1, 1), date(2100, 1, 1)
        kept = {
            one.id: one.day
            for one in await uow.objects.of_days(first, last)
            if one.sealed.kind == Kind.REPORT
        }
        self._sealed.update({key: now.date() for key in kept.keys() - self._sealed.keys()})
        for key, day in list(self._sealed.items()):
            end = _midnight(day) + timedelta(days=RETENTION)
            if key not in kept:
                self.faults["report deleted early"] += now < end - CLOSE
                del self._sealed[key]
            elif self._is_over(end):
                self.faults["report kept late"] += 1

    async def _look_at_digest(self, uow: UnitOfWork, now: datetime) -> None:
        """The last digest made is today's from its hour on, else yesterday's."""
        made = await uow.marks.get(MARK)
        allowed = {self._digest_day(now + gap).isoformat() for gap in (-CLOSE, CLOSE)}
        if made is not None and made not in allowed:
            self.faults["digest of another day"] += 1

    def _digest_day(self, moment: datetime) -> date:
        settings = self.service.instance.settings
        local = moment.astimezone(settings.zone)
        return local.date() - timedelta(days=local.hour < settings.organisation.digest_hour)


def _is_over(seen: datetime | None, end: datetime) -> bool:
    """Whether it was over at the last look already, by more than clocks may differ."""
    return seen is not None and seen > end + CLOSE


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
