"""The bot that is killed: the real service, which ends itself with kill -9 at the n-th point it passes.

`python -m tests.drills.crash_bot SETTINGS PASSPHRASE_FILE` opens the secrets once. Then each line "live" on
standard input forks one life of the bot, a process of its own; to that life, "arm N [POINT]" says at which
point from now on it dies (0: never; POINT: only points of this name count). It tells on standard output what
it passes. "live early" is the control: it acknowledges a batch before anything of it is kept.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import Engine, event

from bot.app import put_together
from bot.guard import Watched
from bot.networks import Batch, Network, OpenTopic, Outgoing, Post, Raw
from bot.service import Service
from bot.settings import Settings
from bot.settings_file import read_settings
from handlers.events import Incoming
from handlers.guard.facts import Facts
from handlers.intake.flow import Pack
from handlers.texts import Texts
from storage.operator import OperatorSecrets, load
from storage.store import Store
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
UNREMEMBERED: dict[type[OpenTopic | Post], str] = {OpenTopic: "open.after", Post: "post.after"}
"""What lies in the group by now, and nobody has kept where."""
MOMENT = 0.2  # seconds that the control's hasty poll may take


class Points:
    """Tells each point that is passed, and dies at one of them."""

    def __init__(self) -> None:
        self._left = 0
        self._only = ""

    def arm(self, left: str, only: str = "") -> None:
        """From now on the `left`-th point (of that name, if one is given) is the last."""
        self._left, self._only = int(left), only
        say("armed")

    def __call__(self, point: str) -> None:
        say(point)
        if self._left and self._only in {"", point}:
            self._left -= 1
            if not self._left:
                os.kill(os.getpid(), signal.SIGKILL)


def say(words: str) -> None:
    """One line to whoever drives us, also when it is the last."""
    os.write(1, f"{words}\n".encode())


class DyingStore:
    """The store, with a point behind each commit."""

    def __init__(self, real: Store, passed: Points) -> None:
        self._real = real
        self._passed = passed

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    async def run(self, job: Callable[[UnitOfWork], Awaitable[T]], **how: Any) -> T:
        kept = await self._real.run(job, **how)
        self._passed("commit.after")
        return kept

    async def run_batch(self, *jobs: Any, **how: Any) -> list[Any]:
        kept = await self._real.run_batch(*jobs, **how)
        self._passed("commit.after")
        return kept


class DyingNetwork:
    """The network, with points around each acknowledgement, each reading and each sending."""

    def __init__(self, real: Network, passed: Points, *, early: bool) -> None:
        self._real = real
        self._passed = passed
        self._early = early
        self._acknowledged: str | None = None
        self.name = real.name

    @property
    def group(self) -> str | None:
        return self._real.group

    async def start(self) -> None:
        await self._real.start()
        say("listening")

    async def close(self) -> None:
        await self._real.close()

    async def receive(self, position: str | None) -> Batch:
        if position == self._acknowledged:
            return await self._receive(position)
        self._passed("acknowledge.before")
        batch = await self._receive(position)
        self._acknowledged = position
        self._passed("acknowledge.after")
        return batch

    async def _receive(self, position: str | None) -> Batch:
        batch = await self._real.receive(position)
        if self._early and batch.updates:
            await _give_up_soon(self._real.receive(batch.position))
        return batch

    def read(self, raw: Raw) -> Incoming | None:
        self._passed("read")
        return self._real.read(raw)

    async def deliver(self, outgoing: Outgoing) -> str | None:
        self._passed("send.before")
        sent = await self._real.deliver(outgoing)
        self._passed("send.after")
        for kind, point in UNREMEMBERED.items():
            if isinstance(outgoing, kind) and outgoing.room.id == self.group:
                self._passed(point)
        return sent

    async def look(self, accounts: Collection[str]) -> Facts:
        return await cast(Watched, self._real).look(accounts)


async def _give_up_soon(work: Awaitable[Any]) -> None:
    try:
        async with asyncio.timeout(MOMENT):
            await work
    except TimeoutError:
        return


async def live(settings: Settings, secrets: OperatorSecrets, *, early: bool) -> None:
    """One life: the service as `vestka run` puts it together, until SIGTERM or its point."""
    passed, stop = Points(), asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    orders = read_lines()

    def listen() -> None:
        order = next(orders, "").split()
        if order:
            passed.arm(*order[1:])
        else:  # nobody drives us any more
            loop.remove_reader(0)
            stop.set()

    loop.add_reader(0, listen)
    real = await put_together(settings, secrets)
    store = cast(Store, DyingStore(real.instance.store, passed))
    event.listen(Engine, "commit", lambda _: passed("commit.before"))
    network = DyingNetwork(real.network, passed, early=early)
    service = Service(
        replace(real.instance, store=store),
        network,
        clock=real.clock,
        watched=network,
        unlimited=True,
    )
    await service.run(stop)


def read_lines() -> Iterator[str]:
    """Standard input without a buffer, which a fork would double."""
    line = b""
    while letter := os.read(0, 1):
        line += letter
        if letter == b"\n":
            yield line.decode().strip()
            line = b""


def main(settings_file: Path, passphrase_file: Path) -> None:
    """Load what every life needs, then give birth whenever we are told to."""
    settings = read_settings(settings_file)
    secrets = load(settings.secrets_path, passphrase_file.read_text("utf-8").strip())
    Pack.load()
    Texts.load()
    for order in read_lines():
        if not order.startswith("live"):
            continue  # for a life that ended before it heard of it
        child = os.fork()
        if not child:
            asyncio.run(live(settings, secrets, early=order.endswith("early")))
            os._exit(0)
        say(f"born {child}")
        _, status = os.waitpid(child, 0)
        say(f"ended {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
