"""What stands in the moderators' room: titles, buttons, digests, and nothing that the policy keeps back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.channel import Channel
from bot.daily import POSTED
from bot.lying import digest_topic, note_digest, take_up
from bot.networks import Delete, Document, Edit, OpenTopic, Post
from handlers.events import Room
from handlers.screens import Line
from handlers.triage.cards import digest_note
from handlers.triage.cases import Status
from storage.sealing.audit import Event
from tests.bot.desk import GROUP, NAME, Desk
from tests.bot.hall import CASE, ERRAND, Hall, change, seal, the_card
from tests.storage.samples import DAY, make_sealed


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
    key = sealed.object_id
    errand = {"kind": "digest", "object": key.hex(), "name": "d.age", "day": "2026-11-23", "last": last}
    await channel.post_digest(errand, hall.send)
    words = desk.instance.texts.say("en", digest_note(day="2026-11-23", log=""))
    opened, posted = hall.done
    assert opened == OpenTopic(Room(NAME, GROUP), "📁 Digests")
    (topic,) = hall.topics
    file = Document("d.age", b"bundle")
    assert posted == Post(Room(NAME, GROUP, topic), words, document=file, silent=True)
    assert await desk.store.run(lambda uow: uow.marks.get(POSTED)) == ("2026-11-23" if last else None)
    assert await desk.store.run(lambda uow: uow.audit.tells(Event.DIGEST, key, what="posted", since=0))
    assert await desk.store.run(partial(take_up, today=DAY)) == [errand]


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
