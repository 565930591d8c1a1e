"""What two of the team decide that is about no case: how one asks, and what the second one's button does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot import bulk, duty, seconding
from bot.lists import Answers
from bot.turn import Turn
from handlers.approvals import Approval, Matter
from handlers.triage.deciding import Decision

ASKED: Mapping[str, Answers] = {"duty": duty.show_or_ask, "export": bulk.ask}
"""By command."""

AGREED: Mapping[Matter, Callable[[Turn, Approval], Awaitable[Decision]]] = {
    Matter.DUTY: duty.agree,
    Matter.EXPORT: bulk.agree,
}


async def agree_to(turn: Turn, key: bytes) -> Decision:
    """Somebody agrees to the request with this id, be it about a case or not."""
    asked = await turn.uow.approvals.get(key)
    if asked is not None and asked.request.matter in AGREED:
        return await AGREED[asked.request.matter](turn, asked)
    return await seconding.agree_to(turn, key)
