"""Cards: how long after the reporter's last turn each stands in the group. Both name the case's code."""

from __future__ import annotations

import re
from collections import Counter
from time import perf_counter
from typing import NamedTuple, TypeVar

_TOLD = re.compile(rb"(?<![\w%])(?=[2-9]*[A-Z])[2-9A-Z]{5}(?!\w)")
_TO_THE_GROUP = re.compile(rb"\bchat_id\W+?-\d")
_FILED = re.compile(rb'filename="?([2-9A-Z]{5})\.age')
T = TypeVar("T")
_FORGET = 1000  # so many of either may wait for the other; rivals say codes and post no cards


class Posted(NamedTuple):
    """When a card came, and the calls of the API that led from the last turn to it, itself included."""

    at: float
    calls: tuple[str, ...]


class Cards:
    """Whichever comes first waits for the other: the answer to the last turn, or the card.

    `taken` are seconds. `ways` are right while a single talk is open: calls for others would count, too.
    """

    def __init__(self) -> None:
        self.taken: list[float] = []
        self.ways: Counter[tuple[str, ...]] = Counter()
        self._calls: list[str] = []
        self._answered = False
        self._told: dict[bytes, float] = {}
        self._posted: dict[bytes, Posted] = {}

    def begin(self) -> None:
        """A new window: what was before does not count."""
        self.taken, self.ways = [], Counter()

    def tap(self) -> None:
        """Somebody takes the last turn."""
        self._calls.clear()
        self._answered = False

    def call(self, method: str, body: bytes) -> None:
        """The bot calls the API; what it says to somebody who was answered belongs to their next turn."""
        if method != "getUpdates" and (not self._answered or _TO_THE_GROUP.search(body)):
            self._calls.append(method)

    def tell(self, since: float, body: bytes) -> None:
        """The last turn, taken at `since`, was answered."""
        self._answered = True
        if found := _TOLD.search(body):
            _forget(self._told)
            self._told[found[0]] = since
            self._pair(found[0])

    def post(self, body: bytes) -> None:
        """A document came."""
        if found := _FILED.search(body):
            _forget(self._posted)
            self._posted[found[1]] = Posted(perf_counter(), tuple(self._calls))
            self._pair(found[1])

    def _pair(self, code: bytes) -> None:
        if code in self._told and code in self._posted:
            posted = self._posted.pop(code)
            self.taken.append(posted.at - self._told.pop(code))
            self.ways[posted.calls] += 1


def _forget(waiting: dict[bytes, T]) -> None:
    if len(waiting) >= _FORGET:
        del waiting[next(iter(waiting))]
