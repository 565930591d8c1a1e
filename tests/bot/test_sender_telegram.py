"""Outbox, sender and adapter together against the strict double: what people see at the end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio

from bot.networks import Document, OpenTopic, Post
from bot.networks.telegram import Telegram
from bot.sender import Hooks, Sender
from bot.sending.screens import Send
from handlers.events import Room
from storage.outbox import Letter
from storage.store import Store
from tests.doubles.telegram import Person, TelegramDouble


class Desk:
    """A sender that runs, over the double, at the wall's time."""

    def __init__(self, tg: TelegramDouble, store: Store) -> None:
        self.tg = tg
        self.store = store
        self.telegram = Telegram(tg.token, api_root=tg.api_root, long_poll_seconds=0)
        self.closed: list[Room] = []
        self.team = tg.supergroup("Пакой", forum=True)
        self.team.add_bot()
        hooks = Hooks(room_closed=self._closed)
        self.sender = Sender(store, {"telegram": self.telegram}, errands={"card": self._card}, hooks=hooks)
        self._number = 0

    async def _closed(self, room: Room) -> None:
        self.closed.append(room)

    async def _card(self, payload: Any, send: Send) -> None:
        team = Room("telegram", str(self.team.id))
        topic = await send(OpenTopic(team, f"{payload['case']} · новая"))
        place = Room("telegram", team.id, topic)
        await send(Post(place, "Картка", document=Document(f"{payload['case']}.age", b"age")))

    async def hear(self) -> None:
        """Note what people wrote, as the app does."""
        batch = await self.telegram.receive(None)
        for raw in batch.updates:
            incoming = self.telegram.read(raw)
            message = getattr(incoming.event, "message", "") if incoming else ""
            if incoming is not None and message:
                await self.note(incoming.room, message)
        await self.telegram.receive(batch.position)

    async def note(self, room: Room, message: str) -> None:
        at = self.tg.clock.now()
        await self.store.run(lambda uow: uow.traces.note(room, message, mine=False, at=at))

    async def put(self, kind: str, slot: str, priority: int, **payload: Any) -> None:
        self._number += 1
        letter = Letter((10**6 + self._number).to_bytes(16, "big"), slot, priority, {"kind": kind, **payload})
        await self.store.run(lambda uow: uow.outbox.put(letter, replace=True))
        self.sender.wake()

    async def show(self, person: Person, text: str, *, below: bool = False) -> None:
        place = {"network": "telegram", "room": str(person.id)}
        await self.put("show", f"show:{person.id}", 20, **place, text=text, buttons=[], below=below)


@pytest_asyncio.fixture
async def desk(store: Store) -> AsyncIterator[Desk]:
    async with TelegramDouble() as tg:
        made = Desk(tg, store)
        await made.telegram.start()
        running = asyncio.create_task(made.sender.run())
        yield made
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        await made.sender.drain(1)
        await made.telegram.close()
        assert tg.violations == []


async def test_a_chat_shows_one_screen_and_nothing_else(desk: Desk) -> None:
    hanna = desk.tg.person("Ганна Узор")
    await hanna.send("/start")
    await desk.hear()
    await desk.show(hanna, "Калі?", below=True)
    await desk.sender.settle()
    await hanna.send("учора")
    await desk.hear()
    await desk.show(hanna, "Дзе?", below=True)
    await desk.sender.settle()
    await desk.show(hanna, "Кім?")
    await desk.sender.settle()
    assert [one.text for one in hanna.chat.messages] == ["Кім?"]
    assert [one.edited for one in hanna.chat.messages] == [True]


async def test_a_card_reaches_its_topic_with_its_file(desk: Desk) -> None:
    await desk.put("card", "card:K7Q4F", 0, case="K7Q4F")
    await desk.sender.settle()
    card = await desk.team.wait_for("Картка")
    assert card.document == "K7Q4F.age"
    assert card.topic == desk.team.topic("K7Q4F").id


async def test_the_chat_of_somebody_who_blocked_us_is_emptied_and_let_be(desk: Desk) -> None:
    hanna = desk.tg.person("Ганна Узор")
    await hanna.send("/start")
    await desk.hear()
    await hanna.block_bot()
    await desk.show(hanna, "Калі?", below=True)
    await desk.sender.settle()
    assert desk.closed[0] == Room("telegram", str(hanna.id))
    assert hanna.chat.messages == []
    assert desk.store.letters_waiting == 0


async def test_a_flood_and_a_broken_server_only_delay(desk: Desk) -> None:
    hanna = desk.tg.person("Ганна Узор")
    await hanna.send("/start")
    await desk.hear()
    desk.tg.faults.flood(1, "sendMessage")
    desk.tg.faults.fail(502, "sendMessage", skip=1)
    await desk.show(hanna, "Калі?", below=True)
    await hanna.wait_for("Калі?", timeout=10)
    await desk.sender.settle()
    assert [one.text for one in hanna.chat.messages] == ["Калі?"]
