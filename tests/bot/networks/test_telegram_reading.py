"""One update in, one event out: what each kind of message, press and change means to us."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.networks import Raw
from bot.networks.errors import Unreadable
from bot.networks.telegram_reading import NAME_LENGTH, Listening, read_update
from handlers.events import (
    Account,
    Attached,
    Commanded,
    Departed,
    Edited,
    Incoming,
    Knocked,
    Medium,
    MembersChanged,
    Moved,
    Pressed,
    Room,
    Wrote,
)

GROUP = -1001234567890
HANNA = {"id": 5001, "is_bot": False, "first_name": "Ганна", "last_name": "Узор", "language_code": "be-BY"}
PRIVATE = {"id": 5001, "type": "private", "first_name": "Ганна"}
SUPERGROUP = {"id": GROUP, "type": "supergroup", "title": "Пакой", "is_forum": True}
LISTENING = Listening(str(GROUP), "Vestka_Test_Bot")


def read(**update: Any) -> Incoming | None:
    body = json.dumps({"update_id": 77, **update}).encode()
    return read_update(Raw("77", body), LISTENING)


def message(**fields: Any) -> dict[str, Any]:
    return {"message_id": 9, "date": 1900000000, "chat": PRIVATE, "from": HANNA, **fields}


def order(text: str, **fields: Any) -> dict[str, Any]:
    """A message in the moderators' group that begins with a command."""
    entity = {"type": "bot_command", "offset": 0, "length": len(text.split(" ", maxsplit=1)[0])}
    return message(chat=SUPERGROUP, text=text, entities=[entity]) | fields


def event_of(incoming: Incoming | None) -> object:
    assert incoming is not None
    return incoming.event


def test_a_text_in_private_is_something_written() -> None:
    incoming = read(message=message(text="Затрыманы ўчора"))
    assert incoming is not None
    assert incoming.event == Wrote("Затрыманы ўчора", message="9")
    assert incoming.room == Room("telegram", "5001")
    assert (incoming.key, incoming.sender.id, incoming.hint, incoming.private) == ("77", "5001", "be", True)


@pytest.mark.parametrize(
    ("code", "hint"), [("ru", "ru"), ("en-GB", "en"), ("be", "be"), ("pl", None), (None, None)]
)
def test_the_phone_hints_at_a_language_we_speak(code: str | None, hint: str | None) -> None:
    person = HANNA | {"language_code": code}
    for words in ({"text": "x"}, {"photo": [FILE | SIZE]}):  # by its shape, and by the library
        incoming = read(message=message(**words) | {"from": person})
        assert incoming is not None
        assert incoming.hint == hint


def test_a_forwarded_text_says_so_and_is_never_a_command() -> None:
    origin = {"type": "hidden_user", "sender_user_name": "Нехта", "date": 1}
    entity = {"type": "bot_command", "offset": 0, "length": 5}
    incoming = read(message=message(text="/stop", entities=[entity], forward_origin=origin))
    assert event_of(incoming) == Wrote("/stop", message="9", forwarded=True)


def test_a_command_loses_its_slash_its_bot_and_keeps_its_argument() -> None:
    text = "/Start@vestka_test_bot  K7Q4F "
    entity = {"type": "bot_command", "offset": 0, "length": 22}
    incoming = read(message=message(text=text, entities=[entity]))
    assert event_of(incoming) == Commanded("start", "K7Q4F", message="9")


def test_a_slash_inside_a_text_is_no_command() -> None:
    entity = {"type": "bot_command", "offset": 3, "length": 5}
    assert event_of(read(message=message(text="aa /stop", entities=[entity]))) == Wrote("aa /stop", "9")


def test_half_a_surrogate_pair_does_not_travel_on() -> None:
    event = event_of(read(message=message(text="сын \ud83d")))
    assert isinstance(event, Wrote)
    assert event.text.encode("utf-8")


def test_an_edited_text_or_caption_is_an_edit() -> None:
    assert event_of(read(edited_message=message(text="не, 14", edit_date=1))) == Edited("не, 14", "9")
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    captioned = message(caption="подпіс", photo=photo, edit_date=1)
    assert event_of(read(edited_message=captioned)) == Edited("подпіс", "9")


FILE = {"file_id": "f", "file_unique_id": "u"}
SIZE = {"width": 1, "height": 1}


