"""The double started by itself and driven over HTTP, as a program in any language would."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from tests.rig import Rig, telegram

ROOT = Path(__file__).parents[2]


@pytest.fixture
def rig() -> Iterator[Rig]:
    """The double in a process of its own."""
    with telegram() as started:
        yield started


async def test_a_whole_dialogue_is_driven_over_http(rig: Rig) -> None:
    hanna = rig.ask("person", name="Ганна Узор", language="be")["id"]
    group = rig.ask("group", title="Мадэратары", forum=True)["id"]
    moderator = rig.ask("person", name="Пётр Тэст")["id"]
    rig.ask("member", chat=group, person=moderator)
    rig.ask("send", person=hanna, text="/start")
    said = rig.said
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Узяць", callback_data="take")]])
    async with Bot(said["token"], base_url=said["base_url"], base_file_url=said["base_file_url"]) as bot:
        await bot.send_message(hanna, "Добры дзень")
        topic = await bot.create_forum_topic(group, "K7QF")
        thread = topic.message_thread_id
        sent = await bot.send_document(
            group, b"sealed", filename="K7QF.age", message_thread_id=thread, reply_markup=keyboard
        )
        assert rig.ask("wait", person=hanna, text="Добры")["from_bot"]
        rig.ask("click", person=moderator, button="Узяць", chat=group)
        kinds = [one.callback_query.data for one in await bot.get_updates() if one.callback_query]
        assert kinds == ["take"]
    assert sent.document is not None
    file = rig.ask("file", file_id=sent.document.file_id)
    assert (file["name"], base64.b64decode(file["data"])) == ("K7QF.age", b"sealed")
    assert [one["name"] for one in rig.ask("topics", chat=group)] == ["K7QF"]
    assert rig.ask("screen", person=moderator, chat=group, topic=thread)[-1]["document"] == "K7QF.age"
    assert rig.ask("violations") == []
    methods = [one["method"] for one in rig.ask("calls")]
    assert methods == ["getMe", "sendMessage", "createForumTopic", "sendDocument", "getUpdates"]


def test_every_gesture_of_a_person_has_its_action(rig: Rig) -> None:
    hanna = rig.ask("person", name="Ганна Узор")["id"]
    said = rig.ask("send", person=hanna, text="памылка")
    rig.ask("edit", person=hanna, message=said["id"], text="праўда")
    rig.ask("photo", person=hanna, caption="фота")
    rig.ask("album", person=hanna, photos=3)
    rig.ask("document", person=hanna, data=base64.b64encode(b"%PDF").decode(), name="a.pdf")
    rig.ask("voice", person=hanna)
    rig.ask("sticker", person=hanna)
    kinds = [one["kind"] for one in rig.ask("screen", person=hanna)]
    assert kinds == ["text", *["photo"] * 4, "document", "voice", "sticker"]
    history = rig.ask("messages", chat=hanna, which="history")
    assert [one["text"] for one in history][:2] == ["памылка", "праўда"]
    rig.ask("delete", person=hanna, message=said["id"])
    assert [one["id"] for one in rig.ask("messages", chat=hanna, which="deleted")] == [said["id"]]
    rig.ask("block", person=hanna)
    rig.ask("unblock", person=hanna)
    group = rig.ask("group", title="Група", kind="group")["id"]
    rig.ask("join", person=hanna, chat=group)
    rig.ask("leave", person=hanna, chat=group)
    rig.ask("bot", chat=group, status="member")
    rig.ask("settings", chat=group, values={"visible_history": True})
    assert rig.ask("migrate", chat=group)["id"] < -(10**12)


async def test_faults_and_the_clock_are_set_from_outside(rig: Rig) -> None:
    hanna = rig.ask("person", name="Ганна Узор")["id"]
    rig.ask("send", person=hanna, text="/start")
    rig.ask("fault", kind="refuse", method="sendMessage", status=403, description="Forbidden: x", text="не")
    url = f"{rig.said['base_url']}{rig.said['token']}/sendMessage"
    async with httpx.AsyncClient() as client:
        good = await client.post(url, json={"chat_id": hanna, "text": "так"})
        bad = await client.post(url, data={"chat_id": str(hanna), "text": "не"})
    assert (good.status_code, bad.status_code, bad.json()["description"]) == (200, 403, "Forbidden: x")
    before = rig.ask("info")["now"]
    assert rig.ask("info")["pending_updates"] == 1
    assert rig.ask("advance", seconds=86_400)["now"] >= before + 86_400
    assert rig.ask("info")["pending_updates"] == 0
    rig.ask("clear_faults")
    rig.ask("flood", on=True)
    assert rig.ask("intrude") is False


@pytest.mark.parametrize(
    ("name", "given", "sentence"),
    [
        ("dance", {}, "no action 'dance'"),
        ("send", {"person": 5, "text": "x"}, "no person 5"),
        ("send", {"text": "x"}, "missing a required"),
        ("screen", {"person": 5, "colour": "red"}, "unexpected keyword"),
        ("group", {"title": "x", "kind": "channel"}, "group or supergroup"),
        ("messages", {"chat": 7}, "no chat 7"),
        ("fault", {"kind": "fire"}, "fire"),
        ("file", {"file_id": "x"}, "no file x"),
        ("person", ["not", "an", "object"], "one JSON object"),
    ],
)
def test_a_wrong_request_is_answered_with_a_sentence(rig: Rig, name: str, given: Any, sentence: str) -> None:
    answer = httpx.post(f"{rig.said['control']}/{name}", json=given)
    assert answer.status_code == 400
    assert sentence in answer.json()["error"]


def test_the_list_of_actions_says_what_each_takes(rig: Rig) -> None:
    listed = httpx.get(rig.said["control"]).json()["result"]
    assert listed["send"]["takes"]["person"] == "required"
    assert all(one["does"] for one in listed.values())
