"""What may not be deleted or pinned just now is not forgotten: the right to do so may come back."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.answers import Answers, take_away
from bot.dashboard import KIND, LOOK_SECONDS, NAME, Dashboard
from bot.doorkeeper import Doorkeeper
from bot.emptying import clear_out
from bot.guard import Guard
from bot.networks import Delete, Outgoing, Pin, Post
from bot.networks.errors import ChannelClosed, NothingThere, RoomClosed, Unreachable
from bot.sending.clock import WallClock
from handlers.events import Room
from handlers.guard.facts import Facts
from handlers.triage.boards import Health
from storage.cards import CardPlace
from storage.store import Store
from storage.volatile import KeyRing
from tests.bot.desk import GROUP, Desk, Slate, make_member, make_roster
from tests.bot.desk import NAME as NETWORK
from tests.fakes import FakeClock
from tests.handlers.guard.views import GOOD

ROOM = Room(NETWORK, GROUP)
UNSAY = {"kind": "unsay", "network": NETWORK, "room": GROUP, "topic": None, "messages": ["9"]}


@dataclass
class Group(Slate):
    """Messages, and whether we may delete them; a stranger may have come in."""

    lying: set[str] = field(default_factory=set)
    may_delete: bool = True
    may_pin: bool = True
    stranger: bool = False
    pins: list[str] = field(default_factory=list)
    unheard: int = 0
    tried: asyncio.Event = field(default_factory=asyncio.Event)

    async def look(self, accounts: Collection[str]) -> Facts:
        facts = GOOD.facts
        return replace(facts, last=replace(facts.last, members=9)) if self.stranger else facts

    async def deliver(self, outgoing: Outgoing) -> str | None:
        match outgoing:
            case Post():
                self.lying.add("9")
                self.stranger = True
                return "9"
            case Delete(messages=messages):
                return self._delete(messages)
            case Pin(message=message):
                self._pin(message)
            case _:
                pass
        return None

    def _delete(self, messages: Collection[str]) -> str | None:
        if not self.lying & set(messages):
            raise NothingThere("gone")
        self.tried.set()
        if not self.may_delete:
            return ",".join(messages)
        self.lying -= set(messages)
        return None

    def _pin(self, message: str) -> None:
        if self.unheard:
            self.unheard -= 1
            raise Unreachable("no answer")
        if not self.may_pin:
            raise RoomClosed("not enough rights")
        self.pins.append(message)


@pytest.fixture
def desk(store: Store, ring: KeyRing, clock: FakeClock) -> Desk:
    """The team of a group in order: m-01 and m-02 are inside."""
    today = clock.now().date()
    members = [make_member(number, today, accounts={NETWORK: str(number)})[0] for number in (1, 2)]
    return Desk(store, ring, clock, roster=make_roster(today, *members))


@pytest.fixture
def group() -> Group:
    return Group(lying={"9"}, may_delete=False)


async def test_words_in_the_room_that_could_not_be_deleted_are_tried_again(desk: Desk, group: Group) -> None:
    answers = Answers(desk.instance, group)
    await answers.delete(UNSAY, group.deliver)
    (again,) = await desk.letters("unsay")
    assert again.payload["messages"] == ["9"]
    assert again.payload["not_before"] > (desk.clock.now() + timedelta(minutes=1)).isoformat()
    group.may_delete = True
    await desk.drop(again)
    await answers.delete(again.payload, group.deliver)
    assert not group.lying
    assert await desk.letters("unsay") == []


async def test_a_post_that_must_go_again_is_owed_until_it_is_gone(desk: Desk, group: Group) -> None:
    group.lying.clear()
    guard = Guard(desk.instance, group, clock=WallClock(), resume=lambda: None)
    door = Doorkeeper(group, guard, group=lambda: GROUP)
    with pytest.raises(ChannelClosed):
        await door.deliver(Post(ROOM, "🆕 🔴 K7Q4F"))
    assert group.lying
    watching = asyncio.create_task(guard.watch())
    for may_delete in (False, True):
        group.tried.clear()
        group.may_delete = may_delete
        desk.instance.bell.ring()
        await group.tried.wait()
    watching.cancel()
    assert not group.lying


async def test_a_dashboard_that_could_not_be_taken_away_is_not_forgotten(desk: Desk, group: Group) -> None:
    await desk.store.run(lambda uow: uow.boards.put(NAME, CardPlace(ROOM, card="9")))
    await clear_out(desk.instance, group)
    assert await desk.store.run(lambda uow: uow.boards.get(NAME)) is not None
    group.may_delete = True
    await clear_out(desk.instance, group)
    assert (await desk.store.run(lambda uow: uow.boards.get(NAME)), group.lying) == (None, set())


async def test_a_locked_room_keeps_no_answer_until_its_time(desk: Desk, group: Group) -> None:
    group.may_delete = True
    await desk.store.run(lambda uow: take_away(desk.instance, uow, ROOM, ["9"], seconds=86_400))
    await desk.store.run(lambda uow: uow.outbox.claim(10))  # the sender waits for their time
    await clear_out(desk.instance, group)
    assert not group.lying
    assert await desk.letters("unsay") == []


async def test_a_dashboard_that_could_not_be_pinned_at_once_is_pinned_later(desk: Desk, group: Group) -> None:
    dashboard = Dashboard(desk.instance, group, health=Health)
    payload = {"kind": KIND, "health": {}}
    group.unheard = 1
    with pytest.raises(Unreachable):
        await dashboard.post(payload, group.deliver)
    for _ in range(3):
        await dashboard.post(payload, group.deliver)
    assert group.pins == ["9"]


class Pace(WallClock):
    """Time that a test moves."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock

    def seconds(self) -> float:
        return self._clock.now().timestamp()


async def test_without_the_right_to_pin_two_leads_are_told_once_and_it_is_tried_again_later(
    desk: Desk, group: Group
) -> None:
    dashboard = Dashboard(desk.instance, group, health=Health, clock=Pace(desk.clock))
    payload = {"kind": KIND, "health": {}}
    group.may_pin = False
    for _ in range(2):
        await dashboard.post(payload, group.deliver)
        told = [str(one.payload["text"]) for one in await desk.letters("say")]
        assert len(told) == 2
        assert all("may not pin messages" in text for text in told)
        desk.clock.advance(seconds=LOOK_SECONDS)
    group.may_pin = True
    for _ in range(2):
        await dashboard.post(payload, group.deliver)
    assert group.pins == ["9"]
