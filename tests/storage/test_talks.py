"""Unfinished conversations are found again by the same room, and by nobody else."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from handlers.events import Room
from handlers.intake.talk import Talk
from storage.store import Store
from storage.unit_of_work import Ahead, UnitOfWork
from storage.volatile import KeyRing
from tests.conftest import open_store
from tests.fakes import CountingIds, FakeClock
from tests.storage.samples import make_room, make_talk


async def find(store: Store, room: Room) -> Talk | None:
    return await store.run(lambda unit: unit.talks.find(room))


async def keep(store: Store, talk: Talk) -> None:
    await store.run(lambda unit: unit.talks.keep(talk))


async def test_a_talk_comes_back_as_it_was_kept(store: Store) -> None:
    talk = make_talk()
    await keep(store, talk)
    assert await find(store, talk.room) == talk


async def test_a_talk_belongs_to_one_room(store: Store) -> None:
    await keep(store, make_talk(make_room(0)))
    others = [make_room(1), Room("matrix", make_room(0).id), replace(make_room(0), topic="7")]
    assert [await find(store, room) for room in others] == [None, None, None]


async def test_rooms_of_networks_without_numbers_are_found(store: Store) -> None:
    room = Room("matrix", "!прыклад:example.org")
    await keep(store, make_talk(room))
    found = await find(store, room)
    assert found is not None
    assert found.room == room


async def test_a_newer_talk_takes_the_place_of_the_older(store: Store) -> None:
    for step in ("relation", "person"):
        await keep(store, make_talk(step=step))
    found = await store.run(lambda unit: unit.talks.all())
    assert [talk.step for talk in found] == ["person"]


async def test_midnight_does_not_cut_a_talk(store: Store, clock: FakeClock) -> None:
    talk = make_talk()
    await keep(store, talk)
    clock.advance(hours=15)
    assert await find(store, talk.room) == talk


async def test_a_talk_moves_to_todays_keys_when_it_goes_on(store: Store, clock: FakeClock) -> None:
    talk = make_talk()
    await keep(store, talk)
    clock.advance(days=1)
    await keep(store, talk)
    assert len(await store.run(lambda unit: unit.talks.all())) == 1
    clock.advance(days=1)
    assert await find(store, talk.room) == talk


async def test_a_talk_left_alone_is_noise_after_two_days(store: Store, clock: FakeClock) -> None:
    talk = make_talk()
    await keep(store, talk)
    clock.advance(days=2)
    assert await find(store, talk.room) is None


async def test_an_erased_talk_is_gone(store: Store) -> None:
    talk = make_talk()
    await keep(store, talk)
    await store.run(lambda unit: unit.talks.drop(talk.room))
    assert await find(store, talk.room) is None


async def test_jobs_of_one_batch_see_what_came_before_them(store: Store) -> None:
    room = make_room()

    async def begin(unit: UnitOfWork) -> None:
        await unit.talks.keep(make_talk(room, step="relation"))

    async def go_on(unit: UnitOfWork) -> str:
        talk = await unit.talks.find(room)
        assert talk is not None
        await unit.talks.keep(replace(talk, step="person"))
        return talk.step

    assert await store.run_batch([begin, go_on, go_on], ahead=Ahead([room])) == [None, "relation", "person"]


async def test_the_loss_of_the_runtime_directory_erases_talks_only(
    url: str, clock: FakeClock, new_id: CountingIds, runtime: Path
) -> None:
    ring = KeyRing.open(runtime, now=clock.now(), allow_disk=True)
    store = await open_store(url, ring, clock=clock, new_id=new_id)
    await keep(store, make_talk())
    await store.close()
    shutil.rmtree(runtime)
    empty = KeyRing.open(runtime, now=clock.now(), allow_disk=True)
    store = await open_store(url, empty, clock=clock, new_id=new_id)
    assert await store.run(lambda unit: unit.talks.all()) == []
    assert await find(store, make_talk().room) is None
    assert store.unreadable == 1
    await store.close()
