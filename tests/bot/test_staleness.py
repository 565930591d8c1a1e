"""A roster that grows old is told of once a day, a week ahead; reports are taken whatever it says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from bot.staleness import Staleness, short_handed
from handlers.events import Room
from storage.sealing import open_sealed
from storage.store import Store
from storage.volatile import KeyRing
from tests.bot.desk import NAME, Desk, make_member, make_roster
from tests.fakes import FakeClock
from tests.journeys.stories import MOTHER, SEND

TODAY = date(2026, 11, 23)
Make = Callable[..., Desk]


@pytest.fixture
def make(store: Store, ring: KeyRing, clock: FakeClock) -> Make:
    def desk(*days: int, recovery: bool = True, **changes: Any) -> Desk:
        """One member for each number of days that is left to them; m-01 leads."""
        members = [
            make_member(
                number,
                TODAY,
                expires=TODAY + timedelta(days=left),
                not_before=TODAY - timedelta(days=90),
                role="lead" if number == 1 else "moderator",
                **changes,
            )[0]
            for number, left in enumerate(days, 1)
        ]
        return Desk(store, ring, clock, roster=make_roster(TODAY, *members, recovery=recovery))

    return desk


async def look(desk: Desk) -> dict[str, str]:
    """What is said to whom."""
    await Staleness(desk.instance, network=NAME).tick()
    return {one.payload["room"]: str(one.payload["text"]) for one in await desk.letters("say")}


async def test_a_week_ahead_two_are_told_in_private(make: Make) -> None:
    said = await look(make(90, 7, 90))
    assert set(said) == {"9001", "9002"}
    assert "m-02: valid until 2026-11-30" in said["9001"]
    assert "vestka roster renew" in said["9001"]


async def test_control_eight_days_ahead_nobody_is_bothered(make: Make) -> None:
    assert await look(make(90, 8, 90)) == {}


async def test_it_is_said_once_a_day(make: Make, clock: FakeClock) -> None:
    desk = make(90, 3)
    await look(desk)
    for letter in await desk.letters("say"):
        await desk.drop(letter)
    assert await look(desk) == {}
    clock.advance(days=1)
    assert await look(desk)


async def test_before_the_organisations_hour_nobody_is_woken(make: Make, clock: FakeClock) -> None:
    desk = make(90, 3)
    clock.advance(hours=-8)
    assert await look(desk) == {}


async def test_with_everybody_expired_those_who_were_valid_are_told(make: Make) -> None:
    said = await look(make(-1, -3))
    assert "m-02: expired on 2026-11-20" in said["9001"]
    assert "Fewer than two" in said["9001"]


@pytest.mark.parametrize("recovery", [True, False])
async def test_with_everybody_expired_reports_are_taken_and_can_be_opened(
    make: Make, *, recovery: bool
) -> None:
    desk = make(-1, -3, recovery=recovery)
    await desk.say(Room(NAME, "8589938001"), *MOTHER, SEND)
    kept = await desk.store.run(lambda uow: uow.objects.of_day(TODAY))
    assert len(kept) == 1
    assert len(desk.instance.sealing_set().recipients) == 1
    assert await desk.store.run(lambda uow: uow.letters.all()) == []


async def test_in_strict_mode_whoever_expired_last_opens_them(
    store: Store, ring: KeyRing, clock: FakeClock
) -> None:
    member, own = make_member(1, TODAY, expires=TODAY - timedelta(days=1))
    desk = Desk(store, ring, clock, roster=make_roster(TODAY, member, recovery=False))
    await desk.say(Room(NAME, "8589938001"), *MOTHER, SEND)
    (kept,) = await desk.store.run(lambda uow: uow.objects.of_day(TODAY))
    assert open_sealed(kept.sealed.data, [own.identity]).body


@pytest.mark.parametrize(
    ("days", "short"),
    [((90, 90), False), ((90, -1), True), ((-1, -1), True), ((90,), False), ((-1,), True), ((), True)],
)
def test_nothing_is_posted_where_fewer_than_two_can_read_unless_there_is_only_one(
    make: Make, days: tuple[int, ...], *, short: bool
) -> None:
    assert short_handed(make(*days).instance.roster, TODAY) is short


def test_the_suspended_do_not_count_as_missing(make: Make) -> None:
    assert not short_handed(make(90, 90, 90).instance.roster.without(frozenset({"m-03"})), TODAY)
    assert short_handed(make(90, -1, 90).instance.roster.without(frozenset({"m-03"})), TODAY)
