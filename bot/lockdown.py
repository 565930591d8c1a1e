"""Who is told in private when the moderators' room is not in order, and in which words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from bot.instance import Instance
from handlers.guard.facts import Validity, Vetted
from handlers.guard.standing import Warn
from handlers.guard.words import warning
from handlers.screens import Screen
from storage.outbox import Letter
from storage.sealing import Member, VerifiedRoster
from storage.unit_of_work import UnitOfWork

LEADS = 2
_PRIORITY = 0
RANKS = ("lead", "coordinator", "moderator")


def vetted(roster: VerifiedRoster, network: str, *, on: date) -> tuple[Vetted, ...]:
    """Entries with an account on this network, and what the roster says of them on that day."""
    return tuple(
        Vetted(member.pseudonym, member.accounts[network], _validity(member, on))
        for member in roster.members
        if network in member.accounts
    )


def _validity(member: Member, on: date) -> Validity:
    if member.suspended:
        return Validity.SUSPENDED
    if on < member.not_before:
        return Validity.EARLY
    return Validity.EXPIRED if on > member.expires else Validity.VALID


def leads(roster: VerifiedRoster, network: str, *, on: date) -> tuple[Member, ...]:
    """The two who are told: leads first, then coordinators, then moderators."""
    reachable = [member for member in roster.members_on(on) if network in member.accounts]
    ranked = sorted(reachable, key=lambda member: (RANKS.index(member.role), member.pseudonym))
    return tuple(ranked[:LEADS])


async def warn_leads(instance: Instance, uow: UnitOfWork, effect: Warn, *, network: str) -> None:
    """Write to both in private; a newer warning takes the place of one that was not sent yet."""
    await tell_leads(instance, uow, warning(effect), network=network)


async def tell_leads(
    instance: Instance, uow: UnitOfWork, screen: Screen, *, network: str, slot: str = "say"
) -> None:
    """A private message to the two who are told."""
    for member in leads(instance.roster, network, on=instance.today()):
        await tell(instance, uow, screen, member=member, network=network, slot=slot)


async def tell_others(
    instance: Instance,
    uow: UnitOfWork,
    screen: Screen,
    *,
    but: Collection[str],
    network: str,
    slot: str = "say",
) -> None:
    """A private message to everybody on the roster but these; whoever is suspended is nobody."""
    for member in instance.roster.members_on(instance.today()):
        if member.pseudonym not in but and network in member.accounts:
            await tell(instance, uow, screen, member=member, network=network, slot=slot)


async def tell(
    instance: Instance,
    uow: UnitOfWork,
    screen: Screen,
    *,
    member: Member,
    network: str,
    slot: str = "say",
) -> None:
    """A private message to somebody on the roster, before everything else that waits.

    In each `slot` only the newest waits.
    """
    room = member.accounts[network]
    text, _ = instance.texts.show(instance.settings.team.language, screen)
    payload = {"kind": "say", "network": network, "room": room, "text": text}
    letter = Letter(instance.chance(16), f"{slot}:{network}:{room}", _PRIORITY, payload)
    await uow.outbox.put(letter, replace=True)
