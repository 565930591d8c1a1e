"""A crash between any two lines: what was under way is sent again after the start, and nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection

import pytest

from bot.networks import Delete, Outgoing, Post
from bot.networks.errors import Unreachable
from bot.sender import Sender
from storage.shards import SHARDS
from storage.store import Store
from tests.bot.sending_rig import HANNA, TEAM, Rig
from tests.conftest import open_store
from tests.fakes import CountingIds, FakeClock


async def reopened(store: Store, url: str, *, clock: FakeClock) -> Store:
    """The database as the next process finds it."""
    await store.close()
    ring = store._commits._vault.ring  # the day keys outlive a crash, as on tmpfs
    return await open_store(url, ring, clock=clock, new_id=CountingIds())


async def crash_while_sending(rig: Rig) -> None:
    """The letter is at the network, and no answer ever comes."""
    asked = asyncio.Event()

    async def silence(outgoing: Outgoing) -> str | None:
        asked.set()
        await asyncio.Event().wait()
        return None

    rig.network.deliver = silence  # type: ignore[method-assign]  # the process dies while it waits
    rig.start()
    await asyncio.wait_for(asked.wait(), 5)
    await rig.stop()


async def test_what_was_under_way_is_sent_again(store: Store, clock: FakeClock, url: str) -> None:
    rig = Rig(store, clock)
    await rig.card("1")
    await rig.show(HANNA, "Калі?")
    await crash_while_sending(rig)
    after = Rig(await reopened(store, url, clock=clock), clock)
    after.start()
    await after.clock.turn(5)
    assert after.network.texts(TEAM) == ["card 1"]
    assert after.network.texts(HANNA) == ["Калі?"]
    assert after.store.letters_waiting == 0
    await after.stop()
    await after.store.real.close()


async def test_a_letter_that_is_struck_off_before_it_is_sent_would_be_lost(
    store: Store, clock: FakeClock, url: str
) -> None:
    """The control: without the mark "under way" the same crash loses the letter."""
    rig = Rig(store, clock)
    letter = await rig.put("card", "card:1", 0, case="1")
    await rig.store.real.run(lambda uow: uow.outbox.done(letter.id))
    after = Rig(await reopened(store, url, clock=clock), clock)
    after.start()
    await after.clock.turn(5)
    assert after.network.texts(TEAM) == []
    await after.stop()
    await after.store.real.close()


async def test_a_screen_whose_eraser_did_not_run_is_still_cleaned_up_after(
    store: Store, clock: FakeClock, url: str
) -> None:
    rig = Rig(store, clock)
    await rig.write(HANNA, "учора")
    rig.fail(Unreachable("no"), Delete, times=99)
    rig.start()
    await rig.show(HANNA, "Дзе?", below=True)
    await rig.clock.turn(1)
    assert rig.network.texts(HANNA) == ["учора", "Дзе?"]
    await rig.stop()
    after = Rig(await reopened(store, url, clock=clock), clock)
    after.network.rooms = rig.network.rooms
    after.start()
    await after.clock.turn(5)
    assert after.network.texts(HANNA) == ["Дзе?"]
    assert after.network.asked(Post) == []
    await after.stop()
    await after.store.real.close()


@pytest.mark.parametrize("times", [1, 3])
async def test_a_screen_that_goes_by_itself_goes_also_after_a_restart(
    store: Store, clock: FakeClock, url: str, times: int
) -> None:
    rig = Rig(store, clock)
    rig.start()
    await rig.show(HANNA, "Ваш код", gone_after=90)
    await rig.clock.turn(10)
    rooms = rig.network.rooms
    for _ in range(times):
        await rig.stop()
        store = await reopened(store, url, clock=clock)
        rig = Rig(store, clock)
        rig.network.rooms = rooms
        rig.start()
        await rig.clock.turn(10)
    assert rig.network.texts(HANNA) == ["Ваш код"]
    await rig.clock.turn(90)
    assert rig.network.texts(HANNA) == []
    await rig.stop()
    await rig.store.real.close()


async def test_a_screen_that_was_claimed_when_it_was_put_is_sent_after_a_crash(
    sqlite_store: Store, clock: FakeClock, sqlite_url: str
) -> None:
    """Committed as being sent, and the process ends before it begins to send."""
    rig = Rig(sqlite_store, clock)
    letter = rig.screen(HANNA, "Калі?", below=True)
    fresh = await rig.put_fresh(letter)
    assert [one.letter.id for one in fresh] == [letter.id]
    assert rig.store.letters_free == 0
    after = Rig(await reopened(sqlite_store, sqlite_url, clock=clock), clock)
    after.start()
    await after.clock.turn(5)
    assert after.network.texts(HANNA) == ["Калі?"]
    assert after.store.letters_waiting == 0
    await after.stop()
    await after.store.real.close()


@pytest.mark.parametrize("let_go", [Sender.leave, Sender.drop])
async def test_what_is_just_being_taken_out_is_let_go_of_with_its_shard(
    store: Store, clock: FakeClock, let_go: Callable[[Sender, Collection[int]], Awaitable[None]]
) -> None:
    rig = Rig(store, clock)
    await rig.show(HANNA, "Калі?")
    rig.start()
    await asyncio.sleep(0)  # it has begun to take the letter out
    await let_go(rig.sender, range(SHARDS))
    before = len(rig.network.calls)
    await rig.clock.turn(5)
    assert len(rig.network.calls) == before
    await rig.stop()
