"""Everything that needs two people, by the one way there is: nobody does it alone, late, or by a forged row.

Unlocking the room and suspending have no button, the duty list and an export are about no case: their tests
are beside them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from itertools import product

import pytest
import sqlalchemy as sa

from bot.orders import ORDERS
from bot.resolutions import AGREED, ASKED
from handlers.approvals import RULES, Approval, Matter, write_consent
from handlers.events import Commanded, Pressed
from handlers.triage.acts import ACTS, Action
from handlers.triage.cases import Case, Status
from handlers.triage.commands import RESOLVED
from storage.store import Store
from storage.tables import approvals
from storage.volatile import KeyRing
from tests.bot.desk import Desk, make_member, make_roster
from tests.bot.test_asking import CASE, TEAM, WORD, prepare, told
from tests.fakes import FakeClock
from tests.storage.whole import connected

MATTERS = {
    Matter.REOPEN: f"reopen {CASE.code}",
    Matter.PURGE: f"purge {CASE.code}",
    Matter.QUESTION: f"ask {CASE.code} Ці яна дома? {WORD}",
}
ORDERED = {Matter.UNLOCK: "reopen", Matter.SUSPEND: "suspend"}


@pytest.fixture
def desk(store: Store, ring: KeyRing, clock: FakeClock) -> Desk:
    """m-01 leads, m-02 and m-03 moderate, m-04 is suspended, m-05 is no longer valid."""
    today = clock.now().date()
    members = [make_member(1, today, role="lead")[0], *(make_member(number, today)[0] for number in (2, 3))]
    members += [make_member(4, today, suspended=True)[0]]
    members += [make_member(5, today, expires=today.replace(day=1))[0]]
    return Desk(store, ring, clock, roster=make_roster(today, *members))


async def case_now(desk: Desk) -> Case | None:
    return await desk.store.run(lambda uow: uow.cases.get(CASE.id))


async def ask(desk: Desk, matter: Matter) -> Approval:
    """m-01 asks, as a moderator does."""
    case = replace(CASE, status=Status.CLOSED, claimant=None) if matter is Matter.REOPEN else CASE
    await desk.store.run(lambda uow: uow.cases.add(case))
    await prepare(desk)
    name, _, argument = MATTERS[matter].partition(" ")
    await desk.take(desk.lay(Commanded(name, argument, "5"), TEAM, sender="9001", private=False))
    if ACTS[Action(matter)].previewed:
        shown = (await desk.letters("answer"))[-1]
        await press(desk, shown.payload["buttons"][0][0][1], by=1)
    (asked,) = await desk.store.run(lambda uow: uow.approvals.all())
    assert asked.request.matter is matter
    return asked


async def press(desk: Desk, token: str, *, by: int) -> None:
    event = Pressed(token, "6", query="q6")
    await desk.take(desk.lay(event, TEAM, sender=str(9000 + by), private=False))


async def is_done(desk: Desk, matter: Matter) -> bool:
    case = await case_now(desk)
    if matter is Matter.PURGE:
        return case is None
    if matter is Matter.QUESTION:
        return WORD.encode() in await told(desk)
    return case is not None and case.status is Status.NEW


async def flip(_desk: Desk, url: str) -> None:
    async with connected(url) as connection, connection.begin():
        blob = (await connection.execute(sa.select(approvals.c.blob))).scalar_one()
        await connection.execute(sa.update(approvals).values(blob=bytes([*blob[:-1], blob[-1] ^ 1])))


async def move_its_last_day(desk: Desk, url: str) -> None:
    async with connected(url) as connection, connection.begin():
        await connection.execute(sa.update(approvals).values(day=desk.instance.today().replace(day=30)))


async def wait_two_days(desk: Desk, _url: str) -> None:
    desk.clock.advance(days=2)


async def change_the_case(desk: Desk, _url: str) -> None:
    before = await case_now(desk)
    assert before is not None
    after = replace(before, labels=("minor",), revision=before.revision + 1)
    await desk.store.run(lambda uow: uow.cases.replace(after, seen_revision=before.revision))


async def suspend_who_asked(desk: Desk, _url: str) -> None:
    desk.instance.suspended.add("m-01")


OBSTACLES: dict[str, Callable[[Desk, str], Awaitable[None]]] = {
    "an altered row": flip,
    "a row with another last day": move_its_last_day,
    "two days later": wait_two_days,
    "another revision": change_the_case,
    "who asked is suspended": suspend_who_asked,
}
SECONDS = {"alone": 1, "the suspended": 4, "the expired": 5, "a stranger": 77}


def test_every_matter_has_one_way_in_and_every_act_of_two_is_a_matter() -> None:
    acts = {str(action) for action, act in ACTS.items() if act.two}
    assert acts == {str(matter) for matter, rule in RULES.items() if rule.on_case} == set(map(str, MATTERS))
    assert set(ORDERED.values()) <= set(ORDERS)
    assert {str(matter) for matter in AGREED} == set(ASKED) == set(RESOLVED)
    assert {*MATTERS, *ORDERED, *AGREED} == set(Matter) == set(RULES)


@pytest.mark.parametrize("matter", MATTERS)
async def test_one_asks_and_another_who_presses_has_it_done_once(desk: Desk, matter: Matter) -> None:
    asked = await ask(desk, matter)
    assert not await is_done(desk, matter)
    await press(desk, write_consent(asked), by=2)
    assert await is_done(desk, matter)
    spent = await desk.store.run(lambda uow: uow.approvals.get(asked.id))
    assert matter is Matter.PURGE or (spent is not None and spent.used)


@pytest.mark.parametrize(("matter", "second"), [*product(MATTERS, SECONDS)])
async def test_the_second_is_somebody_else_of_the_roster(desk: Desk, matter: Matter, second: str) -> None:
    asked = await ask(desk, matter)
    await press(desk, write_consent(asked), by=SECONDS[second])
    assert not await is_done(desk, matter)


@pytest.mark.parametrize(("matter", "obstacle"), [*product(MATTERS, OBSTACLES)])
async def test_what_was_altered_is_late_or_no_longer_so_is_refused(
    desk: Desk, url: str, matter: Matter, obstacle: str
) -> None:
    asked = await ask(desk, matter)
    await OBSTACLES[obstacle](desk, url)
    await press(desk, write_consent(asked), by=2)
    assert not await is_done(desk, matter)
