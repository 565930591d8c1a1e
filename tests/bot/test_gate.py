"""The gate by itself: who passes when, what a flood closes, and that quiet rooms are forgotten."""

from __future__ import annotations

import asyncio

import pytest

from bot.networks import Delete, Post, Reply
from bot.networks.errors import NothingThere, RoomMoved, TryLater
from bot.sending import gate as gates
from bot.sending.gate import Gate
from bot.sending.lanes import SHOW
from bot.sending.verdicts import AGAIN_AT_MOST, TRIES_OF_OURS, Verdict, judge
from handlers.limits import Limits
from tests.bot.street import LIMITS, Street, room, settle


async def test_a_room_hears_one_thing_at_a_time_and_other_rooms_do_not_wait_for_it(street: Street) -> None:
    street.send(Post(room("1"), "а"), Post(room("1"), "б"), Post(room("2"), "в"))
    await settle()
    assert street.came == [(0, "1"), (0, "2")]
    await street.clock.turn(2.9)
    assert len(street.came) == 2
    await street.clock.turn(0.1)
    assert street.came[2] == (3.0, "1")


async def test_topics_of_one_group_share_its_budget(street: Street) -> None:
    street.send(*(Post(room("-1", topic=topic), "а") for topic in ("7", "8", "9")))
    await settle()
    assert street.came == [(0, "-1"), (0, "-1")]
    await street.clock.turn(60)
    assert len(street.came) == 3


async def test_the_soonest_of_all_who_wait_wakes_the_gate(street: Street) -> None:
    street.send(*(Post(room("1"), "б") for _ in range(2)), *(Post(room("-1"), "а") for _ in range(3)))
    await settle()
    await street.clock.turn(3)
    assert street.came[-1] == (3.0, "1")
    assert len(street.came) == 4


async def test_the_most_urgent_goes_first_when_all_together_are_too_many(street: Street) -> None:
    street.send(*(Post(room(str(number)), "а") for number in range(7)))
    street.send(Post(room("urgent"), "а"), priority=0)
    await settle()
    assert len(street.came) == 5
    await street.clock.turn(1)
    assert street.came[5] == (1.0, "urgent")
    assert len(street.came) == 8


async def test_what_is_taken_away_costs_the_room_nothing_but_keeps_to_its_flood(street: Street) -> None:
    street.send(Post(room("1"), "а"), Delete(room("1"), ("5",)), Delete(room("1"), ("6",)))
    await settle()
    assert len(street.came) == 3
    street.network.refuses["1"] = 10.0
    street.send(Delete(room("1"), ("7",)))
    await street.clock.turn(9.9)
    assert len(street.came) == 3
    await street.clock.turn(0.2)
    assert len(street.came) == 4
    assert street.gate.floods == 1


async def test_what_is_taken_away_first_leaves_the_room_what_it_may_hear(street: Street) -> None:
    street.send(Delete(room("1"), ("5",)), Post(room("1"), "а"))
    await settle()
    assert street.came == [(0, "1"), (0, "1")]


async def test_an_answer_to_a_press_waits_for_no_room(street: Street) -> None:
    street.network.refuses["1"] = 10.0
    street.send(Post(room("1"), "а"))
    await settle()
    street.send(Reply("q"), Reply("r"))
    await settle()
    assert street.came == [(0, "reply"), (0, "reply")]


async def test_one_room_in_a_flood_closes_itself_and_two_close_everything(street: Street) -> None:
    street.network.refuses = {"1": 30.0}
    street.send(Post(room("1"), "а"), Post(room("2"), "б"))
    await settle()
    assert street.came == [(0, "2")]
    street.network.refuses = {"3": 20.0}
    street.send(Post(room("3"), "в"))
    await settle()
    street.send(Post(room("4"), "г"), Reply("q"))
    await street.clock.turn(19)
    assert len(street.came) == 1
    await street.clock.turn(1.5)
    assert {name for _, name in street.came} == {"2", "3", "4", "reply"}
    await street.clock.turn(10)
    assert street.came[-1][1] == "1"
    assert street.gate.floods == 2


