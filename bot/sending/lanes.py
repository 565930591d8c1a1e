"""Lanes: what must stay in order goes one behind the other; different lanes go side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as change
from typing import Any

from handlers.events import Room
from storage.outbox import Letter
from storage.traces import Trace

SHOW, ERASE, SAY = "show", "erase", "say"
DELIVERED = "delivered"  # an errand of the app: a screen that it asked about was taken
ANSWER, UNSAY = "answer", "unsay"  # in the moderators' room


def kind_of(letter: Letter) -> str:
    """What a letter asks for."""
    return str(letter.payload.get("kind", ""))


def room_of(payload: Mapping[str, Any]) -> Room:
    """The room a payload names."""
    topic = payload.get("topic")
    return Room(str(payload["network"]), str(payload["room"]), None if topic is None else str(topic))


def lane_of(letter: Letter) -> str:
    """Everything for one reporter's chat is one lane; anything else is in order with its own slot only."""
    if kind_of(letter) in {SHOW, ERASE}:
        return f"room:{letter.payload.get('network')}:{letter.payload.get('room')}"
    return letter.slot


@dataclass(frozen=True, slots=True)
class Fresh:
    """A letter that was marked as being sent when it was put.

    `lines`: what lay in its room then, oldest first; None when that may have changed since.
    """

    letter: Letter = field(repr=False)
    lines: Sequence[Trace] | None = field(default=None, repr=False)


@dataclass(slots=True)
class Lane:
    """Letters of one lane, oldest first; all of one shard. `lines`: what lies in the room, if known."""

    name: str = field(repr=False)
    shard: int = 0
    letters: list[Letter] = field(default_factory=list, repr=False)
    tries: int = 0
    lines: Sequence[Trace] | None = field(default=None, repr=False)

    def add(self, letter: Letter) -> None:
        """Behind everything older. The same letter twice is one."""
        if not self.letters:
            self.letters.append(letter)
        elif all(one.id != letter.id for one in self.letters):
            self.letters.append(letter)
            self.letters.sort(key=lambda one: one.sequence)

    def take_overtaken(self) -> list[Letter]:
        """Screens that a newer screen makes pointless; they leave the lane.

        If one of them may have been sent all the same, the newer one has to look for it.
        """
        if len(self.letters) < 2:
            return []
        shows = [one for one in self.letters if kind_of(one) == SHOW]
        overtaken = shows[:-1]
        self.letters = [one for one in self.letters if one not in overtaken]
        if any(one.repeated for one in overtaken):
            self.replace(change(shows[-1], repeated=True))
        return overtaken

    def first(self) -> Letter | None:
        """What is to be sent next; it stays until `leave`."""
        return self.letters[0] if self.letters else None

    def replace(self, letter: Letter) -> None:
        """The same letter with a changed payload."""
        self.letters = [letter if one.id == letter.id else one for one in self.letters]

    def leave(self, letter: Letter) -> None:
        """Done with it."""
        self.letters = [one for one in self.letters if one.id != letter.id]
        self.tries = 0
