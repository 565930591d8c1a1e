"""A question goes back to a reporter who agreed to that, and the answer comes to the moderators sealed."""

from __future__ import annotations

from functools import partial

import pytest

from bot.exports.reading import Reading
from bot.service import Service
from handlers.sharing.news import News
from handlers.triage.cases import Reached
from storage.sealing import CannotOpen, Identity, Kind, open_sealed
from storage.unit_of_work import UnitOfWork
from tests.journeys.asked import body_of, reported
from tests.journeys.house import House
from tests.journeys.seized import hits, read_disk
from tests.journeys.stories import AGREED, HALF, MOTHER, SEND

HELD = "Ці чалавека ўсё яшчэ трымаюць?"
FREE = "Ці вядома, калі будзе суд КанарэйкаПытанне?"


@pytest.mark.both
async def test_a_question_is_asked_answered_and_read_with_a_holders_key(house: House) -> None:
    async with reported(house) as desk:
        await desk.ask()
        assert HELD in desk.chat()
        assert await desk.state() is Reached.SENT
        assert "still held?: sent (1/3)" in desk.card.text
        await house.say(desk.mother, "[Так]")
        assert desk.code in desk.chat()
        (posted,) = desk.additions
        assert posted.document == f"{desk.code}-2.age"
        assert "New answer: 1" in desk.card.text
        opened = house.open_card(posted)
        kept = await desk.service.instance.store.run(lambda uow: uow.objects.of_day(house.clock.now().date()))
        report = next(one for one in kept if one.sealed.kind is Kind.REPORT)
        await desk.press("Answer seen", by="m-02")
        assert "New answer" not in desk.card.text
    body = body_of(opened)
    assert opened.kind is Kind.ADDITION
    assert (body["case"], body["answer"], body["question"]["id"]) == (desk.code, {"value": "yes"}, "held")
    assert body["report"] == report.id.hex()
    with pytest.raises(CannotOpen):
        open_sealed(house.file_of(posted), [Identity.generate()])


@pytest.mark.parametrize("agreed", [True, False])
async def test_whoever_did_not_agree_is_not_asked(house: House, agreed: bool) -> None:
    async with reported(house, *(AGREED if agreed else MOTHER)) as desk:
        await desk.say("/ask held")
        assert ("напісаць нельга" in desk.told()) is not agreed
        assert (HELD in desk.chat()) is agreed
        assert bool((await desk.case()).contacts) is agreed


async def test_a_question_in_free_words_goes_out_when_a_second_person_agrees(house: House) -> None:
    async with reported(house) as desk:
        await desk.say(f"/ask {FREE}")
        assert FREE not in desk.chat()
        asked = next(shown for shown in house.group.messages if FREE in shown.text)
        assert asked.from_bot
        assert "The check found nothing" in asked.text
        await desk.press("I agree")  # by whoever asked
        assert FREE not in desk.chat()
        await desk.press("I agree", by="m-02")
        assert FREE in desk.chat()
        assert FREE not in desk.told()
        await house.say(desk.mother, "Суд у пятніцу, КанарэйкаАдказ.")
        (posted,) = desk.additions
    body = body_of(house.open_card(posted))
    assert body["question"] == {"id": "free", "words": FREE}
    assert body["answer"] == {"words": "Суд у пятніцу, КанарэйкаАдказ."}


@pytest.mark.parametrize(
    "words", ["Пішыце мне: @prykladny_bot", "Глядзіце https://example.org", "+375 29 123-45-67"]
)
async def test_what_leads_out_of_the_chat_is_refused_at_once(house: House, words: str) -> None:
    async with reported(house) as desk:
        await desk.say(f"/ask {words}")
        assert "Такое пытанне не адпраўляецца" in desk.told()
        assert "I agree" not in [label for shown in house.group.messages for label in shown.labels]
        assert not (await desk.case()).contacts


async def test_a_question_about_the_reporter_is_shown_with_what_was_found(house: House) -> None:
    async with reported(house) as desk:
        await desk.say("/ask Xто вы i дзе жывяце?")
        shown = next(shown for shown in house.group.messages if "The check found" in shown.text)
        assert "who are you" in shown.text
        assert "address" in shown.text


