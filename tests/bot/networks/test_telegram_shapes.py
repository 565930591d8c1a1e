"""What is read by its shape is read as the library reads it; whatever is unusual is left to the library."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.networks import Raw
from bot.networks import telegram_reading as reading
from bot.networks.telegram_reading import Listening, read_update
from bot.networks.telegram_shapes import NETWORK, read_common
from handlers.events import Account, Commanded, Incoming, Pressed, Room, Wrote

HANNA = {"id": 8589938834, "is_bot": False, "first_name": "Ганна", "language_code": "ru-RU"}
CHAT = {"id": 8589938834, "type": "private", "first_name": "Ганна"}
SAID = {"message_id": 7, "date": 1795434979, "chat": CHAT, "from": HANNA, "text": "Ян Прыклад"}
PRESS = {
    "id": "99", "from": HANNA, "chat_instance": "1", "data": "AB12.3:p:kgb",
    "message": {"message_id": 6, "date": 1, "chat": CHAT, "text": "Хто?", "has_protected_content": True},
}  # fmt: skip
ROOM = Room(NETWORK, "8589938834")


def common(update: dict[str, Any]) -> Incoming | None:
    body = json.dumps(update).encode()
    return read_common(body, key="5", nobody=reading.ANONYMOUS_ADMIN, spoken=reading.SPOKEN)


def library(update: dict[str, Any]) -> Incoming | None:
    return reading._read(Update.de_json(update, None), Listening("-100", "vestka_bot"), key="5")


def test_words_and_presses_are_read_by_their_shape() -> None:
    told = {"key": "5", "room": ROOM, "sender": Account(NETWORK, ROOM.id), "hint": "ru"}
    assert common({"update_id": 5, "message": SAID}) == Incoming(event=Wrote("Ян Прыклад", "7"), **told)  # type: ignore[arg-type]  # one table for both
    pressed = Pressed("AB12.3:p:kgb", "6", query="99")
    assert common({"update_id": 5, "callback_query": PRESS}) == Incoming(event=pressed, **told)  # type: ignore[arg-type]  # as above


@given(
    st.text(max_size=40),
    st.integers(-(2**70), 2**70),
    st.fixed_dictionaries(
        {}, optional={"last_name": st.text(), "username": st.text(), "is_premium": st.booleans()}
    ),
)
def test_both_ways_of_reading_say_the_same(text: str, number: int, more: dict[str, Any]) -> None:
    user = {**HANNA, **more, "id": number}
    for update in (
        {"update_id": 5, "message": {**SAID, "from": user, "text": text}},
        {"update_id": 5, "message": {**SAID, "message_id": number}},
        {"update_id": 5, "callback_query": {**PRESS, "from": user, "data": text}},
    ):
        found = common(update)
        assert found is None or found == library(update)


def commanded(text: str, length: int, offset: int = 0) -> dict[str, Any]:
    entity = {"type": "bot_command", "offset": offset, "length": length}
    return {"update_id": 5, "message": {**SAID, "text": text, "entities": [entity]}}


def test_a_bare_command_is_read_by_its_shape() -> None:
    found = common(commanded("/Start", 6))
    assert found is not None
    assert found.event == Commanded("start", message="7")


@pytest.mark.parametrize(
    "update",
    [
        commanded("/start 123", 6),
        commanded("/start@vestka_bot", 17),
        commanded("/старт", 6),
        commanded("so /help", 5, offset=3),
    ],
)
def test_a_command_with_more_to_it_is_left_to_the_library(update: dict[str, Any]) -> None:
    assert common(update) is None


@given(st.text("/aZ@_9 \u0130я", max_size=8), st.integers(-1, 9), st.integers(0, 1))
def test_both_ways_of_reading_commands_say_the_same(text: str, length: int, offset: int) -> None:
    update = commanded(text, length, offset)
    found = common(update)
    assert found is None or found == library(update)


@pytest.mark.parametrize(
    "change",
    [
        {"chat": {**CHAT, "type": "group", "id": -100}},
        {"chat": {**CHAT, "id": 2**64}},
        {"from": {**HANNA, "is_bot": True}},
        {"from": {**HANNA, "id": reading.ANONYMOUS_ADMIN}},
        {"sender_chat": {"id": -5, "type": "channel", "title": "x"}},
        {"forward_origin": {"type": "hidden_user", "sender_user_name": "x", "date": 1}},
        {"entities": [{"type": "bot_command", "offset": 0, "length": 6}]},
        {"text": None},
        {"message_id": "7"},
        {"date": 2**60},
        {"date": -(2**60)},
        {"something_new": 1},
    ],
)
def test_what_is_unusual_is_left_to_the_library(change: dict[str, Any]) -> None:
    assert common({"update_id": 5, "message": {**SAID, **change}}) is None


def test_an_update_with_more_in_it_is_left_to_the_library() -> None:
    assert common({"update_id": 5, "message": SAID, "callback_query": PRESS}) is None
    assert common({"update_id": 5, "message": SAID, "poll": {}}) is None
    assert common({"update_id": 5}) is None


def test_half_a_surrogate_pair_is_mended_as_ever() -> None:
    update = {"update_id": 5, "message": {**SAID, "text": "Ян \ud83d"}}
    found = read_update(Raw("5", json.dumps(update).encode()), Listening(None))
    assert found is not None
    assert found.event == Wrote("Ян \ufffd", "7")
