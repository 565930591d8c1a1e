"""The adapter against the strict double, with the library's real stack: what stands in the chats after."""

from __future__ import annotations

import pytest

from bot.networks import Delete, Document, Edit, OpenTopic, Post, Press, RenameTopic, Reply
from bot.networks.errors import (
    NothingThere,
    Refused,
    RoomClosed,
    RoomMoved,
    TopicMissing,
    TryLater,
    Unchanged,
    Unreachable,
)
from bot.networks.telegram import Telegram
from handlers.events import Moved, Pressed, Room
from tests.bot.networks.town import YES, posted, room
from tests.doubles.telegram import FakeClock, Group, Person, TelegramDouble


async def test_a_post_is_plain_protected_and_without_preview(
    tg: TelegramDouble, telegram: Telegram, hanna: Person
) -> None:
    name = await posted(telegram, Post(room(hanna), "*Калі?* https://example.org", ((YES,),), silent=True))
    shown = hanna.chat.messages[-1]
    assert (str(shown.id), shown.text) == (name, "*Калі?* https://example.org")
    assert (shown.protected, shown.silent, shown.preview) == (True, True, False)
    assert shown.data == (("yes:1",),)
    assert not {"parse_mode", "entities"} & set(tg.calls_of("sendMessage")[-1].parameters)


async def test_a_long_text_becomes_several_messages_with_the_buttons_below(
    telegram: Telegram, hanna: Person
) -> None:
    text = "\n\n".join(f"{n} " + "слова " * 300 for n in range(5))
    name = await posted(telegram, Post(room(hanna), text, ((YES,),)))
    shown = [one for one in hanna.chat.messages if one.from_bot]
    assert [str(one.id) for one in shown] == name.split(",")
    assert len(shown) == 3
    assert [one.labels for one in shown] == [(), (), ("Так",)]
    assert " ".join(one.text for one in shown).split() == text.split()
    await telegram.deliver(Delete(room(hanna), (name,)))
    assert not [one for one in hanna.chat.messages if one.from_bot]


async def test_half_a_post_is_taken_back_before_it_is_repeated(
    tg: TelegramDouble, telegram: Telegram, hanna: Person
) -> None:
    tg.faults.fail(502, "sendMessage", nth=2)
    with pytest.raises(Unreachable):
        await telegram.deliver(Post(room(hanna), "слова " * 1000))
    assert not [one for one in hanna.chat.messages if one.from_bot]


async def test_half_a_post_in_a_flood_is_named_and_left_until_calls_are_welcome_again(
    tg: TelegramDouble, telegram: Telegram, hanna: Person
) -> None:
    tg.faults.flood(7, "sendMessage", nth=2)
    with pytest.raises(TryLater) as caught:
        await telegram.deliver(Post(room(hanna), "слова " * 1000))
    (half,) = [one for one in hanna.chat.messages if one.from_bot]
    assert (caught.value.seconds, caught.value.left) == (7, (str(half.id),))
    assert not tg.calls_of("deleteMessages")


async def test_a_flood_while_half_a_post_is_taken_back_is_kept_to(
    tg: TelegramDouble, telegram: Telegram, hanna: Person
) -> None:
    tg.faults.fail(502, "sendMessage", nth=2)
    tg.faults.flood(7, "deleteMessages")
    with pytest.raises(TryLater) as caught:
        await telegram.deliver(Post(room(hanna), "слова " * 1000))
    (half,) = [one for one in hanna.chat.messages if one.from_bot]
    assert (caught.value.seconds, caught.value.left) == (7, (str(half.id),))


async def test_a_file_goes_with_its_name_and_the_text_as_caption(telegram: Telegram, group: Group) -> None:
    place = Room("telegram", str(group.id), await telegram.deliver(OpenTopic(room=_at(group), title="K7Q4F")))
    card = Post(place, "Картка", ((YES,),), document=Document("K7Q4F.age", b"age-encryption.org/v1"))
    name = await posted(telegram, card)
    shown = group.screen()[-1]
    assert (shown.document, shown.text, shown.labels) == ("K7Q4F.age", "Картка", ("Так",))
    assert str(shown.topic) == place.topic
    await telegram.deliver(Edit(place, name, "Іншая картка", ((YES,),), caption=True))
    assert group.screen()[-1].text == "Іншая картка"


def _at(group: Group) -> Room:
    return Room("telegram", str(group.id))


@pytest.mark.parametrize(
    "buttons",
    [
        ((Press("Так", "я" * 33),),),
        ((Press("Так", ""),),),
        ((Press(" ", "yes"),),),
        ((YES,) * 9,),
        ((YES,) * 8,) * 13,
    ],
)
async def test_buttons_beyond_the_limits_are_refused_before_anything_is_sent(
    tg: TelegramDouble, telegram: Telegram, hanna: Person, buttons: tuple[tuple[Press, ...], ...]
) -> None:
    with pytest.raises(Refused):
        await telegram.deliver(Post(room(hanna), "Калі?", buttons))
    assert tg.calls_of("sendMessage") == []


