"""The edges of a whole instance: networks that fail, rivals, groups that move, people who leave."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from io import StringIO

import msgspec
import pytest

from bot.logs import configure
from bot.networks.telegram import _batch
from tests.doubles.telegram.waiting import wait_until
from tests.journeys.house import House
from tests.journeys.stories import HALF, MOTHER, SEND


@pytest.fixture
def log() -> object:
    """What the bot said to its operator."""
    stream = StringIO()
    undo = configure(level=logging.INFO, stream=stream)
    yield stream
    undo()


async def until(house: House, holds: Callable[[], bool], what: str) -> None:
    await wait_until(house.tg.world, lambda: holds() or None, seconds=10, what=what)


async def test_a_quiet_first_day_is_no_fault(house: House, log: StringIO) -> None:
    async with house.running(long_poll=1):
        await house.tg.wait_call("getUpdates", count=2)
    assert "poll.failed" not in log.getvalue()


async def test_a_network_out_of_reach_at_the_start_is_waited_for(house: House, log: StringIO) -> None:
    house.tg.faults.fail(502, "getMe", times=2)  # for the guard, and for the poll
    async with house.running():
        await house.say(house.person(), "/start")
    assert log.getvalue().count("poll.failed") == 1


async def test_a_webhook_set_by_somebody_else_ends_no_intake(house: House, log: StringIO) -> None:
    mother = house.person()
    async with house.running(long_poll=1):
        house.tg.world.webhook = {"url": "https://elsewhere.example/"}
        await house.tg.wait_call("deleteWebhook")
        await house.say(mother, "/start")
    assert mother.screen()
    assert "telegram.webhook_removed" in log.getvalue()


async def test_a_rival_raises_the_alarm_and_intake_goes_on(house: House, log: StringIO) -> None:
    mother = house.person()
    async with house.running():
        assert house.tg.intrude()
        await house.tg.wait_polling()
        await house.say(mother, *MOTHER, SEND)
    assert len(house.cards()) == 1
    assert "poll.rival" in log.getvalue()


async def test_a_group_that_moved_while_the_bot_was_down_is_found_again(house: House) -> None:
    old = house.group.id
    async with house.running(compare_names=False):  # else the older card is shown anew, as alike
        await house.say(house.person(), *MOTHER, SEND)
    house.group.migrate()
    house.tg.world.updates.forget_all()  # nobody was there to hear of it
    async with house.running(group=old, compare_names=False) as service:
        network = service.network
        await until(house, lambda: network.group == str(house.group.id), "the group under its new id")
        assert house.tg.calls_of("sendDocument")[1:] == []  # no card was needed to find out
        await house.say(house.person("Пётр Тэст"), *MOTHER, SEND)
        await house.moderators["m-01"].click("Take", in_=house.group)
        await house.settled()
    assert ["m-01" in card.text for card in house.cards()] == [True]


async def test_a_reporter_who_blocks_the_bot_leaves_a_checkpoint_and_nothing_to_send(house: House) -> None:
    mother = house.person()
    async with house.running() as service:
        await house.say(mother, *HALF)
        await mother.block_bot()
        await house.settled()
        await until(house, lambda: bool(house.cards()), "the card of the checkpoint")
        left = await service.instance.store.run(lambda uow: uow.traces.all())
        assert service.instance.store.letters_waiting == 0
    assert house.report(house.cards()[0])["finished"] is False
    assert left == []


async def test_a_group_without_the_bot_gets_its_cards_when_it_is_back(house: House, log: StringIO) -> None:
    async with house.running():
        house.group.kick_bot()
        await house.say(house.person(), *MOTHER, SEND)
        assert house.cards() == []
    assert "guard.paused" in log.getvalue()
    house.group.add_bot()
    async with house.running():
        await house.settled()
        assert len(house.cards()) == 1


async def test_a_topic_deleted_by_hand_is_opened_again_with_one_card(house: House) -> None:
    async with house.running():
        await house.say(house.person(), *MOTHER, SEND)
        (card,) = house.cards()
        press = await house.moderators["m-01"].click("Take", in_=house.group)
        await house.settled()
        assert await press.answer()
        house.group.drop_topic(house.group.topics[0].id)
        await house.moderators["m-01"].click_stale(card, card.data[0][0].replace(":claim:", ":release:"))
        await house.settled()
        assert len(house.group.topics) == 1
        assert len(house.cards()) == 1


async def test_a_press_long_after_its_screen_harms_nobody(house: House) -> None:
    mother = house.person()
    async with house.running():
        await house.say(mother, *MOTHER[:2])
        await mother.click(0)
        house.clock.advance(minutes=16)  # "query is too old"
        await house.settled()
        await asyncio.sleep(0)
        assert len(mother.screen()) == 1


async def test_a_review_full_of_emoji_fits_the_network_and_is_taken_away(house: House) -> None:
    mother = house.person()
    notes = [f"{'🔥' * 900} яшчэ {number}" for number in range(12)]
    async with house.running():
        await house.say(mother, *MOTHER[:10], "🕊" * 1900, "🔥" * 1900, *MOTHER[11:], *notes)
        assert house.service is not None
        assert all(len(one.text.encode("utf-16-le")) // 2 <= 4096 for one in mother.screen())
        await house.say(mother, SEND)
        if not house.cards():
            await house.say(mother, SEND)
        assert len(mother.screen()) == 1
        assert len(house.report(house.cards()[0])["answers"]["narrative"]["value"]) > 3800


async def test_everything_that_is_sent_is_protected_without_preview_and_without_markup(house: House) -> None:
    async with house.running() as service:
        await house.say(house.person(), *MOTHER, SEND)
        await service.digest_now()
        await house.settled()
    calls = [
        call for call in house.tg.calls if call.method in {"sendMessage", "sendDocument", "editMessageText"}
    ]
    assert {call.method for call in calls} == {"sendMessage", "sendDocument", "editMessageText"}
    for call in calls:
        assert not {"parse_mode", "entities", "caption_entities"} & call.parameters.keys()
        if call.method != "sendDocument":
            assert "true" in str(call.parameters["link_preview_options"]).lower()
        if call.method.startswith("send"):
            assert call.parameters["protect_content"] is True


async def test_more_than_a_hundred_messages_are_taken_away_in_batches(house: House) -> None:
    mother = house.person()
    async with house.running():
        for number in range(130):
            await mother.send(f"слова {number}")
        await house.settled()
        assert len(mother.screen()) == 1
    sizes = [len(call.parameters["message_ids"]) for call in house.tg.calls_of("deleteMessages")]
    assert max(sizes) <= 100
    assert sum(sizes) >= 130


def numbered(*numbers: int) -> list[msgspec.Raw]:
    return [msgspec.Raw(msgspec.json.encode({"update_id": number})) for number in numbers]


def test_update_numbers_that_begin_anew_after_a_quiet_week_take_the_position_with_them() -> None:
    """A position that only grew would never acknowledge them, and after a hundred hear nothing new."""
    batch = _batch(numbered(41, 42), "700000123")
    assert [raw.key for raw in batch.updates] == ["41", "42"]
    assert batch.position == "43"
    assert _batch([], "43").position == "43"
    assert _batch(numbered(*range(100)), None).more


async def test_answers_that_are_lost_on_the_way_leave_one_screen_and_no_word(house: House) -> None:
    mother = house.person()
    async with house.running():
        await house.say(mother, *MOTHER[:3])
        for line in MOTHER[3:6]:
            house.tg.faults.lose_answer("sendMessage", times=1)  # sent, and we never hear of it
            await mother.send(line)
            await house.tg.wait_idle()
            await until(house, lambda: len(mother.screen()) == 1, "one screen")
        await house.say(mother, *MOTHER[6:], SEND)
        assert len(mother.screen()) == 1
    assert house.report(house.cards()[0])["answers"]["person"]["words"] == "Ян Прыклад, 1990"
