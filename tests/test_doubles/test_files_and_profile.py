"""Uploads and downloads, media of people, commands and profile texts."""

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InputMediaDocument,
    Message,
)
from telegram.error import BadRequest, InvalidToken, NetworkError

from tests.doubles.telegram import FakeClock, TelegramDouble

PNG = b"\x89PNG\r\n\x1a\n invented"


async def newest(bot: Bot) -> Message:
    message = (await bot.get_updates(offset=-1))[-1].message
    assert message is not None
    return message


async def test_a_document_of_a_person_is_downloaded(tg: TelegramDouble, bot: Bot, clock: FakeClock) -> None:
    hanna = tg.person("Ганна Узор")
    await hanna.send_document(b"%PDF invented", "пастанова.pdf", caption="вось")
    message = await newest(bot)
    assert message.document is not None
    assert (message.document.file_name, message.caption) == ("пастанова.pdf", "вось")
    file = await bot.get_file(message.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"%PDF invented"
    clock.advance(hours=2)
    with pytest.raises((InvalidToken, NetworkError)):
        await file.download_as_bytearray()
    with pytest.raises(BadRequest, match="rong file_id"):
        await bot.get_file("TEST-FILE-of-nobody")


async def test_a_file_over_20_megabytes_cannot_be_downloaded(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    await hanna.send_document(bytes(20 * 1024 * 1024 + 1), "вялікі.bin")
    message = await newest(bot)
    assert message.document is not None
    with pytest.raises(BadRequest, match="ile is too big"):
        await bot.get_file(message.document.file_id)


async def test_photos_albums_voices_and_stickers_parse(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    await hanna.send_album(caption="альбом")
    await hanna.send_voice(seconds=7)
    await hanna.send_sticker("👍")
    await hanna.send_contact("+10000000000", "Ян")
    await hanna.send_location(53.9, 27.56)
    first, second, voice, sticker, contact, location = [one.message for one in await bot.get_updates()]
    assert first is not None
    assert second is not None
    assert first.media_group_id == second.media_group_id
    assert (first.caption, second.caption) == ("альбом", None)
    assert first.photo[-1].file_id != second.photo[-1].file_id
    assert voice is not None
    assert voice.voice is not None
    assert sticker is not None
    assert sticker.sticker is not None
    assert sticker.sticker.emoji == "👍"
    assert contact is not None
    assert contact.contact is not None
    assert location is not None
    assert location.location is not None


async def test_a_forward_shows_its_origin_or_hides_the_account(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    said = await hanna.send("чужыя словы")
    await hanna.forward(said)
    await hanna.forward(said, hidden=True)
    origins = [one.message.forward_origin for one in await bot.get_updates() if one.message]
    assert [one.type for one in origins if one] == ["user", "hidden_user"]
    await bot.send_message(hanna.id, "пад аховай", protect_content=True)
    with pytest.raises(ValueError, match="protected"):
        await hanna.forward(await hanna.wait_for("аховай"))


async def test_the_bot_sends_replaces_copies_and_forwards_files(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    await hanna.send("/start")
    photo = await bot.send_photo(hanna.id, PNG, caption="фота", has_spoiler=True)
    assert photo.has_media_spoiler
    paper = await bot.send_document(hanna.id, b"one", filename="a.age", caption="першы")
    await bot.edit_message_caption(hanna.id, paper.message_id, caption="другі")
    media = InputMediaDocument(b"two", filename="b.age", caption="трэці")
    await bot.edit_message_media(media, hanna.id, paper.message_id)
    shown = hanna.screen()[-1]
    assert (shown.document, shown.text, shown.edited) == ("b.age", "трэці", True)
    assert tg.world.files[shown.file_id].data == b"two"
    again = await bot.send_document(hanna.id, shown.file_id)
    assert again.document is not None
    await bot.copy_message(hanna.id, hanna.id, paper.message_id, caption="копія")
    forwarded = await bot.forward_message(hanna.id, hanna.id, paper.message_id)
    assert forwarded.forward_origin is not None
    assert [one.text for one in hanna.screen()][-2:] == ["копія", "трэці"]


async def test_files_that_cannot_be_sent_are_refused(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    await hanna.send("/start")
    for document, sentence in ((b"", "must be non-empty"), ("TEST-FILE-x", "rong file_id")):
        with pytest.raises(BadRequest, match=sentence):
            await bot.send_document(hanna.id, document)
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_photo(hanna.id, b"not a picture")
    with pytest.raises(BadRequest, match="aption is too long"):
        await bot.send_photo(hanna.id, PNG, caption="ы" * 1025)
    with pytest.raises(BadRequest, match="here is no document in the request"):
        await bot._post("sendDocument", {"chat_id": hanna.id})
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_document(hanna.id, bytes(50 * 1024 * 1024 + 1), filename="x")


async def test_commands_are_kept_by_scope_and_language(tg: TelegramDouble, bot: Bot) -> None:
    private, start = BotCommandScopeAllPrivateChats(), [BotCommand("start", "Пачаць")]
    assert await bot.set_my_commands(start, scope=private, language_code="be")
    assert await bot.get_my_commands(scope=private, language_code="be") == tuple(start)
    assert await bot.get_my_commands(scope=private) == ()
    assert await bot.get_my_commands() == ()
    assert await bot.delete_my_commands(scope=private, language_code="be")
    assert await bot.get_my_commands(scope=private, language_code="be") == ()
    for commands, code in (([("Start", "x")], ""), ([("start", "")], ""), ([("start", "x")], "bel")):
        with pytest.raises(BadRequest):
            await bot.set_my_commands(commands, language_code=code or None)
    with pytest.raises(BadRequest, match="hat not found"):
        await bot.set_my_commands(start, scope=BotCommandScopeChat(-1001))


async def test_profile_texts_are_kept_by_language(tg: TelegramDouble, bot: Bot) -> None:
    assert await bot.set_my_description("Апісанне", language_code="be")
    assert await bot.set_my_short_description("Каротка")
    assert await bot.set_my_name("Пробны")
    assert (await bot.get_my_description("be")).description == "Апісанне"
    assert (await bot.get_my_description()).description == ""
    assert (await bot.get_my_short_description("ru")).short_description == "Каротка"
    assert (await bot.get_my_name()).name == "Пробны"
    with pytest.raises(BadRequest, match="length 121"):
        await bot.set_my_short_description("ы" * 121)