async def test_an_edit_replaces_words_and_buttons(telegram: Telegram, hanna: Person) -> None:
    name = await posted(telegram, Post(room(hanna), "Калі?", ((YES,),)))
    await telegram.deliver(Edit(room(hanna), name, "Дзе?"))
    assert (hanna.chat.messages[-1].text, hanna.chat.messages[-1].labels) == ("Дзе?", ())
    with pytest.raises(Unchanged):
        await telegram.deliver(Edit(room(hanna), name, "Дзе?"))
    await telegram.deliver(Delete(room(hanna), (name,)))
    with pytest.raises(NothingThere):
        await telegram.deliver(Edit(room(hanna), name, "Хто?"))


async def test_both_sides_are_deleted_in_batches(
    tg: TelegramDouble, telegram: Telegram, hanna: Person
) -> None:
    for number in range(120):
        await hanna.send(f"слова {number}")
    names = tuple(str(one.id) for one in hanna.chat.messages)
    assert await telegram.deliver(Delete(room(hanna), names)) is None
    assert hanna.chat.messages == []
    assert [len(call.parameters["message_ids"]) for call in tg.calls_of("deleteMessages")] == [100, 21]


async def test_one_message_too_old_to_delete_keeps_no_other(
    tg: TelegramDouble, telegram: Telegram, hanna: Person
) -> None:
    (old,) = hanna.chat.messages
    assert isinstance(tg.clock, FakeClock)
    tg.clock.advance(hours=49)
    fresh = await hanna.send("свежае")
    left = await telegram.deliver(Delete(room(hanna), (str(old.id), str(fresh.id), "999999")))
    assert left == str(old.id)
    assert [one.id for one in hanna.chat.messages] == [old.id]


async def test_a_press_is_answered_once_and_too_late_is_no_harm(
    tg: TelegramDouble, telegram: Telegram, hanna: Person
) -> None:
    await telegram.deliver(Post(room(hanna), "Калі?", ((YES,),)))
    await hanna.click("Так")
    incoming = telegram.read((await telegram.receive(None)).updates[-1])
    assert incoming is not None
    assert isinstance(incoming.event, Pressed)
    await telegram.deliver(Reply(incoming.event.query, "т" * 300, alert=True))
    asked = tg.calls_of("answerCallbackQuery")[-1].parameters
    assert (len(asked["text"]), asked["show_alert"]) == (200, True)
    assert isinstance(tg.clock, FakeClock)
    tg.clock.advance(hours=1)
    with pytest.raises(NothingThere):
        await telegram.deliver(Reply("12345"))


async def test_a_topic_is_opened_renamed_closed_and_missed(telegram: Telegram, group: Group) -> None:
    topic = await telegram.deliver(OpenTopic(_at(group), "т" * 200))
    place = Room("telegram", str(group.id), topic)
    assert len(group.topics[0].name) == 128
    await telegram.deliver(RenameTopic(place, "K7Q4F · закрыта", closed=True))
    await telegram.deliver(RenameTopic(place, "K7Q4F · закрыта", closed=True))
    assert (group.topics[0].name, group.topics[0].closed) == ("K7Q4F · закрыта", True)
    await telegram.deliver(RenameTopic(place, "K7Q4F", closed=False))
    assert not group.topics[0].closed
    group.drop_topic(group.topics[0].id)
    for outgoing in (Post(place, "Картка"), RenameTopic(place, "K7Q4F")):
        with pytest.raises(TopicMissing):
            await telegram.deliver(outgoing)


async def test_whoever_blocked_us_closed_their_room(telegram: Telegram, hanna: Person) -> None:
    await hanna.block_bot()
    with pytest.raises(RoomClosed):
        await telegram.deliver(Post(room(hanna), "Калі?"))
    with pytest.raises(RoomClosed):
        await telegram.deliver(Post(Room("telegram", "424242"), "Калі?"))


async def test_a_group_that_moved_is_followed(tg: TelegramDouble, telegram: Telegram) -> None:
    group = tg.group("Пакой")
    group.add_bot()
    old = str(group.id)
    telegram.follow(old)
    new = str(group.migrate())
    with pytest.raises(RoomMoved) as caught:
        await telegram.deliver(Post(Room("telegram", old), "Картка"))
    assert caught.value.room == telegram.group == new
    telegram.follow(old)
    events = [telegram.read(raw) for raw in (await telegram.receive(None)).updates]
    assert Moved(new) in [incoming.event for incoming in events if incoming]
    assert telegram.group == new


@pytest.mark.parametrize("kind", ["close", "fail", "lose_answer"])
async def test_a_server_in_trouble_is_unreachable(
    tg: TelegramDouble, telegram: Telegram, hanna: Person, kind: str
) -> None:
    getattr(tg.faults, kind)(method="sendMessage")
    with pytest.raises(Unreachable):
        await telegram.deliver(Post(room(hanna), "Калі?"))
    await telegram.deliver(Post(room(hanna), "Калі?"))
