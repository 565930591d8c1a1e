"""Lives of the bot, one after the other, each ended by kill -9; and what lay on the disk at each death."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from storage.outbox import Letter
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from storage.volatile import KeyRing
from tests.bot.commands.paperwork import Paperwork
from tests.rig import PRODUCT, ROOT, environment

PATIENCE = 120.0
CASE_KEY = bytes(32)  # of the invented instance, see `paperwork.furnish`
Send = tuple[str, str]  # to whom, what: a screen's words or a card's code


@dataclass(frozen=True, slots=True)
class Death:
    """One kill: after how many calls at the network, and which letters were marked as under way then."""

    calls: int
    under_way: frozenset[Send] = field(repr=False)


@dataclass
class Lives:
    """Keeps the bot alive: whenever it dies, the disk is looked at and the next life begins."""

    papers: Paperwork
    database: str
    count_calls: Callable[[], int]
    deaths: list[Death] = field(default_factory=list)
    points: Counter[str] = field(default_factory=Counter)  # at which points it died
    passed: list[str] = field(default_factory=list)  # since it was armed last
    _listening: asyncio.Event = field(default_factory=asyncio.Event)
    _answered: asyncio.Future[bool] | None = None
    _ended: asyncio.Event = field(default_factory=asyncio.Event)
    _pid: int = 0

    @asynccontextmanager
    async def nursery(self) -> AsyncIterator[None]:
        """Start the program that gives birth; nobody lives yet."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.drills.crash_bot", self.papers.settings, self.papers.passphrase,
            cwd=ROOT, env=environment(PYTHONPATH=f"{PRODUCT}:{ROOT}"),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        self._orders = process.stdin
        hearing = asyncio.create_task(self._hear(process.stdout))
        try:
            yield
        finally:
            self._orders.close()
            await process.wait()
            await hearing

    @asynccontextmanager
    async def living(self, *, early: bool = False) -> AsyncIterator[None]:
        """Somebody lives, again and again; the last one is stopped gently. `early`: the control."""
        self._birth = "live early" if early else "live"
        self._ended.clear()
        self._order(self._birth)
        yield
        await asyncio.wait_for(self._listening.wait(), PATIENCE)
        os.kill(self._pid, signal.SIGTERM)
        await asyncio.wait_for(self._ended.wait(), PATIENCE)

    async def arm(self, number: int, point: str = "") -> None:
        """Let the bot die at the `number`-th point from now on (0: at none)."""
        while True:
            await asyncio.wait_for(self._listening.wait(), PATIENCE)
            self._answered = asyncio.get_running_loop().create_future()
            self._order(f"arm {number} {point}")
            if await asyncio.wait_for(self._answered, PATIENCE):
                return

    def _answer(self, *, armed: bool) -> None:
        """It is armed, or died just before it could be."""
        if self._answered is not None and not self._answered.done():
            self._answered.set_result(armed)

    def _order(self, words: str) -> None:
        self._orders.write(f"{words}\n".encode())

    async def _hear(self, told: asyncio.StreamReader) -> None:
        async for line in told:
            match line.decode().split():
                case ["born", pid]:
                    self._pid = int(pid)
                case ["listening"]:
                    self._listening.set()
                case ["armed"]:
                    self.passed.clear()
                    self._answer(armed=True)
                case ["ended", "0"]:
                    self._listening.clear()
                    self._ended.set()
                case ["ended", code]:
                    assert int(code) == -signal.SIGKILL, "the bot ended by itself"
                    await self._bury()
                case point:
                    self.passed += point

    async def _bury(self) -> None:
        self._listening.clear()
        self._answer(armed=False)
        self.points[self.passed[-1]] += 1
        await self.note_death()
        self._order(self._birth)

    async def note_death(self) -> None:
        """Look at what the next start will find."""
        under_way = await under_way_in(self.papers, self.database)
        self.deaths.append(Death(self.count_calls(), under_way))


async def under_way_in(papers: Paperwork, database: str = "") -> frozenset[Send]:
    """Letters that were marked as being sent when the bot died; read from a copy of the files."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for path in papers.home.glob("vestka.db*"):
            shutil.copy(path, copy)
        if not database and not (copy / "vestka.db").exists():
            return frozenset()
        shutil.copytree(papers.home / "runtime", copy / "runtime")
        url = database or f"sqlite+aiosqlite:///{copy / 'vestka.db'}"
        store = await open_store(url, copy / "runtime")
        try:
            return frozenset(await store.run(list_marked))
        finally:
            await store.close()


async def open_store(url: str, runtime: Path) -> Store:
    """The invented instance's store, as its next start would open it."""
    now = datetime.now(UTC)
    return await Store.open(
        url, ring=KeyRing.open(runtime, now=now, allow_disk=True), case_key=CASE_KEY,
        now=lambda: now, new_id=lambda: secrets.token_bytes(16),
    )  # fmt: skip


async def list_marked(uow: UnitOfWork) -> list[Send]:
    """Letters that are marked as being sent, as somebody who has just come finds them."""
    letters = await uow.outbox.take(10_000)
    return [await _what(uow, letter) for letter in letters if letter.repeated]


async def _what(uow: UnitOfWork, letter: Letter) -> Send:
    payload = letter.payload
    if payload["kind"] == "card":
        case = await uow.cases.get(bytes.fromhex(payload["case"]))
        return ("card", case.code if case else "")
    return (str(payload.get("room")), str(payload.get("text")))
