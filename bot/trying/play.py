"""Plays a script through the whole pipeline and checks what comes out at the other end."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from bot.errors import InputRefused
from bot.networks.console import TEAM, Message
from bot.trying.script import Script, say_or_tap, transcript_of
from bot.trying.stage import REPORTER, Stage
from handlers.intake.review import told_in
from storage.sealing import Identity, open_sealed


@dataclass(frozen=True, slots=True)
class Played:
    """Where everything lies, what was seen, and whether the opened report equals what was told."""

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
        transcript, review = await _talk(stage, script)
        card = _card(stage)
        if card is None or card.document is None:
            raise InputRefused(
                "The script ended before the report was sent. Its last lines must answer the review with Send."
            )
        sealed = _save(stage.folder, card)
        bundle = await _digest(stage)
    finally:
        stop.set()
        await running
    body = _open(sealed, stage.identity)
    faults = _compare(stage, body, review)
    return Played(
        body["case"],
        body["language"],
        sealed,
        bundle,
        stage.key,
        stage.passphrase_file,
        tuple(card.text.splitlines()),
        tuple(transcript),
        faults,
    )


async def _talk(stage: Stage, script: Script) -> tuple[list[Mapping[str, str]], str]:
    """The conversation line by line; also returns the last review that was shown."""
    transcript: list[Mapping[str, str]] = []
    review = ""
    for line in script.lines:
        if stage.service.at_review(REPORTER):
            review = transcript_of(stage.console.visible(REPORTER)[-1:])
        say_or_tap(stage.console, REPORTER, line, language=script.language)
        await stage.service.settle()
        transcript.append({"who": "reporter", "text": line})
        transcript.append({"who": "vestka", "text": transcript_of(stage.console.visible(REPORTER))})
    return transcript, review


def _card(stage: Stage) -> Message | None:
    cards = [message for message in stage.console.visible(TEAM) if message.document is not None]
    return cards[-1] if cards else None


async def _digest(stage: Stage) -> Path:
    """Have the digest made now instead of at its hour, and take it from the group as a holder would."""
    await stage.service.digest_now()
    await stage.service.settle()
    posted = [message for message in stage.console.visible(TEAM) if message.document and not message.topic]
    return _save(stage.folder, posted[-1])


def _save(folder: Path, message: Message) -> Path:
    assert message.document is not None  # noqa: S101  (chosen for it)
    path = folder / message.document.name
    path.write_bytes(message.document.data)
    return path


def _open(path: Path, identity: Identity) -> dict[str, Any]:
    opened = open_sealed(path.read_bytes(), [identity])
    return msgspec.json.decode(opened.body, type=dict[str, Any])


def _compare(stage: Stage, body: dict[str, Any], review: str) -> tuple[str, ...]:
    """Every line that the opened report tells must have stood on the last review the reporter saw."""
    told = told_in(stage.instance.pack, stage.instance.texts, body)
    return tuple(question for question, words in told.items() if words not in review)
