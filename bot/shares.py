"""How several workers divide the work: who is dead, what to take, what to give back. Plain decisions."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass

from storage.leases import View, Worker
from storage.shards import READING, SHARDS

LOOK_SECONDS = 1.25
LOOKS_TO_DIE = 4
SECONDS_TO_DIE = LOOK_SECONDS * LOOKS_TO_DIE
SURE_SECONDS = SECONDS_TO_DIE - 1.5  # what is sent later than this after a look might be sent by another, too
_APART = LOOK_SECONDS * 0.8


@dataclass(frozen=True, slots=True)
class Pulse:
    """The count of a worker, since when we know it, how many looks found it unchanged, how often it grew."""

    beats: int
    since: float
    looks: int = 0
    grown: int = 0


class Watch:
    """Tells the dead by counts that do not grow, judged by our own steady clock and our own looks.

    Both must agree: a machine that slept, or a database that was away, makes nobody dead.
    """

    def __init__(self) -> None:
        self._pulses: dict[bytes, Pulse] = {}
        self._counted = float("-inf")

    def note(self, view: View, now: float) -> None:
        """One look, `now` in seconds of a steady clock."""
        counts = now - self._counted >= _APART
        if counts:
            self._counted = now
        self._pulses = {
            key: self._follow(self._pulses.get(key), worker, now=now, counts=counts)
            for key, worker in view.workers.items()
        }

    @staticmethod
    def _follow(pulse: Pulse | None, worker: Worker, *, now: float, counts: bool) -> Pulse:
        if pulse is None:
            return Pulse(worker.beats, now)
        if pulse.beats != worker.beats:
            return Pulse(worker.beats, now, grown=pulse.grown + 1)
        return Pulse(pulse.beats, pulse.since, looks=pulse.looks + counts, grown=pulse.grown)

    def dead(self, now: float) -> dict[bytes, int]:
        """Those whose count has stood still for too long, with that count."""
        return {
            key: pulse.beats
            for key, pulse in self._pulses.items()
            if pulse.looks >= LOOKS_TO_DIE and now - pulse.since >= SECONDS_TO_DIE
        }

    def is_alive(self, key: bytes) -> bool:
        """Whether we have seen it live."""
        return key in self._pulses and self._pulses[key].grown > 1


@dataclass(frozen=True, slots=True)
class Plan:
    """What to take, and what to give back."""

    take: frozenset[int]
    give: frozenset[int]


def divide(view: View) -> Plan:
    """Everybody sends about as much, and whoever comes first reads; nothing moves without need."""
    free = {share for share, holder in view.holders.items() if holder is None}
    ours = sorted(held_by_us(view) - {READING})
    ranks = sorted(view.workers)
    quota = SHARDS // len(ranks) + (ranks.index(view.me) < SHARDS % len(ranks))
    wanted = sorted(free - {READING})[: max(0, quota - len(ours))]
    return Plan(frozenset(wanted) | (free & {READING}), frozenset(ours[quota:]))


def held_by_us(view: View) -> Set[int]:
    """Our shares."""
    return {share for share, holder in view.holders.items() if holder == view.me}


def find_strangers(view: View, *, is_ours: Callable[[bytes], bool]) -> frozenset[bytes]:
    """Workers with other day keys than ours."""
    return frozenset(key for key, worker in view.workers.items() if not is_ours(worker.ring))
