"""One report's whole way on Telegram: first tap, sealed file, card, claim, digest."""

from __future__ import annotations

import pytest

from handlers.intake.talk import Talk
from handlers.sharing.bundle import read_bundle
from handlers.triage.cases import Case
from storage.sealing import CannotOpen, Identity, open_sealed
from storage.unit_of_work import UnitOfWork
from tests.doubles.telegram.screens import Shown
from tests.journeys.house import House
from tests.journeys.stories import HALF, MOTHER, SEND


@pytest.mark.both
async def test_a_mothers_report_reaches_a_coordinator_sealed(house: House) -> None:
    mother = house.person()
    async with house.running():
        await house.say(mother, *MOTHER, SEND)
        (card,) = house.cards()
        report = house.report(card)
    assert report["answers"]["person"]["words"] == "Ян Прыклад, 1990"
    assert report["answers"]["narrative"]["value"] == "Прыйшлі двое ў масках, прычыны не назвалі."
    assert report["answers"]["urgent_flags"]["value"] == ["injured", "threats"]
    assert report["consent"]["choices"] == ["c_stats"]
    assert card.document == f"{report['case']}.age"
    assert report["case"] in mother.screen()[-1].text


async def test_the_card_tells_no_name_no_word_and_no_account(house: House) -> None:
    mother = house.person()
    async with house.running():
        await house.say(mother, *MOTHER, SEND)
    told = "\n".join(shown.text for shown in house.group.history) + "".join(
        topic.name for topic in house.group.topics
    )
    assert "red" in told
    for word in ("Прыклад", "Ян", "масках", "Гродна", "вечарам", "19:00", str(mother.id), "Узор"):
        assert word not in told


@pytest.mark.both
async def test_everybody_on_the_roster_and_the_recovery_key_open_it_and_nobody_else(house: House) -> None:
    async with house.running() as service:
        await house.say(house.person(), *MOTHER, SEND)
        data = house.file_of(house.cards()[0])
        objects = await service.instance.store.run(lambda uow: uow.objects.of_day(house.clock.now().date()))
    holders = [key.identity for key in house.keys.moderators.values()] + [house.keys.recovery.identity]
    assert all(open_sealed(data, [identity]).body for identity in holders)
    with pytest.raises(CannotOpen):
        open_sealed(data, [Identity.generate()])
    assert [kept.sealed.data for kept in objects] == [data]


async def test_the_chat_shows_one_question_at_a_time_and_is_empty_in_the_end(house: House) -> None:
    mother = house.person()
    async with house.running():
        for line in (*MOTHER, SEND):
            await house.say(mother, line)
            assert len(mother.screen()) == 1
        await house.say(mother, "[Гатова]")
        assert [shown.text for shown in mother.screen() if not shown.from_bot] == []
        house.clock.advance(minutes=2)
        assert "Прыклад" not in "".join(shown.text for shown in mother.screen())


@pytest.mark.both
async def test_moderators_claim_release_and_close_with_buttons(house: House) -> None:
    first, second = house.moderators["m-01"], house.moderators["m-02"]
    async with house.running():
        await house.say(house.person(), *MOTHER, SEND)
        await first.click("Take", in_=house.group)
        await house.settled()
        assert "m-01" in house.cards()[0].text
        await second.click("Close", in_=house.group)
        await house.settled()
        assert "Taken by m-01" in house.cards()[0].text
        await first.click("Give back", in_=house.group)
        await house.settled()
        await second.click("Take", in_=house.group)
        await house.settled()
        await second.click("Close", in_=house.group)
        await house.settled()
        assert "Status: closed" in house.cards()[0].text
        assert len(house.cards()) == 1
        assert len(house.group.topics) == 1
        assert house.group.topics[0].name.startswith("✅")


@pytest.mark.both
async def test_two_who_claim_at_once_get_one_winner_and_one_kind_answer(house: House) -> None:
    first, second = house.moderators["m-01"], house.moderators["m-02"]
    async with house.running():
        await house.say(house.person(), *MOTHER, SEND)
        one = await first.click("Take", in_=house.group)
        two = await second.click("Take", in_=house.group)
        await house.settled()
        answers = [await one.answer(), await two.answer()]
    assert "у вас" in answers[0]  # in the language of whoever pressed
    assert "m-01" in answers[1]


async def test_a_stranger_in_the_group_is_ignored_without_a_trace(house: House) -> None:
    stranger = house.tg.person("Чужы Чалавек")
    async with house.running(guarded=False) as service:
        await house.say(house.person(), *MOTHER, SEND)
        house.group.add(stranger)
        pressed = await stranger.click("Take", in_=house.group)
        await stranger.send("/claim", in_=house.group)
        await house.settled()
        cases = await service.instance.store.run(lambda uow: uow.cases.all())
    assert not pressed.answered
    assert [case.claimant for case in cases] == [None]
    assert "Status: new" in house.cards()[0].text


