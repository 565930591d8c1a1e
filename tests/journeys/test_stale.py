"""A roster grows old under a running bot: told a week ahead, told again, and nothing is lost."""

from __future__ import annotations

from tests.journeys.house import House
from tests.journeys.stories import MOTHER, SEND


def warnings(house: House) -> list[int]:
    """How often each of the team was told in private."""
    told = [[shown.text for shown in person.screen()] for person in house.moderators.values()]
    return [sum("valid until" in text or "expired on" in text for text in texts) for texts in told]


def cards(house: House) -> int:
    return sum(not card.document.startswith("digest-") for card in house.cards())


async def test_the_team_is_told_a_week_ahead_each_day_and_cards_come_after_the_renewal(house: House) -> None:
    """The control is the day before that week, on which nobody is told."""
    async with house.running() as service:
        for person in house.moderators.values():
            await person.send("/start")
        await house.settled()

        async def turn(days: int) -> list[int]:
            house.clock.advance(days=days)
            for _ in range(2):
                await service.tick()
                await house.settled()
            return warnings(house)

        assert await turn(82) == [0, 0]
        assert await turn(1) == [1, 1]
        assert await turn(0) == [1, 1]
        assert await turn(1) == [2, 2]
        await turn(7)  # now nobody is valid
        await house.say(house.person(), *MOTHER, SEND)
        assert cards(house) == 0
        assert len(await service.instance.store.run(lambda uow: uow.cases.all())) == 1
    async with house.running() as service:  # on a roster that was renewed
        told = warnings(house)
        await service.tick()
        await house.settled()
        assert cards(house) == 1
        assert warnings(house) == told
