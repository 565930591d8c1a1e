"""What time does by itself: talks run out, keys turn, old things go, forgotten cards are found."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from handlers.events import Room, Wrote
from handlers.intake.flow import next_lapse
from handlers.triage.cases import Joined, Status
from storage.store import Store
from storage.tables import cases
from storage.unit_of_work import UnitOfWork
from storage.volatile import KeyRing
from tests.bot.desk import NAME, Desk, make_member, make_roster
from tests.bot.hours import Hours
from tests.fakes import FakeClock
from tests.journeys.stories import HALF, MOTHER
from tests.storage.samples import DAY, flip, make_case, make_sealed

HANNA, PIOTR = Room(NAME, "8589938834"), Room(NAME, "8589938835")


@pytest.fixture
def hours(desk: Desk) -> Hours:
    return Hours(desk)


async def test_a_silent_talk_is_warned_then_ends_and_its_checkpoint_is_shown(
    hours: Hours, clock: FakeClock
) -> None:
    await hours.say(HANNA, *HALF)
    first = await hours.desk.shown(HANNA)
    assert [case.status for case in await hours.cases()] == [Status.HELD]
    talk = await hours.desk.store.run(lambda uow: uow.talks.find(HANNA))
    assert talk is not None
    clock.advance(seconds=(next_lapse(talk)[0] - clock.now()).total_seconds() - 1)
    await hours.timers.tick()
    assert (await hours.desk.shown(HANNA)).id == first.id
    clock.advance(seconds=1)
    await hours.timers.tick()
    warned = await hours.desk.shown(HANNA)
    assert warned.id != first.id
    assert hours.lapses.open_talks == 1
    clock.advance(hours=1)
    await hours.timers.tick()
    (case,) = await hours.cases()
    assert (case.status, hours.lapses.open_talks) == (Status.NEW, 0)
    assert await hours.cards() == [case.id.hex()]
    assert await hours.desk.store.run(lambda uow: uow.talks.find(HANNA)) is None


async def test_somebody_who_writes_in_the_last_second_keeps_the_talk(hours: Hours, clock: FakeClock) -> None:
    await hours.say(HANNA, *HALF)
    due = hours.lapses.due(clock.advance(hours=2))
    clock.advance(hours=-2)
    assert due == [HANNA]
    clock.advance(minutes=20)
    await hours.desk.say(HANNA, "Не, невядома")  # the clock of the talk is set only after this tick
    clock.advance(minutes=35)
    await hours.timers.tick()
    talk = await hours.desk.store.run(lambda uow: uow.talks.find(HANNA))
    assert talk is not None
    assert [case.status for case in await hours.cases()] == [Status.HELD]


async def test_one_talk_that_cannot_end_keeps_no_other_from_ending(
    store: Store, ring: KeyRing, clock: FakeClock
) -> None:
    today = clock.now().date()
    hours = Hours(Desk(store, ring, clock, roster=make_roster(today, make_member(1, today)[0])))
    await hours.say(HANNA, *MOTHER[:4])
    await hours.say(PIOTR, *MOTHER[:4])
    damaged = await store.run(lambda uow: uow.talks.find(HANNA))
    assert damaged is not None
    await store.run(lambda uow: uow.talks.keep(replace(damaged, language="xx")))
    clock.advance(hours=3)
    await hours.end()
    assert await store.run(lambda uow: uow.talks.find(PIOTR)) is None


async def test_after_a_restart_the_clocks_of_open_talks_run_on(hours: Hours, clock: FakeClock) -> None:
    await hours.say(HANNA, *HALF)
    again = Hours(hours.desk)
    await again.timers.start()
    assert again.lapses.open_talks == 1
    clock.advance(hours=3)
    await again.end()
    assert [case.status for case in await again.cases()] == [Status.NEW]


async def test_a_checkpoint_whose_talk_died_with_the_memory_is_shown_at_the_start(hours: Hours) -> None:
    await hours.say(HANNA, *HALF)
    await hours.desk.store.run(lambda uow: uow.talks.drop(HANNA))  # as if its key were gone
    await Hours(hours.desk).timers.start()
    (case,) = await hours.cases()
    assert case.status is Status.NEW
    assert await hours.cards() == [case.id.hex()]


async def test_a_checkpoint_whose_talk_goes_on_stays_hidden_at_the_start(hours: Hours) -> None:
    await hours.say(HANNA, *HALF)
    await Hours(hours.desk).timers.start()
    assert [case.status for case in await hours.cases()] == [Status.HELD]
    assert await hours.cards() == []


async def test_a_card_lost_with_the_outbox_is_asked_for_again_once(hours: Hours) -> None:
    case = make_case()

    async def keep(uow: UnitOfWork) -> None:
        await uow.cases.add(case)
        await uow.objects.keep(make_sealed(), case=case.id, signature=bytes(64), day=DAY)

    await hours.desk.store.run(keep)
    await hours.timers.start()
    await hours.timers.start()
    assert await hours.cards() == [case.id.hex()]
    await hours.desk.store.run(lambda uow: uow.cases.mark_posted(case.id, case.revision))
    for letter in await hours.desk.letters("card"):
        await hours.desk.drop(letter)
    await hours.timers.start()
    assert await hours.cards() == []


async def test_a_card_that_is_asked_for_at_the_start_is_not_asked_for_again_by_the_first_sweep(
    hours: Hours,
) -> None:
    case = make_case()

    async def keep(uow: UnitOfWork) -> None:
        await uow.cases.add(case)
        await uow.objects.keep(make_sealed(), case=case.id, signature=bytes(64), day=DAY)

    await hours.desk.store.run(keep)
    await hours.timers.start()
    await hours.desk.store.run(lambda uow: uow.outbox.claim(1))  # it is being posted
    await hours.timers.tick()
    assert await hours.cards() == []  # no second one waits behind it


async def test_the_first_tick_sweeps_and_so_does_the_first_after_midnight(
    hours: Hours, clock: FakeClock
) -> None:
    async def keep(uow: UnitOfWork) -> None:
        old = make_case(day=DAY)
        await uow.cases.add(old)
        await uow.objects.keep(make_sealed(), case=old.id, signature=bytes(64), day=DAY)

    await hours.desk.store.run(keep)
    for days in (1, 1, 28, 30, 29):
        await hours.timers.tick()
        clock.advance(days=days)
    await hours.timers.tick()
    assert len(await hours.cases()) == 1
    clock.advance(hours=12)
    await hours.timers.tick()
    assert len(await hours.cases()) == 1
    clock.advance(hours=12)
    await hours.timers.tick()
    assert await hours.cases() == []


async def test_midnight_in_mid_talk_cuts_nobody_short(store: Store, runtime: Path, clock: FakeClock) -> None:
    clock.advance(hours=14)  # half past eleven in the evening
    ring = KeyRing.open(runtime, now=clock.now(), allow_disk=True)
    today = clock.now().date()
    hours = Hours(Desk(store, ring, clock, roster=make_roster(today, make_member(1, today)[0])))
    assert clock.now() == datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    await hours.say(HANNA, *HALF[:-1])
    clock.advance(minutes=40)
    await hours.timers.tick()
    await hours.say(HANNA, HALF[-1])
    assert [case.status for case in await hours.cases()] == [Status.HELD]


async def test_a_failing_chore_stops_no_other(hours: Hours, clock: FakeClock) -> None:
    """The digest's mark is no date, so that the sweep's and the digest's chores cannot be done."""
    await hours.say(HANNA, *HALF)
    await hours.desk.store.run(lambda uow: uow.marks.set("vacuumed", "never"))
    clock.advance(hours=3)
    await hours.end()
    assert hours.lapses.open_talks == 0


