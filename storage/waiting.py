"""Which letters wait, in memory: so that the next one is found without opening all of them.

Changed inside a transaction, with a journal: what a failed job or a failed commit changed is undone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Set
from dataclasses import dataclass, field, replace
from heapq import nsmallest


@dataclass(frozen=True, slots=True)
class Place:
    """Where a letter stands in the queue; `busy` while it is being sent."""

    slot: str = field(repr=False)
    priority: int
    sequence: int
    busy: bool = False
    repeated: bool = False
    shard: int = 0


class Waiting:
    """All letters of the outbox by id; among several workers, those of the shards that are ours.

    `mine` are these shards (None: all there are), `closing` those we are about to give away. `told` says that
    a letter was put into a shard of somebody else.
    """

    def __init__(self) -> None:
        self.mine: frozenset[int] | None = None
        self.closing: frozenset[int] = frozenset()
        self.told = False
        self._places: dict[bytes, Place] = {}
        self._slots: dict[str, set[bytes]] = {}
        self._sequence = 0
        self.free = 0  # those that are not being sent
        self._journal: list[tuple[bytes, Place | None]] = []

    def __len__(self) -> int:
        return len(self._places)

    def keys(self) -> Set[bytes]:
        """The ids of all letters."""
        return self._places.keys()

    def place(self, key: bytes) -> Place | None:
        """Where the letter stands, if it is known."""
        return self._places.get(key)

    def holds(self, shard: int) -> bool:
        """Whether letters of this shard are ours to send."""
        return self.mine is None or shard in self.mine

    def keep_only(self, shards: frozenset[int]) -> None:
        """From now on only these are ours: letters of others are forgotten. Between two commits only."""
        for key in [key for key, place in self._places.items() if place.shard not in shards]:
            self._change(key, None)
        self.mine = shards
        self.closing &= shards

    def next_sequence(self, above: int = 0) -> int:
        """A number greater than any before; an undone job leaves a gap, which means nothing."""
        self._sequence = max(self._sequence, above) + 1
        return self._sequence

    def set(self, key: bytes, place: Place) -> None:
        """The letter stands there now."""
        self._journal.append((key, self._places.get(key)))
        self._change(key, place)
        self._sequence = max(self._sequence, place.sequence)

    def set_busy(self, key: bytes, *, busy: bool) -> None:
        """It is, or is no longer, being sent."""
        if key in self._places:
            self.set(key, replace(self._places[key], busy=busy))

    def remove(self, key: bytes) -> None:
        """It is gone."""
        if key in self._places:
            self._journal.append((key, self._places[key]))
            self._change(key, None)

    def is_repeated(self, key: bytes) -> bool:
        """Whether it may have been sent before a crash."""
        return key in self._places and self._places[key].repeated

    def of_slot(self, slot: str, *, before: int) -> Collection[bytes]:
        """Letters about the same thing that are older and not being sent."""
        places = ((key, self._places[key]) for key in self._slots.get(slot, ()))
        return [key for key, place in places if not place.busy and place.sequence < before]

    def has_newer(self, slot: str, sequence: int) -> bool:
        """Whether the slot holds a letter that was put later."""
        return any(self._places[key].sequence > sequence for key in self._slots.get(slot, ()))

    def first(self, limit: int, *, fits: Callable[[str], bool] = lambda _: True) -> list[bytes]:
        """The next letters to send, of those whose slot fits."""
        free = (
            (place.priority, place.sequence, key)
            for key, place in self._places.items()
            if not place.busy and place.shard not in self.closing and fits(place.slot)
        )
        return [key for _, _, key in nsmallest(limit, free)]

    def fitting(self, fits: Callable[[str], bool]) -> list[bytes]:
        """All letters whose slot fits, in no order."""
        return [key for key, place in self._places.items() if fits(place.slot)]

    def mark(self) -> int:
        """A point to which `undo` can go back."""
        return len(self._journal)

    def undo(self, mark: int = 0) -> None:
        """Take back what was changed since `mark`."""
        while len(self._journal) > mark:
            self._change(*self._journal.pop())

    def settle(self) -> None:
        """It is committed: nothing before now can be undone."""
        self._journal.clear()

    def _change(self, key: bytes, place: Place | None) -> None:
        old = self._places.pop(key, None)
        if old is not None:
            self.free -= not old.busy
            self._slots[old.slot].discard(key)
            if not self._slots[old.slot]:
                del self._slots[old.slot]
        if place is not None:
            self.free += not place.busy
            self._places[key] = place
            self._slots.setdefault(place.slot, set()).add(key)
