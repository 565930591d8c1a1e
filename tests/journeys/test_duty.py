"""Two of the team put themselves on duty: the next report opens for them, and not for a third."""

from __future__ import annotations

import pytest

from storage.sealing import CannotOpen
from tests.journeys.house import House
from tests.journeys.stories import MOTHER, SEND


@pytest.mark.both
async def test_two_decide_who_is_on_duty_and_a_restart_remembers(house: House) -> None:
    third = house.moderators["m-03"] = house.tg.person("Дзяжурны 3")
    house.group.add(third)
    first, second = house.moderators["m-01"], house.moderators["m-02"]
    second.user.language = "en"
    async with house.running():
        await house.say(house.person(), *MOTHER, SEND)
        (before,) = house.cards()
        await first.send("/duty m-01 m-02", in_=house.group)
        await house.settled()
        await second.click("I agree", in_=house.group)
        await house.settled()
    async with house.running():
        await house.say(house.person("Пётр Тэст"), *MOTHER, SEND)
        await second.send("/duty", in_=house.group)
        await house.settled()
        texts = [shown.text for shown in house.group.messages if shown.from_bot]
        (after,) = [card for card in house.cards() if card.id != before.id]
        assert house.open_card(before, "m-03").body  # the control: sealed to all
        for member in ("m-01", "m-02"):
            assert house.open_card(after, member).body
        with pytest.raises(CannotOpen):
            house.open_card(after, "m-03")
    assert any("On duty: m-01, m-02." in text for text in texts)
    assert any("m-01 and m-02 have decided" in text for text in texts)
