"""The queue of updates: numbering, confirmation by offset, 24-hour retention, allowed kinds."""

import asyncio
from dataclasses import dataclass

from tests.doubles.telegram.world import JSON

RETENTION = 24 * 60 * 60
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
KINDS = frozenset({
    "message", "edited_message", "channel_post", "edited_channel_post", "inline_query",
    "chosen_inline_result", "callback_query", "shipping_query", "pre_checkout_query", "poll",
    "poll_answer", "my_chat_member", "chat_member", "chat_join_request", "chat_boost",
    "removed_chat_boost", "message_reaction", "message_reaction_count", "business_connection",
    "business_message", "edited_business_message", "deleted_business_messages",
    "purchased_paid_media", "managed_bot", "guest_message",
})  # fmt: skip
DEFAULT = KINDS - NOT_BY_DEFAULT


@dataclass(frozen=True, slots=True)
class Queued:
    """One update with the moment it was made."""

    update_id: int
    kind: str
    payload: JSON
    born: float

    def render(self) -> JSON:
        return {"update_id": self.update_id, self.kind: self.payload}


class UpdateQueue:
    """Updates in order; reading does not remove, a higher offset does."""

    def __init__(self, first: int = 700_000_001) -> None:
        self._next = first
        self._waiting: list[Queued] = []
        self.allowed: frozenset[str] = DEFAULT
        self.made: list[Queued] = []
        self.refused: list[Queued] = []

    def push(self, kind: str, payload: JSON, *, now: float) -> None:
        """Queue an update; kinds the bot did not ask for never get here."""
        queued = Queued(self._next, kind, payload, now)
        if kind not in self.allowed:
            self.refused.append(queued)
            return
        self._next += 1
        self.made.append(queued)
        self._waiting.append(queued)

    def allow(self, kinds: list[str] | None) -> None:
        """None keeps what was set before, an empty list means the default set."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or DEFAULT

    def confirm(self, offset: int, *, now: float) -> None:
        """Forget what the offset confirms and what is older than a day."""
        self._waiting = [one for one in self._waiting if now - one.born < RETENTION]
        if offset > 0:
            self._waiting = [one for one in self._waiting if one.update_id >= offset]
        elif offset < 0:
            self._waiting = self._waiting[offset:]

    def read(self, limit: int) -> list[Queued]:
        return self._waiting[:limit]

    def pending(self, now: float) -> list[Queued]:
        self.confirm(0, now=now)
        return list(self._waiting)

    def forget_all(self) -> None:
        self._waiting.clear()


class Bell:
    """Wakes everybody who waits for something to change."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Until the next ring, at most `seconds`."""
        event = self._event
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            return
