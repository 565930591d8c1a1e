"""What scripted people do, turn by turn, and what they must be told before they go on."""

from __future__ import annotations

import msgspec

Rows = tuple[tuple[tuple[str, str], ...], ...]
PERSON = "~person~"
"""Stands for the number of the person in what is typed and in what must come back; no spelling changes it."""


class Turn(msgspec.Struct, frozen=True):
    """One turn: `text` is typed, or else button number `press` (from 0) of the last screen is pressed.

    `expect` must stand in the words that come back; `shown` and `buttons` are the whole screen, which the
    Bot API repeats in its answer as the real one does.
    """

    text: str
    press: int
    expect: str
    shown: str
    buttons: Rows = ()


class Script(msgspec.Struct, frozen=True):
    """A dialogue that begins anew when it is over; `seals` is how often something is sealed on the way."""

    turns: tuple[Turn, ...]
    seals: int = 0


class Task(msgspec.Struct, frozen=True):
    """What a crowd is told when it starts."""

    script: Script
    token: str


class Window(msgspec.Struct, frozen=True, tag="window"):
    """One measurement: so many talks open, for so many seconds; after 0 seconds they are only open.

    With `rate` 0 everybody goes on as soon as they are answered; else so many turns a second are taken,
    whether or not the bot keeps up. Newcomers are spread over the first `depth` turns, or over the whole
    script. `pid` is the bot's process, named when it has been started.
    """

    talks: int
    seconds: float
    rate: float = 0.0
    depth: int = 0
    pid: int = 0


class NextPoll(msgspec.Struct, frozen=True, tag="poll"):
    """Say when a bot polls again: it was started anew."""


class Sample(msgspec.Struct, frozen=True):
    """What a window has shown. Seconds are of the processor (`cpu`) or of the clock.

    `wrong` counts from the last window on; `shown` are the messages that stand in all `chats` at the end.
    Of `cards` that came, `card_p50` and `card_p99` are seconds from the last turn; `card_calls` are the calls
    that usually lead from there to the card, which means something while one talk is open.
    """

    steps: int
    seconds: float
    p50: float
    p99: float
    cpu: float
    crowd_cpu: float
    rss: int
    peak: int
    calls: dict[str, int]
    wrong: int
    untaken: int
    dialogues: int
    documents: int
    chats: int
    shown: int
    cards: int = 0
    card_p50: float = 0.0
    card_p99: float = 0.0
    card_calls: tuple[str, ...] = ()


class Refusal(msgspec.Struct, frozen=True):
    """Why a window could not be measured."""

    reason: str
