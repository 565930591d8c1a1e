"""Only valid members of the roster are obeyed, each within their role, on the card as it stands now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.instance import Instance
from handlers.events import Event, Pressed, Room, Wrote
from handlers.triage.acts import ACTS, Action
from handlers.triage.cases import Case, Status
from handlers.triage.orders import Order, write_token
from storage.store import Store
from storage.volatile import KeyRing
from tests.bot.desk import GROUP, NAME, Desk, make_member, make_roster
from tests.fakes import FakeClock
from tests.storage.samples import DAY, make_case, make_sealed

TEAM = Room(NAME, GROUP, "7")
TODAY = date(2026, 11, 23)
ROLES = {1: "moderator", 2: "moderator", 3: "coordinator", 4: "lead"}


@pytest.fixture
async def desk(store: Store, ring: KeyRing, clock: FakeClock) -> Desk:
    """m-01 and m-02 moderate, m-03 coordinates, m-04 leads; m-05 is suspended, m-06 expired, m-07 not yet."""
    others: dict[int, dict[str, Any]] = {
        5: {"suspended": True},
        6: {"expires": TODAY - timedelta(days=1), "not_before": TODAY - timedelta(days=9)},
        7: {"not_before": TODAY + timedelta(days=1)},
    }
    members = [make_member(number, TODAY, role=role)[0] for number, role in ROLES.items()]
    members += [make_member(number, TODAY, **changes)[0] for number, changes in others.items()]
    made = Desk(store, ring, clock, roster=make_roster(TODAY, *members))
    await store.run(lambda uow: uow.cases.add(make_case()))
    await store.run(
        lambda uow: uow.objects.keep(make_sealed(), case=make_case().id, signature=bytes(64), day=DAY)
    )
    return made


async def press(desk: Desk, member: int, action: Action, *, on: Case | None = None) -> str | None:
    """A member presses a button of the card (as it was `on` then); the words of the answer."""
    token = write_token(on or await case_of(desk), Order(action, ACTS[action].button or ()))
    await give(desk, member, Pressed(token, "5", query="q5"))
    replies = desk.outcomes[-1].replies
    return replies[0].text if replies else None


async def give(desk: Desk, member: int, event: Event) -> None:
    await desk.take(desk.lay(event, TEAM, sender=str(9000 + member), private=False))


async def case_of(desk: Desk) -> Case:
    (case,) = await desk.store.run(lambda uow: uow.cases.all())
    return case


async def test_a_claim_is_answered_kept_and_shown(desk: Desk) -> None:
    answer = await press(desk, 1, Action.CLAIM)
    case = await case_of(desk)
    assert answer
    assert (case.status, case.claimant, case.history[-1].by) == (Status.CLAIMED, "m-01", "m-01")
    assert [letter.payload["case"] for letter in await desk.letters("card")] == [case.id.hex()]


@pytest.mark.parametrize("member", [5, 6, 7, 99])
async def test_suspended_expired_future_and_unknown_accounts_are_nobody(desk: Desk, member: int) -> None:
    before = await case_of(desk)
    assert await press(desk, member, Action.CLAIM) is None
    assert await case_of(desk) == before
    assert desk.store.letters_waiting == 0


async def test_a_member_whose_last_day_is_over_is_nobody_from_midnight_on(
    desk: Desk, clock: FakeClock
) -> None:
    clock.advance(days=90)
    assert await press(desk, 1, Action.CLAIM)
    clock.advance(days=1)
    assert await press(desk, 2, Action.CLOSE) is None


@pytest.mark.parametrize(
    ("member", "action", "after"),
    [
        (2, Action.RELEASE, Status.CLAIMED),
        (2, Action.CLOSE, Status.CLAIMED),
        (3, Action.RELEASE, Status.NEW),
        (3, Action.CLOSE, Status.CLAIMED),
        (4, Action.RELEASE, Status.NEW),
        (4, Action.CLOSE, Status.CLOSED),
        (1, Action.RELEASE, Status.NEW),
        (1, Action.CLOSE, Status.CLOSED),
    ],
)
async def test_what_m_01_claimed_others_may_touch_only_by_their_role(
    desk: Desk, member: int, action: Action, after: Status
) -> None:
    await press(desk, 1, Action.CLAIM)
    assert await press(desk, member, action)
    assert (await case_of(desk)).status is after


async def test_a_button_of_an_older_card_changes_nothing_says_so_and_shows_the_card_anew(desk: Desk) -> None:
    old = await case_of(desk)
    await press(desk, 1, Action.CLAIM)
    await press(desk, 1, Action.RELEASE)
    before = await case_of(desk)
    waiting = {letter.id for letter in await desk.letters("card")}
    answer = await press(desk, 2, Action.CLAIM, on=old)
    assert answer
    assert before.code in answer
    assert await case_of(desk) == before
    assert {letter.id for letter in await desk.letters("card")} != waiting


async def test_two_claims_in_one_batch_have_one_winner(desk: Desk) -> None:
    token = write_token(await case_of(desk), Order(Action.CLAIM))
    raws = [
        desk.lay(Pressed(token, "5", query=f"q{member}"), TEAM, sender=str(9000 + member), private=False)
        for member in (2, 1)
    ]
    await desk.take(*raws)
    assert (await case_of(desk)).claimant == "m-02"
    words = {reply.query: reply.text for reply in desk.outcomes[-1].replies}
    assert "m-02" in words["q1"]
    assert words["q1"] != words["q2"]


async def test_closing_starts_the_shorter_retention(desk: Desk) -> None:
    await press(desk, 1, Action.CLOSE)
    (kept,) = await desk.store.run(lambda uow: uow.objects.of_case(make_case().id))
    assert kept.acknowledged == TODAY


async def test_a_forged_token_and_a_case_that_is_gone_get_one_soft_answer(desk: Desk) -> None:
    case = await case_of(desk)
    gone = replace(make_case(2, code="ZZZZ9"), id=bytes([255]) * 16)
    await give(desk, 1, Pressed("t:delete:0000000000000000:1", "5", query="q1"))
    forged = desk.outcomes[-1].replies[0].text
    assert await press(desk, 1, Action.CLAIM, on=gone) == forged
    assert await case_of(desk) == case


async def test_what_members_write_in_the_room_is_not_read(desk: Desk) -> None:
    await give(desk, 1, Wrote("Вазьму", "5"))
    assert desk.store.letters_waiting == 0
    assert desk.outcomes[-1].replies == []
    assert await desk.store.run(lambda uow: uow.letters.all()) == []


async def test_a_moderators_token_pressed_in_private_does_nothing_to_the_case(desk: Desk) -> None:
    case = await case_of(desk)
    token = write_token(case, Order(Action.CLAIM))
    await desk.take(desk.lay(Pressed(token, "5", query="q5"), Room(NAME, "9001")))
    assert await case_of(desk) == case


def test_an_instance_shows_no_account(desk: Desk) -> None:
    told = repr(desk.instance)
    assert isinstance(desk.instance, Instance)
    assert "9001" not in told
