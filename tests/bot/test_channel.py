"""One topic and one card per case, wherever an errand breaks off and however often it is run again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.channel import Channel
from bot.networks import Document, OpenTopic, Outgoing, Post, RenameTopic
from bot.networks.errors import TopicMissing
from bot.sending.clock import WallClock
from handlers.events import Room
from handlers.triage.cases import Case, Status
from handlers.triage.clusters import Occasion
from handlers.triage.facts import Level
from storage.cards import CardPlace
from tests.bot.desk import GROUP, NAME, Desk
from tests.bot.hall import CASE, ERRAND, Broken, Hall, change, seal, the_card
from tests.drills.disk_faults import ERRORS, Refusals
from tests.storage.samples import make_sealed

CALLS = 2  # topic, card


async def place(desk: Desk) -> CardPlace | None:
    return await desk.store.run(lambda uow: uow.cards.get(CASE.id))


async def unposted(desk: Desk) -> list[Case]:
    return await desk.store.run(lambda uow: uow.cases.unposted())


async def test_a_case_gets_its_topic_its_card_and_its_file(desk: Desk, channel: Channel) -> None:
    hall = Hall()
    await channel.post_card(ERRAND, hall.send)
    card = the_card(hall)
    assert card.file == Document("K7Q4F.age", b"object 1")
    assert "K7Q4F" in card.text
    assert len(hall.done) == CALLS
    assert await unposted(desk) == []


@pytest.mark.parametrize("calls", range(CALLS))
async def test_an_errand_that_breaks_off_leaves_one_topic_and_one_card_when_run_again(
    desk: Desk, channel: Channel, calls: int
) -> None:
    hall = Hall(breaks_before=calls)
    with pytest.raises(Broken):
        await channel.post_card(ERRAND, hall.send)
    assert await unposted(desk)
    hall.again()
    await channel.post_card(ERRAND, hall.send)
    assert the_card(hall).file == Document("K7Q4F.age", b"object 1")
    assert await unposted(desk) == []


@pytest.mark.parametrize("calls", range(3))
async def test_a_report_sealed_again_takes_the_place_of_the_older_card_wherever_it_breaks_off(
    desk: Desk, channel: Channel, calls: int
) -> None:
    hall = Hall()
    await channel.post_card(ERRAND, hall.send)
    await seal(desk, 2)
    hall.breaks_before = CALLS + calls
    with pytest.raises(Broken):
        await channel.post_card(ERRAND, hall.send)
    hall.again()
    await channel.post_card(ERRAND, hall.send)
    assert the_card(hall).file == Document("K7Q4F.age", b"object 2")


async def test_an_answer_waits_until_the_topic_of_its_event_is_there(desk: Desk, channel: Channel) -> None:
    """General is not the place for what belongs to a case, and nobody empties it when the room is locked."""
    facts = replace(CASE.facts, level=Level.GREEN, day="2026-11-23")
    occasion = Occasion("2026-11-23", str(facts.region))

    async def put(uow: Any) -> None:
        await uow.cases.replace(replace(CASE, facts=facts), seen_revision=CASE.revision)
        await uow.cards.put(CASE.id, CardPlace(Room(NAME, GROUP), cluster=True, event=occasion.name))
        await uow.boards.put(occasion.name, CardPlace(Room(NAME, GROUP, "77")))

    await desk.store.run(put)
    hall, key = Hall(), make_sealed(1).object_id.hex()
    addition = {**ERRAND, "kind": "addition", "object": key, "name": "K7Q4F-2.age", "code": "K7Q4F"}
    with pytest.raises(TopicMissing):
        await channel.post_addition(addition, hall.send)
    assert hall.cards == {}


async def test_an_answer_that_never_came_repeats_the_card_under_the_same_code(channel: Channel) -> None:
    hall = Hall(breaks_after=2)
    with pytest.raises(Broken):
        await channel.post_card(ERRAND, hall.send)
    hall.again()
    await channel.post_card(ERRAND, hall.send)
    assert len(hall.topics) == 1
    assert [card.file for card in hall.cards.values()] == [Document("K7Q4F.age", b"object 1")] * 2


async def test_a_change_edits_the_card_and_the_title(desk: Desk, channel: Channel) -> None:
    hall = Hall()
    await channel.post_card(ERRAND, hall.send)
    await change(desk, Status.CLAIMED, "m-01")
    await channel.post_card(ERRAND, hall.send)
    assert "m-01" in the_card(hall).text
    assert all("✋" in title for title in hall.topics.values())
    before = list(hall.done)
    await channel.post_card(ERRAND, hall.send)  # nothing has changed: harmless
    assert "m-01" in the_card(hall).text
    assert not [one for one in hall.done[len(before) :] if isinstance(one, Post)]


async def test_a_closed_case_closes_its_topic(desk: Desk, channel: Channel) -> None:
    hall = Hall()
    await channel.post_card(ERRAND, hall.send)
    await change(desk, Status.CLOSED, "m-01")
    await channel.post_card(ERRAND, hall.send)
    assert [one.closed for one in hall.done if isinstance(one, RenameTopic)] == [True]


async def test_a_topic_deleted_by_hand_is_opened_anew_at_the_next_change(
    desk: Desk, channel: Channel
) -> None:
    hall = Hall()
    await channel.post_card(ERRAND, hall.send)
    hall.drop_topic()
    await change(desk, Status.CLAIMED, "m-01")
    await channel.post_card(ERRAND, hall.send)
    assert "m-01" in the_card(hall).text


async def test_a_topic_that_goes_between_card_and_title_is_opened_anew_by_the_next_attempt(
    desk: Desk, channel: Channel
) -> None:
    hall = Hall()
    await channel.post_card(ERRAND, hall.send)
    hall.topics.clear()
    await change(desk, Status.CLAIMED, "m-01")
    with pytest.raises(TopicMissing):
        await channel.post_card(ERRAND, hall.send)
    assert await place(desk) is None
    hall.drop_topic()
    await channel.post_card(ERRAND, hall.send)
    assert "m-01" in the_card(hall).text


async def test_a_card_deleted_by_hand_comes_back_with_the_next_change(desk: Desk, channel: Channel) -> None:
    hall = Hall()
    await channel.post_card(ERRAND, hall.send)
    hall.cards.clear()
    await change(desk, Status.CLAIMED, "m-01")
    await channel.post_card(ERRAND, hall.send)
    assert "m-01" in the_card(hall).text
    assert the_card(hall).file == Document("K7Q4F.age", b"object 1")


async def test_a_topic_deleted_between_two_seals_is_opened_anew_at_once(desk: Desk, channel: Channel) -> None:
    hall = Hall()
    await channel.post_card(ERRAND, hall.send)
    hall.drop_topic()
    await seal(desk, 2)
    await channel.post_card(ERRAND, hall.send)
    assert the_card(hall).file == Document("K7Q4F.age", b"object 2")


async def test_a_case_that_was_erased_or_had_its_time_is_posted_no_more(desk: Desk, channel: Channel) -> None:
    hall = Hall()
    await desk.store.run(lambda uow: uow.cases.delete(CASE.id))
    await channel.post_card(ERRAND, hall.send)
    await channel.post_digest(
        {"object": bytes(16).hex(), "name": "digest.age", "day": "2026-11-23"}, hall.send
    )
    assert hall.done == []


async def test_an_object_swept_while_its_card_is_under_way_harms_nobody(desk: Desk, channel: Channel) -> None:
    hall = Hall()

    async def sweep_first(outgoing: Outgoing) -> str | None:
        await desk.store.run(lambda uow: uow.cases.delete(CASE.id))
        return await hall.send(outgoing)

    await channel.post_card(ERRAND, sweep_first)
    assert the_card(hall).file == Document("K7Q4F.age", b"object 1")
    assert await desk.store.run(lambda uow: uow.cases.all()) == []


async def test_a_group_with_a_new_id_is_followed_in_the_middle_of_a_case(
    desk: Desk, channel: Channel
) -> None:
    hall = Hall()
    await channel.post_card(ERRAND, hall.send)
    desk.network.group = "-1007000000002"
    await change(desk, Status.CLAIMED, "m-01")
    await channel.post_card(ERRAND, hall.send)
    rooms = [one.room.id for one in hall.done if not isinstance(one, OpenTopic) and hasattr(one, "room")]
    assert rooms[:1] == [GROUP]
    assert set(rooms[1:]) == {"-1007000000002"}


class Hurried(WallClock):
    """Sleeps no longer than it takes to let others work."""

    async def sleep(self, seconds: float) -> None:
        await super().sleep(0)


@pytest.mark.only("sqlite")  # its writes are refused one by one
@pytest.mark.parametrize("first", [1, 2, 3, 4])
async def test_a_full_disk_after_the_post_repeats_no_topic_and_no_card(
    desk: Desk, channel: Channel, tmp_path: Path, first: int
) -> None:
    """The control is the same errand run again from its start, which a refusal would lead to."""
    hall, again = Hall(), Hall()
    channel = Channel(desk.instance, desk.network, clock=Hurried())
    refusals = Refusals(str(tmp_path / "vestka.db"), first, first + 2, ERRORS[0], lambda: None, armed=True)
    with refusals.listening():
        await channel.post_card(ERRAND, hall.send)
    assert refusals.refused == 3
    assert (len(hall.topics), len(hall.cards)) == (1, 1)
    await desk.store.run(lambda uow: uow.cards.drop(CASE.id))
    for _ in range(2):
        await channel.post_card(ERRAND, again.send)
        await desk.store.run(lambda uow: uow.cards.drop(CASE.id))
    assert (len(again.topics), len(again.cards)) == (2, 2)
