"""Groups: what the bot may ask, who comes and goes, invitations, pins."""

from datetime import datetime

import pytest
from telegram import Bot, ChatMemberAdministrator, ChatMemberBanned, ChatMemberOwner
from telegram.error import BadRequest

from tests.doubles.telegram import FakeClock, Group, TelegramDouble

EVERYTHING = ["message", "chat_member", "my_chat_member", "chat_join_request", "callback_query"]


@pytest.fixture
async def group(tg: TelegramDouble, bot: Bot) -> Group:
    await bot.get_updates(allowed_updates=EVERYTHING)
    made = tg.supergroup("Мадэратары", forum=True)
    made.add_bot()
    return made


async def test_a_chat_shows_its_flags_to_an_administrator_only(
    tg: TelegramDouble, bot: Bot, group: Group
) -> None:
    group.set(visible_history=True, protected=True, auto_delete=86_400, hidden_members=True)
    full = await bot.get_chat(group.id)
    assert (full.is_forum, full.has_visible_history, full.has_protected_content) == (True, True, True)
    assert full.has_hidden_members
    assert full.permissions is not None
    assert full.permissions.can_send_messages
    group.add_bot(admin=False)
    assert (await bot.get_chat(group.id)).has_visible_history is None
    hanna = tg.person("Ганна Узор", username="hanna_test")
    await hanna.send("/start")
    assert (await bot.get_chat(hanna.id)).first_name == "Ганна"
    assert (await bot.get_chat("@hanna_test")).id == hanna.id


async def test_members_are_counted_and_asked_about(tg: TelegramDouble, bot: Bot, group: Group) -> None:
    jan, stranger = tg.person("Ян Прыклад"), tg.person("Пётр Тэст")
    group.add(jan, status="administrator", rights=["can_delete_messages"])
    assert await bot.get_chat_member_count(group.id) == 3
    found = await bot.get_chat_member(group.id, jan.id)
    assert isinstance(found, ChatMemberAdministrator)
    assert (found.can_delete_messages, found.can_manage_topics) == (True, False)
    assert (await bot.get_chat_member(group.id, stranger.id)).status == "left"
    admins = await bot.get_chat_administrators(group.id)
    assert {type(one) for one in admins} == {ChatMemberOwner, ChatMemberAdministrator}
    assert {one.user.id for one in admins} >= {jan.id, tg.world.bot.id}
    with pytest.raises(BadRequest, match=r"(?i)participant_id_invalid"):
        await bot.get_chat_member(group.id, 42)
    await jan.send("/start")
    with pytest.raises(BadRequest, match="no administrators in the private chat"):
        await bot.get_chat_administrators(jan.id)


async def test_banning_puts_out_and_is_told(tg: TelegramDouble, bot: Bot, group: Group) -> None:
    jan = tg.person("Ян Прыклад")
    group.add(jan)
    await jan.send("болтаю", in_=group)
    assert await bot.ban_chat_member(group.id, jan.id, revoke_messages=True)
    assert isinstance(await bot.get_chat_member(group.id, jan.id), ChatMemberBanned)
    assert jan.screen(in_=group) == []
    assert not any(one.text == "болтаю" for one in group.screen())
    assert await bot.unban_chat_member(group.id, jan.id, only_if_banned=True)
    assert (await bot.get_chat_member(group.id, jan.id)).status == "left"
    changes = [one.chat_member for one in await bot.get_updates() if one.chat_member]
    assert [one.new_chat_member.status for one in changes] == ["member", "kicked", "left"]
    boss = tg.person("Начальнік Тэст")
    group.add(boss, status="administrator")
    with pytest.raises(BadRequest, match="ser is an administrator of the chat"):
        await bot.ban_chat_member(group.id, boss.id)
    group.add_bot(rights=["can_pin_messages"])
    with pytest.raises(BadRequest, match="ot enough rights to restrict"):
        await bot.ban_chat_member(group.id, jan.id)


async def test_a_join_by_link_says_which_link(
    tg: TelegramDouble, bot: Bot, group: Group, clock: FakeClock
) -> None:
    link = await bot.create_chat_invite_link(group.id, name="адзін", member_limit=1)
    jan, late = tg.person("Ян Прыклад"), tg.person("Пётр Тэст")
    await jan.join(group, link.invite_link)
    (joined,) = [one.chat_member for one in await bot.get_updates() if one.chat_member]
    assert joined.invite_link is not None
    assert joined.invite_link.name == "адзін"
    with pytest.raises(LookupError, match="used up"):
        await late.join(group, link.invite_link)
    until = datetime.fromtimestamp(clock.now().timestamp() + 60, tz=clock.now().tzinfo)
    brief = await bot.create_chat_invite_link(group.id, expire_date=until)
    clock.advance(61)
    with pytest.raises(LookupError, match="expired"):
        await late.join(group, brief.invite_link)
    assert (await bot.revoke_chat_invite_link(group.id, link.invite_link)).is_revoked
    with pytest.raises(BadRequest, match=r"(?i)invite_hash_invalid"):
        await bot.revoke_chat_invite_link(group.id, "https://t.me/+nobody")


