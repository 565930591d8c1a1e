"""Control actions that a person does or sees.

`person` and `chat` are ids; without `chat` the private chat with the bot is meant.  Files come and go
as base64.
"""

from base64 import b64decode
from collections.abc import Awaitable, Callable
from typing import Any

from tests.doubles.telegram.double import TelegramDouble
from tests.doubles.telegram.files import TINY_JPEG
from tests.doubles.telegram.groups import Group
from tests.doubles.telegram.people import Person
from tests.doubles.telegram.screens import Shown
from tests.doubles.telegram.world import JSON


def find_person(double: TelegramDouble, number: int) -> Person:
    if number not in double.people:
        raise LookupError(f"no person {number}; make one with /control/person")
    return double.people[number]


def find_group(double: TelegramDouble, number: int) -> Group:
    """By its id of today, or one it had before it migrated."""
    for before, group in double.groups.items():
        if number in {before, group.id}:
            return group
    raise LookupError(f"no group {number}; make one with /control/group")


def find_place(double: TelegramDouble, number: int | None) -> Group | None:
    return None if number is None else find_group(double, number)


async def person(
    double: TelegramDouble, *, name: str, language: str = "be", id: int | None = None, username: str = ""  # noqa: A002
) -> JSON:  # fmt: skip
    """Make a person; the answer has their id."""
    made = double.person(name, language=language, id=id, username=username)
    return {"id": made.id, "name": made.name}


async def send(
    double: TelegramDouble, *, person: int, text: str, chat: int | None = None,
    topic: int | None = None, reply_to: int | None = None,
) -> Shown:  # fmt: skip
    """Write a text."""
    place = find_place(double, chat)
    return await find_person(double, person).send(text, in_=place, topic=topic, reply_to=reply_to)


async def click(
    double: TelegramDouble, *, person: int, button: str | int, chat: int | None = None,
    message: int | None = None, wait: float = 0,
) -> JSON:  # fmt: skip
    """Press a button by label, callback data or index; with `wait` seconds also its answer's text."""
    place = find_place(double, chat)
    press = await find_person(double, person).click(button, in_=place, message=message)
    return {"query": press.id, "answer": await press.answer(wait) if wait else None}


async def edit(
    double: TelegramDouble, *, person: int, message: int, text: str, chat: int | None = None
) -> Shown:
    """Change an own message."""
    return await find_person(double, person).edit(message, text, in_=find_place(double, chat))


async def delete(double: TelegramDouble, *, person: int, message: int, chat: int | None = None) -> None:
    """Delete a message on both sides."""
    await find_person(double, person).delete(message, in_=find_place(double, chat))


async def photo(
    double: TelegramDouble, *, person: int, data: str = "", caption: str = "", chat: int | None = None
) -> Shown:
    """Send a photo (base64; an invented one if left out)."""
    sender, place = find_person(double, person), find_place(double, chat)
    return await sender.send_photo(b64decode(data) or TINY_JPEG, caption=caption, in_=place)


async def album(
    double: TelegramDouble, *, person: int, photos: list[str] | int = 2, caption: str = "",
    chat: int | None = None,
) -> list[Shown]:  # fmt: skip
    """Send several photos as one album: a list of base64 texts, or how many invented ones."""
    given = [TINY_JPEG] * photos if isinstance(photos, int) else [b64decode(one) for one in photos]
    return await find_person(double, person).send_album(given, caption=caption, in_=find_place(double, chat))


async def document(
    double: TelegramDouble, *, person: int, data: str, name: str = "file.pdf", caption: str = "",
    mime: str = "application/pdf", chat: int | None = None,
) -> Shown:  # fmt: skip
    """Send a document (base64)."""
    sender, place = find_person(double, person), find_place(double, chat)
    return await sender.send_document(b64decode(data), name, caption=caption, mime=mime, in_=place)


async def voice(double: TelegramDouble, *, person: int, seconds: int = 3, chat: int | None = None) -> Shown:
    """Send a voice message."""
    return await find_person(double, person).send_voice(seconds=seconds, in_=find_place(double, chat))


async def sticker(
    double: TelegramDouble, *, person: int, emoji: str = "🙂", chat: int | None = None
) -> Shown:
    """Send a sticker."""
    return await find_person(double, person).send_sticker(emoji, in_=find_place(double, chat))


async def block(double: TelegramDouble, *, person: int) -> None:
    """Block the bot."""
    await find_person(double, person).block_bot()


async def unblock(double: TelegramDouble, *, person: int) -> None:
    """Lift the block."""
    await find_person(double, person).unblock_bot()


async def join(double: TelegramDouble, *, person: int, chat: int, link: str = "") -> None:
    """Come into a group, by an invitation link if one is given."""
    await find_person(double, person).join(find_group(double, chat), link=link)


async def leave(double: TelegramDouble, *, person: int, chat: int) -> None:
    """Leave a group."""
    await find_person(double, person).leave(find_group(double, chat))


async def screen(
    double: TelegramDouble, *, person: int, chat: int | None = None, topic: int | None = None
) -> list[Shown]:
    """What the person sees, oldest first."""
    return find_person(double, person).screen(in_=find_place(double, chat), topic=topic)


async def wait(
    double: TelegramDouble, *, person: int, text: str, chat: int | None = None,
    timeout: float = 5,  # noqa: ASYNC109  # a test's own patience
    after: int = 0,
) -> Shown:  # fmt: skip
    """Wait until the bot's message with this part of a text is on the person's screen."""
    place = find_place(double, chat)
    return await find_person(double, person).wait_for(text, timeout, in_=place, after=after)


ACTIONS: dict[str, Callable[..., Awaitable[Any]]] = {
    one.__name__: one
    for one in (
        person, send, click, edit, delete, photo, album, document, voice, sticker, block, unblock, join,
        leave, screen, wait,
    )
}  # fmt: skip
