"""Several guards of one room: what one of them learns counts for the others in the next moment."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

import pytest

from bot.guard import GOOD_FOR, Guard
from bot.networks.errors import ChannelClosed
from bot.sending.clock import WallClock
from bot.standings import note_change, take
from handlers.guard.facts import Facts
from handlers.guard.standing import Raised, Standing
from storage.store import Store
from storage.volatile import KeyRing
from tests.bot.desk import NAME, Desk, Slate, make_member, make_roster
from tests.fakes import FakeClock
from tests.handlers.guard.views import GOOD


@dataclass
class Window(Slate):
    """A network that shows a room in order, and counts who looks."""

    looks: int = 0

    async def look(self, accounts: Collection[str]) -> Facts:
        self.looks += 1
        return GOOD.facts


class Pace(WallClock):
    """Time that a test moves."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock

    def seconds(self) -> float:
        return self._clock.now().timestamp()


@dataclass
class Post:
    """What one worker has: a guard, a bell, a connection; the store is everybody's."""

    desk: Desk
    window: Window
    guard: Guard


@pytest.fixture
def posts(store: Store, ring: KeyRing, clock: FakeClock) -> tuple[Post, Post]:
    today = clock.now().date()
    members = [make_member(number, today, accounts={NAME: str(number)})[0] for number in (1, 2)]
    roster = make_roster(today, *members)

    def make() -> Post:
        desk, window = Desk(store, ring, clock, roster=roster), Window()
        return Post(desk, window, Guard(desk.instance, window, clock=Pace(clock), resume=lambda: None))

    return make(), make()


@pytest.mark.both
async def test_a_reading_serves_until_another_worker_hears_that_somebody_moved(
    posts: tuple[Post, Post],
) -> None:
    reader, other = posts
    for _ in range(3):
        await other.guard.check()
    assert other.window.looks == 1
    await reader.desk.store.run(note_change)
    await other.guard.check()
    assert other.window.looks == 2
    assert reader.window.looks == 0


async def test_a_reading_serves_for_a_minute(posts: tuple[Post, Post], clock: FakeClock) -> None:
    post, _ = posts
    for seconds in (0, GOOD_FOR, 1):
        clock.advance(seconds=seconds)
        await post.guard.check()
    assert post.window.looks == 2


@pytest.mark.both
async def test_what_one_worker_locks_no_other_posts_into_though_its_reading_is_fresh(
    posts: tuple[Post, Post],
) -> None:
    reader, other = posts
    await other.guard.check()
    lock = partial(take, reader.desk.instance, Raised("panic"), known=Standing(), network=NAME)
    await reader.desk.store.run(lock)
    with pytest.raises(ChannelClosed):
        await other.guard.check()
    assert other.window.looks == 1
