"""A room that was locked, and people who ask for it to be opened."""

from __future__ import annotations

from typing import Any

from bot.standings import load_standing, take
from handlers.approvals import Approval
from handlers.events import Commanded, Room
from handlers.guard.standing import Looked, Raised, Standing, State
from storage.store import Store
from storage.volatile import KeyRing
from tests.bot.desk import GROUP, NAME, Desk, make_member, make_roster
from tests.fakes import FakeClock


def started(store: Store, ring: KeyRing, clock: FakeClock) -> Desk:
    """What a start makes: it knows nothing but what is kept."""
    today = clock.now().date()
    members = [make_member(number, today)[0] for number in (1, 2, 3)]
    members += [
        make_member(4, today, suspended=True)[0],
        make_member(5, today, expires=today.replace(day=1))[0],
    ]
    return Desk(store, ring, clock, roster=make_roster(today, *members))


async def happen(desk: Desk, *events: Looked | Raised) -> None:
    for event in events:

        async def job(uow: Any, event: Looked | Raised = event) -> None:
            await take(desk.instance, event, uow, known=Standing(), network=NAME)

        await desk.store.run(job)


async def lock(desk: Desk) -> None:
    """Opened once, then somebody rings."""
    await happen(desk, Looked(), Raised("panic"))


async def state(desk: Desk) -> State:
    standing = await desk.store.run(lambda uow: load_standing(desk.instance, uow, Standing()))
    return standing.state


async def reopen(desk: Desk, member: int, *, in_group: bool = False) -> None:
    account = str(9000 + member)
    room = Room(NAME, GROUP) if in_group else Room(NAME, account)
    event = Commanded("reopen", "", "5")
    await desk.take(desk.lay(event, room, sender=account, private=not in_group, hint="en"))


async def told(desk: Desk, member: int) -> list[str]:
    letters = await desk.letters("say")
    return [str(one.payload["text"]) for one in letters if one.payload["room"] == str(9000 + member)]


async def asked(desk: Desk) -> Approval:
    (one,) = await desk.store.run(lambda uow: uow.approvals.all())
    return one
