"""The plan of what goes wrong, when, and how."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tests.doubles.telegram.world import JSON


class Kind(StrEnum):
    """What happens to a call."""

    DELAY = "delay"  # answered late
    DROP = "drop"  # never applied, never answered
    FAIL = "fail"  # 5xx, not applied
    CLOSE = "close"  # not applied, connection cut in the middle of an answer
    FLOOD = "flood"  # 429 with retry_after, not applied
    REFUSE = "refuse"  # a refusal with any code and sentence, not applied
    LOSE = "lose"  # applied, then the connection is cut
    LOSE_SILENT = "lose_silent"  # applied, never answered
    LOSE_FAIL = "lose_fail"  # applied, then answered with 5xx


AFTER = frozenset({Kind.LOSE, Kind.LOSE_SILENT, Kind.LOSE_FAIL})


@dataclass(slots=True)
class Fault:
    """One planned fault.

    It strikes calls of `method` (any if empty) to `chat` (any if None) for which `when` holds: the
    first `skip` of them pass, the next `times` are struck (None: for ever).
    """

    kind: Kind
    method: str = ""
    chat: int | None = None
    skip: int = 0
    times: int | None = 1
    when: Callable[[JSON], bool] | None = None
    seconds: float = 0.0
    status: int = 502
    description: str = ""
    struck: int = 0
    seen: int = 0

    def fits(self, method: str, parameters: JSON) -> bool:
        return (
            (not self.method or self.method.lower() == method.lower())
            and (self.chat is None or parameters.get("chat_id") == self.chat)
            and (self.when is None or self.when(parameters))
        )

    @property
    def spent(self) -> bool:
        return self.times is not None and self.struck >= self.times


class FaultPlan:
    """Faults in the order they were added; a call is struck by the first that fits."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, kind: str | Kind, method: str = "", **how: Any) -> Fault:
        """Plan a fault; see `Fault` for `how` (also `nth=N`: only the Nth fitting call)."""
        nth = how.pop("nth", None)
        if nth is not None:
            how |= {"skip": int(nth) - 1, "times": 1}
        fault = Fault(Kind(kind), method, **how)
        self._faults.append(fault)
        return fault

    def delay(self, seconds: float, method: str = "", **how: Any) -> Fault:
        return self.add(Kind.DELAY, method, seconds=seconds, **how)

    def drop(self, method: str = "", **how: Any) -> Fault:
        return self.add(Kind.DROP, method, **how)

    def fail(self, status: int = 502, method: str = "", **how: Any) -> Fault:
        return self.add(Kind.FAIL, method, status=status, **how)

    def close(self, method: str = "", **how: Any) -> Fault:
        return self.add(Kind.CLOSE, method, **how)

    def flood(self, retry_after: int, method: str = "", **how: Any) -> Fault:
        return self.add(Kind.FLOOD, method, seconds=retry_after, **how)

    def refuse(self, status: int, description: str, **how: Any) -> Fault:
        return self.add(Kind.REFUSE, status=status, description=description, **how)

    def lose_answer(self, method: str = "", **how: Any) -> Fault:
        """The call IS applied, but the bot never learns of it."""
        return self.add(how.pop("how", Kind.LOSE), method, **how)

    def strike(self, method: str, parameters: JSON) -> Fault | None:
        """The fault for this call, counted as used."""
        for fault in self._faults:
            if fault.spent or not fault.fits(method, parameters):
                continue
            fault.seen += 1
            if fault.seen > fault.skip:
                fault.struck += 1
                return fault
        return None

    def clear(self) -> None:
        self._faults.clear()
