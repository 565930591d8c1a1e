"""kill -9 on the true program, again and again, while people tell their stories."""

from __future__ import annotations

import asyncio
import base64
import json
import random
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from storage.sealing import Identity, open_sealed
from storage.store import Store
from storage.volatile import KeyRing
from tests.bot.commands.paperwork import Paperwork, furnish
from tests.journeys.stories import MOTHER, SEND
from tests.rig import Rig, environment, telegram

PEOPLE = 8
KILLS = 12
PATIENCE = 60.0
HOLDER = Identity.from_seed(bytes([1]) * 32)  # m-01 of the invented roster


@contextmanager
def started(papers: Paperwork) -> Iterator[subprocess.Popen[str]]:
    """The bot; killed at the end if it still runs."""
    command = [sys.executable, "-m", "bot", "run", "--settings", str(papers.settings)]
    process = subprocess.Popen(
        [*command, "--passphrase-file", str(papers.passphrase)],
        env=environment(), stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    with process:
        try:
            yield process
        finally:
            process.kill()


def wait_listening(process: subprocess.Popen[str]) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if "service.listening" in line:
            return
    raise AssertionError("the bot ended by itself")


def story_of(number: int) -> list[str]:
    """Everything typed, nothing tapped: who writes while the bot is down has no buttons to look at."""
    lines = [line.strip("[]") for line in (*MOTHER, SEND)]
    return [line.replace("Ян Прыклад", f"Ян Узор{chr(0x430 + number) * 4}") for line in lines]


class Crowd(threading.Thread):
    """People who type on, whether or not anybody listens."""

    def __init__(self, rig: Rig, seconds: float) -> None:
        super().__init__(daemon=True)
        self._rig = rig
        self._pause = seconds / (PEOPLE * len(story_of(0)))
        self.people = [
            rig.ask("person", name=f"Узор {number}", language="be")["id"] for number in range(PEOPLE)
        ]

    def run(self) -> None:
        for lines in zip(*(story_of(number) for number in range(PEOPLE)), strict=True):
            for person, line in zip(self.people, lines, strict=True):
                self._rig.ask("send", person=person, text=line)
                time.sleep(self._pause)


def read_cards(rig: Rig, group: int) -> list[dict[str, Any]]:
    """The report behind every card that stands in the group, opened by a holder."""
    shown = [one for one in rig.ask("messages", chat=group) if one["document"].endswith(".age")]
    files = (base64.b64decode(rig.ask("file", file_id=one["file_id"])["data"]) for one in shown)
    return [json.loads(open_sealed(data, [HOLDER]).body) for data in files]


async def count_kept(papers: Paperwork) -> tuple[int, int]:
    """Cases, and updates that were set aside, as the next start would find them."""
    now = datetime.now(UTC)
    store = await Store.open(
        f"sqlite+aiosqlite:///{papers.home / 'vestka.db'}",
        ring=KeyRing.open(papers.home / "runtime", now=now, allow_disk=True),
        case_key=bytes(32), now=lambda: now, new_id=lambda: secrets.token_bytes(16),
    )  # fmt: skip
    try:
        cases = await store.run(lambda uow: uow.cases.all())
        return len(cases), len(await store.run(lambda uow: uow.letters.all()))
    finally:
        await store.close()


def wait_until_told(rig: Rig, group: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        finished = {report["case"] for report in read_cards(rig, group) if report["finished"]}
        if len(finished) >= PEOPLE and not rig.ask("info")["pending_updates"]:
            return
        time.sleep(0.5)


@pytest.mark.slow
def test_a_dozen_kills_lose_no_report_double_no_case_and_repeat_a_card_only_under_its_code(
    tmp_path: Path,
) -> None:
    chance = random.Random(20261123)  # noqa: S311  (moments, not secrets)
    with telegram() as rig:
        group = rig.team()
        rig.ask("person", name="Дзяжурны", id=100200300)
        papers = furnish(tmp_path, api_root=rig.api_root, token=rig.said["token"], group=str(group))
        crowd = Crowd(rig, seconds=KILLS * 2.2)
        crowd.start()
        for number in range(KILLS):
            with started(papers) as process:
                if number % 4 != 3:  # every fourth dies while it starts
                    wait_listening(process)
                time.sleep(chance.uniform(0.05, 1.2))  # the whole point: any moment
                process.send_signal(signal.SIGKILL)
                assert process.wait(30) == -signal.SIGKILL
        with started(papers) as process:
            wait_listening(process)
            crowd.join()
            wait_until_told(rig, group)
            process.terminate()
            assert process.wait(30) == 0
        reports = read_cards(rig, group)
        screens = [rig.ask("screen", person=person) for person in crowd.people]
    cases, parked = asyncio.run(count_kept(papers))
    assert (cases, parked) == (PEOPLE, 0)
    codes: dict[str, set[str]] = {}
    for report in reports:
        codes.setdefault(report["answers"]["person"]["words"], set()).add(report["case"])
    assert Counter(len(of_one) for of_one in codes.values()) == {1: PEOPLE}
    finished = [report for report in reports if report["finished"]]
    assert {report["case"] for report in finished} == {code for of_one in codes.values() for code in of_one}
    for report in finished:
        assert report["answers"]["narrative"]["value"] == "Прыйшлі двое ў масках, прычыны не назвалі."
    assert [len(screen) for screen in screens] == [1] * PEOPLE
