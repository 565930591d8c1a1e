"""The people: each does the next turn of the script only when the last one was answered rightly."""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from time import perf_counter
from urllib.parse import unquote

from bench.crowd.cards import Cards
from bench.crowd.lines import Line

FIRST_PERSON = 5_000_000_001  # numbers of Telegram's accounts are that long by now
_TOKENS = re.compile(rb'callback_data(?:%22|\\?")(?:%3A|:)(?:\+|%20| )?(?:%22|\\?")(.+?)(?:%22|\\?")')


@dataclass(slots=True)
class Talk:
    """One person and how far they have come. `left`: turns until they pause."""

    person: int
    left: float
    turn: int = 0
    message: int = 0
    screen: int = 0
    data: str = ""
    since: float = 0.0
    waiting: bool = False


@dataclass(slots=True)
class Counted:
    """What has happened since the last window began."""

    calls: Counter[str] = field(default_factory=Counter)
    taken: list[float] = field(default_factory=list)
    wrong: int = 0
    untaken: int = 0
    dialogues: int = 0
    documents: int = 0


class People:
    """Everybody; `hand_out` gets the updates, `cards` hear of every last turn.

    `steps` counts all turns that were answered rightly, `unanswered` those that were not yet.
    """

    def __init__(
        self, lines: tuple[Line, ...], hand_out: Callable[[int, bytes], None], cards: Cards | None = None
    ) -> None:
        self._lines = lines
        self._hand_out = hand_out
        self._cards = cards or Cards()
        self._updates = 100_000_000
        self._order = random.Random(20261123)
        self.talks: dict[int, Talk] = {}
        self.counted = Counted()
        self.steps = 0
        self.unanswered = 0
        self.shown = 0  # messages posted in reporters' chats, less those deleted
        self.idle: deque[Talk] = deque()
        self.paced = False

    def open_talks(self, number: int, *, depth: int = 0) -> None:
        """Let people come until there are so many, spread over so many turns of the script."""
        known = len(self.talks)
        for count in range(known, number):
            talk = Talk(FIRST_PERSON + count, left=1 + count % (depth or len(self._lines)))
            self.talks[talk.person] = talk
            self._take_turn(talk)

    def go_on(self) -> None:
        """Nobody pauses any more."""
        self.paced = False
        self.idle.clear()
        for talk in self._shuffled():
            talk.left = inf
            if not talk.waiting:
                self._take_turn(talk)

    def pause(self) -> None:
        """Everybody stops after the turn they are in."""
        self.paced = False
        for talk in self.talks.values():
            talk.left = 0

    def pace(self) -> None:
        """From here on a turn is taken only by `take_one`."""
        self.pause()
        self.paced = True
        self.idle = deque(talk for talk in self._shuffled() if not talk.waiting)

    def take_one(self) -> None:
        """Somebody who is not waiting takes a turn."""
        if self.idle:
            self._take_turn(self.idle.popleft())
        else:
            self.counted.untaken += 1

    def waiting(self) -> list[Talk]:
        """Who has not been answered."""
        return [talk for talk in self.talks.values() if talk.waiting]

    def _shuffled(self) -> list[Talk]:
        talks = list(self.talks.values())
        self._order.shuffle(talks)
        return talks

    def _take_turn(self, talk: Talk) -> None:
        line = self._lines[talk.turn]
        self._updates += 1
        message = talk.screen
        if line.turn.text:
            talk.message += 1
            self.shown += 1
            message = talk.message
        talk.waiting = True
        self.unanswered += 1
        if self._is_last(talk):
            self._cards.tap()
        talk.since = perf_counter()
        self._hand_out(self._updates, line.update(self._updates, message, talk.person, talk.data))

    def answered(self, person: int, body: bytes, *, anew: bool) -> bytes | None:
        """The bot wrote to a person: what the API gives back, or None if nobody is there."""
        talk = self.talks.get(person)
        if talk is None:
            return None
        if anew:
            talk.message += 1
            talk.screen = talk.message
            self.shown += 1
        line = self._lines[talk.turn]
        reply = line.reply(talk.screen, person)
        right = talk.waiting and any(words in body for words in line.expected(person))
        data = self._next_data(talk, body) if right else None
        if data is None:
            self.counted.wrong += 1
        else:
            talk.data = data
            if self._is_last(talk):
                self._cards.tell(talk.since, body)
            self._finish(talk)
        return reply

    def _next_data(self, talk: Talk, body: bytes) -> str | None:
        """What stands behind the button that is pressed next; None if it is not there."""
        following = self._lines[(talk.turn + 1) % len(self._lines)].turn
        if following.text:
            return ""
        tokens = _TOKENS.findall(body)
        return unquote(tokens[following.press].decode()) if following.press < len(tokens) else None

    def _is_last(self, talk: Talk) -> bool:
        return talk.turn == len(self._lines) - 1

    def _finish(self, talk: Talk) -> None:
        self.counted.taken.append(perf_counter() - talk.since)
        self.steps += 1
        talk.waiting = False
        self.unanswered -= 1
        talk.turn += 1
        if talk.turn == len(self._lines):
            talk.turn = 0
            self.counted.dialogues += 1
        talk.left -= 1
        if self.paced:
            self.idle.append(talk)
        elif talk.left > 0:
            asyncio.get_running_loop().call_soon(self._take_turn, talk)
