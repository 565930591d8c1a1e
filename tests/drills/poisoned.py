"""One run of hostile updates through the real parser, engine and store, with honest people in each batch."""

from __future__ import annotations

import asyncio
import logging
import random
import re
import secrets
import signal
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from types import FrameType
from typing import Any

from sqlalchemy import Engine, event

from bot.dispatch import Dispatch
from bot.instance import Instance
from bot.logs import configure
from bot.networks import Batch, Raw
from bot.settings import Organisation, Settings, Team
from handlers.intake.flow import Pack
from handlers.texts import Texts
from storage.outbox import Letter
from storage.sealing import SigningKey
from storage.store import REAL_SEALS, Store
from storage.unit_of_work import UnitOfWork
from storage.vault import Seals
from storage.volatile import KeyRing
from tests.bot.desk import make_member, make_roster
from tests.drills.canaries import Search, account, cyrillic, files_under, spell_halves, spell_number
from tests.drills.hostile import STORY, Forge, make_templates
from tests.drills.poisoned_parts import SLOW, Hanging, Run, Timed, tell_nobody
from tests.fakes import FakeClock

AT_ONCE = 20  # updates in a batch; one of them is an honest person's
ACCOUNTS = 24
HANGING = 30.0
TOKEN = "8589934592:TEST-TOKEN-of-nobody"
UNREADABLE = "Unreadable"


@dataclass
class Poisoned:
    """An instance, its enemies and its honest people."""

    instance: Instance
    network: Timed
    dispatch: Dispatch
    forge: Forge
    seed: str
    chance: random.Random
    run: Run = field(default_factory=Run)
    number: int = 1000
    commits: int = 0
    shown: dict[str, str] = field(default_factory=dict)

    async def learn(self) -> list[str]:
        """What an honest person is shown line by line when nobody disturbs."""
        honest, texts = account(self.chance), []
        for line in STORY:
            await self.take([self.forge.text_update(self.next(), honest, line)])
            texts.append(self.seen_by(honest))
        return texts

    def next(self) -> int:
        self.number += 1
        return self.number

    def seen_by(self, honest: int) -> str:
        """Their screen, whatever the case's code is."""
        return re.sub(r"\b[0-9A-Z]{5}\b", "CODE", self.shown.pop(str(honest), "nothing"))

    async def go(self, updates: int, expected: list[str]) -> None:
        """Batch after batch."""
        honest, told = account(self.chance), 0
        while self.run.updates < updates:
            line = self.forge.text_update(self.next(), honest, STORY[told])
            raws = [self.forge.unparsable(self.next())]
            raws += [self.forge.hostile(self.next()) for _ in range(AT_ONCE - 2)]
            raws.insert(self.chance.randint(0, len(raws)), line)
            stopped = self.run.crashes
            await self.take(raws)
            self.run.honest_lines += 1
            if self.seen_by(honest) != expected[told] or self.run.crashes > stopped:
                self.run.honest_delayed += 1
                self.note(int(line.key))
            told += 1
            if told == len(STORY):
                honest, told = account(self.chance), 0

    def note(self, number: int) -> None:
        self.run.failing.append(f"{self.seed}#{number}")

    async def take(self, raws: list[Raw]) -> None:
        """One batch, as a poll brings it, and afterwards what the sender would do."""
        self.commits, began = 0, time.thread_time()
        with watched():
            try:
                await self.dispatch.take(self.network, Batch(raws, raws[-1].key))
            except Exception:  # whatever it is, it stopped the batch
                self.run.crashes += 1
                await self._find_culprits(raws)
        spent = time.thread_time() - began
        self.run.commits_per_batch = max(self.run.commits_per_batch, self.commits)
        self.run.longest_batch_ms = max(self.run.longest_batch_ms, round(spent * 1000, 1))
        if spent > SLOW:
            self.run.slow += 1
            self.note(int(raws[0].key))
        self.run.batches += 1
        self.run.updates += len(raws)
        for letter in await self.instance.store.run(_deliver):
            self._show(letter)

    async def _find_culprits(self, raws: list[Raw]) -> None:
        for raw in raws:
            try:
                await self.dispatch.take(self.network, Batch([raw], raw.key))
            except Exception:  # this one
                self.note(int(raw.key))

    def _show(self, letter: Letter) -> None:
        if letter.payload["kind"] != "show":
            return
        room, rows = str(letter.payload["room"]), letter.payload.get("buttons", ())
        self.shown[room] = str(letter.payload["text"])
        if room.isdecimal():
            self.forge.tokens[int(room)] = [str(token) for row in rows for _, token in row]


