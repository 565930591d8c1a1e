"""A team at work in its room: twenty hands for one case, commands that leave nothing behind, notes."""

from __future__ import annotations

import asyncio
import json

import pytest

from handlers.triage.cases import Case
from storage.sealing import Kind, open_sealed
from tests.doubles.telegram.people import Person
from tests.journeys.house import House
from tests.journeys.stories import MOTHER, SEND

TEAM = 20
GARBAGE = ("Ёўßǅ 🙂 \u202eпрыклад", "取消案件 这个", "إلغاء هذه القضية", "x" * 3000)


async def case_of(house: House) -> Case:
    assert house.service is not None
    cases = await house.service.instance.store.run(lambda uow: uow.cases.all())
    return cases[0]


def topic_of(house: House) -> int:
    (topic,) = house.group.topics
    return topic.id


async def tell(house: House, person: Person, text: str, *, topic: int | None) -> list[str]:
    """A command, and the texts that the bot then has in the room beside the cards."""
    await person.send(text, in_=house.group, topic=topic)
    await house.settled()
    return answers(house)


def answers(house: House) -> list[str]:
    """What the bot wrote in the room beside cards and the pinned dashboard."""
    texts = [shown.text for shown in house.group.messages if shown.from_bot and shown.kind == "text"]
    return [text for text in texts if not text.startswith("📌")]


async def a_minute_later(house: House, *, left: int = 0) -> None:
    """The bot is started again after a minute: what is to be deleted was to be deleted meanwhile."""
    house.clock.advance(seconds=61)
    async with house.running():
        for _ in range(200):
            await house.settled()
            if len(answers(house)) == left:
                return
            await asyncio.sleep(0.05)  # a worker waits until it holds its share


