"""A locked room is opened by two people of the roster, and by nothing that is written into the database."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

from handlers.approvals import Matter
from handlers.approvals import Standing as Stands
from handlers.events import Commanded, Room
from handlers.guard.standing import Looked, Raised, State
from storage.audit import read_entries
from storage.rows import Row
from storage.sealing.audit import Event
from storage.store import Store
from storage.tables import approvals, audit
from storage.volatile import KeyRing
from tests.bot.desk import GROUP, NAME, Desk
from tests.bot.locked import asked, happen, lock, reopen, started, state, told
from tests.conftest import CASE_KEY
from tests.fakes import CountingIds, FakeClock
from tests.storage.samples import make_sealed
from tests.storage.unsealed import UNSEALED
from tests.storage.whole import connected


@pytest.fixture
def desk(store: Store, ring: KeyRing, clock: FakeClock) -> Desk:
    """m-01 to m-03 moderate, m-04 is suspended, m-05 is no longer valid."""
    return started(store, ring, clock)


@pytest.mark.parametrize("in_group", [True, False])
async def test_one_asks_the_others_hear_of_it_and_the_second_voice_unlocks(
    desk: Desk, *, in_group: bool
) -> None:
    await lock(desk)
    await reopen(desk, 1, in_group=in_group)
    assert await state(desk) is State.LOCKED
    assert "A second moderator must write /reopen" in (await told(desk, 1))[0]
    assert any("m-01 asks: open the moderators' group again" in words for words in await told(desk, 3))
    await reopen(desk, 2, in_group=in_group)
    assert await state(desk) is State.PAUSED
    one = await asked(desk)
    assert (one.request.matter, one.by, one.second, one.used) == (Matter.UNLOCK, "m-01", "m-02", True)
    assert any("Two of you have asked" in words for words in await told(desk, 2))


@pytest.mark.parametrize("second", [1, 4, 5, 77], ids=["self", "suspended", "expired", "stranger"])
async def test_the_second_is_somebody_else_whom_the_roster_names_today(desk: Desk, second: int) -> None:
    await lock(desk)
    await reopen(desk, 1)
    await reopen(desk, second)
    assert await state(desk) is State.LOCKED
    assert (await asked(desk)).standing(desk.instance.today()) is Stands.OPEN


async def test_a_voice_of_yesterday_does_not_count_and_the_next_one_asks_anew(
    desk: Desk, clock: FakeClock
) -> None:
    await lock(desk)
    await reopen(desk, 1)
    clock.advance(days=1)
    await reopen(desk, 2)
    assert await state(desk) is State.LOCKED
    await reopen(desk, 1)
    assert await state(desk) is State.PAUSED


async def test_who_asked_and_was_suspended_since_stands_in_nobodys_way(desk: Desk) -> None:
    await lock(desk)
    await reopen(desk, 1)
    desk.instance.suspended.add("m-01")
    await reopen(desk, 2)
    assert await state(desk) is State.LOCKED
    await reopen(desk, 3)
    assert await state(desk) is State.PAUSED


async def test_what_was_asked_for_one_lock_opens_no_later_one(desk: Desk) -> None:
    await lock(desk)
    await reopen(desk, 1)
    await happen(desk, Looked())
    await reopen(desk, 2)
    await happen(desk, Looked(), Raised("panic"))
    await reopen(desk, 3)
    assert await state(desk) is State.LOCKED
    assert len(await desk.store.run(lambda uow: uow.approvals.all())) == 2


async def test_both_in_one_batch_with_the_lock_itself(desk: Desk) -> None:
    await happen(desk, Looked())
    room = Room(NAME, GROUP)
    said = [("panic", 3), ("reopen", 1), ("reopen", 2)]
    await desk.take(
        *(desk.lay(Commanded(name, "", "5"), room, sender=str(9000 + by), private=False) for name, by in said)
    )
    assert await state(desk) is State.PAUSED


async def test_nothing_is_unlocked_that_is_not_locked(desk: Desk) -> None:
    await happen(desk, Looked())
    await reopen(desk, 1)
    assert "not locked" in (await told(desk, 1))[0]
    assert await desk.store.run(lambda uow: uow.approvals.all()) == []


async def test_an_altered_or_older_row_of_the_approval_is_nobodys_voice(desk: Desk, url: str) -> None:
    await lock(desk)
    await reopen(desk, 1)
    waiting = await rows_of(url, approvals)
    await write(url, sa.update(approvals).values(blob=waiting[0]["blob"][:-1] + b"\0"))
    await reopen(desk, 2)  # asks anew
    assert await state(desk) is State.LOCKED
    await reopen(desk, 1)
    assert await state(desk) is State.PAUSED
    await put_back(url, approvals, waiting)
    await happen(desk, Looked(), Raised("panic"))
    await reopen(desk, 3)
    assert await state(desk) is State.LOCKED


# Somebody with the database, and no key --------------------------------------------------------------


async def rows_of(url: str, table: sa.Table) -> list[Row]:
    async with connected(url) as connection:
        found = [dict(row) for row in (await connection.execute(sa.select(table))).mappings()]
        await connection.rollback()
    return list(found)


async def write(url: str, *statements: Any) -> None:
    async with connected(url) as connection, connection.begin():
        for statement in statements:
            await connection.execute(statement)


async def put_back(url: str, table: sa.Table, rows: list[Row], *, only: bool = False) -> None:
    """The table as it was; with `only` rows that came since stay."""
    gone = sa.delete(table).where(table.c.id.in_([row["id"] for row in rows])) if only else sa.delete(table)
    await write(url, gone, *(sa.insert(table).values(**row) for row in rows))


@dataclass(frozen=True)
class Lair:
    """A locked room's database, and the log before the lock."""

    url: str
    before: list[Row]
    after: list[Row]

    @property
    def changed(self) -> list[Row]:
        """Rows of before that read otherwise now: the log's end."""
        now = {row["id"]: row["blob"] for row in self.after}
        return [row for row in self.before if now[row["id"]] != row["blob"]]

    @property
    def new(self) -> list[Row]:
        """Rows that came with the lock."""
        known = {row["id"] for row in self.before}
        return [row for row in self.after if row["id"] not in known]


