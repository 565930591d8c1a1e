"""Empties the moderators' room when it is locked: cards at once, then every topic with whatever lies in it.

A topic is remembered before anything is posted in it. So a card or digest goes, too, whose posting was never
answered, or was not noted because the process died; and so do titles, words of moderators, and old messages.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from itertools import islice

from bot.answers import GONE
from bot.edition import PRIORITY
from bot.instance import Instance
from bot.logs import alarm, fault
from bot.lying import digest_topic, take_up
from bot.networks import Delete, DropTopic, Network
from bot.networks.errors import NetworkError, NothingThere, Refused, TopicMissing
from bot.posting import post_card
from bot.strays import find_stretches, forget_strays
from handlers.events import Room
from handlers.triage.cases import Status
from storage.cards import CardPlace
from storage.outbox import Letter
from storage.unit_of_work import UnitOfWork

_DELETE_AT_ONCE = 100
_OVER = (Status.CLOSED, Status.MERGED)


async def clear_out(instance: Instance, network: Network) -> None:
    """Take everything away; cards of open cases and the last digests wait in the outbox."""
    places = await instance.store.run(lambda uow: uow.cards.all())
    top = await instance.store.run(partial(_find_top, places))
    try:
        await _take_cards(instance, network, places)
        for case_id, place in places.items():
            if not place.cluster:  # one topic for many: it goes below
                await _drop(network, place.room.topic)
            await instance.store.run(partial(_forget, instance, case_id))
        await _take_boards(instance, network)
        await _take_words(instance, network)
        topic = await instance.store.run(digest_topic)
        if topic is not None:
            await _drop(network, topic)
            await instance.store.run(partial(_repeat_digests, instance))
        await _take_strays(instance, network, top=top)
    except NetworkError as problem:
        fault("guard.held_up", problem)


async def _take_cards(instance: Instance, network: Network, places: Mapping[bytes, CardPlace]) -> None:
    """Those that can be deleted by the hundred; their topics follow one by one."""
    lying = iter([(case, place) for case, place in places.items() if place.card is not None])
    while some := dict(islice(lying, _DELETE_AT_ONCE)):
        messages = tuple(place.card for place in some.values() if place.card is not None)
        with contextlib.suppress(NothingThere):
            await network.deliver(Delete(_room(network), messages))
        await instance.store.run(partial(_forget_cards, some))


async def _take_boards(instance: Instance, network: Network) -> None:
    """Topics of mass events, and the dashboard; both come back with what is posted anew."""
    for name, place in (await instance.store.run(lambda uow: uow.boards.all())).items():
        if place.room.topic is not None:
            await _drop(network, place.room.topic)
        elif place.card is not None and not await _is_gone(network, place.card):
            alarm("guard.left_lying")
            continue
        await instance.store.run(partial(_forget_board, name))


async def _take_words(instance: Instance, network: Network) -> None:
    """What moderators were told or asked outside of topics: its time is now."""
    for letter in await instance.store.run(lambda uow: uow.outbox.those(lambda slot: slot.startswith(GONE))):
        messages = letter.payload["messages"]  # none: a topic, which goes at once anyway
        if messages and await _is_gone(network, *messages):
            await instance.store.run(partial(_forget_letter, letter.id))


async def _find_top(places: Mapping[bytes, CardPlace], uow: UnitOfWork) -> int:
    """The highest number that we know of in the room."""
    all_places = [*places.values(), *(await uow.boards.all()).values()]
    words = [await digest_topic(uow), *(word for one in all_places for word in (one.card, one.room.topic))]
    return max((int(word) for word in words if word and word.isdecimal()), default=0)


async def _take_strays(instance: Instance, network: Network, *, top: int) -> None:
    """What may stand there without our knowing its number."""
    stretches = await instance.store.run(partial(find_stretches, top=top))
    for stretch in stretches:
        numbers = tuple(map(str, stretch.numbers))
        if stretch.others:
            await _is_gone(network, *numbers)
        for number in numbers if stretch.topics else ():
            with contextlib.suppress(NothingThere, TopicMissing, Refused):
                await network.deliver(DropTopic(_room(network, number)))
    if stretches:
        await instance.store.run(forget_strays)


async def _forget_letter(key: bytes, uow: UnitOfWork) -> None:
    await uow.outbox.done(key)


async def _is_gone(network: Network, *messages: str) -> bool:
    """Delete them; whether they lie there no more."""
    with contextlib.suppress(NothingThere):
        return not await network.deliver(Delete(_room(network), messages))
    return True


async def _forget_board(name: str, uow: UnitOfWork) -> None:
    await uow.boards.drop(name)


async def _drop(network: Network, topic: str | None) -> None:
    try:
        await network.deliver(DropTopic(_room(network, topic)))
    except (NothingThere, TopicMissing):
        pass
    except Refused:
        alarm("guard.left_lying")


def _room(network: Network, topic: str | None = None) -> Room:
    """The room as it is now: a group that became a supergroup has a new id."""
    return Room(network.name, network.group or "", topic)


async def _forget_cards(places: Mapping[bytes, CardPlace], uow: UnitOfWork) -> None:
    for case_id, place in places.items():
        await uow.cards.put(case_id, replace(place, card=None, object=None))


async def _forget(instance: Instance, case_id: bytes, uow: UnitOfWork) -> None:
    await uow.cards.drop(case_id)
    case = await uow.cases.get(case_id)
    if case is not None and case.status not in _OVER:
        await post_card(instance, uow, case)


async def _repeat_digests(instance: Instance, uow: UnitOfWork) -> None:
    for payload in await take_up(uow, instance.today()):
        letter = Letter(instance.chance(16), f"digest:{payload['name']}", PRIORITY, payload)
        await uow.outbox.put(letter, replace=True)