async def test_a_refused_answer_closes_everything(street: Street) -> None:
    street.network.refuses = {"reply": 8.0}
    street.send(Reply("q"))
    await settle()
    street.send(Post(room("1"), "а"))
    await street.clock.turn(7)
    assert street.came == []
    await street.clock.turn(1)
    assert len(street.came) == 2


async def test_an_earlier_flood_and_earlier_calls_of_a_room_are_remembered_in_a_new_one(
    street: Street,
) -> None:
    street.send(Post(room("-1"), "а"), Post(room("-1"), "б"))
    await settle()
    street.network.refuses["-1"] = 1.0
    street.send(Delete(room("-1"), ("5",)))
    await street.clock.turn(2)
    street.send(Post(room("-1"), "в"))
    await street.clock.turn(2)
    assert street.came == [(0, "-1"), (0, "-1"), (2.0, "-1")]


@pytest.mark.parametrize("fails", [None, NothingThere])
async def test_half_a_post_is_taken_back_when_its_time_has_come_and_before_the_post_is_repeated(
    street: Street, fails: type[Exception] | None
) -> None:
    street.network.refuses, street.network.left, street.network.fails = {"1": 5.0}, ("31", "32"), fails
    post = Post(room("1", topic="7"), "а")
    street.send(post)
    await street.clock.turn(4.9)
    assert street.came == []
    await street.clock.turn(0.2)
    assert street.network.done == [Delete(post.room, ("31", "32")), post]


async def test_half_a_post_goes_as_urgently_as_the_post(street: Street) -> None:
    street.network.refuses, street.network.left = {"1": 0.5}, ("31",)
    street.send(Post(room("1"), "а"), priority=0)
    street.send(*(Post(room(str(number)), "б") for number in range(2, 12)))
    await street.clock.turn(1)
    assert Delete(room("1"), ("31",)) in street.network.done[4:7]


async def test_nothing_is_taken_back_of_what_is_no_post_or_left_nothing(street: Street) -> None:
    street.network.refuses, street.network.left = {"1": 5.0}, ("31",)
    street.send(Delete(room("1"), ("9",)))
    street.network.refuses["2"] = 5.0
    await street.clock.turn(6)
    street.network.left = ()
    street.network.refuses = {"3": 5.0}
    street.send(Post(room("3"), "а"))
    await street.clock.turn(6)
    assert street.network.done == [Delete(room("1"), ("9",)), Post(room("3"), "а")]


async def test_a_press_is_answered_now_or_never(street: Street) -> None:
    street.network.refuses = {"reply": 0.5}
    await street.gate.answer(Reply("early"))
    await street.gate.answer(Reply("late"))
    assert street.came == []
    await street.clock.turn(0.5)
    await street.gate.answer(Reply("again"))
    assert street.came == [(0.5, "reply")]
    assert street.gate.floods == 1


async def test_senders_that_share_a_network_share_what_it_allows_and_no_room(street: Street) -> None:
    street.gate.divide(2)
    street.send(*(Post(room(str(number)), "а") for number in range(4)))
    await settle()
    assert len(street.came) == 2
    street.gate.divide(1)
    await street.clock.turn(1)
    street.send(*(Post(room(str(number)), "а") for number in range(10, 13)))
    await settle()
    assert len(street.came) == 7


async def test_who_gives_up_waiting_takes_nobodys_turn(street: Street) -> None:
    street.send(Post(room("1"), "а"), Post(room("1"), "б"))
    await settle()
    await street.close()
    street.send(Post(room("1"), "в"))
    await street.clock.turn(3)
    assert len(street.came) == 2


async def test_nobody_rings_for_one_who_has_gone(street: Street) -> None:
    street.send(Post(room("1"), "а"))
    await settle()
    waiting = asyncio.create_task(street.gate.deliver(Post(room("1"), "б"), priority=5))
    await settle()
    waiting.cancel()
    await settle()
    for name in ("2", "3"):  # the first takes the alarm away, the second finds none
        street.send(Post(room(name), "в"))
        await settle()
    assert [name for _, name in street.came] == ["1", "2", "3"]


