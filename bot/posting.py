"""Asks for cards to be brought up to date; what stands on them is decided when they are sent."""

from __future__ import annotations

from bot.instance import Instance
from handlers.triage.cases import Case
from storage.outbox import Letter
from storage.unit_of_work import UnitOfWork

CARD_PRIORITY = {"red": 0, "orange": 30, "yellow": 40, "green": 50}


async def post_card(instance: Instance, uow: UnitOfWork, case: Case) -> None:
    """Ask the sender to bring the case's card up to date; urgent ones first."""
    payload = {"kind": "card", "case": case.id.hex()}
    letter = Letter(instance.chance(16), f"card:{case.id.hex()}", CARD_PRIORITY[case.level], payload)
    await uow.outbox.put(letter, replace=True)