async def lair(desk: Desk, url: str) -> Lair:
    """Some life, an open room, a lock."""

    async def live(uow: Any) -> None:
        for number in range(1, 4):
            await uow.objects.keep(
                make_sealed(number), case=None, signature=bytes(64), day=desk.instance.today()
            )

    await desk.store.run(live)
    await happen(desk, Looked())
    before = await rows_of(url, audit)
    await happen(desk, Raised("panic"))
    assert await state(desk) is State.LOCKED  # it looks again at once
    return Lair(url, before, await rows_of(url, audit))


async def test_no_row_of_the_log_can_be_altered_or_taken_out_to_unlock(
    desk: Desk, url: str, ring: KeyRing, clock: FakeClock
) -> None:
    place = await lair(desk, url)
    for row in place.after:
        flipped = bytes([*row["blob"][:-1], row["blob"][-1] ^ 1])
        for harm in (
            sa.update(audit).where(audit.c.id == row["id"]).values(blob=flipped),
            sa.delete(audit).where(audit.c.id == row["id"]),
        ):
            await write(url, harm)
            assert await state(desk) is State.LOCKED
            assert await state(started(desk.store, ring, clock)) is State.LOCKED
            await put_back(url, audit, place.after)


ATTACKS: dict[str, Callable[[Lair], Awaitable[None]]] = {
    "the log's end put back": lambda lair: put_back(lair.url, audit, lair.changed, only=True),
    "an older entry in the place of the lock's": lambda lair: write(
        lair.url, sa.update(audit).where(audit.c.id == lair.new[0]["id"]).values(blob=lair.before[0]["blob"])
    ),
}
WHOLE: dict[str, Callable[[Lair], Awaitable[None]]] = {
    "the whole log put back": lambda lair: put_back(lair.url, audit, lair.before),
    "no log at all": lambda lair: put_back(lair.url, audit, []),
}


@pytest.mark.parametrize("attack", ATTACKS)
async def test_a_row_put_back_unlocks_nothing_for_restarts_either(
    desk: Desk, url: str, ring: KeyRing, clock: FakeClock, attack: str
) -> None:
    await ATTACKS[attack](await lair(desk, url))
    assert await state(desk) is State.LOCKED
    assert await state(started(desk.store, ring, clock)) is State.LOCKED


@pytest.mark.parametrize("attack", WHOLE)
async def test_a_whole_log_put_back_under_a_running_bot_locks_and_two_people_go_on_from_there(
    desk: Desk, url: str, ring: KeyRing, clock: FakeClock, attack: str
) -> None:
    await WHOLE[attack](await lair(desk, url))
    assert await state(started(desk.store, ring, clock)) is not State.LOCKED  # the control: nobody remembers
    assert await state(desk) is State.LOCKED
    await happen(desk, Looked())
    assert await state(started(desk.store, ring, clock)) is State.LOCKED
    assert any("somebody wrote into the database" in words for words in await told(desk, 1))
    await reopen(desk, 1)
    await reopen(desk, 2)
    assert await state(desk) is State.PAUSED
    await happen(desk, Looked())
    assert await state(desk) is State.OPEN


async def test_an_end_put_back_is_cut_off_there_by_two_people_and_the_room_opens(
    desk: Desk, url: str
) -> None:
    await ATTACKS["the log's end put back"](await lair(desk, url))
    await happen(desk, Looked())
    await reopen(desk, 1)
    await reopen(desk, 2)
    await happen(desk, Looked())
    assert await state(desk) is State.OPEN


async def test_without_the_seals_a_flipped_word_would_unlock(
    url: str, ring: KeyRing, clock: FakeClock
) -> None:
    store = await Store.open(
        url, ring=ring, case_key=CASE_KEY, now=clock.now, new_id=CountingIds(), seals=UNSEALED
    )
    try:
        desk = started(store, ring, clock)
        place = await lair(desk, url)
        for row in place.after:
            await write(
                url,
                sa.update(audit)
                .where(audit.c.id == row["id"])
                .values(blob=row["blob"].replace(b"\xa6locked", b"\xa4open")),
            )
        assert await state(started(store, ring, clock)) is State.OPEN
    finally:
        await store.close()


async def test_every_change_of_the_room_stands_in_the_log(desk: Desk) -> None:
    await lock(desk)
    said = await desk.store.run(lambda uow: uow.audit.said_of_guard())
    assert said.what == "locked"
    assert not await desk.store.run(lambda uow: uow.audit.tells(Event.GUARD, b"", what="locked", since=0))


async def test_the_log_says_who_locked_the_room_and_whose_voice_opened_it(desk: Desk) -> None:
    await happen(desk, Looked())
    event = Commanded("panic", "", "5")
    await desk.take(desk.lay(event, Room(NAME, GROUP), sender="9003", private=False))
    await reopen(desk, 1)
    await reopen(desk, 2)

    async def read(uow: Any) -> list[tuple[str, str]]:
        numbers = range(1, (await uow.audit.head()).size + 1)
        entries = await read_entries(uow.audit._rows, uow.audit._vault, numbers)
        return [(one.what, one.by) for one in entries if one is not None and one.event == Event.GUARD]

    assert await desk.store.run(read) == [("open", ""), ("locked", "m-03"), ("paused", "m-02")]
