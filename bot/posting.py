"""Asks for cards to be brought up to date; what stands on them is decided when they are sent."""

from __future__ import annotations

from collections.abc import Sequence

from bot.instance import Instance
from handlers.matching.hints import Alike
from handlers.triage.cases import Case
from storage.outbox import Letter
from storage.unit_of_work import UnitOfWork

CARD_PRIORITY = {"red": 0, "orange": 30, "yellow": 40, "green": 50}
FRESHEN_PRIORITY = 55  # after every card, before the digest


async def post_card(instance: Instance, uow: UnitOfWork, case: Case) -> None:
    """Ask the sender to bring the case's card up to date; urgent ones first."""
    await _ask(instance, uow, case, CARD_PRIORITY[case.level])


async def freshen_cards(instance: Instance, uow: UnitOfWork, alike: Sequence[Alike]) -> None:
    """Cards that lie there learn of a case that is like theirs: behind all that is new.

    What is about to be rendered anyway keeps its turn. A line in the topic of a mass event names nobody.
    """
    for other in alike:
        case = await uow.cases.by_code(other.code)
        place = await uow.cards.get(case.id) if case is not None else None
        if case is not None and place is not None and not place.cluster:
            waits = case.id in await uow.cases.unposted_ids()
            await _ask(instance, uow, case, CARD_PRIORITY[case.level] if waits else FRESHEN_PRIORITY)


async def _ask(instance: Instance, uow: UnitOfWork, case: Case, priority: int) -> None:
    payload = {"kind": "card", "case": case.id.hex()}
    letter = Letter(instance.chance(16), f"card:{case.id.hex()}", priority, payload)
    await uow.outbox.put(letter, replace=True)
