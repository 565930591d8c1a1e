"""Two relatives report one arrest in different letters: the second card says so, and no name with it."""

from __future__ import annotations

import pytest

from handlers.matching.hints import Alike
from storage.unit_of_work import UnitOfWork
from tests.journeys.house import House
from tests.journeys.stories import MOTHER, SEND

NAME = "Ян Прыклад, 1990"
SISTER = tuple("Jan Pryklad, 1991" if line == NAME else line for line in MOTHER)
STRANGER = tuple("Пётр Тэст, 1970" if line == NAME else line for line in MOTHER)


async def tell(house: House, *stories: tuple[str, ...]) -> None:
    for story in stories:
        await house.say(house.person(), *story, SEND)
    await house.settled()


async def kept(house: House) -> list[Alike]:
    assert house.service is not None

    async def job(uow: UnitOfWork) -> list[Alike]:
        cases = await uow.cases.all()
        return [alike for case in cases for alike in await uow.likenesses.find(case)]

    return await house.service.instance.store.run(job)


@pytest.mark.both
async def test_the_second_card_names_the_first_case_and_what_agrees(house: House) -> None:
    async with house.running():
        await tell(house, MOTHER, SISTER)
        first, second = house.cards()
        code = house.report(first)["case"]
        assert f"Possibly the same as {code} (name, year of birth, day, region)" in second.text
        assert "Possibly" not in first.text
        assert len(second.text.splitlines()) <= 12
    for word in ("Прыклад", "Pryklad", "Jan", "1990", "1991"):
        assert word not in second.text


async def test_a_card_about_somebody_else_names_no_case(house: House) -> None:
    async with house.running():
        await tell(house, MOTHER, STRANGER)
        assert not [card for card in house.cards() if "Possibly" in card.text]


async def test_switched_off_nothing_is_kept_and_what_was_kept_goes(house: House) -> None:
    async with house.running():
        await tell(house, MOTHER, SISTER)
        assert len(await kept(house)) == 2
    async with house.running(compare_names=False):
        await tell(house, SISTER)
        assert await kept(house) == []
        assert "Possibly" not in house.cards()[-1].text
