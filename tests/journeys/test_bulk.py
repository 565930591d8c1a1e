"""Two of the team have the cases of some days posted: one more file among the digests, opened by a holder."""

from __future__ import annotations

from functools import partial

import pytest

from bot.exports.reading import Reading
from tests.doubles.telegram.screens import Shown
from tests.journeys.house import House
from tests.journeys.stories import MOTHER, SEND


@pytest.mark.both
async def test_what_two_have_asked_for_opens_with_a_coordinators_key_and_holds_the_cases_of_the_days(
    house: House,
) -> None:
    house.role = "coordinator"
    async with house.running() as service:
        await service.tick()
        await house.say(house.person(), *MOTHER, SEND)
        house.clock.advance(days=20)
        await service.tick()
        await house.say(house.person("Пётр Тэст"), *MOTHER, SEND)
        old, new = (card.document.removesuffix(".age") for card in house.cards() if is_card(card))
        told = [await export(house, days) for days in (10, 30)]
    assert told == [{new}, {old, new}]


def is_card(shown: Shown) -> bool:
    return not shown.document.startswith(("digest-", "export-"))


def posted(house: House) -> list[Shown]:
    return [shown for shown in house.group.messages if shown.document.startswith("export-")]


async def export(house: House, days: int) -> set[str]:
    """Asked, agreed, posted in the topic of digests, opened; the codes in it."""
    first, second = house.moderators["m-01"], house.moderators["m-02"]
    second.user.language = "en"
    assert house.service is not None
    before = len(posted(house))
    await first.send(f"/export {days}", in_=house.group)
    await house.settled()
    await house.service.tick()
    await house.settled()
    assert len(posted(house)) == before
    await second.click("I agree", in_=house.group)
    await house.settled()
    for _ in range(2):  # the second time there is nothing left to make
        await house.service.tick()
        await house.settled()
    *earlier, file = posted(house)
    assert len(earlier) == before
    assert file.topic == house.group.topic("Digests").id
    key, public = house.keys.moderators["m-02"].identity, house.keys.signing.public
    return {one.entry.case.code for one in Reading([partial(house.file_of, file)], [key], bot_key=public)}
