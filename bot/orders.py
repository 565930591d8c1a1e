"""What anybody on the roster may order, in the room or in private: lock it, open it, suspend somebody."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Protocol

from bot.instance import Instance
from bot.lockdown import tell
from bot.standings import take
from bot.suspending import suspend
from bot.unlocking import reopen
from handlers.guard.standing import Raised, Standing
from handlers.screens import Line, Screen
from storage.sealing import Member
from storage.unit_of_work import UnitOfWork


class Order(Protocol):
    """Carries out one order of a member."""

    def __call__(
        self, instance: Instance, uow: UnitOfWork, member: Member, *, network: str, argument: str
    ) -> Awaitable[None]: ...


async def panic(
    instance: Instance, uow: UnitOfWork, member: Member, *, network: str, argument: str = ""
) -> None:
    """Lock the room, in the commit that takes the order."""
    await take(instance, Raised("panic"), uow, known=Standing(), network=network, by=member.pseudonym)
    await tell(instance, uow, Screen((Line("guard-locked-now"),)), member=member, network=network)
    instance.bell.ring()


ORDERS: Mapping[str, Order] = {"panic": panic, "reopen": reopen, "suspend": suspend}
