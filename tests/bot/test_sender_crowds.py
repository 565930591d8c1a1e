"""A crowd never holds up anybody: cards, erasers that wait, floods; and a screen nobody answered is found."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from bot.networks import Delete, Post
from bot.networks.errors import RoomClosed, TryLater, Unreachable
from handlers.events import Room
from storage.retention import Policy
from storage.store import Store
from tests.bot.sending_rig import HANNA, PIOTR, TEAM, Rig
from tests.fakes import FakeClock


@pytest_asyncio.fixture
async def rig(store: Store, clock: FakeClock) -> AsyncIterator[Rig]:
    made = Rig(store, clock)
    made.start()
    yield made
    await made.stop()


async def test_hundreds_of_urgent_cards_keep_no_reporter_waiting(rig: Rig) -> None:
    for number in range(450):
        await rig.card(str(number), priority=0)
    await rig.clock.turn(0)
    await rig.show(HANNA, "Калі?")
    await rig.clock.turn(1)
    assert rig.network.texts(HANNA) == ["Калі?"]


async def test_a_card_asked_for_again_and_again_is_done_once_more_and_keeps_no_urgent_one_waiting(
    rig: Rig,
) -> None:
    rig.fail(TryLater(30), room=TEAM)
    for _ in range(150):
        await rig.card("1")
        await rig.clock.turn(0)
    await rig.card("urgent", priority=0)
    await rig.clock.turn(1)
    assert rig.told.cards == ["1", "urgent"]  # both stand at the gate
    await rig.clock.turn(60)
    assert rig.told.cards == ["1", "urgent", "1"]


async def test_hundreds_of_reporters_keep_no_urgent_card_waiting(rig: Rig) -> None:
    for number in range(450):
        await rig.show(Room("telegram", str(number + 1)), "Калі?")
    await rig.card("urgent", priority=0)
    await rig.clock.turn(1)
    assert any(isinstance(one, Post) and one.text == "card urgent" for _, one in rig.network.calls)


async def test_a_sweep_at_midnight_hands_out_nothing_twice_and_holds_nothing_up(rig: Rig) -> None:
    for room in (HANNA, PIOTR):
        await rig.show(room, "Дзякуй", gone_after=90)
    await rig.clock.turn(1)  # two erasers wait for their time now
    await rig.store.real.sweep(rig.clock.now(), Policy())
    for number in range(3):
        await rig.show(HANNA, f"Калі? {number}", below=True)
        await rig.clock.turn(2)
        assert rig.network.texts(HANNA) == [f"Калі? {number}"]
    await rig.clock.turn(120)
    gone = [one.messages for one in rig.network.asked(Delete) if one.room == PIOTR]
    assert len(gone) == 1
    assert rig.store.letters_waiting == 0


async def test_cards_of_a_closed_group_whose_keys_have_died_keep_no_reporter_waiting(rig: Rig) -> None:
    """The sender holds more letters than the outbox knows of; what is free there goes out all the same."""
    rig.fail(RoomClosed("closed"), room=TEAM, times=10**6)
    for number in range(5):
        await rig.card(str(number))
    await rig.clock.turn(3 * 24 * 3600)
    await rig.store.real.sweep(rig.clock.now(), Policy())
    assert rig.store.letters_waiting == 0
    await rig.show(HANNA, "Калі?")
    await rig.clock.turn(1)
    assert rig.network.texts(HANNA) == ["Калі?"]


async def test_a_flood_while_deleting_in_one_chat_is_that_chats_affair(rig: Rig) -> None:
    await rig.write(HANNA, "першае")
    rig.fail(TryLater(40), Delete, room=HANNA)
    await rig.show(HANNA, "Калі?")
    await rig.clock.turn(1)
    await rig.show(PIOTR, "Калі?")
    await rig.clock.turn(1)
    assert rig.network.texts(PIOTR) == ["Калі?"]
    assert len(rig.network.asked(Delete)) == 1
    await rig.clock.turn(40)
    assert rig.network.texts(HANNA) == ["Калі?"]
    assert len(rig.network.asked(Delete)) == 2


async def test_a_screen_whose_posting_was_never_answered_is_found_and_taken_away(rig: Rig) -> None:
    await rig.write(HANNA, "першае")
    rig.fail(Unreachable("no usable answer"), room=HANNA).after = True
    await rig.show(HANNA, "Праверце: Ян Прыклад", below=True)
    await rig.clock.turn(10)
    assert rig.network.texts(HANNA) == ["Праверце: Ян Прыклад"]
    assert len(await rig.traces(HANNA)) == 1


async def test_a_screen_whose_posting_was_never_answered_is_found_by_the_screen_that_overtakes_it(
    rig: Rig,
) -> None:
    await rig.write(HANNA, "першае")
    rig.fail(Unreachable("no usable answer"), room=HANNA).after = True
    await rig.show(HANNA, "Праверце: Ян Прыклад", below=True)
    await rig.clock.turn(0.2)
    await rig.write(HANNA, "другое")
    await rig.show(HANNA, "Калі?", below=True)
    await rig.clock.turn(10)
    assert rig.network.texts(HANNA) == ["Калі?"]


async def test_a_lost_screen_is_looked_for_in_its_own_chat_alone_and_not_far(rig: Rig) -> None:
    rig.network.ids = 5000
    rig.fail(Unreachable("no usable answer"), room=HANNA)
    await rig.show(HANNA, "Калі?", below=True)
    await rig.clock.turn(10)
    (gone,) = rig.network.asked(Delete)
    assert gone.room == HANNA
    assert len(gone.messages) == 50
