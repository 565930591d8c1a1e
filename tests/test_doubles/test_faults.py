"""What goes wrong on purpose: each fault as python-telegram-bot feels it."""

from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from tests.doubles.telegram import FakeClock, Person, TelegramDouble


@pytest.fixture
async def hanna(tg: TelegramDouble) -> Person:
    someone = tg.person("Ганна Узор")
    await someone.send("/start")
    return someone


def answers(person: Person) -> list[str]:
    return [one.text for one in person.screen() if one.from_bot]


async def test_too_many_requests_carry_the_time_to_wait(tg: TelegramDouble, bot: Bot, hanna: Person) -> None:
    tg.faults.flood(7, "sendMessage", times=2)
    for _ in range(2):
        with pytest.raises(RetryAfter) as waiting:
            await bot.send_message(hanna.id, "x")
        assert waiting.value.retry_after == timedelta(seconds=7)
    await bot.send_message(hanna.id, "прайшло")
    assert answers(hanna) == ["прайшло"]


async def test_a_dropped_call_is_never_answered_nor_applied(
    tg: TelegramDouble, bot: Bot, hanna: Person
) -> None:
    tg.faults.drop("sendMessage")
    with pytest.raises(TimedOut):
        await bot.send_message(hanna.id, "x", read_timeout=0.2)
    assert answers(hanna) == []
    assert [(call.answered, call.applied) for call in tg.calls_of("sendMessage")] == [(False, False)]


@pytest.mark.parametrize("how", ["lose", "lose_silent", "lose_fail"])
async def test_a_lost_answer_leaves_the_message_sent(
    tg: TelegramDouble, bot: Bot, hanna: Person, how: str
) -> None:
    tg.faults.lose_answer("sendMessage", how=how)
    with pytest.raises(NetworkError):
        await bot.send_message(hanna.id, "дайшло", read_timeout=0.3)
    assert answers(hanna) == ["дайшло"]
    assert tg.calls_of("sendMessage")[0].applied


async def test_server_errors_and_cut_connections_apply_nothing(
    tg: TelegramDouble, bot: Bot, hanna: Person
) -> None:
    tg.faults.fail(500, "sendMessage")
    tg.faults.fail(502, "sendMessage")
    tg.faults.close("sendMessage")
    for _ in range(3):
        with pytest.raises(NetworkError):
            await bot.send_message(hanna.id, "x")
    assert answers(hanna) == []


async def test_a_delayed_answer_comes(tg: TelegramDouble, bot: Bot, hanna: Person) -> None:
    tg.faults.delay(0.05, "sendMessage")
    await bot.send_message(hanna.id, "позна")
    tg.faults.delay(30, "sendMessage")
    with pytest.raises(TimedOut):
        await bot.send_message(hanna.id, "занадта позна", read_timeout=0.2)


async def test_a_fault_strikes_the_chosen_chat_call_and_predicate(
    tg: TelegramDouble, bot: Bot, hanna: Person
) -> None:
    jan = tg.person("Ян Прыклад")
    await jan.send("/start")
    tg.faults.fail(502, chat=jan.id, nth=2)
    tg.faults.refuse(400, "Bad Request: CHAT_RESTRICTED", when=lambda one: one.get("text") == "забаронена")
    await bot.send_message(hanna.id, "1")
    await bot.send_message(jan.id, "1")
    with pytest.raises(NetworkError):
        await bot.send_message(jan.id, "2")
    await bot.send_message(jan.id, "3")
    with pytest.raises(BadRequest, match=r"(?i)chat_restricted"):
        await bot.send_message(hanna.id, "забаронена")
    tg.faults.fail(502, times=None)
    tg.faults.clear()
    await bot.send_message(hanna.id, "2")
    assert (answers(hanna), answers(jan)) == (["1", "2"], ["1", "3"])


async def test_flood_limits_go_by_the_clock(
    tg: TelegramDouble, bot: Bot, clock: FakeClock, hanna: Person
) -> None:
    group = tg.supergroup("Мадэратары")
    group.add_bot()
    tg.flood.on = True
    await bot.send_message(hanna.id, "1")
    with pytest.raises(RetryAfter):
        await bot.send_message(hanna.id, "2")
    clock.advance(1)
    await bot.send_message(hanna.id, "2")
    for _ in range(20):
        clock.advance(1)
        await bot.send_message(group.id, "x")
    clock.advance(1)
    with pytest.raises(RetryAfter) as waiting:
        await bot.send_message(group.id, "21")
    assert waiting.value.retry_after == timedelta(seconds=40)
    clock.advance(40)
    await bot.send_message(group.id, "21")


async def test_the_whole_bot_sends_30_a_second(tg: TelegramDouble, bot: Bot, clock: FakeClock) -> None:
    tg.flood.on = True
    crowd = [tg.person(f"Тэст {number}") for number in range(31)]
    for one in crowd:
        await one.send("/start")
    for one in crowd[:30]:
        await bot.send_message(one.id, "x")
    with pytest.raises(RetryAfter):
        await bot.send_message(crowd[30].id, "x")
    clock.advance(1)
    await bot.send_message(crowd[30].id, "x")
