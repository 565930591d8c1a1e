"""One batch, one transaction: kept whole and then acknowledged, or not at all; poison is set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.dispatch import Dispatch, Outcome, _read
from bot.networks import Batch, Network
from bot.orders import ORDERS
from bot.sending.lanes import Fresh
from handlers.events import Commanded, Moved, Pressed, Room, Wrote
from handlers.triage.cases import Status
from storage.errors import KeepFailed, StorageError
from storage.outbox import Letter
from storage.store import Store
from storage.tables import marks
from storage.unit_of_work import UnitOfWork
from storage.volatile import KeyRing
from tests.bot.desk import GROUP, NAME, Desk, make_member, make_roster
from tests.fakes import FakeClock
from tests.journeys.stories import HALF
from tests.storage.test_disk_full import no_file_longer_than

HANNA, PIOTR = Room(NAME, "8589938834"), Room(NAME, "8589938835")


async def test_an_update_that_cannot_be_read_is_parked_and_delays_nobody(desk: Desk) -> None:
    first = desk.lay(Wrote("Добры дзень", "1"), HANNA)
    poison = desk.lay(ValueError("Ян Прыклад"), HANNA)
    last = desk.lay(Wrote("Добры дзень", "2"), PIOTR)
    await desk.take(first, poison, last)
    (parked,) = await desk.store.run(lambda uow: uow.letters.all())
    assert (parked.raw, parked.reason) == (poison.body, "ValueError")
    assert {letter.payload["room"] for letter in await desk.letters("show")} == {HANNA.id, PIOTR.id}
    assert await desk.position() == str(int(last.key) + 1)


async def test_an_update_that_breaks_even_our_apology_is_parked_and_delays_nobody(desk: Desk) -> None:
    broken = desk.lay(Wrote("Добры дзень", "\ud800"), HANNA)  # a name that cannot be kept
    last = desk.lay(Wrote("Добры дзень", "2"), PIOTR)
    await desk.take(broken, last)
    (parked,) = await desk.store.run(lambda uow: uow.letters.all())
    assert parked.raw == broken.body
    assert [letter.payload["room"] for letter in await desk.letters("show")] == [PIOTR.id]
    assert await desk.position() == str(int(last.key) + 1)


async def test_the_same_update_twice_is_decided_once(desk: Desk) -> None:
    raw = desk.lay(Wrote("Добры дзень", "1"), HANNA)
    await desk.take(raw)
    serial = (await desk.shown(HANNA)).id
    await desk.take(raw, raw)
    assert (await desk.shown(HANNA)).id == serial


async def test_a_batch_that_comes_again_tells_where_its_talks_stand(desk: Desk) -> None:
    """It was kept, but nobody could be told so: the talk must run out of time all the same."""
    raw = desk.lay(Wrote("Добры дзень", "1"), HANNA)
    await desk.take(raw)
    desk.outcomes.clear()
    await desk.take(raw)
    (outcome,) = desk.outcomes
    assert outcome.talks == {HANNA: await desk.store.run(lambda uow: uow.talks.find(HANNA))}
    assert outcome.talks[HANNA] is not None


async def test_what_concerns_nobody_leaves_no_trace_however_often_it_comes(desk: Desk) -> None:
    raw = desk.lay(Wrote("Добры дзень", "1"), HANNA)
    desk.network.laid[raw.key] = None
    for _ in range(2):
        await desk.take(raw)
    assert await desk.store.run(lambda uow: uow.letters.all()) == []
    assert await desk.letters("show") == []


async def test_an_order_that_a_stranger_gives_in_private_is_a_reporters_word(desk: Desk) -> None:
    order = min(ORDERS)
    await desk.take(desk.lay(Commanded(order, "", "1"), HANNA))
    assert await desk.store.run(lambda uow: uow.letters.all()) == []
    assert (await desk.shown(HANNA)).payload["buttons"]


async def test_screens_that_are_claimed_are_handed_on_once_the_batch_is_kept(desk: Desk) -> None:
    claimed: list[Fresh] = []

    async def claim(uow: UnitOfWork, letters: Sequence[Letter]) -> Sequence[Fresh]:
        assert await uow.talks.find(HANNA)  # in the transaction that puts them
        claimed.extend(Fresh(letter, ()) for letter in letters)
        return claimed

    heard: list[tuple[Network, Sequence[Fresh]]] = []

    async def after(network: Network, outcome: Outcome) -> None:
        heard.append((network, outcome.fresh))

    desk.dispatch = Dispatch(desk.instance, after=after, claim=claim)
    await desk.take(desk.lay(Wrote("Добры дзень", "1"), HANNA))
    assert heard == [(desk.network, claimed)]
    assert claimed


@pytest.mark.only("sqlite")  # the file is refused by the kernel
async def test_a_full_disk_keeps_nothing_of_the_batch_and_acknowledges_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    await desk.say(HANNA, "Добры дзень")
    before = await desk.position()
    batch = [desk.lay(Wrote("Добры дзень", str(number)), PIOTR) for number in range(3)]
    with no_file_longer_than((tmp_path / "vestka.db-wal").stat().st_size), pytest.raises(KeepFailed):
        await desk.take(*batch)
    assert await desk.position() == before
    assert len(desk.outcomes) == 1  # nobody heard of the second batch
    assert [letter.payload["room"] for letter in await desk.letters("show")] == [HANNA.id]
    await desk.take(*batch)
    assert await desk.position() == str(int(batch[-1].key) + 1)
    assert len(await desk.letters("show")) == 2


async def test_a_position_that_cannot_be_kept_takes_the_whole_answer_with_it(desk: Desk) -> None:
    raw = desk.lay(Wrote("Добры дзень", "1"), HANNA)
    with pytest.raises(StorageError):
        await desk.dispatch.take(desk.network, Batch((raw,), "пазіцыя"))
    assert desk.outcomes == []


async def test_an_empty_batch_writes_nothing(desk: Desk) -> None:
    await desk.dispatch.take(desk.network, Batch((), ""))
    assert await desk.position() is None


async def test_a_code_that_is_taken_is_drawn_again(desk: Desk) -> None:
    await desk.say(HANNA, *HALF[:-1])
    await desk.say(PIOTR, *HALF[:-1])
    desk.chance.draws = [bytes(32)]
    await desk.say(HANNA, HALF[-1])
    desk.chance.draws = [bytes(32), bytes(32), bytes([1]) * 32]
    await desk.say(PIOTR, HALF[-1])
    cases = await desk.store.run(lambda uow: uow.cases.all())
    objects = await desk.store.run(lambda uow: uow.objects.of_day(desk.clock.now().date()))
    assert desk.chance.draws == []
    assert len({case.code for case in cases}) == 2
    assert {case.status for case in cases} == {Status.HELD}
    assert {kept.case for kept in objects} == {case.id for case in cases}
    assert await desk.store.run(lambda uow: uow.letters.all()) == []


async def test_an_event_that_breaks_us_changes_nothing_and_its_words_are_taken_away(
    store: Store, ring: KeyRing, clock: FakeClock
) -> None:
    """Nobody is on the roster yet to seal to, so the answer that would be sealed cannot be kept."""
    today = clock.now().date()
    later = {"not_before": today + timedelta(days=9), "expires": today + timedelta(days=19)}
    member, _ = make_member(1, today, **later)
    desk = Desk(store, ring, clock, roster=make_roster(today, member, recovery=False))
    clock.advance(hours=23)
    await desk.say(HANNA, *HALF[:-1])
    before = await desk.store.run(lambda uow: uow.talks.find(HANNA))
    clock.advance(hours=24)
    await desk.take(desk.lay(Wrote(HALF[-1], "777"), HANNA))
    assert await desk.store.run(lambda uow: uow.talks.find(HANNA)) == before
    (parked,) = await desk.store.run(lambda uow: uow.letters.all())
    assert parked.reason == "NobodyToSealTo"
    assert "/start" in str((await desk.shown(HANNA)).payload["text"])
    assert "777" in {line.message for line in await desk.store.run(lambda uow: uow.traces.of(HANNA))}


async def test_a_press_that_breaks_us_does_not_turn_for_ever(
    store: Store, ring: KeyRing, clock: FakeClock
) -> None:
    today = clock.now().date()
    member, _ = make_member(1, today, expires=today)
    desk = Desk(store, ring, clock, roster=make_roster(today, member, recovery=False))
    await desk.say(HANNA, *HALF)
    clock.advance(hours=20)
    token = (await desk.shown(HANNA)).payload["buttons"][0][0][1]
    await desk.take(desk.lay(Pressed(token, "5", query="q5"), HANNA))
    assert [reply.query for reply in desk.outcomes[-1].replies] == ["q5"]


async def test_what_strangers_press_in_the_group_leaves_no_trace(desk: Desk) -> None:
    await desk.take(desk.lay(Pressed("t:claim:0000000000000000:1", "5", "q5"), Room(NAME, GROUP), sender="7",
                             private=False))  # fmt: skip
    assert desk.outcomes[-1].replies == []
    assert desk.store.letters_waiting == 0


async def test_a_group_that_moved_is_no_event_for_anybody(desk: Desk) -> None:
    await desk.take(desk.lay(Moved("-1009"), Room(NAME, GROUP), private=False))
    assert desk.store.letters_waiting == 0
    assert desk.outcomes[-1].talks == {}


class Smuggling(Dispatch):
    """Decides one update so that the database will not take what follows from it."""

    smuggled = ""

    async def _decide(self, read: Any, uow: UnitOfWork) -> Any:
        step = await super()._decide(read, uow)
        if read.raw.key == self.smuggled:
            uow.marks._rows.put(marks, {"key": "smuggled", "value": None})
        return step


async def test_what_the_database_refuses_is_set_aside_before_the_position_moves(desk: Desk) -> None:
    desk.dispatch = smuggling = Smuggling(desk.instance, after=desk._after)
    refused, good = desk.lay(Wrote("Добры дзень", "1"), HANNA), desk.lay(Wrote("Добры дзень", "2"), PIOTR)
    smuggling.smuggled = refused.key
    await desk.take(refused, good)
    (parked,) = await desk.store.run(lambda uow: uow.letters.all())
    assert (parked.raw, parked.reason) == (refused.body, "KeepFailed")
    assert [letter.payload["room"] for letter in await desk.letters("show")] == [PIOTR.id]
    assert set(desk.outcomes[-1].talks) == {PIOTR}
    assert await desk.position() == str(int(good.key) + 1)


async def test_what_can_be_neither_kept_nor_set_aside_is_asked_for_again(desk: Desk) -> None:
    desk.dispatch = smuggling = Smuggling(desk.instance, after=desk._after)
    refused = desk.lay(Wrote("Добры дзень", "1"), HANNA)
    smuggling.smuggled = refused.key
    with pytest.raises(KeepFailed):
        await desk.take(replace(refused, body=object()))  # type: ignore[arg-type]  # cannot be sealed
    assert await desk.position() is None
    assert desk.outcomes == []


async def test_a_position_does_not_move_past_what_was_neither_kept_nor_set_aside(desk: Desk) -> None:
    """The control: it is the setting aside that lets the position go on."""

    class Careless(Smuggling):
        async def take(self, network: Network, batch: Batch) -> None:
            jobs = [partial(self._one, network, _read(network, raw), []) for raw in batch.updates]
            advance = partial(self._advance, network, batch, [])
            await desk.store.run_batch([*jobs, advance], whole=True)

    desk.dispatch = careless = Careless(desk.instance, after=desk._after)
    refused, good = desk.lay(Wrote("Добры дзень", "1"), HANNA), desk.lay(Wrote("Добры дзень", "2"), PIOTR)
    careless.smuggled = refused.key
    await desk.take(refused, good)
    assert await desk.position() is None
