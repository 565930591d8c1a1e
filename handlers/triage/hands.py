"""Whose hand is on a case: the person who acts, the day, and the people who could take over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers.triage.acts import BOT, COORDINATOR, LEAD, ROLES, Move, Who
from handlers.triage.cases import Case

CLAIM_DAYS = 3
"""How long a claim lasts without a sign of its claimant, in whole days: silence gives a case back."""


@dataclass(frozen=True, slots=True)
class Hand:
    """`by` is a pseudonym of the roster ("" with role "bot" for the bot itself).

    `members` are the pseudonyms of everybody who is on the roster today.
    """

    by: str
    role: str
    day: date
    members: frozenset[str] = frozenset()

    @property
    def today(self) -> str:
        """The ISO day."""
        return self.day.isoformat()

    @property
    def until(self) -> str:
        """The last ISO day of a claim that begins or is renewed today."""
        return (self.day + timedelta(days=CLAIM_DAYS)).isoformat()


def bot_hand(day: date) -> Hand:
    """The bot itself, for what time does."""
    return Hand("", BOT, day)


def may(hand: Hand, move: Move, case: Case) -> bool:
    """Whether this hand may do this to the case."""
    is_bot, is_member = hand.role == BOT and not hand.by, hand.role in ROLES and bool(hand.by)
    lapsed = case.lapsed(hand.today)
    fits = {
        Who.BOT: is_bot,
        Who.BOT_AFTER_LAPSE: is_bot and lapsed,
        Who.ANYBODY: is_member,
        Who.AFTER_LAPSE: is_member and lapsed,
        Who.CLAIMANT: is_member and hand.by == case.claimant,
        Who.COORDINATOR: is_member and hand.role == COORDINATOR,
        Who.LEAD: is_member and hand.role == LEAD,
    }
    return any(fits[who] for who in move.who)


def renewed(case: Case, hand: Hand) -> Case:
    """Whatever the claimant does shows that they are there."""
    return replace(case, until=hand.until) if case.claimant and case.claimant == hand.by else case
