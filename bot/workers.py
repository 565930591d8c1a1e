"""One worker among several on one database: it says that it lives, takes its part, and gives way.

One reads: its network allows no second reader. All send, each the letters of its own shards.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bot.logs import alarm, fault, say
from bot.parts import Read
from bot.sender import Sender
from bot.shares import (
    LOOK_SECONDS,
    SURE_SECONDS,
    Watch,
    divide,
    find_strangers,
    held_by_us,
)
from bot.sole import running, sole
from storage.errors import LeaseLost, RuntimeDirectoryRefused, StorageError
from storage.leases import Leases, View
from storage.shards import READING
from storage.store import Store

_A_MOMENT = 0.05


class Shared:
    """One of several. `folder` is the runtime directory, where each holds a lock while it lives."""

    def __init__(
        self,
        leases: Leases,
        store: Store,
        *,
        read: Read,
        sender: Sender,
        folder: Path,
        new_id: Callable[[], bytes],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        store.send_nothing()
        self._leases = leases
        self._store = store
        self._read = read
        self._sender = sender
        self._folder = folder
        self._new_id = new_id
        self._seconds = seconds
        self._presence = ExitStack()
        self._watch = Watch()
        self._view: View | None = None
        self._seen = asyncio.Event()
        self._reads = asyncio.Event()
        self._acts = 0  # odd while we act
        self._settled = False
        self._looked = float("-inf")
        self._beaten = asyncio.Event()
        self._beating: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Take part until cancelled; whoever was taken for dead begins anew.

        :raises RuntimeDirectoryRefused: the others use other day keys.
        """
        while True:
            try:
                await self._live()
            except LeaseLost:
                alarm("worker.lost")
            except RuntimeDirectoryRefused:
                raise
            except StorageError as problem:
                fault("worker.failed", problem)
                await asyncio.sleep(LOOK_SECONDS)
            await self._drop_everything()

    async def _live(self) -> None:
        """One life: from joining until somebody takes us for dead."""
        await self._join()
        self._beating = asyncio.create_task(self._beat())
        tasks = [asyncio.create_task(work) for work in (self._act(), self._hear(), self._read_in_turn())]
        try:
            done, _ = await asyncio.wait([self._beating, *tasks], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            await _end(*tasks)

    async def _join(self) -> None:
        me = self._new_id()
        self._presence.enter_context(sole(self._mark_of(me)))
        self._presence.callback(self._mark_of(me).unlink, missing_ok=True)
        await self._leases.join(me)
        await self._store.send_only(())
        self._watch, self._settled = Watch(), False

    async def leave(self) -> None:
        """Let the others take over at once."""
        try:
            await _end(self._beating)
            await self._leases.leave()
        except StorageError as problem:  # then they find out by themselves
            fault("worker.failed", problem)
        finally:
            self._presence.close()

    async def _drop_everything(self) -> None:
        """Nothing that was begun may go on under a new name."""
        await _end(self._beating)
        self._leases.forget()
        await self._sender.drop(self._store.shards)
        await self._store.send_only(())
        self._presence.close()
        self._reads.clear()

    async def be_sure(self) -> None:
        """Return while others still count on us: not for as long as it might take them to strike us out."""
        while self._seconds() - self._looked > SURE_SECONDS:
            self._beaten.clear()
            await self._beaten.wait()

    # Saying that we live, and seeing who does -----------------------------------------------------------

    async def _beat(self) -> None:
        while True:
            began, acts = self._seconds(), self._acts
            self._leases.shares.clear()
            try:
                view = await self._leases.look()
            except LeaseLost:
                self._looked = float("-inf")
                raise
            except StorageError as problem:
                fault("worker.failed", problem)
            else:
                self._looked = began
                self._beaten.set()
                self._watch.note(view, began)
                if acts == self._acts and not acts % 2:  # else it may show how things were before we acted
                    self._view = view
                    self._seen.set()
            await _first_of(self._leases.shares.wait(), LOOK_SECONDS)

    async def _act(self) -> None:
        """Strike out the dead, take and give, look after look."""
        while True:
            await self._seen.wait()
            self._seen.clear()
            self._acts += 1
            try:
                acted = self._view is not None and await self._balance(self._view)
            except (LeaseLost, RuntimeDirectoryRefused):
                raise
            except StorageError as problem:  # the next look tells how far it came
                acted = False
                fault("worker.failed", problem)
            finally:
                self._acts += 1
            if acted:
                self._leases.shares.set()  # and look at once how it is now

    async def _balance(self, view: View) -> bool:
        """Do what one look asks for; whether that was anything."""
        strangers = find_strangers(view, is_ours=self._leases.is_ours)
        if not self._settled and not self._settle(strangers):
            return bool(await self._strike_out(view, strangers))  # dead since a power cut
        view = view.without(strangers | await self._strike_out(view, strangers))
        self._sender.divide(len(view.workers))
        held, plan = held_by_us(view), divide(view)
        taken = await self._leases.take(plan.take) if plan.take else frozenset[int]()
        if plan.give:
            await self._give(plan.give)
        if (shards := frozenset(held | taken) - plan.give - {READING}) != self._store.shards:
            await self._hold(shards)
        if READING in held | taken:
            self._reads.set()
        return bool(taken or plan.give)

    def _settle(self, strangers: Collection[bytes]) -> bool:
        """Whether we may begin: not as long as somebody with other day keys may be at work."""
        if any(map(self._watch.is_alive, strangers)):
            raise RuntimeDirectoryRefused(
                "Another worker on this database uses another runtime directory. "
                "Give all workers of an instance the same places.runtime, on one machine."
            )
        self._settled = not strangers
        return self._settled

    async def _strike_out(self, view: View, strangers: Collection[bytes]) -> set[bytes]:
        """Whose process has ended, as the kernel says, and whose count stands still; not ourselves."""
        silent = self._watch.dead(self._seconds())
        ended = {
            key: worker.beats
            for key, worker in view.workers.items()
            if key not in strangers and running(self._mark_of(key)) is None
        }
        struck = set()
        for key, beats in ({**ended, **silent}).items():
            if key != view.me and await self._leases.strike_out(key, beats=beats):
                say("worker.taken_over")
                self._mark_of(key).unlink(missing_ok=True)
                struck.add(key)
        return struck

    async def _give(self, shards: Collection[int]) -> None:
        self._store.stop_claiming(shards)
        await self._sender.leave(shards)
        await self._store.send_only(self._store.shards - frozenset(shards))
        await self._leases.give_back(shards)

    async def _hold(self, shards: frozenset[int]) -> None:
        if lost := self._store.shards - shards:
            self._store.stop_claiming(lost)
            await self._sender.drop(lost)
        await self._store.send_only(shards)
        self._sender.wake()
        say("worker.sending", shards=len(shards))

    # Working --------------------------------------------------------------------------------------------

    async def _hear(self) -> None:
        """Learn of letters at once when we are told, and every little while in case we were not."""
        while True:
            await _first_of(self._leases.letters.wait(), LOOK_SECONDS)
            self._leases.letters.clear()
            try:
                await self._store.learn_letters()
            except LeaseLost:
                raise
            except StorageError as problem:
                fault("worker.failed", problem)
            self._sender.wake()
            await asyncio.sleep(_A_MOMENT)  # whatever else is put meanwhile is learned in one go

    async def _read_in_turn(self) -> None:
        await self._reads.wait()
        say("worker.reading")
        await self._read()

    def _mark_of(self, worker: bytes) -> Path:
        return self._folder / f"{worker.hex()}.worker"


async def _end(*tasks: asyncio.Task[Any] | None) -> None:
    going = [task for task in tasks if task is not None]
    for task in going:
        task.cancel()
    await asyncio.gather(*going, return_exceptions=True)


async def _first_of(waiting: Awaitable[Any], seconds: float) -> None:
    """Until it comes true, or the seconds are over."""
    try:
        async with asyncio.timeout(seconds):
            await waiting
    except TimeoutError:
        pass
