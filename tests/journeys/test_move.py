"""A store that moves while somebody is in the middle of a talk: they go on, and notice nothing."""

from __future__ import annotations

import pytest

from storage.moving import move
from tests.journeys.house import House
from tests.journeys.stories import MOTHER, SEND

pytestmark = pytest.mark.only("postgres")


async def test_a_talk_that_began_on_sqlite_goes_on_over_postgresql_and_back(house: House) -> None:
    mother, server = house.person(), house.url
    embedded, back = (f"sqlite+aiosqlite:///{house.folder / name}" for name in ("vestka.db", "back.db"))
    ways = [(embedded, server), (server, back)]
    house.url = embedded
    for start in range(0, 12, 6):
        async with house.running():
            await house.say(mother, *MOTHER[start : start + 6])
        old, house.url = ways.pop(0)
        assert old != house.url
        await move(old, house.url)
    async with house.running():
        await house.say(mother, *MOTHER[12:], SEND)
        (card,) = house.cards()
        answers = house.report(card)["answers"]
    assert answers["person"]["words"] == "Ян Прыклад, 1990"
    assert answers["narrative"]["value"] == "Прыйшлі двое ў масках, прычыны не назвалі."
    assert len(mother.screen()) == 1
