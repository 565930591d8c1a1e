"""What is done when the moderators' room is not in order: leads are told in private, cards are taken away."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import partial
from itertools import islice

from bot.carry_out import post_card
from bot.instance import Instance
from bot.logs import alarm, fault
from bot.networks import Delete, Delivers
from bot.networks.errors import NetworkError, NothingThere
from handlers.events import Room
from handlers.guard.facts import Validity, Vetted
from handlers.guard.standing import State, Warn
from handlers.guard.words import warning
from handlers.screens import Line, Screen
from handlers.triage.cases import Status
from storage.cards import CardPlace
from storage.outbox import Letter
from storage.sealing import Member, VerifiedRoster
from storage.unit_of_work import UnitOfWork

LEADS = 2
_PRIORITY = 0
_RANKS = ("lead", "coordinator", "moderator")
_DELETE_AT_ONCE = 100

ANSWERS: Mapping[tuple[State, State], str] = {
    (State.LOCKED, State.LOCKED): "guard-approved-first",
    (State.LOCKED, State.PAUSED): "guard-approved-both",
}


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
    ranked = sorted(reachable, key=lambda member: (_RANKS.index(member.role), member.pseudonym))
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


async def answer(
    instance: Instance, uow: UnitOfWork, way: tuple[State, State], *, to: str, network: str
) -> None:
    """Tell a moderator what came of their asking for reopening."""
    screen = Screen((Line(ANSWERS.get(way, "guard-not-locked")),))
    for member in instance.roster.members_on(instance.today()):
        if member.pseudonym == to and network in member.accounts:
            await tell(instance, uow, screen, member=member, network=network)


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


async def clear_out(instance: Instance, network: Delivers) -> None:
    """Take the cards out of the room; those of open cases wait in the outbox for better times."""
    places = await instance.store.run(lambda uow: uow.cards.all())
    lying = iter([(case, place) for case, place in places.items() if place.card is not None])
    while some := dict(islice(lying, _DELETE_AT_ONCE)):
        try:
            await _delete(network, some.values())
        except NetworkError as problem:
            fault("guard.held_up", problem)
            return
        await instance.store.run(partial(_forget, instance, some))


async def _delete(network: Delivers, places: Collection[CardPlace]) -> None:
    room = next(iter(places)).room
    messages = tuple(place.card for place in places if place.card is not None)
    try:
        left = await network.deliver(Delete(Room(room.network, room.id), messages))
    except NothingThere:
        return
    if left:
        alarm("guard.left_lying", messages=len(left.split(",")))


async def _forget(instance: Instance, places: Mapping[bytes, CardPlace], uow: UnitOfWork) -> None:
    for case_id, place in places.items():
        await uow.cards.put(case_id, CardPlace(place.room))
        case = await uow.cases.get(case_id)
        if case is not None and case.status is not Status.CLOSED:
            await post_card(instance, uow, case)
