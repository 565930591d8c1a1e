"""Forum topics, cards with documents, and clicks in a group."""

from collections.abc import Awaitable, Callable

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from tests.doubles.telegram import Group, TelegramDouble

TAKE = InlineKeyboardMarkup([[InlineKeyboardButton("Узяць", callback_data="take:1")]])


@pytest.fixture
def group(tg: TelegramDouble) -> Group:
    made = tg.supergroup("Мадэратары", forum=True)
    made.add_bot()
    return made


async def test_a_card_in_a_topic_with_its_document_is_clicked_by_a_moderator(
    tg: TelegramDouble, bot: Bot, group: Group
) -> None:
    moderator = tg.person("Пётр Тэст")
    group.add(moderator)
    topic = await bot.create_forum_topic(group.id, "🔴 K7QF")
    thread = topic.message_thread_id
    await bot.send_message(
        group.id, "картка", message_thread_id=thread, reply_markup=TAKE, protect_content=True
    )
    sent = await bot.send_document(
        group.id, b"sealed bytes", filename="K7QF.age", message_thread_id=thread, caption="файл"
    )
    assert sent.document is not None
    assert sent.document.file_name == "K7QF.age"
    card, attached = group.screen(topic=thread)[1:]
    assert (card.text, card.protected, card.labels) == ("картка", True, ("Узяць",))
    assert (attached.document, attached.text, attached.topic) == ("K7QF.age", "файл", thread)
    await moderator.click("Узяць", in_=card)
    queries = [one.callback_query for one in await bot.get_updates() if one.callback_query]
    assert [one.from_user.id for one in queries] == [moderator.id]
    assert group.topic("K7QF").id == thread


async def test_a_topic_is_renamed_closed_reopened_and_deleted(bot: Bot, group: Group) -> None:
    thread = (await bot.create_forum_topic(group.id, "K7QF", icon_color=9367192)).message_thread_id
    assert await bot.edit_forum_topic(group.id, thread, name="✅ K7QF")
    assert [one.name for one in group.topics] == ["✅ K7QF"]
    assert await bot.close_forum_topic(group.id, thread)
    assert group.topics[0].closed
    assert await bot.reopen_forum_topic(group.id, thread)
    await bot.send_message(group.id, "у тэме", message_thread_id=thread)
    assert await bot.delete_forum_topic(group.id, thread)
    assert (group.topics, group.screen(topic=thread)) == ([], [])


@pytest.mark.parametrize(
    ("attempt", "sentence"),
    [
        (lambda b, g, t: b.send_message(g.id, "x", message_thread_id=t + 500), "Message thread not found"),
        (lambda b, g, t: b.send_message(g.id, "x", message_thread_id=1), "Message thread not found"),
        (lambda b, g, t: b.edit_forum_topic(g.id, t + 500, name="x"), "Topic_id_invalid"),
        (lambda b, g, t: b.edit_forum_topic(g.id, t, name="K7QF"), "Topic_not_modified"),
        (lambda b, g, t: b.reopen_forum_topic(g.id, t), "Topic_not_modified"),
        (lambda b, g, t: b.delete_message(g.id, t), "Message can't be deleted"),
        (lambda b, g, t: b.create_forum_topic(g.id, "x", icon_color=7), "Invalid icon_color specified"),
    ],
)
async def test_a_topic_call_that_cannot_be_is_refused(
    bot: Bot, group: Group, attempt: Callable[[Bot, Group, int], Awaitable[object]], sentence: str
) -> None:
    thread = (await bot.create_forum_topic(group.id, "K7QF")).message_thread_id
    with pytest.raises(BadRequest, match=f"(?i)^{sentence}$"):
        await attempt(bot, group, thread)


async def test_without_the_right_no_topic_is_opened(tg: TelegramDouble, bot: Bot) -> None:
    weak = tg.supergroup("Без правоў", forum=True)
    weak.add_bot(rights=["can_delete_messages"])
    with pytest.raises(BadRequest, match="ot enough rights to create a topic"):
        await bot.create_forum_topic(weak.id, "x")
    plain = tg.supergroup("Без тэм")
    plain.add_bot()
    with pytest.raises(BadRequest, match="he chat is not a forum"):
        await bot.create_forum_topic(plain.id, "x")


async def test_a_closed_topic_takes_messages_only_from_who_manages_topics(
    tg: TelegramDouble, bot: Bot, group: Group
) -> None:
    topic = group.open_topic("Закрытая")
    group.close_topic(topic.id)
    await bot.send_message(group.id, "можна", message_thread_id=topic.id)
    group.add_bot(rights=["can_delete_messages"])
    with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
        await bot.send_message(group.id, "нельга", message_thread_id=topic.id)
    group.drop_topic(topic.id)
    with pytest.raises(BadRequest, match="essage thread not found"):
        await bot.send_message(group.id, "нельга", message_thread_id=topic.id)
