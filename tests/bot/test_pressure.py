"""What can wait is gathered only while calls have to queue."""

from __future__ import annotations

from bot.networks import Delete, Outgoing
from bot.sending.pressure import QUEUED_SECONDS, Pressure
from handlers.events import Room
from storage.store import Store
from tests.bot.sending_rig import WatchedStore
from tests.bot.turned_clock import TurnedClock
from tests.fakes import FakeClock

CALL = Delete(Room("telegram", "-1"), ("5",))


class Slow:
    """A network behind a gate: each call takes so many seconds."""

    def __init__(self, clock: FakeClock, seconds: float) -> None:
        self._clock, self._seconds = clock, seconds

    async def send(self, _: Outgoing) -> str | None:
        self._clock.advance(seconds=self._seconds)
        return "7"


async def begin(store: Store, clock: FakeClock, *, seconds: float) -> Pressure:
    pressure = Pressure(TurnedClock(clock, WatchedStore(store)))
    pressure.note("files")
    assert await pressure.watch(Slow(clock, seconds).send)(CALL) == "7"
    return pressure


async def test_while_calls_go_through_at_once_nothing_waits(store: Store, clock: FakeClock) -> None:
    pressure = await begin(store, clock, seconds=QUEUED_SECONDS / 2)
    assert pressure.pause("files", every=20) == 0


async def test_while_calls_queue_what_was_just_done_waits_and_what_was_not_does_not(
    store: Store, clock: FakeClock
) -> None:
    pressure = await begin(store, clock, seconds=5)
    assert pressure.pause("files", every=20) == 15
    assert pressure.pause("count", every=20) == 0
    clock.advance(seconds=15)
    assert pressure.pause("files", every=20) == 0
