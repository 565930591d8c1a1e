"""A gate whose clock a test moves, and a network that counts what comes through."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.networks import Delete, Outgoing, Reply
from bot.networks.errors import TryLater
from bot.sending.gate import Gate
from handlers.events import Room
from handlers.limits import Allowance, Limits
from tests.bot.desk import Slate

LIMITS = Limits(overall=(Allowance(5, 1.0),), private=(Allowance(1, 3.0),), group=(Allowance(2, 60.0),))


class Watch:
    """A clock that a test moves: whoever sleeps wakes up when his time has come."""

    def __init__(self) -> None:
        self.at = 1000.0
        self._sleeping: list[tuple[float, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.at, UTC)

    def seconds(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleeping.append((self.at + seconds, woken))
        await woken

    async def turn(self, seconds: float) -> None:
        """Let time pass, and everybody do what he can."""
        await settle()
        self.at += seconds
        for until, woken in self._sleeping:
            if until <= self.at and not woken.done():
                woken.set_result(None)
        await settle()


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


@dataclass
class Counter(Slate):
    """A network that notes when each call came, and refuses the rooms it was told to."""

    clock: Watch = field(default_factory=Watch)
    came: list[tuple[float, str]] = field(default_factory=list)
    refuses: dict[str, float] = field(default_factory=dict)
    left: tuple[str, ...] = ()  # what stands of whatever is refused
    done: list[Outgoing] = field(default_factory=list)
    fails: type[Exception] | None = None  # what a deletion meets

    async def deliver(self, outgoing: Outgoing) -> str | None:
        name = "reply" if isinstance(outgoing, Reply) else outgoing.room.id
        if seconds := self.refuses.pop(name, None):
            raise TryLater(seconds, left=self.left)
        self.done.append(outgoing)
        if self.fails is not None and isinstance(outgoing, Delete):
            raise self.fails("not here")
        self.came.append((self.clock.at - 1000.0, name))
        return "1"


def room(name: str, *, topic: str | None = None) -> Room:
    return Room("telegram", name, topic)


class Street:
    """A gate, and everybody on the way to it."""

    def __init__(self) -> None:
        self.network = Counter()
        self.clock = self.network.clock
        self.gate = Gate(self.network, LIMITS, self.clock)
        self._tasks: list[asyncio.Task[str | None]] = []

    def send(self, *outgoing: Outgoing, priority: int = 5) -> None:
        self._tasks += [asyncio.create_task(self.gate.deliver(one, priority=priority)) for one in outgoing]

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.gate.shut()

    @property
    def came(self) -> list[tuple[float, str]]:
        return self.network.came
