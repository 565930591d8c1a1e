"""Coming into the moderators' group: by a link for one entry of the roster, once, and in no other way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial

import pytest

from bot.networks.telegram import Telegram
from bot.service import Service
from tests.doubles.telegram.people import Person
from tests.journeys.house import House
from tests.journeys.stories import MOTHER, SEND
from tests.journeys.test_guard import begin, closed, until, warned


@asynccontextmanager
async def expecting(house: House) -> AsyncIterator[tuple[Service, Person, str]]:
    """A running bot; somebody on the roster who is not in the group yet; the link that was made for them."""
    newcomer = house.moderators["m-03"] = house.tg.person("Дзяжурная Тры")
    async with house.running() as service:
        await begin(house)
        await house.say(house.person(), *MOTHER, SEND)
        assert isinstance(service.network, Telegram)
        until_then = house.clock.now() + timedelta(minutes=10)
        yield service, newcomer, await service.network.invite("m-03", until=until_then)


def inside(house: House, person: Person) -> bool:
    member = house.group.state.members.get(person.id)
    return member is not None and member.inside


def ended(house: House, link: str) -> bool:
    return next(one for one in house.group.state.links if one.url == link).revoked


async def test_whom_the_link_was_made_for_is_let_in_once_and_the_group_opens_again_by_itself(
    house: House,
) -> None:
    async with expecting(house) as (service, newcomer, link):
        await newcomer.join(house.group, link)
        await until(house, partial(inside, house, newcomer), "the newcomer")
        await until(house, partial(ended, house, link), "the end of the link")
        await house.say(house.person("Пётр Тэст"), *MOTHER, SEND)
        await until(house, lambda: len(house.cards()) == 2 and not closed(service), "a card for three")
        with pytest.raises(LookupError):
            await house.person("Чужы Чалавек").join(house.group, link)


async def test_a_stranger_with_the_link_is_turned_away_the_leads_hear_of_it_and_the_link_ends(
    house: House,
) -> None:
    stranger = house.person("Чужы Чалавек")
    async with expecting(house) as (service, newcomer, link):
        await stranger.join(house.group, link)
        await until(house, partial(ended, house, link), "the end of the link")
        assert not inside(house, stranger)
        assert not house.group.state.requests
        await until(house, partial(warned, house.moderators["m-01"], "made for m-03"), "the warning")
        assert not closed(service)
        assert len(house.cards()) == 1
        with pytest.raises(LookupError):
            await newcomer.join(house.group, link)


async def test_a_link_of_somebody_elses_lets_nobody_in_not_even_somebody_on_the_roster(house: House) -> None:
    async with expecting(house) as (_, newcomer, _link):
        await newcomer.join(house.group, house.group.make_link(by_request=True))
        await until(house, lambda: not house.group.state.requests, "an answer")
        assert not inside(house, newcomer)
        await until(house, partial(warned, house.moderators["m-01"], "did not make"), "the warning")


async def test_while_the_group_is_not_in_order_nobody_comes_in(house: House) -> None:
    async with expecting(house) as (service, newcomer, link):
        house.group.set(visible_history=True)
        service.instance.bell.ring()
        await until(house, lambda: closed(service), "the pause")
        await newcomer.join(house.group, link)
        await house.settled()
        assert not inside(house, newcomer)
        house.group.set(visible_history=False)
        await until(house, partial(inside, house, newcomer), "the newcomer")
