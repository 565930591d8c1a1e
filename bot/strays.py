"""What was sent into the moderators' room and never answered: it may stand there; nobody knows its number.

It was sent again, and a network that numbers its messages gave the second one a number a little higher. What
lies in a topic goes with the topic; a topic itself, and what lies outside of topics, is looked for below that
number when the room is locked. No bot can ask a network which topics or messages there are.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from bot.networks import OpenTopic, Outgoing, Post
from handlers.limits import is_group
from storage.outbox import Letter
from storage.unit_of_work import UnitOfWork

REACH = 50  # numbers below a repetition, or above all that is known, within which the first one is looked for
SENT = ("card:", "digest:", "cluster:", "dashboard:", "answer:", "addition:")
_NOTED, _TRIED = "strays", "strays-tried"
_NONE = "none"
_AT_MOST = 24  # what fits into a mark

Run = Callable[[Callable[[UnitOfWork], Awaitable[None]]], Awaitable[None]]
Send = Callable[[Outgoing], Awaitable[str | None]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Numbers of messages among which one may be ours; of topics, or of what lies outside of them."""

    numbers: range
    topics: bool
    others: bool


def noting(send: Send, run: Run) -> Send:
    """For a letter that is sent again: notes what opens a topic, or stands outside of all topics, anew."""

    async def send_and_note(outgoing: Outgoing) -> str | None:
        done = await send(outgoing)
        topic = isinstance(outgoing, OpenTopic)
        alone = isinstance(outgoing, Post) and is_group(outgoing.room) and outgoing.room.topic is None
        if done and done.isdecimal() and (topic or alone):
            await run(partial(_note, f"{'t' if topic else 'm'}{done}"))
        return done

    return send_and_note


async def _note(word: str, uow: UnitOfWork) -> None:
    words = [one for one in await _words(uow) if one != word]
    await uow.marks.set(_NOTED, " ".join([*words, word][-_AT_MOST:]))


async def find_stretches(uow: UnitOfWork, *, top: int) -> list[Stretch]:
    """Where to look; `top` is the highest number that we know of.

    A letter that was under way and did not come to its repetition yet may stand above all that is known.
    """
    found = [_below(word) for word in await _words(uow)]
    tried = _mark_of(letters := await _under_way(uow))
    if letters and tried != await uow.marks.get(_TRIED):
        found.append(Stretch(range(top + 1, top + 1 + REACH), topics=True, others=True))
    return found


async def forget_strays(uow: UnitOfWork) -> None:
    """They were looked for."""
    await uow.marks.set(_NOTED, _NONE)
    await uow.marks.set(_TRIED, _mark_of(await _under_way(uow)))


def _below(word: str) -> Stretch:
    number = int(word[1:])
    return Stretch(range(max(1, number - REACH), number), topics=word[0] == "t", others=word[0] == "m")


async def _under_way(uow: UnitOfWork) -> list[Letter]:
    letters = await uow.outbox.those(lambda slot: slot.startswith(SENT))
    return [letter for letter in letters if letter.repeated]


def _mark_of(letters: list[Letter]) -> str:
    return sha256(b"".join(sorted(letter.id for letter in letters))).hexdigest() if letters else _NONE


async def _words(uow: UnitOfWork) -> list[str]:
    word = await uow.marks.get(_NOTED)
    return [] if word is None or word == _NONE else word.split()
