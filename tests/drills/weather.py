"""Bad weather at the double of the Bot API: what it does to calls, and who calls before their time."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.doubles.telegram.faults import Fault, FaultPlan, Kind
from tests.doubles.telegram.world import JSON

FLOOD, TROUBLE, FAIR = "flood", "trouble", "fair"
LONGEST = 60  # seconds of a retry_after
SLOW = 0.01  # seconds of the machine that a slow answer takes
TROUBLES = (Kind.FAIL, Kind.CLOSE, Kind.LOSE, Kind.LOSE_FAIL, Kind.DELAY)
TELLING = ("text", "caption", "name", "callback_query_id", "message_id", "message_ids", "message_thread_id")
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass
class Told:
    """Where somebody was told to wait: when, until when, and which calls that were."""

    at: float
    until: float
    calls: set[str] = field(default_factory=set)


class Weather(FaultPlan):
    """Strikes every other call, and notes each that comes before its `retry_after` is over.

    `seconds` is the injected clock. Calls wait by chat; those without a chat by method.
    """

    def __init__(self, seconds: Callable[[], float], chance: random.Random) -> None:
        super().__init__()
        self.kind = FAIR
        self.struck: Counter[str] = Counter()
        self.calls = 0
        self.early = 0
        self._seconds = seconds
        self._chance = chance
        self._told: dict[str, Told] = {}

    def strike(self, method: str, parameters: JSON) -> Fault | None:
        self.calls += 1
        scope = str(parameters.get("chat_id", method))
        call = " ".join([method, *(str(parameters.get(name)) for name in TELLING)])
        self.early += self._is_early(scope, call)
        if self.kind == FAIR or self._chance.random() < 0.5:
            return None
        fault = self._flood(scope, call) if self.kind == FLOOD else self._trouble(method)
        self.struck[fault.kind] += 1
        return fault

    def _is_early(self, scope: str, call: str) -> bool:
        """Before its time. Only in a reporter's chat do calls go one after the other: elsewhere one that was
        on its way already, at the same moment, is none, unless it is the very call that was refused.
        """
        told, now = self._told.get(scope), self._seconds()
        if told is None or now >= told.until - 1e-3:
            return False
        return now > told.at or scope.isdecimal() or call in told.calls

    def _flood(self, scope: str, call: str) -> Fault:
        seconds, now = self._chance.randint(1, LONGEST), self._seconds()
        told = self._told.get(scope)
        if told is None or told.at < now:
            told = self._told[scope] = Told(now, now)
        told.until = max(told.until, now + seconds)
        told.calls.add(call)
        return Fault(Kind.FLOOD, seconds=seconds)

    def _trouble(self, method: str) -> Fault:
        if method == "getUpdates":
            return Fault(Kind.REFUSE, status=409, description=CONFLICT)
        return Fault(self._chance.choice(TROUBLES), seconds=SLOW)
