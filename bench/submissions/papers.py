"""What every keeper is given: the same finished reports, the same holders, the same keys."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from bot.instance import utc_now
from handlers.effects import SealReport
from handlers.intake.flow import Pack
from handlers.intake.report import seal_report
from handlers.intake.talk import Talk
from storage.sealing import Identity, SealingSet, SigningKey, VerifiedRoster, sealing_set, verify_roster
from tests.bot.commands.paperwork import ROOT, member, roster
from tests.drills.hajun_world import make_world, talk_of

HOLDER = Identity.from_seed(bytes([1]) * 32)
"""The key of the first of three moderators."""


@dataclass(frozen=True, slots=True)
class Papers:
    """Three holders and the recovery key; the server's keys."""

    roster: VerifiedRoster
    signing: SigningKey = field(repr=False)
    case_key: bytes = field(repr=False)
    today: date

    def to(self) -> SealingSet:
        """Everybody who can open a report of today."""
        return sealing_set(self.roster, on=self.today)


@cache
def papers() -> Papers:
    """Made once a run."""
    signed = roster(members=[member(number) for number in (1, 2, 3)])
    verified = verify_roster(signed, roots=[ROOT.public])
    return Papers(verified, SigningKey.generate(), bytes(32), utc_now().date())


@dataclass(frozen=True, slots=True)
class Finished:
    """A dialogue of somebody invented at its review, and what is decided when they press "send"."""

    talk: Talk = field(repr=False)
    effect: SealReport = field(repr=False)


def finish_reports(number: int) -> list[Finished]:
    """So many of them, with a code each."""
    chance, pack = random.Random(), Pack.load()
    finished: dict[str, Finished] = {}
    while len(finished) < number:
        world = make_world(chance, reports=number - len(finished), days=1, start=utc_now())
        for telling in world.tellings:
            talk = talk_of(telling, pack, chance)
            effect = seal_report(pack, talk, now=talk.touched, finished=True)
            finished[talk.code] = Finished(talk, effect)
    return list(finished.values())
