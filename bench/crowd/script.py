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
    """A dialogue that begins anew when it is over. `seals`: at its end a report is sealed and posted."""

    name: str
    turns: tuple[Turn, ...]
    seals: bool = False


class Task(msgspec.Struct, frozen=True):
    """What a crowd is told when it starts."""

    script: Script
    token: str


class Window(msgspec.Struct, frozen=True):
    """One measurement: so many talks open, for so many seconds.

    With `rate` 0 everybody goes on as soon as they are answered; else so many turns a second are taken,
    whether or not the bot keeps up. `pid` is the bot's process.
    """

    talks: int
    seconds: float
    pid: int
    rate: float = 0.0


class Sample(msgspec.Struct, frozen=True):
    """What a window has shown. Seconds are of the processor (`cpu`) or of the clock."""

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
    left: int


class Refusal(msgspec.Struct, frozen=True):
    """Why a window could not be measured."""

    reason: str
