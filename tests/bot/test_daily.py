"""The digest: once a day at the organisation's hour, also when empty; nothing falls between two of them."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.channel import Channel
from bot.daily import Daily
from bot.networks import OpenTopic, Outgoing, Post
from handlers.sharing.bundle import Bundle, read_bundle
from storage.auditing import Posted, verify
from storage.errors import KeepFailed
from storage.sealing import IdentityKey, open_sealed
from storage.sealing.audit import read_head
from storage.store import Store
from storage.unit_of_work import UnitOfWork
from storage.volatile import KeyRing
from tests.bot.desk import Desk, make_member, make_roster
from tests.conftest import CASE_KEY
from tests.fakes import FakeClock
from tests.storage.samples import make_case, make_sealed
from tests.storage.test_disk_full import no_file_longer_than


class Office:
    """A desk, its digest, and the room where digests arrive."""

    def __init__(self, store: Store, ring: KeyRing, clock: FakeClock, **organisation: Any) -> None:
        today = clock.now().date()
        member, self.own = make_member(1, today, expires=today + timedelta(days=999))
        self.clock = clock
        self.desk = Desk(store, ring, clock, roster=make_roster(today, member), **organisation)
        self.daily = Daily(self.desk.instance)
        self.arrived: list[Post] = []

    async def send(self, outgoing: Outgoing) -> str | None:
        if isinstance(outgoing, OpenTopic):
            return "1"
        assert isinstance(outgoing, Post)
        self.arrived.append(outgoing)
        return str(len(self.arrived))

    async def waiting(self) -> list[str]:
        return [str(letter.payload["name"]) for letter in await self.desk.letters("digest")]

    async def deliver(self) -> None:
        """What the sender does with them."""
        channel = Channel(self.desk.instance, self.desk.network)
        for letter in await self.desk.letters("digest"):
            await channel.post_digest(letter.payload, self.send)
            await self.desk.drop(letter)

    async def lose(self) -> None:
        """The power goes: the outbox is noise."""
        for letter in await self.desk.letters("digest"):
            await self.desk.drop(letter)

    async def day(self) -> None:
        """A day goes by."""
        self.clock.advance(days=1)
        await self.daily.tick()

    def bundle(self, number: int = -1) -> Bundle:
        post = self.arrived[number]
        assert post.document is not None
        return read_bundle(open_sealed(post.document.data, [self.own.identity]).body)

    async def tell(self, number: int, *, size: int = 600) -> None:
        """A case with a sealed object comes in today."""

        async def job(uow: UnitOfWork) -> None:
            day = self.clock.now().date()
            case = make_case(number, code=f"C{number}", day=day)
            await uow.cases.add(case)
            sealed = make_sealed(number, data=os.urandom(size))
            await uow.objects.keep(sealed, case=case.id, signature=bytes(64), day=day)

        await self.desk.store.run(job)


@pytest.fixture
async def office(store: Store, ring: KeyRing, clock: FakeClock) -> Office:
    """Monday, half past nine UTC; digests at eight in Minsk."""
    made = Office(store, ring, clock)
    await made.daily.tick()
    return made


async def test_a_new_instance_waits_for_its_first_hour(office: Office) -> None:
    assert await office.waiting() == []
    await office.day()
    assert await office.waiting() == ["digest-2026-11-24.age"]


async def test_one_that_starts_before_the_hour_makes_one_on_the_same_day(store: Store, ring: KeyRing) -> None:
    clock = FakeClock(datetime(2026, 11, 23, 4, 30, tzinfo=UTC))  # half past seven in Minsk
    office = Office(store, ring, clock)
    await office.daily.tick()
    assert await office.waiting() == []
    clock.advance(minutes=30)
    await office.daily.tick()
    assert await office.waiting() == ["digest-2026-11-23.age"]


async def test_never_two_on_one_day_not_even_after_a_restart(office: Office) -> None:
    await office.day()
    for _ in range(3):
        office.clock.advance(hours=1)
        await Daily(office.desk.instance).tick()
    await office.deliver()
    await Daily(office.desk.instance).tick()
    assert (await office.waiting(), len(office.arrived)) == ([], 1)


@pytest.mark.only("sqlite")  # the file is refused by the kernel
async def test_without_room_on_the_disk_nothing_is_marked_and_it_is_made_later(
    office: Office, tmp_path: Path
) -> None:
    office.clock.advance(days=1)
    with no_file_longer_than((tmp_path / "vestka.db-wal").stat().st_size), pytest.raises(KeepFailed):
        await office.daily.tick()
    assert await office.waiting() == []
    await office.daily.tick()
    assert len(await office.waiting()) == 1


async def test_each_tells_what_came_since_the_last_and_an_empty_day_has_the_same_size(office: Office) -> None:
    await office.tell(1)
    for _ in range(3):
        await office.day()
        await office.deliver()
    assert [[entry.case.code for entry in office.bundle(number).entries] for number in range(3)] == [
        ["C1"], ["C1"], ["C1"],
    ]  # fmt: skip  # told as new, then as waiting: nobody has claimed it
    sizes = {len(post.document.data) for post in office.arrived if post.document}
    assert len(sizes) == 1
    assert all(post.silent for post in office.arrived)


async def test_one_that_was_lost_with_the_power_is_told_by_the_next(office: Office) -> None:
    await office.tell(1)
    await office.day()
    await office.tell(2)
    await office.lose()
    office.clock.advance(days=1)
    await office.daily.tick()
    await office.deliver()
    bundle = office.bundle()
    assert {entry.case.code for entry in bundle.entries} == {"C1", "C2"}
    assert bundle.since == "2026-11-23"
    await office.day()
    await office.deliver()
    assert office.bundle().since == "2026-11-25"


async def test_it_goes_by_the_organisations_clock_in_a_zone_with_summer_time(
    store: Store, ring: KeyRing
) -> None:
    """The hour from two to three does not exist on 28 March 2027 in Warsaw, and comes twice on 31 October."""
    clock = FakeClock(datetime(2027, 3, 27, 12, 0, tzinfo=UTC))
    office = Office(store, ring, clock, time_zone="Europe/Warsaw", digest_hour=2)
    await office.daily.tick()
    clock.advance(hours=12, minutes=30)  # half past one, winter time
    await office.daily.tick()
    assert await office.waiting() == []
    clock.advance(minutes=30)  # three o'clock, summer time
    await office.daily.tick()
    assert await office.waiting() == ["digest-2027-03-28.age"]
    await office.deliver()
    clock.advance(days=216, hours=23, minutes=15)  # 31 October, a quarter past two, summer time
    for _ in range(3):
        await office.daily.tick()
        clock.advance(hours=1)
    assert await office.waiting() == ["digest-2027-10-31.age"]


async def test_a_clock_that_ran_ahead_and_came_back_stops_no_digest(office: Office) -> None:
    office.clock.advance(days=300)
    await office.daily.tick()
    await office.deliver()
    office.clock.advance(days=-300)
    await office.daily.tick()
    await office.tell(1)
    await office.day()
    await office.deliver()
    assert office.arrived[-1].document is not None
    assert office.arrived[-1].document.name == "digest-2026-11-24.age"
    assert [entry.case.code for entry in office.bundle().entries] == ["C1"]


async def test_a_large_day_comes_in_numbered_parts_and_is_told_only_when_the_last_has_arrived(
    office: Office,
) -> None:
    for number in (1, 2):
        await office.tell(number, size=17 * 1024 * 1024)
    await office.day()
    assert sorted(await office.waiting()) == ["digest-2026-11-24-1of2.age", "digest-2026-11-24-2of2.age"]
    await office.deliver()
    assert {entry.case.code for number in (0, 1) for entry in office.bundle(number).entries} == {"C1", "C2"}
    assert await office.desk.store.run(lambda uow: uow.marks.get("digest-posted")) == "2026-11-24"


async def test_a_digest_opens_for_its_holders_and_for_nobody_else(office: Office) -> None:
    await office.day()
    await office.deliver()
    assert office.bundle().day == "2026-11-24"
    office.own = IdentityKey.generate("m-01")
    with pytest.raises(Exception, match="open"):
        office.bundle()


async def test_each_carries_the_signed_head_of_the_log_and_shows_it_in_one_length(
    office: Office, url: str
) -> None:
    public = office.desk.instance.signing.public
    await office.tell(1)
    await office.day()
    await office.deliver()
    await office.day()
    await office.deliver()
    busy, empty = office.arrived
    assert len(busy.text) == len(empty.text)
    for number, post in enumerate(office.arrived):
        note = office.bundle(number).log
        assert note.strip() in post.text
        head, day = read_head(public, note)
        assert day.isoformat() == office.bundle(number).day
        report = await verify(url, case_key=CASE_KEY, public=public, since=Posted(head))
        assert not report.flaws
        assert report.heads == 2
    assert office.bundle(0).log != office.bundle(1).log
