"""What frightened people do with the bot: each of these once went wrong for somebody."""

from __future__ import annotations

from tests.journeys.house import House
from tests.journeys.stories import MOTHER, SEND

TO_THE_STORY = MOTHER[:10]


async def test_a_person_who_writes_more_than_fits_is_told_so_and_can_still_send(house: House) -> None:
    mother = house.person()
    async with house.running():
        await house.say(mother, *TO_THE_STORY, "🕊" * 1900, *MOTHER[11:])
        for number in range(20):
            await house.say(mother, f"{'🔥' * 1950} {number}")
        assert "Месца скончылася" in mother.screen()[-1].text
        await house.say(mother, SEND)
        (card,) = house.cards()
        report = house.report(card)
    assert report["finished"] is True
    assert len(report["notes"]) > 5
    assert report["case"] in mother.screen()[-1].text
