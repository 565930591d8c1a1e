"""Who is on duty reads new reports, nobody else of the team; two decide it, and no row of the database."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.duty import DutyWatch
from bot.on_duty import OnDuty
from bot.standings import load_standing
from bot.watermark import Watermark
from handlers.approvals import write_consent
from handlers.duty import find_readers
from handlers.events import Commanded, Pressed, Room
from handlers.guard.standing import Standing, State
from storage.sealing import IdentityKey, Member
from storage.store import Store
from storage.tables import approvals, audit
from storage.volatile import KeyRing
from tests.bot.desk import GROUP, NAME, Desk, make_member, make_roster
from tests.bot.test_suspending import opens, seal_one
from tests.bot.test_unlocking import put_back, rows_of, write
from tests.conftest import CASE_KEY
from tests.fakes import CountingIds, FakeClock
from tests.storage.unsealed import UNSEALED

TEAM = Room(NAME, GROUP, "7")
Made = list[tuple[Member, IdentityKey]]
LISTED = ("m-01", "m-02")


@pytest.fixture
def made(clock: FakeClock) -> Made:
    """m-01 leads, m-02 to m-04 moderate, m-05 is suspended, m-06 is no longer valid."""
    today = clock.now().date()
    gone = today - timedelta(days=1)
    changes: dict[int, dict[str, Any]] = {
        1: {"role": "lead"},
        5: {"suspended": True},
        6: {"expires": gone, "not_before": gone},
    }
    return [make_member(number, today, **changes.get(number, {})) for number in range(1, 7)]


@pytest.fixture
def desk(store: Store, ring: KeyRing, clock: FakeClock, made: Made) -> Desk:
    return Desk(store, ring, clock, roster=make_roster(clock.now().date(), *(one for one, _ in made)))


async def order(desk: Desk, words: str, *, by: int = 1, command: str = "duty") -> list[str]:
    """The command in the room; what is said there."""
    for letter in await desk.letters("answer"):
        await desk.drop(letter)
    event = Commanded(command, words, "5")
    await desk.take(desk.lay(event, TEAM, sender=str(9000 + by), private=False, hint="en"))
    return [str(letter.payload["text"]) for letter in await desk.letters("answer")]


async def press(desk: Desk, *, by: int) -> str:
    """The button of the request that nobody has agreed to yet."""
    known = await desk.store.run(lambda uow: uow.approvals.all())
    waits = [write_consent(one) for one in known if not one.second]
    token = waits[0] if waits else "a:" + "0" * 32
    event = Pressed(token, "6", query="q6")
    await desk.take(desk.lay(event, TEAM, sender=str(9000 + by), private=False, hint="en"))
    return "".join(reply.text for reply in desk.outcomes[-1].replies)


async def decide(desk: Desk, words: str = "m-01 m-02") -> None:
    await order(desk, words)
    await press(desk, by=2)


async def kept(desk: Desk) -> tuple[str, ...]:
    """As a process that has just started knows it."""
    fresh = OnDuty()
    await desk.store.run(lambda uow: fresh.recall(uow, Watermark()))
    return fresh.names


async def readers(desk: Desk, made: Made, number: int) -> set[str]:
    data = await seal_one(desk, number)
    return {own.mod for _, own in made if opens(data, own.identity)}


async def test_new_reports_are_sealed_to_the_list_and_before_and_afterwards_to_all(
    desk: Desk, made: Made
) -> None:
    everybody = {"m-01", "m-02", "m-03", "m-04"}
    assert await readers(desk, made, 1) == everybody
    assert "m-01, m-02" in "".join(await order(desk, " M-02, m-01 m-02"))
    assert await readers(desk, made, 2) == everybody  # asked for only
    assert await press(desk, by=3)
    assert desk.instance.duty.names == await kept(desk) == LISTED
    assert await readers(desk, made, 3) == set(LISTED)
    assert len(desk.instance.sealing_set().recipients) == 5  # digests, notes: the team and the recovery key
    assert len(desk.instance.duty_set().recipients) == 3
    await decide(desk, "all")
    assert await kept(desk) == ()
    assert await readers(desk, made, 4) == everybody


async def test_without_words_it_says_who_is_on_duty_and_so_does_who(desk: Desk) -> None:
    (said,) = await order(desk, "")
    assert "Everybody on the roster is on duty" in said
    await decide(desk)
    (said,) = await order(desk, "", by=4)
    assert "On duty: m-01, m-02." in said
    await desk.take(desk.lay(Commanded("who", "", "5"), TEAM, sender="9003", private=False, hint="en"))
    assert "On duty: m-01, m-02." in (await desk.letters("answer"))[-1].payload["text"]


@pytest.mark.parametrize(
    "words", ["m-01", "m-01 m-01", "m-01 m-05", "m-01 m-06", "m-01 m-77", "m-01 all", "\U0001f642"]
)
async def test_a_list_of_fewer_than_two_valid_members_is_refused_in_words(desk: Desk, words: str) -> None:
    (said,) = await order(desk, words)
    assert "/duty m-01 m-02" in said
    assert "m-77" not in said
    assert await desk.store.run(lambda uow: uow.approvals.all()) == []


@pytest.mark.parametrize("second", [1, 5, 6, 77], ids=["alone", "the suspended", "the expired", "a stranger"])
async def test_the_second_is_somebody_else_of_the_roster(desk: Desk, second: int) -> None:
    await order(desk, "m-01 m-02")
    await press(desk, by=second)
    assert await kept(desk) == desk.instance.duty.names == ()


async def flip(desk: Desk, url: str) -> Desk:
    (row,) = await rows_of(url, approvals)
    await write(url, sa.update(approvals).values(blob=bytes([*row["blob"][:-1], row["blob"][-1] ^ 1])))
    return desk


async def move_its_last_day(desk: Desk, url: str) -> Desk:
    await write(url, sa.update(approvals).values(day=desk.instance.today().replace(day=30)))
    return desk


async def wait_two_days(desk: Desk, _url: str) -> Desk:
    desk.clock.advance(days=2)
    return desk


async def suspend_one_of_them(desk: Desk, _url: str) -> Desk:
    desk.instance.suspended.add("m-04")
    return desk


async def suspend_who_asked(desk: Desk, _url: str) -> Desk:
    desk.instance.suspended.add("m-01")
    return desk


async def obey_a_newer_roster(desk: Desk, _url: str) -> Desk:
    newer = make_roster(desk.instance.today(), *desk.instance.signed.members, serial=2)
    return Desk(desk.store, desk.instance.ring, desk.clock, roster=newer)


OBSTACLES: list[Callable[[Desk, str], Awaitable[Desk]]] = [
    flip,
    move_its_last_day,
    wait_two_days,
    suspend_one_of_them,
    suspend_who_asked,
    obey_a_newer_roster,
]


@pytest.mark.parametrize("obstacle", OBSTACLES)
async def test_what_was_altered_is_late_or_no_longer_so_is_refused(
    desk: Desk, url: str, obstacle: Callable[[Desk, str], Awaitable[Desk]]
) -> None:
    await order(desk, "m-03 m-04")
    await press(await obstacle(desk, url), by=2)
    assert await kept(desk) == ()


async def test_it_is_spent_once_and_an_older_copy_of_the_row_is_worth_nothing(desk: Desk, url: str) -> None:
    await order(desk, "m-01 m-02")
    waiting = await rows_of(url, approvals)
    await press(desk, by=2)
    await decide(desk, "all")
    await write(url, sa.delete(approvals))
    await put_back(url, approvals, waiting)
    await press(desk, by=3)
    assert await kept(desk) == ()


async def test_with_fewer_than_two_left_everybody_reads_again_and_two_leads_are_told_once(
    desk: Desk, made: Made
) -> None:
    await decide(desk, "m-03 m-04")
    watch = DutyWatch(desk.instance, network=NAME)
    await watch.tick()
    assert await desk.letters("say") == []
    desk.instance.suspended.add("m-04")
    assert await readers(desk, made, 1) == {"m-01", "m-02", "m-03"}
    for one in (watch, watch, DutyWatch(desk.instance, network=NAME)):
        await one.tick()
    told = await desk.letters("say")
    assert [letter.payload["room"] for letter in told] == ["9001", "9002"]
    assert all("Fewer than two" in letter.payload["text"] for letter in told)
    assert "Fewer than two" in "".join(await order(desk, ""))


def test_a_roster_that_lacks_a_member_takes_him_off_the_list() -> None:
    assert find_readers(["m-01", "m-02", "m-03"], ["m-02", "m-03", "m-04"]) == {"m-02", "m-03"}
    assert find_readers(["m-01", "m-02"], ["m-02", "m-03"]) == {"m-02", "m-03"}
    assert find_readers([], ["m-02"]) == {"m-02"}


# Somebody with the database, and no key --------------------------------------------------------------


async def standing(desk: Desk) -> State:
    return (await desk.store.run(lambda uow: load_standing(desk.instance, uow, Standing()))).state


async def test_no_row_of_the_log_can_be_altered_taken_out_or_put_back_to_change_the_list(
    desk: Desk, url: str
) -> None:
    await decide(desk, "m-03 m-04")
    before = await rows_of(url, audit)
    await decide(desk)
    after = await rows_of(url, audit)
    noticed = 0
    for row in after:
        flipped = bytes([*row["blob"][:-1], row["blob"][-1] ^ 1])
        at = audit.c.id == row["id"]
        for harm in (sa.update(audit).where(at).values(blob=flipped), sa.delete(audit).where(at)):
            await write(url, harm)
            await desk.store.run(lambda uow: desk.instance.duty.recall(uow, desk.instance.watermark))
            assert desk.instance.duty.names == LISTED
            fresh = await kept(desk)
            assert fresh in (LISTED, ())  # never another list
            assert fresh == LISTED or await standing(desk) is State.LOCKED
            noticed += fresh == ()
            await put_back(url, audit, after)
    assert noticed == 2 * 3  # the head and both names
    await put_back(url, audit, before)
    await desk.store.run(lambda uow: desk.instance.duty.recall(uow, desk.instance.watermark))
    assert desk.instance.duty.names == LISTED
    assert await standing(desk) is State.LOCKED


async def test_two_who_unlock_after_that_have_the_list_stand_in_the_log_again(desk: Desk, url: str) -> None:
    await decide(desk, "m-03 m-04")
    before = await rows_of(url, audit)
    await decide(desk)
    await standing(desk)  # as the guard looks every minute
    await put_back(url, audit, before)
    for by in (1, 2):
        event = Commanded("reopen", "", "5")
        await desk.take(desk.lay(event, Room(NAME, str(9000 + by)), sender=str(9000 + by), hint="en"))
    assert await standing(desk) is State.PAUSED
    assert await kept(desk) == LISTED


async def test_without_the_seals_another_name_would_be_on_the_list(
    ring: KeyRing, clock: FakeClock, made: Made, url: str
) -> None:
    store = await Store.open(
        url, ring=ring, case_key=CASE_KEY, now=clock.now, new_id=CountingIds(), seals=UNSEALED
    )
    try:
        desk = Desk(store, ring, clock, roster=make_roster(clock.now().date(), *(one for one, _ in made)))
        await decide(desk)
        for row in await rows_of(url, audit):
            other = row["blob"].replace(b"m-02", b"m-04")
            await write(url, sa.update(audit).where(audit.c.id == row["id"]).values(blob=other))
        assert await kept(desk) == ("m-01", "m-04")
    finally:
        await store.close()
