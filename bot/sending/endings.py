"""How letters end: sent, given up, set aside or mended; kept in one transaction with what follows from it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as change
from typing import Any

import msgspec

from bot.logs import alarm, fault
from bot.networks.errors import RoomMoved, TopicMissing
from bot.sending.clock import Clock
from bot.sending.keeping import Keeper, keep
from bot.sending.lanes import ERASE, Lane, kind_of, room_of
from bot.sending.screens import Finish, Screens
from bot.sending.verdicts import REPLACEABLE
from handlers.events import Room
from storage.outbox import Letter
from storage.unit_of_work import Ahead, UnitOfWork


async def _nothing(*_: object) -> None:
    """For whoever does not want to know."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the app wants to hear, and what it is asked.

    `room_closed`: a reporter's room can no longer be written to. `room_moved`: the moderators' group has a
    new id. `topic_missing`: a topic is gone; the payload says whose letter met that. `paused`: whether the
    app's errands have to wait; reporters' screens go on.
    """

    room_closed: Callable[[Room], Awaitable[None]] = _nothing
    room_moved: Callable[[str], Awaitable[None]] = _nothing
    topic_missing: Callable[[Mapping[str, Any]], Awaitable[None]] = _nothing
    paused: Callable[[], bool] = _never


@dataclass(slots=True)
class Counts:
    """Letters since the start, for `doctor` and the log."""

    sent: int = 0
    parked: int = 0
    dropped: int = 0
    failures: int = 0


class Endings:
    """Ends letters of lanes; `accept` takes in the letters that follow from an ending."""

    def __init__(
        self,
        store: Keeper,
        screens: Screens,
        *,
        hooks: Hooks,
        clock: Clock,
        jitter: Callable[[], float],
        accept: Callable[[Letter], None],
    ) -> None:
        self._store = store
        self._screens = screens
        self._hooks = hooks
        self._clock = clock
        self._jitter = jitter
        self._accept = accept
        self.counts = Counts()

    async def conclude(self, lane: Lane, letters: Iterable[Letter], finish: Finish | None = None) -> None:
        """These letters are over: keep that, with whatever belongs to it."""
        over = list(letters)
        if not over:
            return
        following = await keep(
            self._store,
            lambda uow: _close_letters(uow, over, finish),
            clock=self._clock,
            jitter=self._jitter,
            ahead=Ahead(traced=[room_of(one.payload) for one in over if kind_of(one) in REPLACEABLE]),
        )
        for letter in over:
            lane.leave(letter)
        for letter in following:
            self._accept(letter)

    async def overtake(self, lane: Lane) -> None:
        """Screens that a newer one makes pointless are never sent."""
        if not (overtaken := lane.take_overtaken()):
            return
        self.counts.dropped += len(overtaken)
        await self.conclude(lane, overtaken)

    async def mend(self, lane: Lane, letter: Letter, problem: Exception) -> None:
        """The group moved or a topic is gone: tell the app, and try again with what it knows then."""
        if isinstance(problem, RoomMoved):
            await self._tell(self._hooks.room_moved(problem.room))
            if "room" in letter.payload:
                lane.replace(change(letter, payload={**letter.payload, "room": problem.room}))
        elif isinstance(problem, TopicMissing):
            await self._tell(self._hooks.topic_missing(letter.payload))
            if kind_of(letter) in REPLACEABLE:
                self.counts.dropped += 1
                await self.conclude(lane, [letter])

    async def park(self, lane: Lane, letter: Letter, reason: str) -> None:
        """Our own mistake: set it aside, sealed, for somebody to look at."""
        body = msgspec.msgpack.encode(dict(letter.payload))

        async def finish(uow: UnitOfWork) -> Sequence[Letter]:
            await uow.letters.park(body, reason)
            return ()

        self.counts.parked += 1
        alarm("sender.parked", priority=letter.priority)
        await self.conclude(lane, [letter], finish)

    async def drop_lane(self, lane: Lane, letter: Letter) -> None:
        """Nothing can be sent there any more. What lies there can perhaps still be taken away."""
        room = room_of(letter.payload)
        letters = list(lane.letters)
        self.counts.dropped += len(letters)
        eraser = self._screens.erase_all(room)

        async def finish(uow: UnitOfWork) -> Sequence[Letter]:
            lines = await uow.traces.of(room)
            if kind_of(letter) != ERASE and lines:
                return [eraser]
            await uow.traces.forget(room, [line.message for line in lines])
            return ()

        await self.conclude(lane, letters, finish)
        await self._tell(self._hooks.room_closed(room))

    async def _tell(self, telling: Awaitable[None]) -> None:
        try:
            await telling
        except Exception as problem:  # the app's trouble with it must not hold up the lane
            fault("sender.hook_failed", problem)


async def _close_letters(uow: UnitOfWork, over: Iterable[Letter], finish: Finish | None) -> list[Letter]:
    following = [await uow.outbox.put(letter) for letter in (await finish(uow) if finish else ())]
    for letter in following:
        await uow.outbox.sending(letter.id)
    for letter in over:
        await uow.outbox.done(letter.id)
    return following
