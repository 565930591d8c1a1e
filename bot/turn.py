"""One thing that a member of the roster did in the moderators' room, and the ways to answer it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers import answer, take_away
from bot.instance import Instance
from handlers.events import Incoming
from handlers.screens import Screen
from handlers.triage.hands import Hand
from storage.sealing import Member
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Turn:
    """What was done, by whom, and the unit of work in which all that follows from it is kept."""

    instance: Instance
    uow: UnitOfWork
    incoming: Incoming
    hand: Hand

    @property
    def language(self) -> str:
        """The member's own, else the team's."""
        hint = self.incoming.hint
        return self.instance.texts.choose(hint) if hint else self.instance.settings.team.language

    async def post(self, screen: Screen) -> None:
        """Answer with a message that goes again."""
        await answer(self.instance, self.uow, self.incoming.room, screen, language=self.language)

    async def post_for_all(self, screen: Screen, *, seconds: int) -> None:
        """Tell the whole team, in its language, with a message that stays so long."""
        language = self.instance.settings.team.language
        await answer(self.instance, self.uow, self.incoming.room, screen, language=language, seconds=seconds)

    async def take_away(self, message: str, *, seconds: int = 0) -> None:
        """Delete a message of the room."""
        await take_away(self.instance, self.uow, self.incoming.room, [message], seconds=seconds)


def hand_of(instance: Instance, member: Member) -> Hand:
    """The hand of a member, today."""
    today = instance.today()
    members = frozenset(each.pseudonym for each in instance.roster.members_on(today))
    return Hand(member.pseudonym, member.role, today, members)