@pytest.mark.both
async def test_twenty_who_claim_at_once_have_one_winner_and_nineteen_polite_answers(house: House) -> None:
    for number in range(3, TEAM + 1):
        person = house.moderators[f"m-{number:02}"] = house.tg.person(f"Дзяжурны {number}")
        house.group.add(person)
    async with house.running():
        await house.say(house.person(), *MOTHER, SEND)
        before, people = await case_of(house), list(house.moderators.values())
        pressed = [await person.click("Take", in_=house.group) for person in people[: TEAM // 2]]
        for person in people[TEAM // 2 :]:
            await person.send(f"/claim {before.code}", in_=house.group)
        await house.settled()
        said = [await one.answer() for one in pressed] + answers(house)
        case = await case_of(house)
    assert len(said) == TEAM
    assert len([text for text in said if "у вас" in text]) == 1
    assert len([text for text in said if str(case.claimant) in text]) == TEAM - 1
    assert (len(case.history), case.revision) == (len(before.history) + 1, before.revision + 1)


@pytest.mark.both
async def test_a_command_is_answered_in_its_topic_and_both_are_gone_a_minute_later(house: House) -> None:
    first = house.moderators["m-01"]
    async with house.running():
        await house.say(house.person(), *MOTHER, SEND)
        topic = topic_of(house)
        (said,) = await tell(house, first, f"/claim@{house.tg.world.bot.username}", topic=topic)
        assert "у вас" in said
        (shown,) = [one for one in house.group.messages if one.text == said]
        assert (shown.topic, shown.silent) == (topic, True)
        assert (await case_of(house)).claimant == "m-01"
        assert len(await tell(house, first, "/release", topic=None)) == 2  # outside: which case?
        assert (await case_of(house)).claimant == "m-01"
    await a_minute_later(house)
    assert answers(house) == []
    assert [shown.text for shown in house.group.messages if not shown.from_bot and shown.kind == "text"] == []
    assert len(house.cards()) == 1


async def test_the_answer_to_a_command_that_dies_with_the_process_comes_and_goes_all_the_same(
    house: House,
) -> None:
    async with house.running():
        await house.say(house.person(), *MOTHER, SEND)
        house.tg.faults.fail(502, "sendMessage", times=None)
        await house.moderators["m-01"].send("/claim", in_=house.group, topic=topic_of(house))
        await house.settled()
        assert answers(house) == []
    house.tg.faults.clear()
    await a_minute_later(house, left=1)
    assert len(answers(house)) == 1
    await a_minute_later(house)
    assert answers(house) == []


async def test_garbage_in_any_script_and_other_bots_commands_change_nothing(house: House) -> None:
    async with house.running():
        await house.say(house.person(), *MOTHER, SEND)
        before, topic = await case_of(house), topic_of(house)
        for text in GARBAGE:
            for name in ("/claim", "/close", "/merge", "/urgency", "/nothing"):
                await house.moderators["m-01"].send(f"{name} {text}", in_=house.group, topic=topic)
        await house.settled()
        assert len(answers(house)) == len(GARBAGE) * 5
        assert not any(text in said for said in answers(house) for text in GARBAGE)
        await tell(house, house.moderators["m-01"], "/claim@OtherBot", topic=topic)
        assert len(answers(house)) == len(GARBAGE) * 5
        assert await case_of(house) == before


async def test_help_lists_every_command_in_the_moderators_language(house: House) -> None:
    house.moderators["m-02"].user.language = "en"
    async with house.running():
        (text,) = await tell(house, house.moderators["m-02"], "/help", topic=None)
    assert "/urgency [CODE] LEVEL REASON – raise or lower the urgency" in text


async def test_an_answer_whose_topic_is_deleted_meanwhile_holds_nobody_up(house: House) -> None:
    first = house.moderators["m-01"]
    async with house.running() as service:
        await house.say(house.person(), *MOTHER, SEND)
        topic = topic_of(house)
        await first.send("/label torture", in_=house.group, topic=topic)
        house.group.drop_topic(topic)
        await house.settled()
        assert (await case_of(house)).labels == ("torture",)
        (card,) = house.cards()  # posted anew, in a new topic
        await tell(house, first, "/claim", topic=card.topic)
        assert (await case_of(house)).claimant == "m-01"
        assert service.sender.counts.parked == 0


@pytest.mark.both
async def test_two_cases_are_merged_after_a_preview_and_taken_apart_again(house: House) -> None:
    first = house.moderators["m-01"]
    async with house.running() as service:
        for name in ("Ганна Узор", "Пётр Тэст"):
            await house.say(house.person(name), *MOTHER, SEND)
        one, two = await service.instance.store.run(lambda uow: uow.cases.all())
        (shown,) = await tell(house, first, f"/merge {one.code} {two.code}", topic=None)
        assert one.code in shown
        assert two.code in shown
        pressed = await first.click("Так, зрабіць", in_=house.group)
        await house.settled()
        assert one.code in await pressed.answer()
        assert answers(house) == []  # the preview went with its button
        merged = {topic.name: topic.closed for topic in house.group.topics}
        assert merged == {f"🔗 🔴 {one.code}": True, f"🆕 🔴 {two.code}": False}
        whole = await service.instance.store.run(lambda uow: uow.cases.get(two.id))
        assert whole is not None
        assert [part.id for part in whole.parts] == [one.id]
        await tell(house, first, f"/split {two.code} {one.code}", topic=None)
        apart = await service.instance.store.run(lambda uow: uow.cases.all())
    assert [case.status for case in apart] == ["new", "new"]
    assert [case.parts for case in apart] == [(), ()]
    assert not any(topic.closed for topic in house.group.topics)


@pytest.mark.both
async def test_a_note_is_sealed_at_once_and_its_words_are_nowhere(house: House) -> None:
    words = "Патэлефанавала сястра, Ганна Прыклад"
    async with house.running() as service:
        await house.say(house.person(), *MOTHER, SEND)
        (said,) = await tell(house, house.moderators["m-01"], f"/note {words}", topic=topic_of(house))
        assert words not in "".join(shown.text for shown in house.group.messages)
        case = await case_of(house)
        kept = await service.instance.store.run(lambda uow: uow.objects.of_case(case.id, Kind.NOTE))
        await house.settled()
        assert "1" in house.cards()[0].text.splitlines()[-1]
        assert len(house.cards()) == 1  # it still carries the report
        assert house.report(house.cards()[0])["case"] == case.code
    opened = open_sealed(kept[0].sealed.data, [house.keys.moderators["m-02"].identity])
    assert case.code in said
    assert (opened.kind, case.notes) == (Kind.NOTE, 1)
    told = json.loads(opened.body)
    assert (told["text"], told["by"], told["case"]) == (words, "m-01", case.code)


@pytest.mark.both
async def test_a_shadowed_account_sees_what_it_always_saw_and_nobody_hears_of_it(house: House) -> None:
    first, writer, other = house.moderators["m-01"], house.person(), house.person("Пётр Тэст")
    async with house.running() as service:
        await house.say(writer, *MOTHER, SEND, "[Гатова]")
        topic = topic_of(house)
        await tell(house, first, "/claim", topic=topic)
        await tell(house, first, "/shadow", topic=topic)
        await first.click("Так, зрабіць", in_=house.group)
        await house.settled()
        assert (await case_of(house)).shadowed
        screens = []
        for person in (writer, other):
            await house.say(person, *MOTHER, SEND)
            screens.append([(len(one.text.split()), one.buttons) for one in person.screen()])
        assert screens[0] == screens[1]
        assert len(house.cards()) == 2  # of the first report, and the other person's
        house.clock.advance(hours=49)
        await service.tick()  # the pseudonyms of two days ago are forgotten
        await house.say(writer, *MOTHER, SEND)
        assert len([card for card in house.cards() if "digest" not in card.document]) == 3


@pytest.mark.both
async def test_a_closed_case_is_opened_again_by_two(house: House) -> None:
    first, second = house.moderators["m-01"], house.moderators["m-02"]
    async with house.running():
        await house.say(house.person(), *MOTHER, SEND)
        await tell(house, first, "/close spam", topic=topic_of(house))
        code = (await case_of(house)).code
        await tell(house, first, f"/reopen {code}", topic=None)
        assert (await case_of(house)).status == "closed"
        own = await first.click("I agree", in_=house.group)
        await house.settled()
        assert await own.answer()
        assert (await case_of(house)).status == "closed"
        agreed = await second.click("I agree", in_=house.group)
        await house.settled()
        assert code in await agreed.answer()
        case = await case_of(house)
    assert (case.status, case.history[-1].by) == ("new", "m-01")
    assert not any("I agree" in shown.labels for shown in house.group.messages)
