"""Two of the team suspend a third: at once, for everything that follows, until the root says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.joining import Doorman
from bot.networks import Admit, Outgoing
from bot.suspended import Suspended
from handlers.events import Commanded, Pressed, Room
from handlers.triage.acts import ACTS, Action
from handlers.triage.orders import Order, write_token
from storage.objects import Kept
from storage.sealing import CannotOpen, Identity, open_sealed
from storage.store import Store
from storage.volatile import KeyRing
from tests.bot.desk import GROUP, NAME, Desk, make_member, make_roster
from tests.fakes import FakeClock
from tests.journeys.stories import MOTHER, SEND
from tests.storage.samples import make_case

TODAY = date(2026, 11, 23)
MADE = [make_member(number, TODAY) for number in range(1, 5)]
KEYS = {own.mod: own.identity for _, own in MADE}


@pytest.fixture
def desk(store: Store, ring: KeyRing, clock: FakeClock) -> Desk:
    """m-01 to m-04 moderate."""
    return Desk(store, ring, clock, roster=make_roster(TODAY, *(member for member, _ in MADE)))


async def order(desk: Desk, member: int, words: str = "m-04", *, in_group: bool = False) -> None:
    account = str(9000 + member)
    room = Room(NAME, GROUP, "7") if in_group else Room(NAME, account)
    event = Commanded("suspend", words, "5")
    await desk.take(desk.lay(event, room, sender=account, private=not in_group, hint="en"))


async def told(desk: Desk, member: int) -> str:
    letters = await desk.letters("say")
    return next(
        (str(one.payload["text"]) for one in letters if one.payload["room"] == str(9000 + member)), ""
    )


async def suspended(desk: Desk) -> frozenset[str]:
    fresh = Suspended()
    await desk.store.run(lambda uow: fresh.recall(uow, desk.instance.signed))
    assert fresh.names == desk.instance.suspended.names
    return fresh.names


async def seal_one(desk: Desk, number: int) -> bytes:
    """Somebody sends a report; its sealed bytes."""
    room = Room(NAME, str(8_589_938_000 + number))
    before = {kept.id for kept in await objects(desk)}
    await desk.say(room, *MOTHER, SEND)
    (new,) = [kept for kept in await objects(desk) if kept.id not in before]
    return new.sealed.data


async def objects(desk: Desk) -> Sequence[Kept]:
    return await desk.store.run(lambda uow: uow.objects.of_days(date(2026, 1, 1), date(2027, 1, 1)))


def opens(data: bytes, key: Identity) -> bool:
    try:
        open_sealed(data, [key])
    except CannotOpen:
        return False
    return True


async def test_one_voice_suspends_nobody_and_the_others_are_asked(desk: Desk) -> None:
    await order(desk, 1)
    await order(desk, 1)
    assert await suspended(desk) == frozenset()
    assert "second member writes /suspend m-04" in await told(desk, 1)
    assert "m-01 asks to suspend m-04" in await told(desk, 2)
    assert await told(desk, 4) == ""


@pytest.mark.parametrize("in_group", [True, False])
async def test_a_second_voice_suspends_at_once_and_the_team_is_told(desk: Desk, *, in_group: bool) -> None:
    await order(desk, 1, in_group=in_group)
    await order(desk, 2, "  M-04 ", in_group=in_group)
    assert await suspended(desk) == {"m-04"}
    for member in (1, 2, 3):
        assert "m-04 is suspended, by m-01 and m-02" in await told(desk, member)
    assert await told(desk, 4) == ""


async def test_the_suspended_are_obeyed_in_nothing_also_within_the_same_batch(desk: Desk) -> None:
    case = make_case()
    await desk.store.run(lambda uow: uow.cases.add(case))
    await order(desk, 1)
    token = write_token(case, Order(Action.CLAIM, ACTS[Action.CLAIM].button or ()))
    group = Room(NAME, GROUP, "7")
    second = desk.lay(Commanded("suspend", "m-04", "5"), group, sender="9002", private=False)
    press = desk.lay(Pressed(token, "5", query="q5"), group, sender="9004", private=False)
    await desk.take(second, press)
    assert desk.outcomes[-1].replies == []
    assert await desk.store.run(lambda uow: uow.cases.get(case.id)) == case


async def test_nothing_is_sealed_to_the_suspended_from_then_on(desk: Desk) -> None:
    before = await seal_one(desk, 1)
    await order(desk, 1)
    asked = await seal_one(desk, 2)
    await order(desk, 2)
    after = await seal_one(desk, 3)
    assert [opens(data, KEYS["m-04"]) for data in (before, asked, after)] == [True, True, False]
    assert opens(after, KEYS["m-01"])


async def test_a_restart_remembers_and_a_forgetful_one_would_seal_to_them(desk: Desk) -> None:
    await order(desk, 1)
    await order(desk, 2)
    desk.instance.suspended.names = frozenset()  # what a start begins with
    assert opens(await seal_one(desk, 1), KEYS["m-04"])  # the control
    await desk.store.run(lambda uow: desk.instance.suspended.recall(uow, desk.instance.signed))
    assert not opens(await seal_one(desk, 2), KEYS["m-04"])


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("", "/suspend and the pseudonym"),
        ("m-77", "Nobody on the roster"),
        ("Ганна Узор", "Nobody on the roster"),
        ("m-01", "cannot suspend yourself"),
    ],
)
async def test_a_slip_is_answered_kindly_without_repeating_it(desk: Desk, words: str, answer: str) -> None:
    await order(desk, 1, words)
    assert answer in await told(desk, 1)
    assert "Ганна" not in await told(desk, 1)
    assert await desk.store.run(lambda uow: uow.approvals.all()) == []


async def test_whoever_is_suspended_stays_so_and_is_no_second_voice(desk: Desk) -> None:
    await order(desk, 4, "m-03")
    await order(desk, 1)
    await order(desk, 2)
    await order(desk, 3)
    assert "suspended already" in await told(desk, 3)
    await order(desk, 1, "m-03")  # m-04 asked for this, but is nobody now
    assert await suspended(desk) == {"m-04"}


async def test_a_voice_of_two_days_ago_does_not_count(desk: Desk, clock: FakeClock) -> None:
    await order(desk, 1)
    clock.advance(days=2)
    await order(desk, 2)
    assert await suspended(desk) == frozenset()


@pytest.mark.parametrize("account", ["9099", "9004"])
async def test_strangers_and_the_one_in_question_are_no_voice(desk: Desk, account: str) -> None:
    await order(desk, 1)
    raw = desk.lay(Commanded("suspend", "m-04", "5"), Room(NAME, GROUP, "7"), sender=account, private=False)
    await desk.take(raw)
    assert await suspended(desk) == frozenset()


async def test_only_a_newer_roster_of_a_later_day_lets_them_return(desk: Desk) -> None:
    await order(desk, 1)
    await order(desk, 2)
    for serial, made, names in ((2, TODAY, {"m-04"}), (2, date(2026, 11, 24), set())):
        roster = make_roster(made, *(member for member, _ in MADE), serial=serial)
        instance = replace(desk.instance, signed=roster, suspended=Suspended())
        await desk.store.run(lambda uow, now=instance: now.suspended.recall(uow, now.signed))  # type: ignore[misc]
        assert instance.suspended.names == names
        assert (instance.roster.member_by_account(NAME, "9004", TODAY) is None) is bool(names)


async def test_no_voice_takes_the_place_of_an_alarm_or_of_another_voice(desk: Desk) -> None:
    room = Room(NAME, GROUP)
    await desk.take(desk.lay(Commanded("panic", "", "5"), room, sender="9003", private=False))
    (alarm, *_) = [one.payload["text"] for one in await desk.letters("say") if one.payload["room"] == "9001"]
    await order(desk, 2, "m-03")
    await order(desk, 2, "m-04")
    told = [one.payload["text"] for one in await desk.letters("say") if one.payload["room"] == "9001"]
    assert alarm in told
    assert len(told) == 3


async def test_a_vote_that_the_disk_lost_is_taken_again(desk: Desk) -> None:
    await order(desk, 1)
    desk.instance.suspended.add("m-04")  # what the lost transaction left in memory
    await order(desk, 2)
    assert await suspended(desk) == {"m-04"}


async def test_nobody_lets_in_whom_another_worker_heard_suspended(desk: Desk) -> None:
    await order(desk, 1)
    await order(desk, 2)
    worker = replace(desk.instance, suspended=Suspended())
    knock = {"network": NAME, "room": GROUP, "account": "9004", "entry": "m-04", "link": ""}
    sent: list[Outgoing] = []

    async def send(outgoing: Outgoing) -> str | None:
        sent.append(outgoing)
        return None

    await Doorman(worker).answer(knock, send)
    assert sent == [Admit(Room(NAME, GROUP), "9004", welcome=False)]
