"""Plays a script through the whole pipeline and checks what comes out at the other end."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import InputRefused
from bot.networks.console import NAME
from bot.trying.compare import find_faults
from bot.trying.files import Files
from bot.trying.script import Script, say_or_tap, transcript_of
from bot.trying.stage import REPORTER, Stage
from handlers.events import Room


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of the script, the step it answered, and what the chat showed after it."""

    step: str
    said: str = field(repr=False)
    shown: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Played:
    """Where everything lies, what was seen, and what of the opened report is not what was told."""

    case: str
    language: str
    sealed: Path
    bundle: Path
    key: Path
    passphrase_file: Path
    card: tuple[str, ...]
    transcript: tuple[Mapping[str, str], ...] = field(repr=False)
    faults: tuple[str, ...] = ()


async def play(stage: Stage, script: Script) -> Played:
    """Send every line, wait for the answer, then fetch the sealed file and the digest and open them.

    :raises InputRefused: the script ended before the report was sent.
    """
    stop = asyncio.Event()
    running = asyncio.create_task(stage.service.run(stop))
    try:
        turns = [await _take_turn(stage, script, line) for line in script.lines]
        return await _collect(stage, turns)
    finally:
        stop.set()
        await running


async def _take_turn(stage: Stage, script: Script, line: str) -> Turn:
    talk = await stage.instance.store.run(lambda uow: uow.talks.find(Room(NAME, REPORTER)))
    say_or_tap(stage.console, REPORTER, line, language=script.language)
    await stage.settle()
    return Turn(talk.step if talk else "", line, transcript_of(stage.console.visible(REPORTER)))


async def _collect(stage: Stage, turns: list[Turn]) -> Played:
    files = Files(stage)
    cards = files.cards()
    if not cards:
        raise InputRefused(
            "The script ended before the report was sent. Its last line must press Send on the review."
        )
    card = cards[-1]
    sealed = files.save(card)
    await stage.service.digest_now()
    await stage.settle()
    report = files.open_report(sealed)
    said = [
        {"who": who, "text": text}
        for turn in turns
        for who, text in (("reporter", turn.said), ("vestka", turn.shown))
    ]
    return Played(
        report["case"],
        report["language"],
        sealed,
        files.save(files.digests()[-1]),
        stage.key,
        stage.passphrase_file,
        tuple(card.text.splitlines()),
        tuple(said),
        find_faults(stage.instance, report, [(turn.step, turn.said, turn.shown) for turn in turns]),
    )
