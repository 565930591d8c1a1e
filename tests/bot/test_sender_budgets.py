"""The sender keeps to every budget, to the second it was told, and lets the urgent go first."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import AsyncIterator

import pytest_asyncio

from bot.networks import Delete, Post, Reply
from bot.networks.errors import TryLater
from handlers.events import Room
from storage.store import Store
from tests.bot.sending_rig import HANNA, PIOTR, TEAM, Rig
from tests.fakes import FakeClock


@pytest_asyncio.fixture
async def rig(store: Store, clock: FakeClock) -> AsyncIterator[Rig]:
    made = Rig(store, clock)
    made.start()
    yield made
    await made.stop()


def posts(rig: Rig, room: Room | None = None) -> list[float]:
    return [at for at, one in rig.network.calls if isinstance(one, Post) and room in {None, one.room}]


def crowded(times: list[float], most: int, span: float) -> list[float]:
    """Moments at which more than `most` calls lie within `span`."""
    return [at for at, late in zip(times, times[most:], strict=False) if late - at < span - 1e-6]


async def test_a_group_gets_at_most_eighteen_a_minute(rig: Rig) -> None:
    for number in range(40):
        await rig.card(str(number))
    await rig.clock.turn(59)
    assert len(posts(rig)) == 18
    await rig.clock.turn(121)
    assert len(posts(rig)) == 40
    assert crowded(posts(rig), 18, 60) == []


async def test_a_person_gets_a_burst_of_three_and_then_one_a_second(rig: Rig) -> None:
    for number in range(9):
        await rig.say_in(HANNA, f"слова {number}")
    await rig.clock.turn(10)
    assert len(posts(rig)) == 9
    assert crowded(posts(rig), 3, 3) == []
    assert [text.split()[-1] for text in rig.network.texts(HANNA)] == [str(n) for n in range(9)]


async def test_everybody_together_gets_at_most_25_a_second(rig: Rig) -> None:
    for number in range(80):
        await rig.show(Room("telegram", str(number + 1)), "Калі?")
    await rig.clock.turn(10)
    assert len(posts(rig)) == 80
    assert crowded(posts(rig), 25, 1) == []


async def test_urgent_cards_go_before_screens_and_screens_before_other_cards(rig: Rig) -> None:
    for number in range(30):
        await rig.card(f"other {number}", priority=50)
    await rig.clock.turn(0)
    await rig.card("urgent", priority=0)
    await rig.clock.turn(61)
    texts = [one.text for _, one in rig.network.calls if isinstance(one, Post)]
    assert texts.index("card urgent") == 1  # first after the one that was under way


async def test_screens_go_on_while_urgent_cards_wait_for_their_second(rig: Rig) -> None:
    for number in range(20):
        await rig.card(f"urgent {number}", priority=0)
    for number in range(10):
        await rig.show(Room("telegram", str(number + 1)), "Калі?")
    await rig.clock.turn(2)
    assert len(posts(rig)) == 2 + 10  # one card a second


async def test_a_screen_does_not_wait_behind_routine_cards(rig: Rig) -> None:
    for number in range(40):
        await rig.card(f"{number}", priority=50)
    await rig.clock.turn(0)
    await rig.show(HANNA, "Калі?")
    await rig.clock.turn(1)
    assert rig.network.texts(HANNA) == ["Калі?"]


async def test_a_room_that_is_told_to_wait_waits_exactly_and_alone(rig: Rig) -> None:
    rig.fail(TryLater(17), room=HANNA)
    await rig.show(HANNA, "Калі?")
    await rig.show(PIOTR, "Калі?")
    await rig.clock.turn(16.9)
    assert rig.network.texts(PIOTR) == ["Калі?"]
    assert posts(rig, HANNA) == [0]
    await rig.clock.turn(1)
    assert posts(rig, HANNA) == [0, 17]
    assert rig.network.texts(HANNA) == ["Калі?"]


async def test_two_rooms_told_to_wait_at_once_hold_up_everything(rig: Rig) -> None:
    rig.fail(TryLater(30), room=HANNA)
    rig.fail(TryLater(20), room=PIOTR)
    await rig.show(HANNA, "Калі?")
    await rig.show(PIOTR, "Калі?")
    await rig.clock.turn(1)
    await rig.card("1", priority=0)
    await rig.clock.turn(18.9)
    assert posts(rig, TEAM) == []
    await rig.clock.turn(15)
    assert min(posts(rig, TEAM)) == 20
    assert posts(rig, HANNA) == [0, 30]


async def test_in_a_storm_of_refusals_nothing_is_early_and_nothing_is_lost(rig: Rig) -> None:
    rooms = [Room("telegram", str(number + 1)) for number in range(20)]
    for number, room in enumerate(rooms):
        rig.fail(TryLater(1 + number % 7), room=room, times=3)
        await rig.show(room, "Калі?")
    for _ in range(30):
        await rig.clock.turn(10)
    assert all(rig.network.texts(room) == ["Калі?"] for room in rooms)
    attempts = Counter(one.room for _, one in rig.network.calls if isinstance(one, Post))
    assert set(attempts.values()) == {4}
    for number, room in enumerate(rooms):
        times = posts(rig, room)
        pauses = [late - early for early, late in itertools.pairwise(times)]
        assert min(pauses) >= 1 + number % 7 - 1e-6


async def test_half_of_a_post_is_taken_back_when_its_time_has_come(rig: Rig) -> None:
    half = rig.network.put(HANNA, "першая палова")
    rig.fail(TryLater(30, left=(half,)), room=HANNA)
    await rig.show(HANNA, "Калі?")
    await rig.clock.turn(29)
    assert rig.network.asked(Delete) == []
    await rig.clock.turn(2)
    assert rig.network.texts(HANNA) == ["Калі?"]


async def test_a_press_is_answered_now_or_never_once_the_network_wants_no_calls(rig: Rig) -> None:
    rig.fail(TryLater(30), Reply)
    await rig.sender.answer("telegram", Reply("q1"))
    await rig.sender.answer("telegram", Reply("q2"))
    assert rig.network.asked(Reply) == [Reply("q1")]
    await rig.clock.turn(31)
    await rig.sender.answer("telegram", Reply("q3"))
    assert rig.network.asked(Reply) == [Reply("q1"), Reply("q3")]