async def test_requests_to_join_are_approved_or_declined_once(
    tg: TelegramDouble, bot: Bot, group: Group
) -> None:
    link = await bot.create_chat_invite_link(group.id, creates_join_request=True)
    jan, petr = tg.person("Ян Прыклад"), tg.person("Пётр Тэст")
    for one in (jan, petr):
        await one.join(group, link.invite_link)
    asked = [one.chat_join_request for one in await bot.get_updates() if one.chat_join_request]
    assert [one.from_user.id for one in asked] == [jan.id, petr.id]
    assert await bot.approve_chat_join_request(group.id, jan.id)
    assert await bot.decline_chat_join_request(group.id, petr.id)
    with pytest.raises(BadRequest, match=r"(?i)user_already_participant"):
        await bot.approve_chat_join_request(group.id, jan.id)
    with pytest.raises(BadRequest, match=r"(?i)hide_requester_missing"):
        await bot.approve_chat_join_request(group.id, petr.id)
    (change,) = [one.chat_member for one in await bot.get_updates() if one.chat_member]
    assert change.via_join_request


async def test_messages_are_pinned_and_unpinned(tg: TelegramDouble, bot: Bot, group: Group) -> None:
    sent = await bot.send_message(group.id, "правілы")
    assert await bot.pin_chat_message(group.id, sent.message_id)
    pinned = (await bot.get_chat(group.id)).pinned_message
    assert pinned is not None
    assert pinned.message_id == sent.message_id
    assert await bot.unpin_chat_message(group.id, sent.message_id)
    assert (await bot.get_chat(group.id)).pinned_message is None
    await bot.pin_chat_message(group.id, sent.message_id)
    assert await bot.unpin_all_chat_messages(group.id)
    with pytest.raises(BadRequest, match="essage to pin not found"):
        await bot.pin_chat_message(group.id, 999)


async def test_a_newcomer_sees_the_past_only_where_history_is_visible(
    tg: TelegramDouble, bot: Bot, group: Group
) -> None:
    jan = tg.person("Ян Прыклад")
    await bot.send_message(group.id, "стары сакрэт")
    assert jan.screen(in_=group) == []
    group.add(jan)
    assert "стары сакрэт" not in [one.text for one in jan.screen(in_=group)]
    await bot.send_message(group.id, "новае")
    assert jan.screen(in_=group)[-1].text == "новае"
    group.set(visible_history=True)
    assert "стары сакрэт" in [one.text for one in jan.screen(in_=group)]


async def test_privacy_mode_lets_only_the_bots_own_business_through(tg: TelegramDouble, bot: Bot) -> None:
    group, jan = tg.supergroup("Простая"), tg.person("Ян Прыклад")
    group.add_bot(admin=False)
    group.add(jan)
    sent = await bot.send_message(group.id, "пытанне")
    await jan.send("між сабой", in_=group)
    await jan.send("/help", in_=group)
    await jan.send("адказ", in_=group, reply_to=sent.message_id)
    heard = [one.message.text for one in await bot.get_updates() if one.message and one.message.text]
    assert heard == ["/help", "адказ"]


async def test_a_chat_action_is_shown_and_a_wrong_one_refused(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    await hanna.send("/start")
    assert await bot.send_chat_action(hanna.id, "typing")
    assert hanna.chat.actions == [("typing", None)]
    with pytest.raises(BadRequest, match="rong parameter action in request"):
        await bot.send_chat_action(hanna.id, "dancing")


async def test_an_anonymous_administrator_has_no_name(tg: TelegramDouble, bot: Bot, group: Group) -> None:
    boss = tg.person("Начальнік Тэст")
    group.add(boss, status="administrator", anonymous=True)
    await boss.send("загад", in_=group)
    message = (await bot.get_updates(offset=-1))[0].message
    assert message is not None
    assert message.from_user is not None
    assert message.sender_chat is not None
    assert (message.from_user.id, message.sender_chat.id) == (1087968824, group.id)


async def test_a_stale_button_still_reaches_the_bot(tg: TelegramDouble, bot: Bot) -> None:
    hanna = tg.person("Ганна Узор")
    await hanna.send("/start")
    sent = await bot.send_message(hanna.id, "старое")
    shown = await hanna.wait_for("старое")
    await bot.delete_message(hanna.id, sent.message_id)
    await hanna.wait_gone("старое")
    await hanna.click_stale(shown, "old:data")
    query = (await bot.get_updates(offset=-1))[0].callback_query
    assert query is not None
    assert query.message is not None
    assert (query.data, query.message.is_accessible) == ("old:data", False)
