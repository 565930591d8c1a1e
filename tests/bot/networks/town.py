"""What tests of the adapter share: texts of its profile, a button, rooms of people."""

from __future__ import annotations

from bot.networks import Post, Press
from bot.networks.telegram import Telegram, TelegramProfile
from handlers.events import Room
from tests.doubles.telegram import Person

PROFILES = {
    "be": TelegramProfile("Апісанне", "Коратка", (("start", "Пачаць"),), (("claim", "Узяць"),)),
    "en": TelegramProfile("Description", "Short", (("start", "Begin"),), (("claim", "Take"),)),
}


YES = Press("Так", "yes:1")


def room(person: Person) -> Room:
    return Room("telegram", str(person.id))


async def posted(telegram: Telegram, outgoing: Post) -> str:
    name = await telegram.deliver(outgoing)
    assert name is not None
    return name