async def test_an_old_button_answers_softly_and_loses_nothing(house: House) -> None:
    mother = house.person()
    async with house.running():
        await house.say(mother, *MOTHER[:3])
        shown = mother.screen()[-1]
        await mother.click_stale(shown, "K5PW.2:p:stop")
        await house.settled()
        await house.say(mother, *MOTHER[3:], SEND)
        assert house.report(house.cards()[0])["answers"]["relation"]["value"] == "parent"


async def test_an_edited_message_changes_its_answer(house: House) -> None:
    mother = house.person()
    async with house.running():
        await house.say(mother, *MOTHER[:3])
        name = await mother.send("Ян Прыклад, 1990")
        await mother.edit(name, "Янка Прыклад, 1991")
        await house.settled()
        await house.say(mother, *MOTHER[4:], SEND)
        answer = house.report(house.cards()[0])["answers"]["person"]
    assert answer["words"] == "Янка Прыклад, 1991"


async def test_pictures_voices_and_albums_are_answered_kindly_and_go(house: House) -> None:
    mother = house.person()
    async with house.running():
        await mother.send_photo(caption="Пастанова на стале")
        await house.settled()
        await house.say(mother, *MOTHER[1:10])
        await mother.send_voice()
        await mother.send_album(caption="Двое сведкаў бачылі")
        await house.settled()
        await house.say(mother, *MOTHER[10:], SEND)
        report = house.report(house.cards()[0])
        assert len(mother.screen()) == 1
    kept = str(report)
    assert "Двое сведкаў бачылі" in kept


async def test_several_reports_by_one_person_are_several_cases(house: House) -> None:
    mother = house.person()
    async with house.running():
        await house.say(mother, *MOTHER, SEND, "[Яшчэ адзін чалавек]")
        await house.say(mother, "Маці або бацька", "Ганна Прыклад, 2012", "Не, невядома", "Нічога з гэтага")
        await house.say(mother, "прапусціць", "прапусціць", "Нічога з гэтага, толькі захаваць", SEND)
        reports = [house.report(card) for card in house.cards()]
    assert len({report["case"] for report in reports}) == 2
    assert reports[1]["answers"]["detained_when"] == reports[0]["answers"]["detained_when"]
    assert "minor" in reports[1]["answers"]["urgent_flags"]["value"]


async def test_a_talk_that_falls_silent_after_the_four_facts_is_shown_as_unfinished(house: House) -> None:
    mother = house.person()
    async with house.running() as service:
        await house.say(mother, *HALF)
        assert house.cards() == []
        for minutes in (46, 20):
            house.clock.advance(minutes=minutes)
            await service.timers.tick()
            await house.settled()
        (card,) = house.cards()
        report = house.report(card)
    assert "Unfinished" in card.text
    assert report["finished"] is False
    assert report["answers"]["person"]["words"] == "Ян Прыклад, 1990"


async def test_stop_erases_the_checkpoint_the_talk_and_the_chat(house: House) -> None:
    mother = house.person()
    async with house.running() as service:
        await house.say(mother, *HALF, "/stop")
        if any(label for shown in mother.screen() for label in shown.labels):
            await mother.click(0)
            await house.settled()
        cases, talk = await service.instance.store.run(_left)
        house.clock.advance(hours=1)
        await service.timers.tick()
        await house.settled()
    assert (cases, talk, house.cards()) == ([], [], [])


async def _left(uow: UnitOfWork) -> tuple[list[Case], list[Talk]]:
    return await uow.cases.all(), await uow.talks.all()


@pytest.mark.both
async def test_the_digest_comes_at_its_hour_also_when_it_is_empty_and_in_one_size(house: House) -> None:
    async with house.running() as service:
        await service.timers.tick()
        sizes: list[int] = []
        digests: list[Shown] = []
        for told in (False, True, False):
            if told:
                await house.say(house.person(), *MOTHER, SEND)
            house.clock.advance(days=1)  # from here on the service, too, may make the digest
            await service.timers.tick()
            await service.timers.tick()
            await house.settled()
            digests = [shown for shown in house.group.messages if shown.document.startswith("digest-")]
            sizes.append(len(house.file_of(digests[-1])))
        bundles = [read_bundle(house.open_card(shown, "m-02").body) for shown in digests]
    assert len(bundles) == 3
    assert len(set(sizes)) == 1
    assert [len(bundle.entries) for bundle in bundles] == [0, 1, 1]  # nobody took it: it waits


@pytest.mark.both
async def test_retention_deletes_a_closed_report_after_thirty_days_and_any_after_ninety(house: House) -> None:
    async with house.running() as service:
        await house.say(house.person(), *MOTHER, SEND)
        await house.say(house.person("Пётр Тэст"), *MOTHER, SEND)
        await house.moderators["m-01"].click("Close", in_=house.group, message=house.cards()[0])
        await house.settled()
        left = []
        for days in (31, 60):
            house.clock.advance(days=days - 1)
            await service.timers.tick()
            house.clock.advance(days=1)
            await service.timers.tick()
            left.append(len(await service.instance.store.run(lambda uow: uow.cases.all())))
    assert left == [1, 0]
