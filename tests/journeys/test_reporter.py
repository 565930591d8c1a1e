"""What frightened people do with the bot: each of these once went wrong for somebody."""

from __future__ import annotations

import pytest

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


async def test_the_words_on_the_erase_button_erase(house: House) -> None:
    for language, button in (
        ("be", "Так, сцерці ўсё"),
        ("ru", "Да, стереть всё"),
        ("en", "Yes, erase everything"),
    ):
        mother = house.person(language=language)
        async with house.running() as service:
            await house.say(mother, "/start", "1", "2", "Ян Прыклад, 1990", "/stop", button)
            assert not await service.instance.store.run(lambda uow: uow.talks.all())


async def test_a_bare_no_at_the_first_screen_ends_and_a_bare_yes_asks_again(house: House) -> None:
    mother = house.person()
    async with house.running() as service:
        await house.say(mother, "/start", "так")
        (talk,) = await service.instance.store.run(lambda uow: uow.talks.all())
        assert talk.notes == ()
        assert "Спачатку адкажыце" in mother.screen()[-1].text
        await house.say(mother, "не")
        assert not await service.instance.store.run(lambda uow: uow.talks.all())


async def test_a_number_chooses_a_language_and_a_wrong_line_number_is_no_note(house: House) -> None:
    mother = house.person()
    async with house.running() as service:
        await house.say(mother, *MOTHER, "/language", "3")
        assert "Please check" in mother.screen()[-1].text
        await house.say(mother, "99")
        (talk,) = await service.instance.store.run(lambda uow: uow.talks.all())
    assert talk.notes == ()


async def test_buttons_do_not_move_when_one_is_ticked(house: House) -> None:
    mother = house.person()
    async with house.running():
        await house.say(mother, *MOTHER[:8])
        before = mother.screen()[-1].buttons
        await house.say(mother, "[Збілі, ёсць траўмы]")
        after = mother.screen()[-1].buttons
    assert [len(row) for row in before] == [len(row) for row in after]
    assert "✓ Збілі, ёсць траўмы" in after[0]


async def test_the_warning_says_what_goes_to_the_team(house: House) -> None:
    for upto, told in ((3, "будуць сцёртыя"), (7, "атрымае каманда")):
        mother = house.person()
        async with house.running() as service:
            await house.say(mother, *MOTHER[:upto])
            house.clock.advance(minutes=46)
            await service.timers.tick()
            await house.settled()
            assert told in mother.screen()[-1].text


async def test_an_empty_review_offers_nothing_to_send(house: House) -> None:
    mother = house.person()
    async with house.running():
        await house.say(mother, *MOTHER[:2], "праверка")
    assert "Адправіць" not in mother.screen()[-1].labels
    assert "няма чаго" in mother.screen()[-1].text


NO_PERMISSION = (
    ("en", "do not publish"),
    ("en", "everything except the UN"),
    ("en", "no UN please"),
    ("ru", "нельзя публиковать"),
    ("ru", "всё кроме публикации"),
    ("ru", "не писать мне"),
    ("be", "усё акрамя публікацыі"),
    ("be", "не публікаваць імя"),
)


@pytest.mark.parametrize(("language", "words"), NO_PERMISSION)
async def test_permission_is_never_guessed_from_a_sentence(house: House, language: str, words: str) -> None:
    mother = house.person(language="be")
    async with house.running():
        await house.say(mother, *MOTHER[:-1], "/language", {"be": "1", "ru": "2", "en": "3"}[language])
        await house.say(mother, words, SEND, SEND)
        (card,) = house.cards()
        report = house.report(card)
    assert report["consent"]["choices"] == []
    assert words in report["notes"]


async def test_typing_permissions_again_replaces_the_earlier_ones(house: House) -> None:
    mother = house.person()
    async with house.running():
        await house.say(mother, *MOTHER[:-1], "2,5", "10", "5", SEND)
        (card,) = house.cards()
        assert house.report(card)["consent"]["choices"] == ["c_stats"]


async def test_the_very_words_of_a_permission_are_one(house: House) -> None:
    mother = house.person()
    async with house.running():
        await house.say(mother, *MOTHER[:-1], "Апублікаваць імя і галоўныя факты", SEND)
        (card,) = house.cards()
        assert house.report(card)["consent"]["choices"] == ["c_publish"]
