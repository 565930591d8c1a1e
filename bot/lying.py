"""Where digests lie in the moderators' room: in a topic of their own, which goes when the room is locked.

What is posted is noted before, so that a process that dies meanwhile leaves nothing that nobody knows of.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from storage.unit_of_work import UnitOfWork

TOPIC, LYING = "digest-topic", "digest-lying"
_NONE = "none"
_YOUNG = timedelta(days=1)  # posted today or yesterday
_AT_MOST = 12  # what fits into a mark


async def digest_topic(uow: UnitOfWork) -> str | None:
    """The topic of digests, if there is one."""
    topic = await uow.marks.get(TOPIC)
    return None if topic == _NONE else topic


async def note_topic(uow: UnitOfWork, topic: str) -> None:
    """Digests lie there from now on."""
    await uow.marks.set(TOPIC, topic)


async def note_digest(uow: UnitOfWork, payload: Mapping[str, Any], today: date) -> None:
    """This part is about to lie there; the letter's payload says which."""
    told = f"{today}/{payload['object']}/{payload['name']}/{payload['day']}/{int(payload['last'])}"
    words = [word for word in await _words(uow) if word.partition("/")[2] != told.partition("/")[2]]
    await uow.marks.set(LYING, " ".join([*words, told][-_AT_MOST:]))


async def take_up(uow: UnitOfWork, today: date) -> list[dict[str, Any]]:
    """The topic is gone: payloads of the young ones that lay there."""
    words = await _words(uow)
    for mark in (TOPIC, LYING):
        await uow.marks.set(mark, _NONE)
    young = [word.split("/") for word in words if today - date.fromisoformat(word.split("/")[0]) <= _YOUNG]
    return [
        {"kind": "digest", "object": key, "name": name, "day": day, "last": last == "1"}
        for _, key, name, day, last in young
    ]


async def _words(uow: UnitOfWork) -> list[str]:
    word = await uow.marks.get(LYING)
    return [] if word is None or word == _NONE else word.split()
