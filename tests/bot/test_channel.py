"""One topic and one card per case, wherever an errand breaks off and however often it is run again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.channel import Channel
from bot.clusters import name_of
from bot.daily import POSTED
from bot.lying import digest_topic, note_digest, take_up
from bot.networks import Delete, Document, Edit, OpenTopic, Outgoing, Post, RenameTopic
from bot.networks.errors import NothingThere, TopicMissing, Unchanged
from bot.sending.clock import WallClock
from handlers.events import Room
from handlers.screens import Line
from handlers.triage.cards import digest_note
from handlers.triage.cases import Case, Status, Step
from handlers.triage.clusters import Occasion
from handlers.triage.facts import Level
from storage.cards import CardPlace
from tests.bot.desk import GROUP, NAME, Desk
from tests.drills.disk_faults import ERRORS, Refusals
from tests.storage.samples import DAY, make_case, make_sealed

CASE = make_case()
ERRAND: Mapping[str, Any] = {"kind": "card", "case": CASE.id.hex()}
CALLS = 2  # topic, card


class Broken(Exception):
    """The process dies here."""


@dataclass
class Card:
    topic: str | None
    text: str
    file: Document | None


@dataclass
class Hall:
    """The moderators' room as the network keeps it; breaks off before the call with this number."""

    topics: dict[str, str] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)
    done: list[Outgoing] = field(default_factory=list)
    breaks_before: int | None = None
    breaks_after: int | None = None

    async def send(self, outgoing: Outgoing) -> str | None:
        if len(self.done) == self.breaks_before:
            raise Broken
        result = self._do(outgoing)
        self.done.append(outgoing)
        if len(self.done) == self.breaks_after:
            raise Broken
        return result

    def _do(self, outgoing: Outgoing) -> str | None:
        number = str(100 + len(self.done))
        match outgoing:
            case OpenTopic(title=title):
                self.topics[number] = title
                return number
            case Post(room=room, text=text, document=document):
                self._check(room.topic)
                self.cards[number] = Card(room.topic, text, document)
                return number
            case Edit(message=message, text=text):
                return self._edit(message, text)
            case RenameTopic(room=room, title=title):
                self._check(room.topic)
                self.topics[str(room.topic)] = title
            case Delete(messages=messages):
                if not [self.cards.pop(one) for one in messages if one in self.cards]:
                    raise NothingThere("gone")
            case _:
                pass
        return None

    def _edit(self, message: str, text: str) -> str:
        if message not in self.cards:
            raise NothingThere("gone")
        if self.cards[message].text == text:
            raise Unchanged("the same")
        self.cards[message].text = text
        return message

    def _check(self, topic: str | None) -> None:
        if topic is not None and topic not in self.topics:
            raise TopicMissing("gone")

    def drop_topic(self) -> None:
        """A moderator deletes the topic with everything in it."""
        self.topics.clear()
        self.cards.clear()

    def again(self) -> None:
        """The process is started again."""
        self.breaks_before = self.breaks_after = None


async def seal(desk: Desk, number: int) -> None:
    """The case's report is sealed (again): the older object goes."""

    async def job(uow: Any) -> None:
        await uow.objects.delete(*[kept.id for kept in await uow.objects.of_case(CASE.id)])
        sealed = make_sealed(number, data=f"object {number}".encode())
        await uow.objects.keep(sealed, case=CASE.id, signature=bytes(64), day=DAY)

    await desk.store.run(job)


async def change(desk: Desk, status: Status, by: str) -> Case:
    async def job(uow: Any) -> Case:
        case = await uow.cases.get(CASE.id)
        changed = replace(
            case, status=status, claimant=by, history=(*case.history, Step(status, case.day, by))
        )
        kept: Case = await uow.cases.replace(changed, seen_revision=case.revision)
        return kept

    return await desk.store.run(job)


@pytest.fixture
async def channel(desk: Desk) -> Channel:
    await desk.store.run(lambda uow: uow.cases.add(CASE))
    await seal(desk, 1)
    return Channel(desk.instance, desk.network)


async def place(desk: Desk) -> CardPlace | None:
    return await desk.store.run(lambda uow: uow.cards.get(CASE.id))


async def unposted(desk: Desk) -> list[Case]:
    return await desk.store.run(lambda uow: uow.cases.unposted())


def the_card(hall: Hall) -> Card:
    assert len(hall.topics) == 1
    (card,) = hall.cards.values()
    assert card.topic in hall.topics
    return card


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
        await uow.cards.put(CASE.id, CardPlace(Room(NAME, GROUP), cluster=True))
        await uow.boards.put(name_of(occasion), CardPlace(Room(NAME, GROUP, "77")))

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


async def test_a_new_topic_is_opened_in_the_room_itself_under_the_cases_title(channel: Channel) -> None:
    hall = Hall()
    await channel.post_card(ERRAND, hall.send)
    (opened,) = [one for one in hall.done if isinstance(one, OpenTopic)]
    assert (opened.room, opened.title) == (Room(NAME, GROUP), "🆕 🔴 K7Q4F")


