"""Updates that are broken, strange or at the edge of what was promised."""

from __future__ import annotations

import pytest

from bot.networks import Raw
from bot.networks.errors import Unreadable
from bot.networks.telegram_reading import ANONYMOUS_ADMIN, NAME_LENGTH, read_update
from handlers.events import (
    Attached,
    Commanded,
    Medium,
    Pressed,
    Room,
)
from tests.bot.networks.raw_updates import (
    FILE,
    HANNA,
    LISTENING,
    PRIVATE,
    SIZE,
    event_of,
    message,
    order,
    pressed,
    read,
)


@pytest.mark.parametrize(
    "body",
    [
        b"Hanna Uzor",
        b"[]",
        b'{"update_id": 77, "message": "Hanna Uzor"}',
        b'{"update_id": 77, "message": {"message_id": 9, "text": "Hanna Uzor"}}',
        b'{"update_id": 77, "callback_query": {"id": "Hanna Uzor"}}',
        b"[" * 100_000,
    ],
)
def test_garbage_is_refused_without_quoting_it(body: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        read_update(Raw("77", body), LISTENING)
    assert "Uzor" not in repr(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("strange", [2**52, -(2**64), "5001", True, 1.0, None, [5001], "\ud800"])
@pytest.mark.parametrize("place", ["message_id", "chat", "from"])
def test_an_id_that_is_no_id_names_no_room_and_no_message(place: str, strange: object) -> None:
    field = strange if place == "message_id" else {"chat": PRIVATE, "from": HANNA}[place] | {"id": strange}
    with pytest.raises(Unreadable):
        read(message=message(text="слова") | {place: field})


@pytest.mark.parametrize("strange", [7, "\ud800", "7" * 65, "Ян"])
def test_a_press_or_an_album_has_a_plain_name(strange: object) -> None:
    with pytest.raises(Unreadable):
        read(callback_query={"id": strange, "from": HANNA, "data": "x", "chat_instance": "5",
                             "message": message(text="слова")})  # fmt: skip
    with pytest.raises(Unreadable):
        read(message=message(sticker=None, dice={"emoji": "🎲", "value": 3}, media_group_id=strange))


def test_an_account_that_speaks_for_others_is_nobody_in_private_either() -> None:
    masked = HANNA | {"id": ANONYMOUS_ADMIN}
    assert read(message=message(text="x") | {"from": masked}) is None
    assert read(message=message(text="x") | {"from": masked | {"id": ANONYMOUS_ADMIN + 1}}) is not None


def test_a_press_without_a_message_or_without_a_token_is_nothing() -> None:
    query = pressed()
    assert read(callback_query={key: value for key, value in query.items() if key != "message"}) is None
    assert read(callback_query={key: value for key, value in query.items() if key != "data"}) is None


def test_a_thread_of_a_private_chat_and_a_reply_in_a_group_are_no_topics() -> None:
    private = read(message=message(text="x", message_thread_id=3, is_topic_message=True))
    assert private is not None
    assert private.room == Room("telegram", "5001")
    reply = read(message=order("/claim", message_thread_id=33))
    assert reply is not None
    assert reply.room.topic is None


def test_a_medium_without_words_has_none() -> None:
    assert event_of(read(message=message(photo=[FILE | SIZE]))) == Attached(Medium.PHOTO, "", message="9")


def test_an_edited_medium_without_words_is_nothing() -> None:
    assert read(edited_message=message(photo=[FILE | SIZE], edit_date=1)) is None


def test_a_command_that_names_two_bots_is_for_the_first_name_only() -> None:
    text = "/start@a@vestka_test_bot"
    entity = {"type": "bot_command", "offset": 0, "length": len(text)}
    event = event_of(read(message=message(text=text, entities=[entity])))
    assert event == Commanded("start", "", message="9")
    assert read(message=order(text)) is None


@pytest.mark.parametrize(("length", "kept"), [(NAME_LENGTH, True), (NAME_LENGTH + 1, False)])
def test_a_name_of_the_networks_has_a_longest_length(length: int, kept: bool) -> None:
    query = pressed() | {"id": "q" * length}
    if kept:
        assert event_of(read(callback_query=query)) == Pressed("claim:1", message="9", query="q" * length)
    else:
        with pytest.raises(Unreadable):
            read(callback_query=query)
