"""The flood limits, switched on by a test: per chat, per group and overall, by the double's clock."""

from collections import defaultdict, deque
from math import ceil

from tests.doubles.telegram.refusals import flooded
from tests.doubles.telegram.world import Chat

PREFIXES = ("send", "copy", "forward", "edit", "createForumTopic")
FREE = frozenset({"sendChatAction"})


class FloodGate:
    """Off unless switched on; then 30 a second overall, 1 a second per chat, 20 a minute per group."""

    def __init__(self) -> None:
        self.on = False
        self.per_second = 30
        self.per_chat_second = 1
        self.per_group_minute = 20
        self._all: deque[float] = deque()
        self._chats: dict[int, deque[float]] = defaultdict(deque)

    def pass_call(self, method: str, chat: Chat | None, *, now: float) -> None:
        """Count the call or refuse it with 429; a refused call is not counted."""
        if not self.on or chat is None or method in FREE or not method.startswith(PREFIXES):
            return
        mine = self._chats[chat.id]
        waits = [
            _wait(self._all, self.per_second, span=1.0, now=now),
            _wait(mine, self.per_chat_second, span=1.0, now=now),
        ]
        if not chat.private:
            waits.append(_wait(mine, self.per_group_minute, span=60.0, now=now))
        if max(waits) > 0:
            raise flooded(max(1, ceil(max(waits))))
        self._all.append(now)
        mine.append(now)


def _wait(times: deque[float], most: int, *, span: float, now: float) -> float:
    """Seconds until one more fits into the span; 0 if it fits now."""
    while times and now - times[0] >= 60.0:
        times.popleft()
    recent = [moment for moment in times if now - moment < span]
    return 0.0 if len(recent) < most else span - (now - recent[-most])
