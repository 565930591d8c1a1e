"""A reporter's chat for tests: does what a person can do, and shows what the person sees.

Everything is deterministic: the clock moves by hand, chance is counted. Between any two steps the talk goes
through JSON, as it does between a crash and a restart.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import msgspec

from handlers.effects import DiscardCase, Effect, Hint, ReleaseCase, SealReport, Show
from handlers.events import (
    Attached,
    Commanded,
    Departed,
    Edited,
    Event,
    Lapse,
    Lapsed,
    Medium,
    Pressed,
    Room,
    Wrote,
)
from handlers.intake.flow import Decision, Pack, advance
from handlers.intake.talk import Talk
from handlers.screens import Line
from handlers.texts import Rows, Texts

PACK = Pack.load()
TEXTS = Texts.load()
ROOM = Room("telegram", "room-1")
NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 12:00 in Minsk
SHORT_WAY = (
    "Так, я за мяжой",
    "маці",
    "Ян Прыклад, 1990",
    "учора каля 14",
    "Мінск, на вуліцы",
    "АМАП, міліцыя",
    "Улады кажуць: у нас няма",
    "нічога з гэтага",
    "прапусціць",
    "Прыйшлі раніцай.",
    "далей",
    "5",
)


class Chat:
    """One chat. `talk`, `text` and `rows` are what there is now; `effects` everything that was decided.

    `twice` decides every event a second time, which must not make a difference.
    """

    def __init__(self, *, hint: str | None = None, room: Room = ROOM) -> None:
        self.now = NOON
        self.hint = hint
        self.room = room
        self.talk: Talk | None = None
        self.effects: list[Effect] = []
        self.last: tuple[Effect, ...] = ()
        self.text = ""
        self.rows: Rows = ()
        self.twice = False
        self._count = 0

    def twin(self) -> Chat:
        """Another chat that has come this far; what happens to one does not happen to the other."""
        other = copy(self)
        other.effects, other.twice = list(self.effects), False
        return other

    def do(self, event: Event, *, lost: bool = False) -> Decision:
        """Let one event happen."""
        self._count += 1
        self.now += timedelta(seconds=1)
        self.talk = through_json(self.talk)
        first = self._decide(event, lost=lost)
        assert not self.twice or self._decide(event, lost=lost) == first
        language = self._language(first)
        self.talk, self.last = first.talk, first.effects
        self.effects.extend(first.effects)
        for effect in first.effects:
            if isinstance(effect, Show):
                self.text, self.rows = TEXTS.show(language, effect.screen)
        return first

    def _decide(self, event: Event, *, lost: bool) -> Decision:
        chance = self._count.to_bytes(32, "big")
        return advance(
            PACK,
            TEXTS,
            self.talk,
            event,
            room=self.room,
            hint=self.hint,
            now=self.now,
            chance=chance,
            lost=lost,
        )

    def _language(self, decision: Decision) -> str:
        talk = decision.talk or self.talk
        return talk.language if talk else TEXTS.choose(self.hint)

    def write(self, text: str, *, message: str = "", lost: bool = False) -> Decision:
        """Type a message."""
        return self.do(Wrote(text, message or f"m{self._count}"), lost=lost)

    def edit(self, text: str, message: str) -> Decision:
        """Edit an earlier message."""
        return self.do(Edited(text, message))

    def command(self, name: str) -> Decision:
        """Send a slash command."""
        return self.do(Commanded(name, message=f"m{self._count}"))

    def attach(self, medium: Medium, caption: str = "", *, album: str | None = None) -> Decision:
        """Send something that is not text."""
        return self.do(Attached(medium, caption, f"m{self._count}", album))

    def press(self, label: str) -> Decision:
        """Press the button that reads `label`, ticked or not."""
        return self.do(Pressed(self.token(label), "screen"))

    def press_token(self, token: str) -> Decision:
        """Press a button by what stands behind it."""
        return self.do(Pressed(token, "screen"))

    def lapse(self, lapse: Lapse) -> Decision:
        """Let time run out."""
        return self.do(Lapsed(lapse))

    def depart(self) -> Decision:
        """Block the bot."""
        return self.do(Departed())

    def token(self, label: str) -> str:
        """What stands behind a button."""
        return next(token for shown, token in self.buttons if shown.removeprefix("✓ ") == label)

    @property
    def buttons(self) -> tuple[tuple[str, str], ...]:
        """Every button on the screen."""
        return tuple(pair for row in self.rows for pair in row)

    @property
    def labels(self) -> tuple[str, ...]:
        """What the buttons read."""
        return tuple(label for label, _ in self.buttons)

    @property
    def step(self) -> str:
        """Where the talk stands."""
        return self.talk.step if self.talk else "nobody"

    @property
    def seals(self) -> list[SealReport]:
        """Everything that was sealed, in order."""
        return [effect for effect in self.effects if isinstance(effect, SealReport)]

    @property
    def hints(self) -> list[Line | None]:
        """Soft answers to presses."""
        return [effect.line for effect in self.last if isinstance(effect, Hint)]

    def did(self, kind: type[ReleaseCase | DiscardCase | SealReport | Show]) -> bool:
        """Whether the last event had such an effect."""
        return any(isinstance(effect, kind) for effect in self.last)

    def answer(self, *words: str) -> Chat:
        """Type one answer after the other."""
        for word in words:
            self.write(word)
        return self

    def value(self, question: str) -> Any:
        """The kept value of an answer."""
        assert self.talk is not None
        return self.talk.answers[question].value


def through_json(talk: Talk | None) -> Talk | None:
    """The talk as it comes back after a restart."""
    return msgspec.json.decode(msgspec.json.encode(talk), type=Talk | None)


def begun(*, hint: str | None = None, room: Room = ROOM) -> Chat:
    """A chat in which the start was agreed to."""
    return _begun(hint, room).twin()


@cache
def _begun(hint: str | None, room: Room) -> Chat:
    return started(Chat(hint=hint, room=room))


def started(chat: Chat) -> Chat:
    """Past the first screen."""
    chat.command("start")
    chat.press_token(chat.buttons[0][1])
    return chat


def at_review() -> Chat:
    """A chat with the short way answered, in Belarusian."""
    return _after(len(SHORT_WAY)).twin()


STEPS = (
    "start", "relation", "person", "detained_when", "detained_where", "detained_by", "whereabouts",
    "urgent_flags", "profile", "narrative", "narrative/more", "consent_use",
)  # fmt: skip
_ON: dict[
    str, tuple[str, Callable[[Chat], Decision]]
] = {  # steps beside the short way: from where, and what leads there
    "detained_when/day": ("detained_when", lambda chat: chat.write("Іншая дата")),
    "detained_where/region": ("detained_where", lambda chat: chat.write("каля школы")),
    "facility": ("whereabouts", lambda chat: chat.write("Так, пацверджана")),
    "facility/found": ("facility", lambda chat: chat.write("Акрэсціна")),
    "facility/town": ("facility", lambda chat: chat.press("РУУС (напішыце горад, раён)")),
    "sent": ("review", lambda chat: chat.press("Адправіць")),
    "language": ("review", lambda chat: chat.command("language")),
    "erase": ("review", lambda chat: chat.command("stop")),
}


def at(step: str) -> Chat:
    """A chat at one step."""
    return _at(step).twin()


@cache
def _at(step: str) -> Chat:
    """Every way is walked once; who goes on from there takes a twin."""
    if step in _ON:
        before, onward = _ON[step]
        chat = at(before)
        onward(chat)
    else:
        chat = _after([*STEPS, "review"].index(step))
    assert chat.step == step
    return chat


@cache
def _after(answers: int) -> Chat:
    if not answers:
        chat = Chat()
        chat.twice = True
        chat.command("start")
        return chat
    chat = _after(answers - 1).twin()
    chat.twice = True
    return chat.answer(SHORT_WAY[answers - 1])
