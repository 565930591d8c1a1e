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
from bot.networks.errors import ChannelClosed, Unreachable
from handlers.limits import is_group
from storage.outbox import Letter
from storage.unit_of_work import UnitOfWork

REACH = 50  # numbers below a repetition, or above all that is known, within which the first one is looked for
SENT = ("card:", "digest:", "cluster:", "dashboard:", "answer:", "addition:")
_NOTED, _TRIED = "strays", "strays-tried"
_NONE = "none"
_TOPIC, _OTHER, _SOMEWHERE = "t", "m", "u"
_AT_MOST = 24  # what fits into a mark

Run = Callable[[Callable[[UnitOfWork], Awaitable[None]]], Awaitable[None]]
Send = Callable[[Outgoing], Awaitable[str | None]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Numbers of messages among which one may be ours; of topics, or of what lies outside of them."""

    numbers: range
    topics: bool
    others: bool


def noting(send: Send, run: Run, *, again: bool) -> Send:
    """Notes what opens a topic, or stands outside of all topics, and may stand there twice, or unanswered.

    `again`: the letter was under way before.
    """

    async def send_and_note(outgoing: Outgoing) -> str | None:
        mark = _kind_of(outgoing)
        try:
            done = await send(outgoing)
        except (Unreachable, ChannelClosed) as problem:
            if mark and (again or isinstance(problem, Unreachable)):
                await run(partial(_note, _SOMEWHERE))
            raise
        if mark and again and done and done.isdecimal():
            await run(partial(_note, f"{mark}{done}"))
        return done

    return send_and_note


def _kind_of(outgoing: Outgoing) -> str:
    if isinstance(outgoing, OpenTopic):
        return _TOPIC
    alone = isinstance(outgoing, Post) and is_group(outgoing.room) and outgoing.room.topic is None
    return _OTHER if alone else ""


async def _note(word: str, uow: UnitOfWork) -> None:
    words = [one for one in await _words(uow) if one not in {word, _SOMEWHERE}]
    await uow.marks.set(_NOTED, " ".join([*words, word][-_AT_MOST:]))


async def find_stretches(uow: UnitOfWork, *, top: int) -> list[Stretch]:
    """Where to look; `top` is the highest number that we know of.

    A letter that was under way and did not come to its repetition yet may stand above all that is known.
    """
    words = await _words(uow)
    found = [_below(word) for word in words if word != _SOMEWHERE]
    letters = await _under_way(uow)
    under_way = letters and _mark_of(letters) != await uow.marks.get(_TRIED)
    if under_way or _SOMEWHERE in words:
        found.append(Stretch(range(top + 1, top + 1 + REACH), topics=True, others=True))
    return found


async def forget_strays(uow: UnitOfWork) -> None:
    """They were looked for."""
    await uow.marks.set(_NOTED, _NONE)
    await uow.marks.set(_TRIED, _mark_of(await _under_way(uow)))


def _below(word: str) -> Stretch:
    number = int(word[1:])
    return Stretch(range(max(1, number - REACH), number), topics=word[0] == _TOPIC, others=word[0] == _OTHER)


async def _under_way(uow: UnitOfWork) -> list[Letter]:
    letters = await uow.outbox.those(lambda slot: slot.startswith(SENT))
    return [letter for letter in letters if letter.repeated]


def _mark_of(letters: list[Letter]) -> str:
    return sha256(b"".join(sorted(letter.id for letter in letters))).hexdigest() if letters else _NONE


async def _words(uow: UnitOfWork) -> list[str]:
    word = await uow.marks.get(_NOTED)
    return [] if word is None or word == _NONE else word.split()
