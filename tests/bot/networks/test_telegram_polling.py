"""The adapter begins and polls: what it shows of itself, what it asks for, whom it meets."""

from __future__ import annotations

import pytest

from bot.networks.errors import (
    Rival,
    TokenRefused,
)
from bot.networks.telegram import Telegram
from handlers.events import Wrote
from tests.bot.networks.town import PROFILES
from tests.doubles.telegram import Group, Person, TelegramDouble


async def test_start_learns_its_name_and_shows_texts_in_every_language(tg: TelegramDouble) -> None:
    adapter = Telegram(tg.token, api_root=tg.api_root, profiles=PROFILES)
    await adapter.start()
    await adapter.close()
    assert adapter.username == "vestka_test_bot"
    said = {call.parameters.get("language_code") for call in tg.calls_of("setMyDescription")}
    assert said == {None, "be", "en"}
    assert {call.parameters["description"] for call in tg.calls_of("setMyDescription")} == {
        "Апісанне",
        "Description",
    }


async def test_the_group_gets_its_own_commands(tg: TelegramDouble, group: Group) -> None:
    adapter = Telegram(tg.token, api_root=tg.api_root, group=str(group.id), profiles=PROFILES)
    await adapter.start()
    await adapter.close()
    scopes = [call.parameters["scope"]["type"] for call in tg.calls_of("setMyCommands")]
    assert scopes.count("all_private_chats") == scopes.count("chat") == 3


async def test_texts_that_are_refused_do_not_keep_the_bot_from_starting(tg: TelegramDouble) -> None:
    tg.faults.refuse(400, "Bad Request: BOT_COMMAND_INVALID", method="setMyCommands", times=None)
    tg.faults.flood(30, "setMyShortDescription", skip=1)
    adapter = Telegram(tg.token, api_root=tg.api_root, profiles=PROFILES, long_poll_seconds=0)
    await adapter.start()
    await adapter.receive(None)
    await adapter.close()
    assert len(tg.calls_of("setMyDescription")) == 2  # a flood ends the attempt


async def test_a_webhook_is_removed_and_what_waits_is_kept(tg: TelegramDouble, hanna: Person) -> None:
    tg.world.webhook = {"url": "https://example.org/hook"}
    adapter = Telegram(tg.token, api_root=tg.api_root, long_poll_seconds=0)
    await adapter.start()
    batch = await adapter.receive(None)
    await adapter.close()
    assert len(batch.updates) == 1
    assert [call.parameters["drop_pending_updates"] for call in tg.calls_of("deleteWebhook")] == [False]


async def test_a_poll_acknowledges_only_the_position_it_is_given(telegram: Telegram, hanna: Person) -> None:
    await hanna.send("Добры дзень")
    first = await telegram.receive(None)
    again = await telegram.receive(None)
    assert [raw.key for raw in first.updates] == [raw.key for raw in again.updates]
    assert (await telegram.receive(first.position)).updates == ()
    await hanna.send("яшчэ")
    (raw,) = (await telegram.receive(first.position)).updates
    incoming = telegram.read(raw)
    assert incoming is not None
    assert isinstance(incoming.event, Wrote)
    assert incoming.event.text == "яшчэ"


async def test_an_empty_poll_keeps_the_position(telegram: Telegram) -> None:
    assert (await telegram.receive(None)).position == ""
    assert (await telegram.receive("41")).position == "41"


async def test_polls_name_the_updates_they_want(tg: TelegramDouble, telegram: Telegram) -> None:
    await telegram.receive(None)
    wanted = tg.calls_of("getUpdates")[-1].parameters["allowed_updates"]
    in_the_group = {"chat_join_request", "chat_member", "my_chat_member"}
    assert set(wanted) == {"callback_query", "edited_message", "message"} | in_the_group


async def test_a_second_reader_is_a_rival(tg: TelegramDouble, telegram: Telegram) -> None:
    tg.faults.refuse(409, "Conflict: terminated by other getUpdates request", method="getUpdates")
    with pytest.raises(Rival):
        await telegram.receive(None)


@pytest.mark.parametrize("token", ["", "two words", "1:a/b", "1:a\n", "ключ"])
def test_what_cannot_be_a_token_is_refused_at_once(token: str) -> None:
    with pytest.raises(TokenRefused):
        Telegram(token)


async def test_a_wrong_token_is_said_to_be_wrong(tg: TelegramDouble) -> None:
    for wrong in ("1:WRONG", "wrong"):
        adapter = Telegram(wrong, api_root=tg.api_root)
        with pytest.raises(TokenRefused):
            await adapter.start()
        await adapter.close()