async def test_who_comes_while_others_wait_does_not_overtake_the_more_urgent(street: Street) -> None:
    street.send(Post(room("0"), "а"))
    await street.clock.turn(0.5)
    street.send(*(Post(room(str(number)), "а") for number in range(1, 5)))
    await settle()
    street.send(Post(room("urgent"), "б"), priority=1)
    await settle()
    street.clock.at += 0.5  # one may pass again, and nobody has been woken yet
    street.send(Post(room("later"), "в"), priority=9)
    await settle()
    assert [name for _, name in street.came][5:] == ["urgent"]
    await street.clock.turn(0.5)
    assert [name for _, name in street.came][5:] == ["urgent", "later"]


async def test_an_alarm_that_nobody_needs_any_more_is_put_away(street: Street) -> None:
    street.send(*(Post(room(str(number)), "а") for number in range(6)))
    await settle()
    street.clock.at += 1.0
    street.send(Post(room("6"), "б"))
    await settle()
    assert len(street.came) == 7
    street.gate.shut()
    street.send(Post(room("7"), "в"))
    await settle()
    assert street.came[-1] == (1.0, "7")


async def test_what_can_be_deleted_at_once_is_and_counts_as_a_call(street: Street) -> None:
    for number in range(5):
        assert await street.gate.delete_now(Delete(room("1"), (str(number),))) == "1"
    with pytest.raises(TryLater):
        await street.gate.delete_now(Delete(room("2"), ("6",)))
    assert len(street.came) == 5


async def test_nothing_is_deleted_at_once_in_a_room_that_was_told_to_wait(street: Street) -> None:
    street.network.refuses["1"] = 0.5
    for _ in range(2):
        with pytest.raises(TryLater) as told:
            await street.gate.delete_now(Delete(room("1"), ("5",)))
        assert told.value.seconds == 0.5
    assert street.came == []
    assert street.gate.floods == 1  # the second did not ask the network
    await street.gate.delete_now(Delete(room("2"), ("5",)))
    await street.clock.turn(0.5)
    await street.gate.delete_now(Delete(room("1"), ("5",)))
    assert street.came == [(0, "2"), (0.5, "1")]


async def test_what_is_deleted_at_once_costs_the_room_nothing(street: Street) -> None:
    street.send(Post(room("1"), "а"))
    await settle()
    await street.gate.delete_now(Delete(room("1"), ("5",)))
    assert street.came == [(0, "1"), (0, "1")]


async def test_nothing_is_deleted_at_once_where_somebody_waits(street: Street) -> None:
    street.send(Post(room("1"), "а"), Post(room("1"), "б"))
    await settle()
    with pytest.raises(TryLater):
        await street.gate.delete_now(Delete(room("2"), ("5",)))
    assert street.came == [(0, "1")]


async def test_rooms_that_have_been_quiet_are_forgotten_and_busy_ones_are_not(street: Street) -> None:
    street.gate = Gate(
        street.network, Limits(overall=(), private=LIMITS.private, group=LIMITS.group), street.clock
    )
    street.send(*(Post(room(str(number)), "а") for number in range(gates.TIDY_ABOVE)))
    street.send(Post(room("-1"), "а"), Post(room("-1"), "а"))
    await settle()
    await street.clock.turn(3)
    assert len(street.gate._rooms) == gates.TIDY_ABOVE + 1  # all were busy a moment ago
    street.send(Post(room("last"), "а"))
    await settle()
    assert set(street.gate._rooms) == {room("-1"), room("last")}
    street.send(Post(room("-1"), "б"))
    await street.clock.turn(5)
    assert len([one for one in street.came if one[1] == "-1"]) == 2


@pytest.mark.parametrize(
    ("problem", "kind", "tries", "verdict"),
    [
        (RuntimeError(), SHOW, TRIES_OF_OURS - 1, Verdict.BACK_OFF),
        (RuntimeError(), SHOW, TRIES_OF_OURS, Verdict.PARK),
        (RuntimeError(), "card", TRIES_OF_OURS + 9, Verdict.BACK_OFF),
        (RoomMoved("-2"), "card", AGAIN_AT_MOST, Verdict.AGAIN),
        (RoomMoved("-2"), "card", AGAIN_AT_MOST + 1, Verdict.BACK_OFF),
    ],
)
def test_patience_ends_exactly_where_it_is_written(
    problem: Exception, kind: str, tries: int, verdict: Verdict
) -> None:
    assert judge(problem, kind=kind, tries=tries) is verdict