@pytest.mark.parametrize(
    ("fields", "medium"),
    [
        ({"photo": [FILE | SIZE]}, Medium.PHOTO),
        ({"document": FILE}, Medium.DOCUMENT),
        ({"voice": FILE | {"duration": 3}}, Medium.VOICE),
        ({"audio": FILE | {"duration": 3}}, Medium.VOICE),
        ({"video": FILE | SIZE | {"duration": 3}}, Medium.VIDEO),
        ({"video_note": FILE | {"length": 1, "duration": 3}}, Medium.VIDEO),
        ({"animation": FILE | SIZE | {"duration": 3}, "document": FILE}, Medium.VIDEO),
        (
            {"sticker": FILE | SIZE | {"type": "regular", "is_animated": False, "is_video": False}},
            Medium.STICKER,
        ),
        ({"contact": {"phone_number": "+1", "first_name": "Ян Прыклад"}}, Medium.CONTACT),
        ({"location": {"latitude": 1.0, "longitude": 2.0}}, Medium.LOCATION),
        ({"dice": {"value": 3, "emoji": "🎲"}}, Medium.OTHER),
        ({"something_new_next_year": {"a": 1}}, Medium.OTHER),
    ],
)
def test_everything_that_is_not_text_is_an_attachment(fields: dict[str, Any], medium: Medium) -> None:
    incoming = read(message=message(caption="подпіс", media_group_id="g1", **fields))
    assert event_of(incoming) == Attached(medium, "подпіс", message="9", album="g1")


def test_a_note_of_the_network_itself_is_nothing() -> None:
    timer = {"message_auto_delete_time": 86400}
    assert read(message=message(message_auto_delete_timer_changed=timer)) is None


def pressed(**fields: Any) -> dict[str, Any]:
    card = order("card") | {"from": {"id": 1, "is_bot": True, "first_name": "b"}}
    return {"id": "q1", "from": HANNA, "chat_instance": "1", "data": "claim:1", "message": card} | fields


def test_a_press_in_private_carries_token_message_and_query() -> None:
    incoming = read(callback_query=pressed(message=message(text="Калі?")))
    assert event_of(incoming) == Pressed("claim:1", message="9", query="q1")


def test_a_press_under_a_message_too_old_to_see_still_counts() -> None:
    old = {"chat": PRIVATE, "message_id": 4, "date": 0}
    assert event_of(read(callback_query=pressed(message=old))) == Pressed("claim:1", message="4", query="q1")


def test_a_press_in_the_group_knows_its_topic_and_is_not_private() -> None:
    card = order("card", message_thread_id=33, is_topic_message=True)
    incoming = read(callback_query=pressed(message=card))
    assert incoming is not None
    assert incoming.room == Room("telegram", str(GROUP), "33")
    assert not incoming.private


