"""The moderators' group is guarded: what is not in order stops the cards, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from bot.service import Service
from tests.doubles.telegram.faults import Kind
from tests.doubles.telegram.people import Person
from tests.doubles.telegram.screens import Shown
from tests.doubles.telegram.waiting import wait_until
from tests.doubles.telegram.world import ADMIN_RIGHTS
from tests.journeys.house import House
from tests.journeys.stories import MOTHER, SEND


async def until(house: House, holds: Callable[[], bool], what: str) -> None:
    await wait_until(house.tg.world, lambda: holds() or None, seconds=20, what=what)


def warned(person: Person, words: str) -> bool:
    return any(shown.from_bot and words in shown.text for shown in person.screen())


async def begin(house: House) -> None:
    """Both moderators have written to the bot before, or it could not write to them."""
    for person in house.moderators.values():
        await person.send("/start")
    await house.settled()


def closed(service: Service) -> bool:
    assert service.guard is not None
    return service.guard.closed


async def test_visible_history_pauses_the_cards_says_how_to_mend_it_and_reporters_see_no_difference(
    house: House,
) -> None:
    first, second = house.person(), house.person("Пётр Тэст")
    async with house.running() as service:
        await begin(house)
        await house.say(first, *MOTHER, SEND)
        house.group.set(visible_history=True)
        service.instance.bell.ring()
        await until(house, lambda: closed(service), "the pause")
        await house.say(second, *MOTHER, SEND)
        assert len(house.cards()) == 1
        assert first.screen()[-1].text.splitlines()[1:] == second.screen()[-1].text.splitlines()[1:]
        for person in house.moderators.values():
            await until(house, partial(warned, person, "Chat history"), "the warning")
        house.group.set(visible_history=False)
        await until(house, lambda: len(house.cards()) == 2, "the card that waited")


async def test_a_stranger_locks_the_group_for_restarts_too_until_two_moderators_reopen(house: House) -> None:
    stranger = house.person("Чужы Чалавек")
    first, second = house.moderators.values()
    async with house.running() as service:
        await begin(house)
        await house.say(house.person(), *MOTHER, SEND)
        assert len(house.cards()) == 1
        house.group.add(stranger)
        await until(house, lambda: closed(service) and not house.cards(), "the lock")
        for person in house.moderators.values():
            await until(house, partial(warned, person, "not on the roster: 1"), "the warning")
    house.group.remove(stranger)
    async with house.running() as service:
        await until(house, lambda: closed(service), "the lock after the restart")
        await first.send("/reopen")
        await until(house, lambda: warned(first, "A second moderator"), "an answer")
        await first.send("/reopen")
        await house.settled()
        assert closed(service)
        await second.send("/reopen")
        await until(house, lambda: len(house.cards()) == 1, "the card again")
        assert not warned(stranger, "")


async def test_without_the_guard_the_card_stays_before_the_strangers_eyes(house: House) -> None:
    async with house.running(guarded=False):
        house.group.add(house.person("Чужы Чалавек"))
        await house.say(house.person(), *MOTHER, SEND)
        assert len(house.cards()) == 1


async def test_panic_locks_at_once_and_is_no_order_from_anybody_else(house: House) -> None:
    mother = house.person()
    async with house.running() as service:
        await begin(house)
        await house.say(mother, *MOTHER, SEND)
        await house.say(mother, "/panic", "/reopen")
        assert not closed(service)
        await house.moderators["m-02"].send("/panic", in_=house.group)
        await until(house, lambda: closed(service) and not house.cards(), "the lock")


async def test_somebody_who_keeps_reading_with_our_token_locks_the_group_and_intake_goes_on(
    house: House,
) -> None:
    mother = house.person()
    async with house.running() as service:
        await begin(house)
        await house.say(mother, *MOTHER, SEND)
        for _ in range(3):
            assert not closed(service)
            assert house.tg.intrude()
            await house.tg.wait_polling()
        await until(house, lambda: closed(service) and not house.cards(), "the lock")
        for person in house.moderators.values():
            await until(house, partial(warned, person, "with its token"), "the warning")
        await house.say(mother, "/start")
        assert mother.screen()


async def test_one_conflict_alone_locks_nothing(house: House) -> None:
    async with house.running() as service:
        await begin(house)
        assert house.tg.intrude()
        await house.tg.wait_polling()
        await house.say(house.person(), *MOTHER, SEND)
        assert not closed(service)
        assert len(house.cards()) == 1


async def test_a_lock_takes_titles_and_digests_away_too_and_both_come_back(house: House) -> None:
    async with house.running() as service:
        await begin(house)
        await house.say(house.person(), *MOTHER, SEND)
        await service.digest_now()
        await house.settled()
        assert len(house.group.topics) == 2
        (digest,) = digests(house)
        await house.moderators["m-02"].send("/panic", in_=house.group)
        await until(house, lambda: not house.group.topics, "an empty group")
        assert not house.cards()
        assert digests(house) == []
        for person in house.moderators.values():
            await person.send("/reopen")
        await until(house, lambda: len(house.cards()) == 2, "the card and the digest")
        assert house.file_of(digests(house)[0]) == house.file_of(digest)
        assert len(house.group.topics) == 2


def digests(house: House) -> list[Shown]:
    return [card for card in house.cards() if card.document.startswith("digest-")]


@pytest.mark.parametrize("file", ["card", "digest"])
async def test_a_post_that_nobody_noted_because_the_process_died_goes_with_a_later_lock(
    house: House, file: str
) -> None:
    async with house.running() as service:
        await begin(house)
        mother = house.person()
        await house.say(mother, *MOTHER)
        house.tg.faults.add(Kind.LOSE_SILENT, "sendDocument")  # posted, and the answer never comes
        if file == "card":
            await mother.send(SEND)
        else:
            await service.digest_now()
        await until(house, lambda: len(house.cards()) == 1, "the post")
    house.group.add(house.person("Чужы Чалавек"))
    async with house.running() as service:
        await until(house, lambda: closed(service) and not house.group.topics, "an empty group")
        assert not house.cards()


async def opened_for_nobody(house: House, service: Service) -> None:
    """A topic is opened, and the answer never comes."""
    await begin(house)
    mother = house.person()
    await house.say(mother, *MOTHER)
    house.tg.faults.add(Kind.LOSE_SILENT, "createForumTopic")
    await mother.send(SEND)
    await until(house, lambda: bool(house.group.topics), "the topic")


async def test_a_topic_that_nobody_noted_because_the_process_died_goes_with_a_later_lock(
    house: House,
) -> None:
    async with house.running() as service:
        await opened_for_nobody(house, service)
    house.group.add(house.person("Чужы Чалавек"))
    async with house.running() as service:
        await until(house, lambda: closed(service) and not house.group.topics, "an empty group")


async def test_a_topic_that_was_opened_twice_goes_with_a_later_lock_both_times(house: House) -> None:
    async with house.running() as service:
        await opened_for_nobody(house, service)
    async with house.running() as service:
        await until(house, lambda: len(house.cards()) == 1, "the card")
        assert len(house.group.topics) == 2
        house.group.add(house.person("Чужы Чалавек"))
        await until(house, lambda: closed(service) and not house.group.topics, "an empty group")
        await house.settled()
        assert not words(house)


async def test_what_the_bot_said_twice_outside_of_topics_goes_with_a_lock_both_times(house: House) -> None:
    async with house.running() as service:
        await begin(house)
        await house.say(house.person(), *MOTHER, SEND)
        house.tg.faults.add(Kind.LOSE, "sendMessage")  # it stands there, and nobody hears of it
        await house.moderators["m-01"].send("/who", in_=house.group)
        await until(house, lambda: len(words(house)) > len(set(words(house))), "the answer twice")
        house.group.add(house.person("Чужы Чалавек"))
        await until(house, lambda: closed(service) and not words(house), "an empty group")


def words(house: House) -> list[str]:
    """What the bot wrote in the group beside cards."""
    return [shown.text for shown in house.group.messages if shown.from_bot and shown.text]


def taken_back(house: House) -> bool:
    return any(call.parameters["chat_id"] == house.group.id for call in house.tg.calls_of("deleteMessages"))


async def test_a_short_flood_on_the_look_after_a_post_takes_nothing_back(house: House) -> None:
    async with house.running() as service:
        await begin(house)
        house.tg.faults.flood(1, "getChatMemberCount", times=3)
        await house.say(house.person(), *MOTHER, SEND)
        assert len(house.cards()) == 1
        assert not closed(service)
        assert len(house.tg.calls_of("sendDocument")) == 1
        assert not taken_back(house)


async def test_a_post_that_cannot_be_looked_after_for_long_is_taken_back(house: House) -> None:
    async with house.running() as service:
        await begin(house)
        house.tg.faults.flood(300, "getChatMemberCount", times=None)
        await house.say(house.person(), *MOTHER, SEND)
        assert closed(service)
        assert not house.cards()
        assert taken_back(house)


async def test_somebody_who_comes_in_during_a_flood_is_not_given_half_a_minute(house: House) -> None:
    mother = house.person()
    async with house.running() as service:
        await begin(house)
        await house.say(mother, *MOTHER)
        flood = house.tg.faults.flood(20, "getChatMemberCount")
        await mother.send(SEND)
        await until(house, lambda: flood.spent, "the flood")
        assert house.cards()
        house.group.add(house.person("Чужы Чалавек"))
        await until(house, lambda: closed(service) and not house.cards(), "the lock")


async def test_without_the_right_to_pin_all_goes_on_and_two_leads_are_told_how_to_give_it(
    house: House,
) -> None:
    house.group.add_bot(rights=[right for right in ADMIN_RIGHTS if right != "can_pin_messages"])
    async with house.running() as service:
        await begin(house)
        await house.say(house.person(), *MOTHER, SEND)
        await service.tick()
        for person in house.moderators.values():
            await until(house, partial(warned, person, "may not pin messages"), "the warning")
        assert len(house.cards()) == 1
        assert any("📌" in shown.text for shown in house.group.messages)
        assert not closed(service)
