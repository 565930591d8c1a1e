"""Reporters' chats: make one screen the only thing that is shown, and take everything else away.

A screen is posted or edited first. Everything older is deleted next, if the network has room for that at
once; what is not gone then gets an eraser in the outbox, in the transaction that notes the screen. Until that
transaction the letter counts as being sent and the older messages as lying there: so a crash can repeat a
screen, but can never leave words lying that nobody knows of.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.networks import Delete, Edit, Outgoing, Post, Press, Presses
from bot.networks.errors import NetworkError, NothingThere, Unchanged
from bot.sending.clock import Clock
from bot.sending.keeping import Keeper
from bot.sending.lanes import DELIVERED, ERASE, room_of
from handlers.events import Room
from handlers.limits import is_group
from storage.outbox import Letter
from storage.traces import Trace
from storage.unit_of_work import Ahead, UnitOfWork

ERASE_PRIORITY = 25
DELETE_AT_ONCE = 100
LOST_AT_MOST = 50  # how far back a screen is looked for whose posting was never answered
GIVE_UP_AFTER = timedelta(hours=47)  # the network lets us delete for 48
TRY_AGAIN_AFTER = timedelta(minutes=10)  # doubled each time

Send = Callable[[Outgoing], Awaitable[str | None]]
DeleteNow = Callable[[Delete], Awaitable[str | None]]  # now, or TryLater
Finish = Callable[
    [UnitOfWork], Awaitable[Sequence[Letter]]
]  # kept together with "sent"; returns what follows


class Screens:
    """Carries out "show", "erase" and "say"."""

    def __init__(
        self, store: Keeper, clock: Clock, *, new_id: Callable[[], bytes], delete_now: DeleteNow
    ) -> None:
        self._store = store
        self._delete_now = delete_now
        self._clock = clock
        self._new_id = new_id
        self.undeletable = 0  # messages that had to be left lying

    async def show(self, letter: Letter, send: Send, *, lines: Sequence[Trace] | None = None) -> Finish:
        """Edit the screen if it is the newest message and may be edited; else post a new one below.

        `lines`: what lies in the room, where the caller knows.
        """
        payload = letter.payload
        room = room_of(payload)
        if lines is None:
            lines = await self._lines(room)
        message = await self._draw(payload, room, send, newest=lines[-1] if lines else None)
        at = self._clock.now()
        lost = _between(lines, message) if letter.repeated else []
        gone = await self._sweep(room, [line.message for line in lines if line.message != message])

        async def finish(uow: UnitOfWork) -> Sequence[Letter]:
            left = await uow.traces.change(room, add=Trace(message, mine=True, at=at), gone=gone)
            others = [line.message for line in left if line.message != message]
            if uow.outbox.has_newer(letter):
                others = []  # the next screen sweeps
            others += [one for one in lost if one not in others]
            following = [self._eraser(room, others)] if others else []
            if payload.get("gone_after") is not None:
                due = at + timedelta(seconds=int(payload["gone_after"]))
                following.append(self._eraser(room, [message], not_before=due, drawn_at=at))
            return following + self._tell(payload)

        return finish

    def _tell(self, payload: Mapping[str, Any]) -> list[Letter]:
        """A letter to the app that this screen was delivered, where it wants to know."""
        if (case := payload.get("tells")) is None:
            return []
        told = {"kind": DELIVERED, "case": case, "network": payload["network"]}
        return [Letter(self._new_id(), f"{DELIVERED}:{case}", ERASE_PRIORITY, told)]

    async def _lines(self, room: Room) -> list[Trace]:
        return await self._store.run(lambda uow: uow.traces.of(room), ahead=Ahead(traced=[room]))

    async def _sweep(self, room: Room, messages: Sequence[str]) -> Sequence[str]:
        """Delete these at once if nobody waits for it; those that are gone. Others are left to an eraser."""
        if not messages:
            return ()
        try:
            stuck = await _delete(room, messages, self._delete_now)
        except NetworkError:
            return ()
        return [one for one in messages if one not in stuck]

    async def _draw(self, payload: Mapping[str, Any], room: Room, send: Send, *, newest: Trace | None) -> str:
        text, buttons = str(payload["text"]), presses(payload.get("buttons", ()))
        if newest is not None and newest.mine and not payload.get("below"):
            try:
                await send(Edit(room, newest.message, text, buttons))
            except Unchanged:
                return newest.message
            except NothingThere:
                pass  # deleted by hand, or too old: a new one then
            else:
                return newest.message
        return await send(Post(room, text, buttons, silent=bool(payload.get("silent")))) or ""

    async def say(self, letter: Letter, send: Send) -> Finish:
        """Post one message and touch no other."""
        payload = letter.payload
        room = room_of(payload)
        post = Post(
            room,
            str(payload["text"]),
            presses(payload.get("buttons", ())),
            silent=bool(payload.get("silent")),
        )
        message = await send(post)
        at = self._clock.now()

        async def finish(uow: UnitOfWork) -> Sequence[Letter]:
            if message and not is_group(room):
                await uow.traces.note(room, message, mine=True, at=at)
            return ()

        return finish

    async def erase(self, letter: Letter, send: Send) -> Finish:
        """Delete the named messages, or all we know of; what cannot be deleted is tried until 47 hours."""
        payload = letter.payload
        room = room_of(payload)
        lines = {line.message: line for line in await self._lines(room)}
        wanted = _wanted(payload, lines)
        stuck = await _delete(room, wanted, send)
        now = self._clock.now()
        again = [one for one in stuck if one in lines and now - lines[one].at < GIVE_UP_AFTER]
        tries = int(payload.get("tries", 0)) + 1

        async def finish(uow: UnitOfWork) -> Sequence[Letter]:
            await uow.traces.forget(room, [one for one in wanted if one not in again])
            self.undeletable += len(stuck) - len(again)
            if not again:
                return ()
            due = now + TRY_AGAIN_AFTER * 2 ** min(tries - 1, 5)
            return [self._eraser(room, again, not_before=due, tries=tries)]

        return finish

    def erase_all(self, room: Room) -> Letter:
        """A letter that empties a room."""
        return self._eraser(room, None)

    def _eraser(
        self,
        room: Room,
        messages: Sequence[str] | None,
        *,
        not_before: datetime | None = None,
        drawn_at: datetime | None = None,
        tries: int = 0,
    ) -> Letter:
        """`drawn_at`: only if the message still shows what was drawn then."""
        payload: dict[str, Any] = {
            "kind": ERASE,
            "network": room.network,
            "room": room.id,
            "messages": None if messages is None else list(messages),
            "not_before": not_before.isoformat() if not_before else None,
            "drawn_at": drawn_at.isoformat() if drawn_at else None,
            "tries": tries,
        }
        return Letter(self._new_id(), f"erase:{room.network}:{room.id}", ERASE_PRIORITY, payload)


def due_at(letter: Letter) -> datetime | None:
    """Before when it must not be sent."""
    text = letter.payload.get("not_before")
    return datetime.fromisoformat(text) if text else None


def presses(rows: Iterable[Iterable[Sequence[str]]]) -> Presses:
    """Buttons out of a payload: rows of (label, token)."""
    return tuple(tuple(Press(label, token) for label, token in row) for row in rows)


def _between(lines: Sequence[Trace], message: str) -> list[str]:
    """What a screen may be called whose posting was never answered: sent, perhaps, and known to nobody.

    Networks that number their messages gave it a number between our last one before it and this one.
    Numbers of other chats are not found in this one, and are passed over.
    """
    mine = [line.message for line in lines if line.mine]
    first = message.split(",", maxsplit=1)[0]
    if not first.isdecimal() or message in mine:
        return []
    known = [int(part) for one in mine for part in one.split(",") if part.isdecimal()]
    start = max([int(first) - LOST_AT_MOST, *(number + 1 for number in known if number < int(first))])
    return [str(number) for number in range(max(start, 1), int(first))]


def _wanted(payload: Mapping[str, Any], lines: Mapping[str, Trace]) -> list[str]:
    messages = payload.get("messages")
    wanted = list(lines) if messages is None else [str(one) for one in messages]
    if (drawn := payload.get("drawn_at")) is None:
        return wanted
    at = datetime.fromisoformat(drawn)
    return [one for one in wanted if one in lines and lines[one].at == at]


async def _delete(room: Room, wanted: Sequence[str], send: DeleteNow) -> list[str]:
    """Those that are still there and cannot be deleted."""
    left: set[str] = set()
    for start in range(0, len(wanted), DELETE_AT_ONCE):
        try:
            stuck = await send(Delete(room, tuple(wanted[start : start + DELETE_AT_ONCE])))
        except NothingThere:
            stuck = None
        left.update((stuck or "").split(","))
    return [one for one in wanted if left & set(one.split(","))]
