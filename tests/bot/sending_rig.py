"""A rig for the sender: a real store, a pretended network, and time that only a test moves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.networks import Batch, Delete, Edit, OpenTopic, Outgoing, Post, Raw
from bot.networks.errors import NothingThere, Unchanged
from bot.sender import Hooks, Sender
from bot.sending.lanes import Fresh
from bot.sending.screens import Send
from handlers.events import Incoming, Room
from handlers.limits import TELEGRAM, Limits
from storage.outbox import Letter
from storage.store import Store
from storage.traces import Trace
from storage.unit_of_work import Ahead, UnitOfWork
from tests.bot.turned_clock import TurnedClock
from tests.fakes import CountingIds, FakeClock

T = TypeVar("T")
HANNA, PIOTR = Room("telegram", "8589938834"), Room("telegram", "8589938835")
TEAM = Room("telegram", "-1007000000001")


class WatchedStore:
    """The real store, which tells how many of its jobs run, and can refuse some as a full disk does."""

    def __init__(self, store: Store) -> None:
        self.real = store
        self.busy = 0
        self.finished = 0
        self.refusals: list[Exception] = []

    @property
    def letters_waiting(self) -> int:
        return self.real.letters_waiting

    @property
    def letters_free(self) -> int:
        return self.real.letters_free

    async def run(self, job: Callable[[UnitOfWork], Awaitable[T]], *, ahead: Ahead | None = None) -> T:
        self.busy += 1
        try:
            if self.refusals:
                raise self.refusals.pop(0)
            return await self.real.run(job, ahead=ahead)
        finally:
            self.busy -= 1
            self.finished += 1


@dataclass
class Fault:
    """`problem` for the next `times` calls for which `fits` holds; `after`: done, but nobody learns of it."""

    problem: Exception
    fits: Callable[[Outgoing], bool]
    times: int = 1
    after: bool = False


@dataclass
class PretendedNetwork:
    """Rooms with messages, and a list of what was asked and when."""

    clock: TurnedClock
    name: str = "telegram"
    rooms: dict[Room, dict[str, str]] = field(default_factory=dict)
    buttons: dict[str, Any] = field(default_factory=dict)
    calls: list[tuple[float, Outgoing]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    fixed: set[str] = field(default_factory=set)
    ids: int = 0
    group: str | None = TEAM.id

    async def deliver(self, outgoing: Outgoing) -> str | None:
        self.calls.append((self.clock.seconds(), outgoing))
        fault = next((one for one in self.faults if one.times > 0 and one.fits(outgoing)), None)
        if fault is not None:
            fault.times -= 1
            if fault.after:
                self._do(outgoing)
            raise fault.problem
        await asyncio.sleep(0)
        return self._do(outgoing)

    def _do(self, outgoing: Outgoing) -> str | None:
        match outgoing:
            case Post(room=room, text=text):
                return self.put(room, text)
            case Edit(room=room, message=message, text=text):
                return self._edit(room, message, text)
            case Delete(room=room, messages=messages):
                return self._delete(room, messages)
            case OpenTopic():
                self.ids += 1
                return str(self.ids)
            case _:
                return None

    def put(self, room: Room, text: str) -> str:
        self.ids += 1
        self.rooms.setdefault(room, {})[str(self.ids)] = text
        return str(self.ids)

    def _edit(self, room: Room, message: str, text: str) -> str:
        if message not in self.rooms.get(room, {}):
            raise NothingThere("gone")
        if self.rooms[room][message] == text:
            raise Unchanged("the same")
        self.rooms[room][message] = text
        return message

    def _delete(self, room: Room, messages: tuple[str, ...]) -> str | None:
        left = [one for one in messages if one in self.fixed]
        for one in messages:
            if one not in left:
                self.rooms.get(room, {}).pop(one, None)
        return ",".join(left) or None

    def texts(self, room: Room) -> list[str]:
        return list(self.rooms.get(room, {}).values())

    def asked(self, kind: type[Outgoing]) -> list[Any]:
        return [outgoing for _, outgoing in self.calls if isinstance(outgoing, kind)]

    async def start(self) -> None: ...

    async def receive(self, position: str | None) -> Batch:
        return Batch((), position or "")

    def read(self, raw: Raw) -> Incoming | None:
        return None

    async def close(self) -> None: ...


@dataclass
class Told:
    """What the hooks and errands heard."""

    closed: list[Room] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    topics: list[Mapping[str, Any]] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    group: Room = TEAM

    async def close_room(self, room: Room) -> None:
        self.closed.append(room)

    async def move_room(self, new: str) -> None:
        self.moved.append(new)
        self.group = Room("telegram", new)

    async def miss_topic(self, payload: Mapping[str, Any]) -> None:
        self.topics.append(payload)

    async def post_card(self, payload: Mapping[str, Any], send: Send) -> None:
        self.cards.append(str(payload["case"]))
        await send(Post(self.group, f"card {payload['case']}"))


class Rig:
    """Everything together."""

    def __init__(self, store: Store, clock: FakeClock, *, limits: Limits = TELEGRAM) -> None:
        self.store = WatchedStore(store)
        self.clock = TurnedClock(clock, self.store)
        self.network = PretendedNetwork(self.clock)
        self.told = Told()
        self.limits = limits
        self.paused = False
        self.doubts: Iterator[bool] = iter(())  # answers that come before `paused`
        self._ids = CountingIds()
        self._serial = 10**6
        self.sender = self.make_sender()
        self._running: asyncio.Task[None] | None = None

    def make_sender(self) -> Sender:
        told = self.told
        hooks = Hooks(
            told.close_room,
            told.move_room,
            told.miss_topic,
            paused=lambda: next(self.doubts, self.paused),
        )
        return Sender(
            self.store,
            {"telegram": self.network},
            errands={"card": self.told.post_card},
            hooks=hooks,
            clock=self.clock,
            limits=self.limits,
            look_seconds=600,
            new_id=self._ids,
            jitter=lambda: 1.0,
        )

    def start(self) -> None:
        self._running = asyncio.create_task(self.sender.run())

    async def stop(self) -> None:
        """As a crash does: nothing is finished."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
        stopping = asyncio.create_task(self.sender.drain(0))
        await self.clock.turn(0)
        await stopping

    async def put(self, kind: str, slot: str, priority: int, **payload: Any) -> Letter:
        self._serial += 1
        letter = Letter(self._serial.to_bytes(16, "big"), slot, priority, {"kind": kind, **payload})
        replace = kind in {"show", "card"}
        await self.store.real.run(lambda uow: uow.outbox.put(letter, replace=replace))
        self.sender.wake()
        return letter

    def screen(self, room: Room, text: str, *, below: bool) -> Letter:
        """A screen that nobody has put yet."""
        self._serial += 1
        place = {"network": room.network, "room": room.id, "text": text, "buttons": []}
        slot = f"show:{room.network}:{room.id}"
        return Letter(self._serial.to_bytes(16, "big"), slot, 20, {"kind": "show", "below": below, **place})

    async def put_fresh(self, letter: Letter) -> Sequence[Fresh]:
        """Put it as dispatch does: claimed in the same transaction."""

        async def job(uow: UnitOfWork) -> Sequence[Fresh]:
            return await self.sender.claim_fresh(uow, [await uow.outbox.put(letter, replace=True)])

        return await self.store.real.run(job)

    async def show(
        self, room: Room, text: str, *, below: bool = False, gone_after: int | None = None
    ) -> None:
        rows = [[["Так", "yes"]]]
        place = {"network": room.network, "room": room.id, "text": text, "buttons": rows}
        slot = f"show:{room.network}:{room.id}"
        await self.put("show", slot, 20, **place, below=below, gone_after=gone_after)

    async def card(self, case: str, priority: int = 50) -> None:
        await self.put("card", f"card:{case}", priority, case=case)

    async def say_in(self, room: Room, text: str) -> None:
        place = {"network": room.network, "room": room.id, "topic": room.topic}
        await self.put("say", f"say:{text}", 30, **place, text=text)

    async def write(self, room: Room, text: str) -> str:
        """A person writes, and the app notes it."""
        message = self.network.put(room, text)
        at = self.clock.now()
        await self.store.real.run(lambda uow: uow.traces.note(room, message, mine=False, at=at))
        return message

    async def traces(self, room: Room) -> list[Trace]:
        return await self.store.real.run(lambda uow: uow.traces.of(room))

    def fail(
        self, problem: Exception, kind: type[Outgoing] = Post, *, room: Room | None = None, times: int = 1
    ) -> Fault:
        def fits(outgoing: Outgoing) -> bool:
            return isinstance(outgoing, kind) and (room is None or getattr(outgoing, "room", None) == room)

        fault = Fault(problem, fits, times)
        self.network.faults.append(fault)
        return fault