async def test_other_words_than_were_agreed_to_are_not_sent(house: House) -> None:
    async with reported(house) as desk:
        await desk.say(f"/ask {FREE}")
        first = next(shown for shown in house.group.messages if FREE in shown.text)
        await desk.say("/ask Дзе судзілі?", by="m-01")
        await house.moderators["m-02"].click("I agree", in_=first)
        await house.settled()
        assert FREE not in desk.chat()
        assert not (await desk.case()).contacts


async def test_an_unfinished_conversation_is_not_disturbed_and_the_question_comes_after_it(
    house: House,
) -> None:
    async with reported(house) as desk:
        await house.say(desk.mother, *HALF)
        before = desk.chat()
        await desk.ask()
        assert desk.chat() == before
        assert await desk.state() is Reached.WAITING
        await house.say(desk.mother, "/stop", "[Так, сцерці ўсё]")
        assert HELD not in desk.chat()  # who erases everything wants to hear nothing


async def test_a_question_waits_until_done_is_said(house: House) -> None:
    async with reported(house, finish=False) as desk:
        await desk.ask()
        assert HELD not in desk.chat()
        await house.say(desk.mother, "[Гатова]")
        assert HELD in desk.chat()
        assert await desk.state() is Reached.SENT


async def test_a_conversation_that_begins_over_a_question_lets_it_come_again(house: House) -> None:
    async with reported(house) as desk:
        await desk.ask()
        await house.say(desk.mother, "/start")
        assert HELD not in desk.chat()
        await house.say(desk.mother, *AGREED[1:], SEND, "[Гатова]")
        assert HELD in desk.chat()
        await house.say(desk.mother, "[Не]")
        assert await desk.state() is Reached.ANSWERED


@pytest.mark.both
async def test_who_blocks_the_bot_is_shown_as_blocked(house: House) -> None:
    async with reported(house) as desk:
        await desk.mother.block_bot()
        await house.settled()
        await desk.say("/ask held")
        assert "напісаць нельга" in desk.told()


async def test_a_chat_that_takes_nothing_any_more_is_shown_as_blocked(house: House) -> None:
    async with reported(house) as desk:
        await desk.ask()
        await desk.mother.block_bot()
        await house.settled()
        assert await desk.state() is Reached.BLOCKED
        assert "blocked" in desk.card.text


async def test_stop_ends_the_way_back(house: House) -> None:
    async with reported(house) as desk:
        await desk.ask()
        await house.say(desk.mother, "/stop")
        assert await desk.state() is Reached.EXPIRED
        await desk.say("/ask lawyer")
        assert "напісаць нельга" in desk.told()


@pytest.mark.parametrize("answered", [True, False])
async def test_an_answer_makes_an_old_case_news_and_lies_in_the_digest(house: House, answered: bool) -> None:
    """Without an answer the third day's digest tells nothing of the case."""
    async with reported(house) as desk:
        await desk.ask()
        for day in range(3):
            await desk.service.digest_now()
            await house.settled()
            if answered and day == 1:
                await house.say(desk.mother, "[Так]")
            house.clock.advance(days=1)
        digest = [shown for shown in house.group.messages if shown.document.startswith("digest-")][-1]
        key, public = house.keys.moderators["m-02"].identity, house.keys.signing.public
        told = list(Reading([partial(house.file_of, digest)], [key], bot_key=public))
    assert [(one.cause, one.entry.news) for one in told] == [("", News.CHANGED)] * answered
    assert [one.answers for one in told] == [(f"2026-11-24 {HELD} · Так",)] * answered


@pytest.mark.parametrize("midnights", [1, 2])
async def test_after_two_midnights_nobody_can_be_reached(house: House, midnights: int) -> None:
    async with reported(house) as desk:
        await desk.ask()
        for _ in range(midnights):
            house.clock.advance(days=1)
            await desk.service.tick()
            await house.settled()
        over = midnights == 2
        assert await desk.state() is (Reached.EXPIRED if over else Reached.SENT)
        assert ("can no longer be reached" in desk.card.text) is over
        await desk.say("/ask lawyer")
        assert ("ужо нельга звязацца" in desk.told()) is over


