"""One update in, one event out: what each kind of message, press and change means to us."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.events import (
    Account,
    Attached,
    Commanded,
    Departed,
    Edited,
    Knocked,
    Medium,
    MembersChanged,
    Moved,
    Pressed,
    Room,
    Wrote,
)
from tests.bot.networks.raw_updates import (
    FILE,
    GROUP,
    HANNA,
    PRIVATE,
    SIZE,
    SUPERGROUP,
    event_of,
    member_change,
    message,
    order,
    pressed,
    read,
    request,
)


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


def test_only_a_link_of_ours_names_an_entry_when_somebody_asks_to_come_in() -> None:
    incoming = read(chat_join_request=request())
    assert event_of(incoming) == Knocked("m-03", "https://t.me/+TEST")
    assert incoming is not None
    assert (incoming.sender.id, incoming.private) == ("5001", False)
    assert event_of(read(chat_join_request=request("Another_Bot"))) == Knocked()
    bare = request()
    bare["invite_link"] = {key: value for key, value in bare["invite_link"].items() if key != "name"}
    assert event_of(read(chat_join_request=bare)) == Knocked("", "https://t.me/+TEST")
    unnamed = {key: value for key, value in request().items() if key != "invite_link"}
    assert event_of(read(chat_join_request=unnamed)) == Knocked()
    assert read(chat_join_request=request(chat={**SUPERGROUP, "id": -1009})) is None


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
        ({"chat_join_request": request()}, told_of(Room("telegram", str(GROUP)), "5001", private=False)),
        (
            {"chat_member": member_change("left", chat=SUPERGROUP)},
            told_of(Room("telegram", str(GROUP)), "5001", private=False),
        ),
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
