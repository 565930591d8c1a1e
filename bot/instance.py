"""Everything one running instance stands on, put together once in `bot.app` and passed on."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from bot.bell import Bell
from bot.memory import Memory
from bot.on_duty import OnDuty
from bot.overview import Overview
from bot.settings import Settings
from bot.suspended import Suspended
from bot.watermark import Watermark
from handlers.duty import find_readers
from handlers.intake.flow import Pack
from handlers.texts import Texts
from storage.sealing import SealingSet, SigningKey, VerifiedRoster, sealing_set
from storage.store import Store
from storage.volatile import KeyRing


def utc_now() -> datetime:
    """The wall clock; read nowhere else."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Instance:
    """Settings, roster, keys, store and texts; `now` is the clock, `chance` the source of random bytes.

    `signed` is the roster as the root signed it; what is obeyed and sealed to is `roster`.
    """

    settings: Settings
    signed: VerifiedRoster
    signing: SigningKey = field(repr=False)
    ring: KeyRing
    store: Store
    pack: Pack
    texts: Texts
    memory: Memory = field(default_factory=Memory)
    bell: Bell = field(default_factory=Bell)
    overview: Overview = field(default_factory=Overview)
    suspended: Suspended = field(default_factory=Suspended)
    duty: OnDuty = field(default_factory=OnDuty)
    watermark: Watermark = field(default_factory=Watermark)
    now: Callable[[], datetime] = utc_now
    chance: Callable[[int], bytes] = secrets.token_bytes

    @property
    def roster(self) -> VerifiedRoster:
        """The signed roster without those whom the team suspended."""
        return self.signed.without(self.suspended.names)

    def today(self) -> date:
        """The UTC day: the day of keys, seals and retention."""
        return self.now().astimezone(UTC).date()

    def sealing_set(self) -> SealingSet:
        """Who may open what is sealed today, beside what reporters tell."""
        return sealing_set(self.roster, on=self.today(), strict=self.settings.organisation.strict)

    def duty_set(self) -> SealingSet:
        """Who may open what reporters tell today: those on duty."""
        if not self.duty.names:
            return self.sealing_set()
        valid = frozenset(each.pseudonym for each in self.roster.members_on(self.today()))
        off = valid - find_readers(self.duty.names, valid)
        less = self.signed.without(self.suspended.names | off)
        return sealing_set(less, on=self.today(), strict=self.settings.organisation.strict)
