"""Two relatives report one arrest in different letters: both cards say so, and no name with it."""

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
async def test_both_cards_name_the_other_case_and_what_agrees(house: House) -> None:
    async with house.running():
        await tell(house, MOTHER, SISTER)
        first, second = house.cards()
        for card, other in ((second, first), (first, second)):
            code = house.report(other)["case"]
            assert f"Possibly the same as {code} (name, year of birth, day, region)" in card.text
            assert len(card.text.splitlines()) <= 12
    for word in ("Прыклад", "Pryklad", "Jan", "1990", "1991"):
        assert word not in first.text + second.text


async def test_the_older_card_is_edited_once_and_nothing_else_of_it_changes(house: House) -> None:
    """The control is a stranger's card, which nobody touches."""
    async with house.running() as service:
        await tell(house, MOTHER, STRANGER)
        before = [card.text for card in house.cards()]
        edits = len(house.tg.calls_of("editMessageCaption"))
        await tell(house, SISTER)
        await service.tick()
        await house.settled()
        after = [card.text for card in house.cards()]
        assert len(house.tg.calls_of("editMessageCaption")) == edits + 1
    assert [line for line in after[0].splitlines() if "Possibly" not in line] == before[0].splitlines()
    assert after[1] == before[1]


async def test_merging_and_taking_apart_again_leaves_the_cards_as_they_were(house: House) -> None:
    moderator = house.moderators["m-01"]
    async with house.running():
        await tell(house, MOTHER, SISTER, SISTER)
        before = [card.text for card in house.cards()]
        assert all("Possibly" in text for text in before)
        first, second, _ = (house.report(card)["case"] for card in house.cards())
        await moderator.send(f"/merge {first} {second}", in_=house.group)
        await house.settled()
        await moderator.click("Так, зрабіць", in_=house.group)
        await house.settled()
        assert "Possibly" not in house.cards()[1].text  # a person's word is better
        await moderator.send(f"/unmerge {first}", in_=house.group)
        await house.settled()
        assert [card.text for card in house.cards()] == before


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
