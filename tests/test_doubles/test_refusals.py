"""Every refusal becomes the exception python-telegram-bot has for it."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken

from tests.doubles.telegram import FakeClock, TelegramDouble


def buttons(*data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data=one)] for one in data])


async def test_a_wrong_token_and_a_malformed_one_are_told_apart(tg: TelegramDouble) -> None:
    for token in ("1000000002:TEST-TOKEN-of-nobody", "nonsense"):
        stranger = Bot(token, base_url=tg.base_url)
        with pytest.raises(InvalidToken):
            await stranger.initialize()
        await stranger.shutdown()


async def test_an_unknown_method_is_not_found(tg: TelegramDouble, bot: Bot) -> None:
    with pytest.raises(InvalidToken, match="method not found"):
        await bot._post("sendNothing")
    assert tg.violations[-1].method == "sendNothing"


async def test_after_logging_out_nothing_works(tg: TelegramDouble, bot: Bot) -> None:
    assert await bot.close()
    assert await bot.log_out()
    with pytest.raises(BadRequest, match="Logged out"):
        await bot.get_me()


async def test_the_48_hour_rule_goes_by_the_clock(tg: TelegramDouble, bot: Bot, clock: FakeClock) -> None:
    hanna = tg.person("Ганна Узор")
    old = await hanna.send("даўно")
    own = await bot.send_message(hanna.id, "пытанне")
    clock.advance(hours=47.99)
    assert await bot.delete_message(hanna.id, old.id)
    clock.advance(hours=0.02)
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_message(hanna.id, own.message_id)
    fresh = await hanna.send("толькі што")
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_messages(hanna.id, [fresh.id, own.message_id])
    assert {one.text for one in hanna.screen()} == {"пытанне", "толькі што"}
    assert await bot.delete_messages(hanna.id, [fresh.id])
    with pytest.raises(BadRequest, match="essage to delete not found"):
        await bot.delete_message(hanna.id, fresh.id)


async def test_in_a_group_deleting_others_needs_the_right(tg: TelegramDouble, bot: Bot) -> None:
    jan = tg.person("Ян Прыклад")
    group = tg.supergroup("Мадэратары")
    group.add_bot(rights=["can_pin_messages"])
    group.add(jan)
    said = await jan.send("болтаю", in_=group)
    own = await bot.send_message(group.id, "сваё")
    assert await bot.delete_message(group.id, own.message_id)
    with pytest.raises(BadRequest, match="essage can't be deleted"):
        await bot.delete_message(group.id, said.id)
    group.add_bot()
    assert await bot.delete_message(group.id, said.id)


async def test_a_deletion_takes_1_to_100_ids(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    await hanna.send("/start")
    assert await bot.delete_messages(hanna.id, range(1, 101))
    for ids in (range(0), range(1, 102)):
        with pytest.raises(BadRequest, match="not within 1"):
            await bot.delete_messages(hanna.id, list(ids))


async def test_edits_that_cannot_be_are_refused(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    said = await hanna.send("маё")
    own = await bot.send_message(hanna.id, "тэкст", reply_markup=buttons("a"))
    paper = await bot.send_document(hanna.id, b"x", filename="x.age", caption="подпіс")
    with pytest.raises(BadRequest, match="essage can't be edited"):
        await bot.edit_message_text("чужое", hanna.id, said.id)
    with pytest.raises(
        BadRequest, match="essage is not modified: specified new message content and reply markup"
    ):
        await bot.edit_message_text("тэкст", hanna.id, own.message_id, reply_markup=buttons("a"))
    with pytest.raises(BadRequest, match="essage to edit not found"):
        await bot.edit_message_text("дзе", hanna.id, 999_999)
    with pytest.raises(BadRequest, match="no text in the message to edit"):
        await bot.edit_message_text("дзе", hanna.id, paper.message_id)
    with pytest.raises(BadRequest, match="no caption in the message to edit"):
        await bot.edit_message_caption(hanna.id, own.message_id, caption="дзе")
    with pytest.raises(BadRequest, match=r"(?i)message_too_long"):
        await bot.edit_message_text("x" * 4097, hanna.id, own.message_id)
    assert await bot.edit_message_text("тэкст", hanna.id, own.message_id)
    assert hanna.screen()[1].labels == (), "leaving the keyboard out takes it away"


async def test_a_query_is_answered_once_and_in_time(tg: TelegramDouble, bot: Bot, clock: FakeClock) -> None:
    hanna = tg.person("Ганна Узор")
    await hanna.send("/start")
    await bot.send_message(hanna.id, "?", reply_markup=buttons("a", "b"))
    first, late = await hanna.click("a"), await hanna.click("b")
    assert await bot.answer_callback_query(first.id)
    clock.advance(tg.world.query_seconds + 1)
    for query in (first.id, late.id, "12345"):
        with pytest.raises(
            BadRequest, match="uery is too old and response timeout expired or query id is invalid"
        ):
            await bot.answer_callback_query(query)


async def test_an_upgraded_group_says_where_it_went(tg: TelegramDouble, bot: Bot) -> None:
    group = tg.group("Была група")
    group.add_bot()
    old = group.id
    new = group.migrate()
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(old, "сюды")
    assert moved.value.new_chat_id == new == group.id
    assert (await bot.send_message(new, "туды")).chat.type == "supergroup"
    said = [one.message for one in await bot.get_updates() if one.message]
    assert new in {one.migrate_to_chat_id for one in said}
    assert old in {one.migrate_from_chat_id for one in said}


async def test_a_bot_that_was_put_out_is_forbidden(tg: TelegramDouble, bot: Bot) -> None:
    group, other = tg.supergroup("Мадэратары"), tg.group("Простая")
    for one in (group, other):
        one.add_bot()
    group.kick_bot()
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(group.id, "тут?")
    assert await bot.leave_chat(other.id)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(other.id, "тут?")
    changes = [one.my_chat_member for one in await bot.get_updates() if one.my_chat_member]
    assert [one.new_chat_member.status for one in changes][-2:] == ["kicked", "left"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "message text is empty"), (" \n ", "message text is empty"), ("x" * 4097, "message is too long"),
     ("😀" * 2049, "message is too long")],
)  # fmt: skip
async def test_a_text_is_measured(tg: TelegramDouble, bot: Bot, text: str, sentence: str) -> None:
    hanna = tg.person("Ганна Узор")
    await hanna.send("/start")
    with pytest.raises(BadRequest, match=f"(?i){sentence}"):
        await bot.send_message(hanna.id, text)
    assert tg.violations[-1].method == "sendMessage"
    assert (await bot.send_message(hanna.id, "ы" * 4096)).text == "ы" * 4096


@pytest.mark.parametrize("data", ["", "ы" * 33, "x" * 65])
async def test_callback_data_is_1_to_64_bytes(tg: TelegramDouble, bot: Bot, data: str) -> None:
    hanna = tg.person("Ганна Узор")
    await hanna.send("/start")
    with pytest.raises(BadRequest, match=r"(?i)button_data_invalid|Text buttons are unallowed"):
        await bot.send_message(hanna.id, "?", reply_markup=buttons(data))
    await bot.send_message(hanna.id, "?", reply_markup=buttons("ы" * 32))


async def test_keyboards_are_counted_and_their_texts_read(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    await hanna.send("/start")
    one = InlineKeyboardButton("x", callback_data="x")
    for rows in ([[one] * 9], [[one]] * 101):
        with pytest.raises(BadRequest, match="eply markup is too long"):
            await bot.send_message(hanna.id, "?", reply_markup=InlineKeyboardMarkup(rows))
    blank = InlineKeyboardMarkup([[InlineKeyboardButton(" ", callback_data="x")]])
    with pytest.raises(BadRequest, match="button text must be non-empty"):
        await bot.send_message(hanna.id, "?", reply_markup=blank)
    bad = InlineKeyboardMarkup([[InlineKeyboardButton("x", url="ftp://example.org")]])
    with pytest.raises(BadRequest, match=r"(?i)button_url_invalid"):
        await bot.send_message(hanna.id, "?", reply_markup=bad)
    await bot.send_message(hanna.id, "?", reply_markup=InlineKeyboardMarkup([[one] * 8] * 12))


async def test_entities_are_counted_in_utf16(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    await hanna.send("/start")
    bold = MessageEntity(MessageEntity.BOLD, offset=3, length=5)
    sent = await bot.send_message(hanna.id, "😀 Ганна", entities=[bold])
    assert sent.parse_entities() == {sent.entities[0]: "Ганна"}
    for offset, length in ((3, 6), (1, 2), (0, 1)):
        wrong = MessageEntity(MessageEntity.BOLD, offset=offset, length=length)
        with pytest.raises(BadRequest):
            await bot.send_message(hanna.id, "😀 Ганна", entities=[wrong])


async def test_html_becomes_entities_and_other_styles_are_refused(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    await hanna.send("/start")
    sent = await bot.send_message(hanna.id, "<b>Так</b> &amp; <i>не</i>", parse_mode="HTML")
    assert sent.text == "Так & не"
    assert sorted(sent.parse_entities().values()) == ["Так", "не"]
    for text, mode in (("<blink>x</blink>", "HTML"), ("<b>x", "HTML"), ("x", "Latin"), ("*x*", "MarkdownV2")):
        with pytest.raises(BadRequest):
            await bot.send_message(hanna.id, text, parse_mode=mode)


async def test_unknown_and_wrongly_typed_parameters_are_refused_and_noted(
    tg: TelegramDouble, bot: Bot
) -> None:
    hanna = tg.person("Ганна Узор")
    await hanna.send("/start")
    with pytest.raises(BadRequest, match="endmessage has no parameter colour"):
        await bot.send_message(hanna.id, "x", api_kwargs={"colour": "red"})
    with pytest.raises(BadRequest, match="must be an integer"):
        await bot._post("deleteMessage", {"chat_id": hanna.id, "message_id": "seven"})
    with pytest.raises(BadRequest, match="essage identifier is not specified"):
        await bot._post("deleteMessage", {"chat_id": hanna.id})
    assert [one.method for one in tg.violations] == ["sendMessage", "deleteMessage", "deleteMessage"]
    tg.desk.strict = False
    await bot.send_message(hanna.id, "x", api_kwargs={"colour": "red"})


async def test_a_reply_to_nothing_is_refused_unless_allowed(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    said = await hanna.send("пытанне")
    answer = await bot.send_message(hanna.id, "адказ", reply_to_message_id=said.id)
    assert answer.reply_to_message is not None
    await hanna.delete(said)
    with pytest.raises(BadRequest, match="essage to be replied not found"):
        await bot.send_message(hanna.id, "адказ", reply_to_message_id=said.id)
    await bot.send_message(hanna.id, "адказ", reply_to_message_id=said.id, allow_sending_without_reply=True)