def member_change(status: str, *, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    robot = {"id": 1, "is_bot": True, "first_name": "b"}
    new = {"user": robot, "status": status} | ({"until_date": 0} if status == "kicked" else {})
    return {
        "chat": chat,
        "from": HANNA,
        "date": 1900000000,
        "old_chat_member": {"user": robot, "status": "member"},
        "new_chat_member": new,
    }


def test_being_blocked_is_a_departure_and_being_unblocked_nothing() -> None:
    assert event_of(read(my_chat_member=member_change("kicked"))) == Departed()
    assert read(my_chat_member=member_change("member")) is None


def test_in_the_group_a_command_of_a_person_is_heard() -> None:
    incoming = read(
        message=order("/claim@Vestka_test_bot K7Q4F", message_thread_id=33, is_topic_message=True)
    )
    assert incoming is not None
    assert incoming.event == Commanded("claim", "K7Q4F", message="9")
    assert incoming.room.topic == "33"
    assert not incoming.private


ELSEWHERE = SUPERGROUP | {"id": -100999}
ROBOT = HANNA | {"is_bot": True}
MASKED = HANNA | {"id": 1087968824, "is_bot": True}


@pytest.mark.parametrize(
    "unheard",
    [
        message(chat=SUPERGROUP, text="размова"),
        order("/claim@other_bot K7Q4F"),
        order("/claim K7Q4F") | {"from": ROBOT},
        order("/claim K7Q4F") | {"from": MASKED},
        order("/claim K7Q4F", sender_chat=SUPERGROUP),
        order("/claim K7Q4F", chat=ELSEWHERE),
        order("/claim", forward_origin={"type": "hidden_user", "sender_user_name": "x", "date": 1}),
        message(chat=SUPERGROUP, photo=[FILE | SIZE], caption="/claim"),
    ],
)
def test_in_groups_nobody_else_and_nothing_else_is_heard(unheard: dict[str, Any]) -> None:
    assert read(message=unheard) is None
    assert read(edited_message=unheard) is None


def test_presses_from_other_groups_and_bots_are_not_heard() -> None:
    assert read(callback_query=pressed(message=order("card", chat=ELSEWHERE))) is None
    assert read(callback_query=pressed() | {"from": ROBOT}) is None


def test_the_group_says_where_it_moved() -> None:
    incoming = read(message=message(chat=SUPERGROUP, migrate_to_chat_id=-100777))
    assert event_of(incoming) == Moved("-100777")
    assert read(message=message(chat=ELSEWHERE, migrate_to_chat_id=-100777)) is None


def test_a_change_among_the_moderators_is_heard_and_elsewhere_is_nobodys_business() -> None:
    elsewhere = {**SUPERGROUP, "id": -1009999999999}
    assert event_of(read(chat_member=member_change("left", chat=SUPERGROUP))) == MembersChanged()
    assert event_of(read(my_chat_member=member_change("kicked", chat=SUPERGROUP))) == MembersChanged()
    assert read(chat_member=member_change("left", chat=elsewhere)) is None
    assert read(my_chat_member=member_change("kicked", chat=elsewhere)) is None


def request(name: str = "Vestka_Test_Bot", *, chat: dict[str, Any] = SUPERGROUP) -> dict[str, Any]:
    """Somebody follows a link that a bot of this name made for m-03."""
    creator = {"id": 8001, "is_bot": True, "first_name": "Бот", "username": name}
    marks = {"creates_join_request": True, "is_primary": False, "is_revoked": False, "name": "m-03"}
    link = {"invite_link": "https://t.me/+TEST", "creator": creator, **marks}
    asked = {"chat": chat, "from": HANNA, "user_chat_id": 5001, "date": 1900000000}
    return {**asked, "invite_link": link}


def test_only_a_link_of_ours_names_an_entry_when_somebody_asks_to_come_in() -> None:
    incoming = read(chat_join_request=request())
    assert event_of(incoming) == Knocked("m-03", "https://t.me/+TEST")
    assert incoming is not None
    assert (incoming.sender.id, incoming.private) == ("5001", False)
    assert event_of(read(chat_join_request=request("Another_Bot"))) == Knocked()
    unnamed = {key: value for key, value in request().items() if key != "invite_link"}
    assert event_of(read(chat_join_request=unnamed)) == Knocked()
    assert read(chat_join_request=request(chat={**SUPERGROUP, "id": -1009})) is None


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


def told_of(room: Room, account: str, *, private: bool) -> tuple[Any, ...]:
    return ("77", room, Account("telegram", account), private)


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ({"message": message(text="x")}, told_of(Room("telegram", "5001"), "5001", private=True)),
        (
            {"edited_message": message(text="x", edit_date=1)},
            told_of(Room("telegram", "5001"), "5001", private=True),
        ),
        (
            {"callback_query": pressed(message=message(text="?"))},
            told_of(Room("telegram", "5001"), "5001", private=True),
        ),
        (
            {"callback_query": pressed(message={"chat": PRIVATE, "message_id": 4, "date": 0})},
            told_of(Room("telegram", "5001"), "5001", private=True),
        ),
        (
            {"callback_query": pressed(message={"chat": SUPERGROUP, "message_id": 4, "date": 0})},
            told_of(Room("telegram", str(GROUP)), "5001", private=False),
        ),
        ({"callback_query": pressed()}, told_of(Room("telegram", str(GROUP)), "5001", private=False)),
        (
            {"my_chat_member": member_change("kicked")},
            told_of(Room("telegram", "5001"), "5001", private=True),
        ),
        ({"message": order("/claim")}, told_of(Room("telegram", str(GROUP)), "5001", private=False)),
        (
            {"message": message(chat=SUPERGROUP, migrate_to_chat_id=-100777)},
            told_of(Room("telegram", str(GROUP)), str(GROUP), private=False),
        ),
    ],
)
def test_every_event_knows_its_number_its_room_its_sender_and_whether_it_is_private(
    update: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    incoming = read(**update)
    assert incoming is not None
    assert (incoming.key, incoming.room, incoming.sender, incoming.private) == expected


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
