"""A person and the bot talk: what one does, the other sees."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyKeyboardMarkup
from telegram.error import BadRequest, Forbidden

from tests.doubles.telegram import TelegramDouble


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(one, callback_data=f"go:{one}")] for one in labels])


async def test_a_person_writes_the_bot_asks_and_a_button_is_answered(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор", language="be")
    await hanna.send("/start")
    (update,) = await bot.get_updates(timeout=0)
    assert update.message is not None
    assert update.message.from_user is not None
    assert (update.message.text, update.message.from_user.language_code) == ("/start", "be")
    await bot.send_message(hanna.id, "Вы за мяжой?", reply_markup=keyboard("Так", "Не"))
    seen = await hanna.wait_for("мяжой")
    assert seen.buttons == (("Так",), ("Не",))
    assert seen.data == (("go:Так",), ("go:Не",))
    press = await hanna.click("Не")
    (update,) = await bot.get_updates(offset=update.update_id + 1)
    assert update.callback_query is not None
    assert update.callback_query.data == "go:Не"
    await bot.answer_callback_query(update.callback_query.id, text="Добра")
    assert await press.answer() == "Добра"
    assert tg.violations == []


async def test_several_people_have_chats_of_their_own(tg: TelegramDouble, bot: Bot) -> None:
    hanna, jan = tg.person("Ганна Узор"), tg.person("Ян Прыклад", language="ru")
    await hanna.send("адно")
    await jan.send("другое")
    await bot.send_message(jan.id, "толькі Яну")
    assert [one.text for one in hanna.screen()] == ["адно"]
    assert [one.text for one in jan.screen()] == ["другое", "толькі Яну"]
    assert hanna.id >= 2**33
    assert hanna.id != jan.id


async def test_a_deleted_message_leaves_the_screen_but_not_the_history(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    said = await hanna.send("сакрэт")
    asked = await bot.send_message(hanna.id, "пытанне")
    await bot.edit_message_text("іншае пытанне", hanna.id, asked.message_id)
    assert await bot.delete_messages(hanna.id, [said.id, asked.message_id, 999_999])
    assert hanna.screen() == []
    assert [one.text for one in hanna.chat.deleted] == ["сакрэт", "іншае пытанне"]
    assert [one.text for one in hanna.chat.history] == ["сакрэт", "пытанне", "іншае пытанне"]


async def test_a_person_edits_and_the_bot_hears_it(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    said = await hanna.send("Менск")
    await hanna.edit(said, "Мінск")
    first, second = await bot.get_updates()
    assert first.message is not None
    assert second.edited_message is not None
    assert (first.message.text, second.edited_message.text) == ("Менск", "Мінск")
    assert second.edited_message.edit_date is not None


async def test_nobody_who_has_not_written_first_can_be_written_to(tg: TelegramDouble, bot: Bot) -> None:
    silent = tg.person("Пётр Тэст")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(silent.id, "добры дзень")


async def test_a_block_is_told_and_forbids_until_it_is_lifted(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    await hanna.send("/start")
    await hanna.block_bot()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(hanna.id, "яшчэ тут?")
    with pytest.raises(ValueError, match="unblock_bot"):
        await hanna.send("я тут")
    await hanna.unblock_bot()
    await bot.send_message(hanna.id, "яшчэ тут?")
    states = [one.my_chat_member for one in await bot.get_updates() if one.my_chat_member]
    assert [one.new_chat_member.status for one in states] == ["kicked", "member"]


async def test_a_long_text_arrives_in_pieces_as_phones_send_it(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    await hanna.send("ы" * 5000)
    texts = [one.message.text for one in await bot.get_updates() if one.message]
    assert [len(text or "") for text in texts] == [4096, 904]


async def test_a_missing_button_says_which_there_are(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    await hanna.send("/start")
    await bot.send_message(hanna.id, "?", reply_markup=keyboard("Далей"))
    with pytest.raises(LookupError, match="Далей"):
        await hanna.click("Назад")
    with pytest.raises(AssertionError, match="in vain"):
        await hanna.wait_for("нічога такога", timeout=0.05)


async def test_how_a_message_was_sent_is_remembered(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    await hanna.send("/start")
    quiet = LinkPreviewOptions(is_disabled=True)
    await bot.send_message(
        hanna.id, "ціха", protect_content=True, link_preview_options=quiet, disable_notification=True
    )
    await bot.send_message(hanna.id, "гучна", reply_markup=ReplyKeyboardMarkup([["Так", "Не"]]))
    silent, loud = hanna.screen()[1:]
    assert (silent.protected, silent.preview, silent.silent) == (True, False, True)
    assert (loud.protected, loud.preview, loud.silent) == (False, True, False)
    assert loud.keyboard == (("Так", "Не"),)
