"""Plays a script through the whole pipeline and checks what comes out at the other end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.errors import InputRefused
from bot.networks.console import NAME
from bot.trying.compare import Turn, find_faults
from bot.trying.files import Files
from bot.trying.script import Script, say_or_tap, transcript_of
from bot.trying.stage import REPORTER, Stage
from handlers.events import Room


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
    """Send every line, wait for the answer, then fetch the sealed files and the digest and open them.

    :raises InputRefused: the script ended before the report was sent.
    """
    stop = asyncio.Event()
    running = asyncio.create_task(stage.service.run(stop))
    telling = asyncio.create_task(_tell(stage, script))
    try:
        await asyncio.wait((running, telling), return_when=asyncio.FIRST_COMPLETED)
        if running.done():  # it has failed: nobody would answer any more
            telling.cancel()
            running.result()
        return await telling
    finally:
        stop.set()
        await asyncio.gather(running, telling, return_exceptions=True)


async def _tell(stage: Stage, script: Script) -> Played:
    turns = [await _take_turn(stage, script, line) for line in script.lines]
    return await _collect(stage, turns)


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
    sealed = [files.save(card) for card in cards]
    await stage.service.digest_now()
    await stage.settle()
    reports = [files.open_report(path) for path in sealed]
    return Played(
        case=reports[-1]["case"],
        language=reports[-1]["language"],
        sealed=sealed[-1],
        bundle=files.save(files.digests()[-1]),
        key=stage.key,
        passphrase_file=stage.passphrase_file,
        card=tuple(cards[-1].text.splitlines()),
        transcript=tuple(_transcript(turns)),
        faults=tuple(_faults(stage, reports, turns)),
    )


def _faults(stage: Stage, reports: list[dict[str, Any]], turns: list[Turn]) -> Iterator[str]:
    """Every report of the script is compared; a fault names its case where there are several."""
    instance = stage.instance
    for report in reports:
        for fault in find_faults(instance.pack, instance.texts, report, turns):
            yield fault if len(reports) == 1 else f"{report['case']}: {fault}"


def _transcript(turns: list[Turn]) -> Iterator[Mapping[str, str]]:
    for turn in turns:
        yield {"who": "reporter", "text": turn.said}
        yield {"who": "vestka", "text": turn.shown}