async def test_while_nobody_can_be_heard_no_talk_runs_out(hours: Hours, clock: FakeClock) -> None:
    """The network was out of reach for hours: what the person wrote meanwhile is still on its way to us."""
    await hours.say(HANNA, *HALF)
    hours.timers.caught_up = False
    clock.advance(hours=3)
    await hours.end()
    assert [case.status for case in await hours.cases()] == [Status.HELD]
    await hours.say(HANNA, "Не, невядома")
    hours.timers.caught_up = True
    await hours.end()
    assert [case.status for case in await hours.cases()] == [Status.HELD]
    assert hours.lapses.open_talks == 1


async def test_a_message_at_the_same_moment_as_the_end_is_taken_by_one_of_them(
    hours: Hours, clock: FakeClock
) -> None:
    await hours.say(HANNA, *HALF)
    clock.advance(hours=3)
    late = hours.desk.lay(Wrote("Не, невядома", "900"), HANNA)
    await hours.end()
    await hours.desk.take(late)
    talk = await hours.desk.store.run(lambda uow: uow.talks.find(HANNA))
    assert talk is not None
    (case,) = await hours.cases()
    assert case.id != talk.case
    assert case.status is Status.NEW


async def test_a_clock_that_leaps_a_year_ahead_deletes_no_report_on_that_day(
    hours: Hours, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    async def keep(uow: UnitOfWork) -> None:
        await uow.cases.add(make_case())
        await uow.objects.keep(make_sealed(), case=make_case().id, signature=bytes(64), day=DAY)

    await hours.desk.store.run(keep)
    await hours.timers.tick()
    clock.advance(days=400)
    await hours.timers.tick()
    assert "clock.leapt" in caplog.text
    assert len(await hours.cases()) == 1
    clock.advance(days=-400)  # the operator has set it right
    await hours.timers.tick()
    assert len(await hours.cases()) == 1
    for days in (400, 1):  # it was right after all
        clock.advance(days=days)
        await hours.timers.tick()
    assert await hours.cases() == []


async def test_a_part_of_a_case_whose_time_is_over_stands_by_itself_again(hours: Hours) -> None:
    whole, linked = make_case(9, code="ZZZZ9"), make_case(3, code="K7QF3")
    part = replace(
        make_case(), status=Status.MERGED, joined=Joined(whole.id, Status.CLAIMED, "m-01", "2026-12-01")
    )

    async def keep(uow: UnitOfWork) -> None:
        await uow.cases.add(part)
        await uow.cases.add(replace(linked, linked=(whole.id,)))

    await hours.desk.store.run(keep)
    await hours.timers.start()
    alone, other = await hours.cases()
    assert (alone.status, alone.claimant, alone.joined) == (Status.CLAIMED, "m-01", None)
    assert alone.history[-1].by == ""
    assert other.linked == ()
    assert sorted(await hours.cards()) == [alone.id.hex(), other.id.hex()]


async def test_a_case_stays_linked_to_one_whose_row_is_damaged(hours: Hours, url: str) -> None:
    """The control: from one that is gone it is parted."""
    one, two = make_case(1), make_case(2, code="K7QF2")

    async def put(uow: UnitOfWork) -> None:
        await uow.cases.add(replace(one, linked=(two.id,)))
        await uow.cases.add(replace(two, linked=(one.id,)))
        await uow.objects.keep(make_sealed(), case=one.id, signature=b"", day=DAY)

    await hours.desk.store.run(put)
    await flip(url, cases, two.id)
    await hours.timers.start()
    assert [case.linked for case in await hours.cases()] == [(two.id,)]
    await hours.desk.store.run(lambda uow: uow.cases.delete(two.id))
    await hours.timers.start()
    assert [case.linked for case in await hours.cases()] == [()]
