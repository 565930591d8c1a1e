"""What comes after a card: answers of the reporter, cases that are alike, a case that left its event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.channel import Channel
from bot.networks import Delete, Document, Post
from bot.networks.errors import TopicMissing
from handlers.events import Room
from handlers.matching.traits import read_traits
from handlers.screens import Line
from handlers.triage.cases import Case
from handlers.triage.clusters import Occasion
from handlers.triage.facts import Level
from storage.cards import CardPlace
from storage.sealing.audit import Event
from storage.sealing.kinds import Kind
from tests.bot.desk import GROUP, NAME, Desk
from tests.bot.hall import CASE, ERRAND, Card, Hall, the_card
from tests.storage.samples import DAY, make_case, make_sealed

NAMED = {"given_name": "Ян", "surname": "Прыклад", "birth_year": 1990}


async def test_a_case_that_does_not_belong_to_its_event_any_more_gets_a_card_and_a_topic_of_its_own(
    desk: Desk, channel: Channel
) -> None:
    """Urgent cases stand alone; the message among the others goes first, as with all cards."""
    place = CardPlace(Room(NAME, GROUP, "77"), card="5", object=make_sealed(1).object_id, cluster=True)
    await desk.store.run(lambda uow: uow.cards.put(CASE.id, place))
    hall = Hall(topics={"77": "an event"}, cards={"5": Card("77", "a line", None)})
    await channel.post_card(ERRAND, hall.send)
    assert hall.done[0] == Delete(Room(NAME, GROUP, "77"), ("5",))
    assert [card.file for card in hall.cards.values()] == [Document("K7Q4F.age", b"object 1")]
    assert list(hall.topics.values()) == ["an event", "🆕 🔴 K7Q4F"]


HOME = Room(NAME, GROUP, "77")


async def move_in(desk: Desk, case: Case) -> None:
    """The case as it is now, and the topic of the event it belongs to."""

    async def put(uow: Any) -> None:
        await uow.cases.replace(case, seen_revision=CASE.revision)
        await uow.boards.put(Occasion("2026-11-23", "BY-HM").name, CardPlace(HOME))

    await desk.store.run(put)


async def test_a_case_that_lies_among_its_event_stays_there_as_it_is(desk: Desk, channel: Channel) -> None:
    await move_in(desk, replace(CASE, facts=replace(CASE.facts, level=Level.GREEN, day="2026-11-23")))
    place = CardPlace(
        HOME,
        card="5",
        object=make_sealed(1).object_id,
        cluster=True,
        event=Occasion("2026-11-23", "BY-HM").name,
    )
    await desk.store.run(lambda uow: uow.cards.put(CASE.id, place))
    hall = Hall()
    await channel.post_card(ERRAND, hall.send)
    assert hall.done == []
    assert await desk.store.run(lambda uow: uow.cards.get(CASE.id)) == place


async def test_a_change_of_a_case_beside_its_event_asks_for_the_events_count(
    desk: Desk, channel: Channel
) -> None:
    await move_in(desk, replace(CASE, facts=replace(CASE.facts, day="2026-11-23")))
    await channel.post_card(ERRAND, Hall().send)
    (letter,) = await desk.letters("cluster")
    assert (letter.payload["day"], letter.payload["region"]) == ("2026-11-23", "BY-HM")


async def keep_addition(desk: Desk) -> Mapping[str, Any]:
    sealed = make_sealed(7, Kind.ADDITION, data=b"answer")
    await desk.store.run(lambda uow: uow.objects.keep(sealed, case=CASE.id, signature=bytes(64), day=DAY))
    own = {"kind": "addition", "object": sealed.object_id.hex(), "name": "K7Q4F-2.age", "code": "K7Q4F"}
    return {**ERRAND, **own}


async def test_an_answer_goes_with_its_file_into_the_topic_of_its_case(desk: Desk, channel: Channel) -> None:
    hall, addition = Hall(), await keep_addition(desk)
    await channel.post_card(ERRAND, hall.send)
    await channel.post_addition(addition, hall.send)
    (topic,) = hall.topics
    words = desk.instance.texts.say("en", Line("card-addition", {"code": "K7Q4F"}))
    assert hall.done[2:] == [
        Post(Room(NAME, GROUP, topic), words, document=Document("K7Q4F-2.age", b"answer"))
    ]
    key = bytes.fromhex(addition["object"])
    place = await desk.store.run(lambda uow: uow.cards.get(CASE.id))
    assert place is not None
    assert place.additions == (key,)
    assert await desk.store.run(lambda uow: uow.audit.tells(Event.FORWARD, key, what="addition", since=0))


async def test_an_answer_to_a_case_without_a_card_brings_the_card_first(desk: Desk, channel: Channel) -> None:
    hall, addition = Hall(), await keep_addition(desk)
    await channel.post_addition(addition, hall.send)
    files = [card.file.data for card in hall.cards.values() if card.file]
    assert (len(hall.topics), files) == (1, [b"object 1", b"answer"])


async def test_an_answer_whose_topic_was_deleted_goes_into_a_new_one_at_the_next_attempt(
    desk: Desk, channel: Channel
) -> None:
    hall, addition = Hall(), await keep_addition(desk)
    await channel.post_card(ERRAND, hall.send)
    hall.drop_topic()
    with pytest.raises(TopicMissing):
        await channel.post_addition(addition, hall.send)
    assert hall.cards == {}
    await channel.post_addition(addition, hall.send)
    assert [card.topic for card in hall.cards.values()] == [*hall.topics] * 2


async def test_an_answer_that_was_erased_and_one_whose_report_was_are_not_posted(
    desk: Desk, channel: Channel
) -> None:
    hall, addition = Hall(), await keep_addition(desk)
    await desk.store.run(lambda uow: uow.objects.delete(make_sealed(1).object_id))
    await channel.post_addition(addition, hall.send)
    await desk.store.run(lambda uow: uow.objects.delete(make_sealed(7).object_id))
    await channel.post_addition(addition, hall.send)
    assert hall.done == []


OTHER = make_case(2, code="K7QF2")


async def tell_of_other(desk: Desk) -> None:
    """Another case about somebody of the same name."""
    traits = read_traits(NAMED, year=2026)

    async def tell(uow: Any) -> None:
        await uow.cases.add(OTHER)
        await uow.objects.keep(make_sealed(2), case=OTHER.id, signature=b"", day=DAY)
        for case in (CASE, OTHER):
            uow.likenesses.keep(case, traits)

    await desk.store.run(tell)


async def test_a_card_that_lies_there_learns_once_of_a_new_case_that_is_like_its_own(
    desk: Desk, channel: Channel
) -> None:
    await tell_of_other(desk)
    place = CardPlace(HOME, card="9", object=make_sealed(2).object_id)
    await desk.store.run(lambda uow: uow.cards.put(OTHER.id, place))
    for expected in ([OTHER.id.hex()], []):
        await channel.post_card(ERRAND, Hall(topics={"77": "there"}).send)
        waiting = await desk.letters("card")
        assert [letter.payload["case"] for letter in waiting] == expected
        for letter in waiting:
            await desk.drop(letter)


async def test_a_card_learns_also_of_a_case_that_lies_among_its_event(desk: Desk, channel: Channel) -> None:
    await tell_of_other(desk)
    await move_in(desk, replace(CASE, facts=replace(CASE.facts, level=Level.GREEN, day="2026-11-23")))
    event = Occasion("2026-11-23", "BY-HM").name
    older = CardPlace(HOME, card="5", object=bytes(16), cluster=True, event=event)
    await desk.store.run(lambda uow: uow.cards.put(CASE.id, older))
    place = CardPlace(HOME, card="9", object=make_sealed(2).object_id)
    await desk.store.run(lambda uow: uow.cards.put(OTHER.id, place))
    hall = Hall(topics={"77": "an event"}, cards={"5": Card("77", "a line", None)})
    await channel.post_card(ERRAND, hall.send)
    assert hall.cards == {}  # its line is posted anew by the event's own errand
    assert [letter.payload["case"] for letter in await desk.letters("card")] == [OTHER.id.hex()]


@pytest.mark.parametrize("compares", [True, False])
async def test_a_card_names_cases_that_are_alike_where_the_team_wants_it(
    desk: Desk, channel: Channel, compares: bool
) -> None:
    await tell_of_other(desk)
    settings, hall = desk.instance.settings, Hall()
    team = settings.team.model_copy(update={"compare_names": compares})
    instance = replace(desk.instance, settings=settings.model_copy(update={"team": team}))
    await Channel(instance, desk.network).post_card(ERRAND, hall.send)
    assert ("K7QF2" in the_card(hall).text) == compares