async def test_a_card_carries_the_buttons_of_its_status_and_an_edit_those_of_the_next(
    desk: Desk, channel: Channel
) -> None:
    hall = Hall()
    await channel.post_card(ERRAND, hall.send)
    await change(desk, Status.CLAIMED, "m-01")
    await channel.post_card(ERRAND, hall.send)
    (post,) = [one for one in hall.done if isinstance(one, Post)]
    (edit,) = [one for one in hall.done if isinstance(one, Edit)]
    assert [press.token.split(":")[1] for row in post.buttons for press in row] == ["claim", "close"]
    assert [press.token.split(":")[1] for row in edit.buttons for press in row] == ["release", "close"]
    words = [press.label for row in edit.buttons for press in row]
    assert words == [desk.instance.texts.say("en", Line(f"button-{name}")) for name in ("release", "close")]
    assert edit.caption  # the card is the caption of its file


async def test_an_older_card_is_deleted_from_its_own_topic(desk: Desk, channel: Channel) -> None:
    hall = Hall()
    await channel.post_card(ERRAND, hall.send)
    (number,) = hall.cards
    (topic,) = hall.topics
    await seal(desk, 2)
    await channel.post_card(ERRAND, hall.send)
    assert [one for one in hall.done if isinstance(one, Delete)] == [
        Delete(Room(NAME, GROUP, topic), (number,))
    ]


async def test_a_case_without_its_sealed_report_is_not_posted(desk: Desk, channel: Channel) -> None:
    hall = Hall()
    await desk.store.run(lambda uow: uow.objects.delete(make_sealed(1).object_id))
    await channel.post_card(ERRAND, hall.send)
    assert hall.done == []


async def test_the_policy_bell_rings_and_says_nothing_more(desk: Desk, channel: Channel) -> None:
    settings = desk.instance.settings
    team = settings.team.model_copy(update={"policy": "bell"})
    instance = replace(desk.instance, settings=settings.model_copy(update={"team": team}))
    hall, silent = Hall(), Hall()
    await Channel(instance, desk.network).post_card(ERRAND, silent.send)
    assert len(the_card(silent).text.splitlines()) == 2
    await desk.store.run(lambda uow: uow.cards.drop(CASE.id))
    await channel.post_card(ERRAND, hall.send)
    assert len(the_card(hall).text.splitlines()) > 2


@pytest.mark.parametrize("last", [True, False])
async def test_a_digest_is_posted_silently_into_its_topic_and_noted_with_its_last_part(
    desk: Desk, channel: Channel, last: bool
) -> None:
    hall, sealed = Hall(), make_sealed(9, data=b"bundle")
    await desk.store.run(lambda uow: uow.objects.keep(sealed, case=None, signature=bytes(64), day=DAY))
    errand = {"object": sealed.object_id.hex(), "name": "d.age", "day": "2026-11-23", "last": last}
    await channel.post_digest(errand, hall.send)
    words = desk.instance.texts.say("en", digest_note(day="2026-11-23", log=""))
    opened, posted = hall.done
    assert opened == OpenTopic(Room(NAME, GROUP), "📁 Digests")
    (topic,) = hall.topics
    file = Document("d.age", b"bundle")
    assert posted == Post(Room(NAME, GROUP, topic), words, document=file, silent=True)
    assert await desk.store.run(lambda uow: uow.marks.get(POSTED)) == ("2026-11-23" if last else None)


async def test_a_digest_goes_on_in_its_topic_and_in_a_new_one_when_that_was_deleted(
    desk: Desk, channel: Channel
) -> None:
    hall, sealed = Hall(), make_sealed(9, data=b"bundle")
    await desk.store.run(lambda uow: uow.objects.keep(sealed, case=None, signature=bytes(64), day=DAY))
    errand = {"object": sealed.object_id.hex(), "name": "d.age", "day": "2026-11-23", "last": True}
    for _ in range(2):
        await channel.post_digest(errand, hall.send)
    assert len(hall.topics) == 1
    hall.topics.clear()
    await channel.post_digest(errand, hall.send)
    assert await desk.store.run(digest_topic) in hall.topics


async def test_only_what_was_posted_today_or_yesterday_is_posted_again_and_each_part_once(desk: Desk) -> None:
    def errand(name: str) -> dict[str, Any]:
        return {"kind": "digest", "object": "00" * 16, "name": name, "day": "2026-11-22", "last": False}

    for name, days in (("old.age", 2), ("a.age", 1), ("b.age", 0), ("b.age", 0)):
        await desk.store.run(partial(note_digest, payload=errand(name), today=DAY - timedelta(days=days)))
    again = await desk.store.run(partial(take_up, today=DAY))
    assert again == [errand("a.age"), errand("b.age")]
    assert await desk.store.run(partial(take_up, today=DAY)) == []
