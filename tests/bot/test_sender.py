"""The sender: what a reporter's chat shows, and that no error of a network loses or doubles a letter."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.networks import Delete, Edit, Post
from bot.networks.errors import (
    Refused,
    RoomClosed,
    RoomMoved,
    TokenRefused,
    TopicMissing,
    TryLater,
    Unreachable,
)
from handlers.events import Room
from storage.errors import KeepFailed
from storage.store import Store
from tests.bot.sending_rig import HANNA, PIOTR, TEAM, Rig
from tests.fakes import FakeClock


@pytest_asyncio.fixture
async def rig(store: Store, clock: FakeClock) -> AsyncIterator[Rig]:
    made = Rig(store, clock)
    made.start()
    yield made
    await made.stop()


async def test_a_screen_is_posted_and_everything_else_goes(rig: Rig) -> None:
    for text in ("/start", "Добры дзень"):
        await rig.write(HANNA, text)
    await rig.show(HANNA, "Калі?", below=True)
    await rig.clock.turn(1)
    assert rig.network.texts(HANNA) == ["Калі?"]
    assert [line.mine for line in await rig.traces(HANNA)] == [True]
    assert rig.store.letters_waiting == 0


async def test_after_a_press_the_screen_is_edited_in_place(rig: Rig) -> None:
    await rig.show(HANNA, "Калі?")
    await rig.clock.turn(1)
    await rig.show(HANNA, "Дзе?")
    await rig.clock.turn(1)
    assert rig.network.texts(HANNA) == ["Дзе?"]
    assert len(rig.network.asked(Post)) == len(rig.network.asked(Edit)) == 1


async def test_after_something_was_typed_the_screen_comes_below(rig: Rig) -> None:
    await rig.show(HANNA, "Калі?")
    await rig.clock.turn(1)
    await rig.write(HANNA, "учора")
    await rig.show(HANNA, "Дзе?")  # not asked to be below, but the old screen is no longer the newest
    await rig.clock.turn(1)
    assert rig.network.texts(HANNA) == ["Дзе?"]
    assert rig.network.asked(Edit) == []


async def test_a_screen_deleted_by_hand_comes_back_and_the_same_screen_is_left_alone(rig: Rig) -> None:
    await rig.show(HANNA, "Калі?")
    await rig.clock.turn(1)
    await rig.show(HANNA, "Калі?")
    await rig.clock.turn(1)
    assert len(rig.network.asked(Post)) == 1
    rig.network.rooms[HANNA].clear()
    await rig.show(HANNA, "Дзе?")
    await rig.clock.turn(5)
    assert rig.network.texts(HANNA) == ["Дзе?"]
    assert len(await rig.traces(HANNA)) == 1


async def test_only_the_newest_of_waiting_screens_is_sent(rig: Rig) -> None:
    rig.fail(Unreachable("no"), times=1)
    await rig.show(HANNA, "першы")
    await rig.clock.turn(0)
    await rig.show(HANNA, "другі")
    await rig.show(HANNA, "трэці")
    await rig.clock.turn(10)
    assert [post.text for post in rig.network.asked(Post)] == ["першы", "трэці"]
    assert rig.network.texts(HANNA) == ["трэці"]


async def test_many_messages_are_deleted_a_hundred_at_once(rig: Rig) -> None:
    for number in range(230):
        await rig.write(HANNA, f"{number}")
    await rig.show(HANNA, "Калі?", below=True)
    await rig.clock.turn(5)
    assert [len(one.messages) for one in rig.network.asked(Delete)] == [100, 100, 30]
    assert rig.network.texts(HANNA) == ["Калі?"]


async def test_a_screen_goes_by_itself_when_its_time_is_over(rig: Rig) -> None:
    await rig.show(HANNA, "Ваш код", gone_after=90)
    await rig.clock.turn(10)
    await rig.show(PIOTR, "Калі?")
    await rig.clock.turn(79)
    assert rig.network.texts(HANNA) == ["Ваш код"]
    await rig.clock.turn(2)
    assert rig.network.texts(HANNA) == []
    assert await rig.traces(HANNA) == []
    await rig.clock.turn(600)
    assert len(rig.network.asked(Delete)) == 1  # what waits for its time is not taken out a second time


async def test_a_screen_that_was_drawn_over_meanwhile_does_not_go(rig: Rig) -> None:
    await rig.show(HANNA, "Ваш код", gone_after=90)
    await rig.clock.turn(10)
    await rig.show(HANNA, "Яшчэ хто-небудзь?")
    await rig.clock.turn(200)
    assert rig.network.texts(HANNA) == ["Яшчэ хто-небудзь?"]
    assert rig.store.letters_waiting == 0


async def test_what_cannot_be_deleted_is_tried_for_47_hours_and_then_counted(
    rig: Rig, clock: FakeClock
) -> None:
    stuck = await rig.write(HANNA, "учора")
    rig.network.fixed.add(stuck)
    await rig.show(HANNA, "Калі?", below=True)
    await rig.clock.turn(3600)
    tried = len(rig.network.asked(Delete))
    assert tried >= 3
    assert rig.sender.undeletable == 0
    for _ in range(48):
        await rig.clock.turn(3600)
    assert rig.sender.undeletable == 1
    assert len(rig.network.asked(Delete)) > tried
    assert stuck not in {line.message for line in await rig.traces(HANNA)}
    assert rig.store.letters_waiting == 0


async def test_a_lost_answer_is_retried_later_and_later_while_others_go_on(rig: Rig) -> None:
    rig.fail(Unreachable("no"), room=HANNA, times=4)
    await rig.show(HANNA, "Калі?")
    await rig.show(PIOTR, "Калі?")
    await rig.clock.turn(0)
    assert rig.network.texts(PIOTR) == ["Калі?"]
    await rig.clock.turn(60)
    times = [at for at, one in rig.network.calls if isinstance(one, Post) and one.room == HANNA]
    assert times == [0, 1, 3, 7, 15]
    assert rig.network.texts(HANNA) == ["Калі?"]


async def test_one_blocked_chat_is_dropped_emptied_and_starves_nobody(rig: Rig) -> None:
    await rig.write(HANNA, "учора")
    rig.fail(RoomClosed("blocked"), room=HANNA, times=99)
    await rig.show(HANNA, "Калі?")
    await rig.show(PIOTR, "Калі?")
    await rig.clock.turn(1)
    assert rig.told.closed == [HANNA]
    assert rig.network.texts(HANNA) == []
    assert rig.network.texts(PIOTR) == ["Калі?"]
    assert rig.store.letters_waiting == 0
    assert await rig.traces(HANNA) == []
    assert rig.sender.counts.dropped == 1


async def test_a_closed_group_loses_no_card(rig: Rig) -> None:
    rig.fail(RoomClosed("kicked"), room=TEAM, times=2)
    await rig.card("1")
    await rig.clock.turn(1)
    assert rig.network.texts(TEAM) == []
    assert rig.store.letters_waiting == 1
    await rig.clock.turn(900)
    assert rig.network.texts(TEAM) == ["card 1"]


async def test_a_group_that_moved_gets_its_card_at_its_new_place(rig: Rig) -> None:
    new = Room("telegram", "-100777")
    rig.fail(RoomMoved(new.id), room=TEAM, times=99)
    await rig.card("1")
    await rig.clock.turn(1)
    assert rig.told.moved == [new.id]
    assert rig.network.texts(new) == ["card 1"]
    await rig.say_in(TEAM, "слова")
    await rig.clock.turn(1)
    assert rig.network.texts(new) == ["card 1", "слова"]


async def test_a_missing_topic_is_told_and_the_card_tried_again_at_once(rig: Rig) -> None:
    rig.fail(TopicMissing("gone"), room=TEAM)
    await rig.card("1")
    await rig.clock.turn(2)  # the group takes a call a second
    assert [payload["case"] for payload in rig.told.topics] == ["1"]
    assert rig.network.texts(TEAM) == ["card 1"]


async def test_a_topic_that_stays_missing_does_not_turn_in_circles(rig: Rig) -> None:
    rig.fail(TopicMissing("gone"), room=TEAM, times=99)
    await rig.card("1")
    await rig.clock.turn(1)
    assert len(rig.network.asked(Post)) <= 5
    assert rig.store.letters_waiting == 1


async def test_our_own_mistake_is_set_aside_and_the_next_screen_goes(rig: Rig) -> None:
    rig.fail(Refused("too many buttons"))
    await rig.show(HANNA, "Калі?")
    await rig.clock.turn(1)
    await rig.show(HANNA, "Дзе?")
    await rig.clock.turn(1)
    (parked,) = await rig.store.real.run(lambda uow: uow.letters.all())
    assert parked.reason == "Refused"
    assert "Калі?" in parked.raw.decode("utf-8", "replace")
    assert rig.sender.counts.parked == 1
    assert rig.network.texts(HANNA) == ["Дзе?"]


@pytest.mark.parametrize("problem", [Refused("no"), TokenRefused("no"), RuntimeError("ours")])
async def test_nothing_ever_loses_a_card(rig: Rig, problem: Exception) -> None:
    rig.fail(problem, room=TEAM, times=12)
    await rig.card("1")
    await rig.card("2")
    await rig.clock.turn(7200)
    assert sorted(rig.network.texts(TEAM)) == ["card 1", "card 2"]
    assert rig.store.letters_waiting == 0


async def test_a_letter_of_an_unknown_kind_is_set_aside(rig: Rig) -> None:
    await rig.put("carrier pigeon", "pigeon", 0)
    await rig.clock.turn(1)
    assert rig.sender.counts.parked == 1
    assert rig.store.letters_waiting == 0


async def test_a_payload_that_makes_no_sense_is_set_aside_in_the_end(rig: Rig) -> None:
    await rig.put("show", "show", 0, network="telegram", room="1")
    await rig.clock.turn(600)
    assert rig.sender.counts.parked == 1


async def test_a_full_disk_after_sending_sends_nothing_twice(rig: Rig) -> None:
    await rig.clock.turn(0)
    await rig.show(HANNA, "Калі?")
    rig.network.faults.clear()
    original = rig.network.deliver

    async def then_full(outgoing: object) -> str | None:
        rig.store.refusals = [KeepFailed("disk full")] * 3
        return await original(outgoing)  # type: ignore[arg-type]  # as it came

    rig.network.deliver = then_full  # type: ignore[method-assign]  # the disk fills up while we send
    await rig.clock.turn(0)
    rig.network.deliver = original  # type: ignore[method-assign]  # and has room again
    await rig.clock.turn(30)
    assert [post.text for post in rig.network.asked(Post)] == ["Калі?"]
    assert rig.store.letters_waiting == 0


async def test_a_full_disk_before_sending_only_delays(rig: Rig) -> None:
    rig.store.refusals = [KeepFailed("disk full")] * 3
    await rig.show(HANNA, "Калі?")
    await rig.clock.turn(0)
    assert rig.network.texts(HANNA) == []
    await rig.clock.turn(3600)
    assert rig.network.texts(HANNA) == ["Калі?"]


async def test_draining_finishes_what_can_be_finished_and_keeps_the_rest(rig: Rig) -> None:
    rig.fail(Unreachable("no"), room=HANNA, times=99)
    await rig.show(HANNA, "Калі?")
    await rig.show(PIOTR, "Калі?")
    stopping = asyncio.create_task(rig.sender.drain(5))
    await rig.clock.turn(5)
    await stopping
    assert rig.network.texts(PIOTR) == ["Калі?"]
    assert rig.store.letters_waiting == 1


async def test_a_screen_claimed_when_it_was_put_is_posted_and_swept_in_one_go(rig: Rig) -> None:
    said = await rig.write(HANNA, "учора")
    jobs = rig.store.finished
    rig.sender.send_fresh(await rig.put_fresh(rig.screen(HANNA, "Дзе?", below=True)))
    await rig.clock.turn(1)
    assert rig.network.texts(HANNA) == ["Дзе?"]
    assert [one.messages for one in rig.network.asked(Delete)] == [(said,)]
    assert rig.store.finished - jobs == 1  # the one that notes all of it
    assert rig.store.letters_waiting == 0


async def test_a_sweep_that_is_told_to_wait_is_left_to_an_eraser(rig: Rig) -> None:
    await rig.write(HANNA, "учора")
    rig.fail(TryLater(7), Delete)
    rig.sender.send_fresh(await rig.put_fresh(rig.screen(HANNA, "Дзе?", below=True)))
    await rig.clock.turn(1)
    assert rig.network.texts(HANNA) == ["учора", "Дзе?"]
    assert [line.message for line in await rig.traces(HANNA) if line.mine] != []
    await rig.clock.turn(10)
    assert rig.network.texts(HANNA) == ["Дзе?"]
    assert rig.store.letters_waiting == 0