async def _deliver(uow: UnitOfWork) -> list[Letter]:
    """The outbox, emptied as if all of it had been sent."""
    letters = await uow.outbox.take(1000)
    for letter in letters:
        await uow.outbox.done(letter.id)
    return letters


@contextmanager
def watched() -> Iterator[None]:
    """Ends what does not end by itself: by processor time, so that a busy machine means nothing."""

    def bark(_signal: int, _frame: FrameType | None) -> None:
        raise Hanging

    before = signal.signal(signal.SIGPROF, bark)
    signal.setitimer(signal.ITIMER_PROF, HANGING)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@asynccontextmanager
async def poisoned(
    folder: Path, seed: str, *, canary: str, accounts: list[int], seals: Seals, kind: type[Dispatch]
) -> AsyncIterator[Poisoned]:
    """A fresh instance in a folder."""
    chance, clock = random.Random(seed), FakeClock()
    ring = KeyRing.open(folder / "runtime", now=clock.now(), allow_disk=True)
    store = await Store.open(
        f"sqlite+aiosqlite:///{folder / 'vestka.db'}", ring=ring, case_key=bytes(32), now=clock.now,
        new_id=lambda: secrets.token_bytes(16), seals=seals,
    )  # fmt: skip
    templates = await make_templates()
    settings = Settings(organisation=Organisation(name="Узорны цэнтр"), team=Team(language="en"))
    today = clock.now().date()
    moderator, _ = make_member(1, today, accounts={"telegram": str(accounts[0])})
    roster = make_roster(today, moderator)
    instance = Instance(settings, roster, SigningKey.generate(), ring, store, Pack.load(), Texts.load(),
                        now=clock.now)  # fmt: skip
    group = next(str(one["message"]["chat"]["id"]) for one in templates if _is_group(one))
    made = Poisoned(
        instance,
        Timed(TOKEN, group=group),
        kind(instance, after=tell_nobody),
        Forge(templates, accounts, canary=canary, chance=chance),
        seed,
        chance,
    )

    def count(_: Any) -> None:
        made.commits += 1

    event.listen(Engine, "commit", count)
    try:
        yield made
        kept = await store.run(lambda uow: uow.letters.all())
        made.run.parked += Counter(letter.reason for letter in kept)
        made.run.sealed = len(await store.run(lambda uow: uow.cases.all()))
        made.run.longest_read_ms = round(made.network.longest * 1000, 1)
    finally:
        event.remove(Engine, "commit", count)
        await store.close()


def _is_group(update: dict[str, Any]) -> bool:
    return bool(update.get("message", {}).get("chat", {}).get("id", 0) < 0)


async def fuzz(seed: str, updates: int, *, seals: Seals = REAL_SEALS, kind: type[Dispatch] = Dispatch) -> Run:
    """So many updates into an instance of their own, whose files are searched at the end, logs included."""
    chance, stream = random.Random(f"{seed}/words"), StringIO()
    canary, accounts = cyrillic(chance), [account(chance) for _ in range(ACCOUNTS)]
    search = Search(
        {"word": spell_halves(canary)} | {"account": {s for n in accounts for s in spell_number(n)}}
    )
    undo = configure(level=logging.DEBUG, stream=stream)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            async with poisoned(
                folder, seed, canary=canary, accounts=accounts, seals=seals, kind=kind
            ) as made:
                expected = await made.learn()
                try:
                    await made.go(updates, expected)
                except Hanging:
                    made.run.slow += 1
                    made.note(made.number)
                (folder / "log").write_text(stream.getvalue(), "utf-8", "backslashreplace")
                found = await asyncio.to_thread(
                    search.in_files, [path for path in files_under(folder) if "runtime" not in path.parts]
                )
        finally:
            undo()
    made.run.unsealed, made.run.searched_bytes = found.total, found.bytes
    return made.run