async def test_three_questions_and_no_more(house: House) -> None:
    async with reported(house) as desk:
        for name in ("held", "lawyer", "health"):
            await desk.say(f"/ask {name}")
            await house.say(desk.mother, "[Не ведаю]")
        assert "(3/3)" in desk.card.text
        assert len(desk.additions) == 3
        await desk.say("/ask court")
        assert "Больш нельга" in desk.told()
        assert len((await desk.case()).contacts) == 3


async def test_other_words_before_the_answer_edit_the_message_that_stands_there(house: House) -> None:
    async with reported(house) as desk:
        await desk.ask()
        (before,) = desk.mother.screen()
        await desk.ask("здароўе")
        (after,) = desk.mother.screen()
        assert after.id == before.id
        assert "Як здароўе чалавека?" in after.text
        assert [contact.question for contact in (await desk.case()).contacts] == ["health"]


async def test_rather_not_is_an_answer_that_seals_nothing(house: House) -> None:
    async with reported(house) as desk:
        await desk.ask()
        await house.say(desk.mother, "[Не адказваць]")
        assert await desk.state() is Reached.DECLINED
        assert desk.additions == []


async def test_a_long_answer_may_come_in_parts_and_an_old_button_answers_softly(house: House) -> None:
    async with reported(house) as desk:
        await desk.ask("які артыкул")
        old = desk.mother.screen()[0]
        await house.say(desk.mother, "[Напісаць словамі]", "Першая частка.", "Другая частка.")
        assert [body_of(house.open_card(one))["answer"] for one in desk.additions] == [
            {"words": "Першая частка."},
            {"words": "Другая частка."},
        ]
        await house.say(desk.mother, "[Гатова]")
        assert HELD not in desk.chat()
        await desk.mother.click_stale(old, "q:22222B:yes")
        await house.settled()
        assert "ужо нельга адказаць" in desk.chat()


async def test_the_first_words_on_a_locked_phone_say_nothing(house: House) -> None:
    async with reported(house) as desk:
        for name in ("held", "court"):
            await desk.say(f"/ask {name}")
            (shown,) = desk.mother.screen()
            assert desk.code not in shown.text[:60]
            assert not {"суд", "трым", "чалавек", "каманд", "затрым"} & set(shown.text[:60].lower().split())
            assert shown.text.startswith("Адно кароткае пытанне.")


@pytest.mark.parametrize("killed", [True, False])
async def test_killed_between_agreement_and_sending_it_stands_there_once(house: House, killed: bool) -> None:
    async with reported(house) as desk:
        await desk.say(f"/ask {FREE}")
        agreed = desk.service.sender
        if killed:
            await agreed.drain(0)  # nothing leaves any more; the commit still happens
        await house.moderators["m-02"].click("I agree", in_=house.group)
        await house.tg.wait_idle()
        if not killed:
            await house.settled()
        assert (FREE in desk.chat()) is not killed
    async with house.running():
        await house.settled()
        assert [shown.text.count(FREE) for shown in desk.mother.screen() if FREE in shown.text] == [1]


async def test_no_word_of_question_or_answer_lies_readable_on_the_disk(house: House) -> None:
    async with reported(house) as desk:
        await desk.say(f"/ask {FREE}")
        await desk.press("I agree", by="m-02")
        live = await read_ways(desk.service)
        await house.say(desk.mother, "КанарэйкаАдказ")
    cold = await read_disk(house)
    assert FREE in live  # the control: whoever holds the day's key reads it until it is answered
    assert hits(cold, (FREE, "КанарэйкаПытанне", "КанарэйкаАдказ", str(desk.mother.id))) == []


async def read_ways(service: Service) -> str:
    """The ways back, as a live server opens them."""
    cases = await service.instance.store.run(lambda uow: uow.cases.all())
    return repr([await service.instance.store.run(partial(_words, case=case.id)) for case in cases])


async def _words(uow: UnitOfWork, case: bytes) -> str:
    way = await uow.ways.of_case(case)
    return way.question.words if way and way.question else ""
