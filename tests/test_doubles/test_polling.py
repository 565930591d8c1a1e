"""getUpdates: offsets, redelivery, retention, long polling, one poller at a time."""

import asyncio

import pytest
from telegram import Bot
from telegram.error import Conflict

from tests.doubles.telegram import FakeClock, TelegramDouble


async def test_updates_come_again_until_a_higher_offset_confirms_them(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    for number in range(5):
        await hanna.send(f"нумар {number}")
    first = [one.update_id for one in await bot.get_updates(limit=3)]
    assert first == [one.update_id for one in await bot.get_updates(limit=3)]
    rest = [one.update_id for one in await bot.get_updates(offset=first[1])]
    assert rest == [first[1] + step for step in range(4)]
    assert await bot.get_updates(offset=rest[-1] + 1) == ()
    assert await bot.get_updates() == ()


async def test_a_negative_offset_keeps_only_the_end(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    for number in range(5):
        await hanna.send(f"нумар {number}")
    last = await bot.get_updates(offset=-2)
    assert [one.message.text for one in last if one.message] == ["нумар 3", "нумар 4"]
    assert len(await bot.get_updates()) == 2


async def test_updates_are_forgotten_after_a_day(tg: TelegramDouble, bot: Bot, clock: FakeClock) -> None:
    hanna = tg.person("Ганна Узор")
    await hanna.send("старое")
    clock.advance(hours=23.9)
    await hanna.send("новае")
    assert len(await bot.get_updates()) == 2
    clock.advance(hours=0.2)
    kept = await bot.get_updates()
    assert [one.message.text for one in kept if one.message] == ["новае"]


async def test_a_long_poll_ends_as_soon_as_something_comes(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await tg.wait_polling()
    await hanna.send("тут")
    (update,) = await asyncio.wait_for(poll, 5)
    assert update.message is not None
    assert update.message.text == "тут"


async def test_a_second_poller_sends_the_first_away(tg: TelegramDouble, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await tg.wait_polling()
    async with Bot(tg.token, base_url=tg.base_url) as twin:
        other = asyncio.create_task(twin.get_updates(timeout=30))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await asyncio.wait_for(poll, 5)
        await tg.wait_polling()
        assert tg.intrude()
        with pytest.raises(Conflict, match="only one bot instance"):
            await asyncio.wait_for(other, 5)
    assert not tg.intrude()


async def test_polling_is_refused_while_a_webhook_is_set(tg: TelegramDouble, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await tg.wait_polling()
    assert await bot.set_webhook("https://bot.example/hook", max_connections=5)
    with pytest.raises(Conflict, match="terminated by setWebhook"):
        await poll
    assert (await bot.get_webhook_info()).url == "https://bot.example/hook"
    with pytest.raises(Conflict, match="while webhook is active; use deleteWebhook"):
        await bot.get_updates()
    await tg.person("Ганна Узор").send("чакае")
    assert (await bot.get_webhook_info()).pending_update_count == 1
    assert await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_allowed_updates_stick_and_hold_back_the_rest(tg: TelegramDouble, bot: Bot) -> None:
    hanna, newcomer = tg.person("Ганна Узор"), tg.person("Ян Прыклад")
    group = tg.supergroup("Мадэратары")
    group.add_bot()
    group.add(newcomer)
    kinds = [one.to_dict().keys() - {"update_id"} for one in await bot.get_updates()]
    assert {"chat_member"} not in kinds, "chat_member does not come unless asked for"
    await bot.get_updates(offset=-1, allowed_updates=["chat_member"])
    await hanna.send("не пачуюць")
    group.remove(newcomer)
    asked = await bot.get_updates()
    changes = [one.chat_member for one in asked if one.chat_member]
    assert [(one.old_chat_member.status, one.new_chat_member.status) for one in changes] == [
        ("member", "kicked")
    ]
    assert not any(one.message and one.message.text == "не пачуюць" for one in asked)
    await bot.get_updates(allowed_updates=[])
    await hanna.send("пачуюць")
    assert any(one.message and one.message.text == "пачуюць" for one in await bot.get_updates())


async def test_waiting_for_idle_means_every_update_was_confirmed(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    await hanna.send("тут")
    with pytest.raises(AssertionError, match="in vain"):
        await tg.wait_idle(timeout=0.05)
    (update,) = await bot.get_updates()
    poll = asyncio.create_task(bot.get_updates(offset=update.update_id + 1, timeout=30))
    await tg.wait_idle()
    tg.intrude()
    with pytest.raises(Conflict):
        await poll
