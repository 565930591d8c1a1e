"""Mass events in the moderators' room: what shares a topic, and what becomes of it as people work."""

from __future__ import annotations

import pytest

from handlers.triage.facts import Level
from tests.doubles.telegram.waiting import wait_until
from tests.journeys.crowds import cases, code_of, count, crowd, events, pour, retell, told, where
from tests.journeys.house import House
from tests.journeys.test_triage import tell

ONE = "👥 2026-11-22 · Minsk city"
HELD = "👥 2026-11-22 · Hrodna region · held in one place"


def lying(house: House) -> list[str]:
    """The documents in the room, in order of their names."""
    return sorted(one.document for one in house.cards())


@pytest.mark.both
async def test_a_crowd_lies_in_one_topic_each_case_once_under_one_count(house: House) -> None:
    async with house.running():
        await crowd(house, 23)
    assert events(house) == [ONE]
    assert lying(house) == sorted(f"{code_of(number)}.age" for number in range(23))
    assert {topic for number in range(23) for topic in where(house, code_of(number))} == {ONE}
    assert "reports 23" in count(house).text


async def test_the_fifth_of_a_day_makes_the_event_and_the_first_four_keep_their_topics(house: House) -> None:
    async with house.running():
        await crowd(house, 4)
        assert events(house) == []
        await crowd(house, 1, first=4)
    assert where(house, code_of(4)) == [ONE]
    assert where(house, code_of(0)) == [f"🆕 🟡 {code_of(0)}"]
    assert "reports 5" in count(house).text


async def test_those_held_in_one_place_share_a_topic_wherever_they_were_taken(house: House) -> None:
    regions = ("BY-HM", "BY-MI", "BY-BR", "BY-VI", None)
    async with house.running():
        await pour(house, *(told(n, region=region, held="prison1") for n, region in enumerate(regions)))
    assert events(house) == [HELD]
    assert {topic for number in range(5) for topic in where(house, code_of(number))} == {HELD}
    assert "Prison" not in "".join(one.text for one in house.group.messages)


@pytest.mark.both
@pytest.mark.parametrize("order", [1, -1])
async def test_whoever_belongs_to_two_events_lies_in_one_topic_in_whatever_order_they_come(
    house: House, order: int
) -> None:
    both = [told(number, held="prison1") for number in range(5)]
    only = [told(number, region=None, held="prison1") for number in range(5, 10)]
    async with house.running():
        await pour(house, *[*both, *only][::order])
        assert [where(house, code_of(number)) for number in range(10)] == [[ONE]] * 5 + [[HELD]] * 5
        await pour(house, *both)  # told again, nothing new
        assert [where(house, code_of(number)) for number in range(10)] == [[ONE]] * 5 + [[HELD]] * 5
    assert len(house.cards()) == 10


async def test_whoever_lies_in_the_topic_of_one_event_stays_when_the_other_forms_later(house: House) -> None:
    async with house.running():
        await pour(house, *(told(n, region=("BY-HM", "BY-MI")[n % 2], held="prison1") for n in range(6)))
        await pour(house, *(told(n) for n in range(6, 12)))
        await pour(house, told(0, held="prison1"))
    assert events(house) == [HELD, ONE]
    assert where(house, code_of(0)) == [HELD]
    assert where(house, code_of(6)) == [ONE]


@pytest.mark.both
async def test_a_case_inside_that_becomes_red_gets_a_card_of_its_own_and_leaves_no_second_file(
    house: House,
) -> None:
    async with house.running():
        await crowd(house, 6)
        await retell(house, told(2), level=Level.RED)
        await tell(house, house.moderators["m-01"], f"/urgency {code_of(3)} red danger", topic=None)
        assert where(house, code_of(2)) == [f"🆕 🔴 {code_of(2)}"]
        assert where(house, code_of(3)) == [f"🆕 🔴 {code_of(3)}"]
        assert "🔴 2" in count(house).text
        await tell(house, house.moderators["m-01"], f"/urgency {code_of(3)} yellow danger-over", topic=None)
        assert where(house, code_of(3)) == [f"🆕 🟡 {code_of(3)}"]  # it keeps what it has
    assert len(house.cards()) == 6


async def test_a_case_that_becomes_red_while_its_file_is_on_its_way_lies_there_once(house: House) -> None:
    async with house.running():
        house.tg.faults.delay(0.5, "sendMediaGroup")
        await pour(house, *(told(number) for number in range(6)), settle=False)
        await house.tg.wait_call("sendMediaGroup")
        await retell(house, told(2), level=Level.RED)
        await house.settled()
    assert where(house, code_of(2)) == [f"🆕 🔴 {code_of(2)}"]
    assert len(house.cards()) == 6


@pytest.mark.both
async def test_a_topic_of_an_event_that_is_deleted_by_hand_comes_back_with_everything(house: House) -> None:
    async with house.running():
        await crowd(house, 12)
        house.group.drop_topic(house.group.topic("👥").id)
        assert house.cards() == []
        await crowd(house, 1, first=12)
        await wait_until(
            house.tg.world, lambda: len(house.cards()) == 13 or None, seconds=20, what="all files"
        )
        await house.settled()
    assert events(house) == [ONE]
    assert len(lying(house)) == len(set(lying(house))) == 13
    assert "reports 13" in count(house).text


async def test_a_line_or_a_count_that_is_deleted_by_hand_comes_back_when_it_changes(house: House) -> None:
    async with house.running():
        await crowd(house, 6)
        first = house.moderators["m-01"]
        (line,) = [one for one in house.cards() if one.document == f"{code_of(1)}.age"]
        for one in (line, count(house)):
            await first.delete(one, in_=house.group)
        await tell(house, first, f"/claim {code_of(1)}", topic=None)
        await house.settled()
    assert where(house, code_of(1)) == [ONE]
    assert "🆕 5 · ✋ 1" in count(house).text.replace("not taken ", "").replace("taken ", "")


@pytest.mark.both
async def test_claiming_closing_merging_and_purging_inside_leave_the_others_and_the_count_right(
    house: House,
) -> None:
    house.role, first = "lead", house.moderators["m-01"]
    async with house.running():
        await crowd(house, 7)
        await tell(house, first, f"/claim {code_of(0)}", topic=None)
        await tell(house, first, f"/close {code_of(1)} spam", topic=None)
        await tell(house, first, f"/merge {code_of(2)} {code_of(3)}", topic=None)
        await first.click("Так, зрабіць", in_=house.group)
        await house.settled()
        statuses = {code: str(one.status) for code, one in (await cases(house)).items()}
        assert [statuses[code_of(n)] for n in range(4)] == ["claimed", "closed", "merged", "new"]
        text = count(house).text
        assert "reports 7" in text
        assert code_of(0) not in text
        assert f"{code_of(3)}" in text
        assert len(house.cards()) == 7
        await purge(house, code_of(4))
        assert code_of(4) not in await cases(house)
        assert "reports 6" in count(house).text
    assert events(house) == [ONE]
    assert lying(house) == sorted(f"{code_of(n)}.age" for n in (0, 1, 2, 3, 5, 6))


async def purge(house: House, code: str) -> None:
    """Two leads agree that a case goes."""
    first, second = house.moderators.values()
    await first.send(f"/purge {code}", in_=house.group)
    await house.settled()
    await first.click("Так, зрабіць", in_=house.group)
    await house.settled()
    await second.click("I agree", in_=house.group)
    await house.settled()


async def test_a_locked_group_loses_the_crowd_and_gets_it_back_when_it_is_opened(house: House) -> None:
    first, second = house.moderators.values()
    stranger = house.person("Чужы Чалавек")
    async with house.running() as service:
        for person in (first, second):
            await person.send("/start")
        await crowd(house, 12)
        house.group.add(stranger)
        await wait_until(house.tg.world, lambda: not house.cards() or None, seconds=20, what="the lock")
        await wait_until(house.tg.world, lambda: not events(house) or None, seconds=20, what="an empty room")
        await pour(house, told(12), settle=False)
        assert house.cards() == []
        house.group.remove(stranger)
        assert service.guard is not None
        for person in (first, second):
            await person.send("/reopen")
            await house.settled()
        await wait_until(
            house.tg.world, lambda: len(house.cards()) == 13 or None, seconds=20, what="all files"
        )
        await house.settled()
    assert events(house) == [ONE]
    assert len(set(lying(house))) == 13
    assert "reports 13" in count(house).text


@pytest.mark.both
async def test_a_restart_amid_a_crowd_posts_what_is_missing_and_nothing_twice(house: House) -> None:
    async with house.running():
        await crowd(house, 15)
        house.tg.faults.fail(502, "sendMediaGroup", times=None)
        await crowd(house, 15, first=15)
        assert len(house.cards()) == 15
    house.tg.faults.clear()
    async with house.running():
        await wait_until(
            house.tg.world, lambda: len(house.cards()) == 30 or None, seconds=20, what="all files"
        )
        await house.settled()
    assert events(house) == [ONE]
    assert len(set(lying(house))) == 30
    assert "reports 30" in count(house).text


async def test_cases_that_have_had_their_time_leave_the_count_and_then_the_event_is_forgotten(
    house: House,
) -> None:
    async with house.running() as service:
        await crowd(house, 6)
        for number in range(5):
            await tell(house, house.moderators["m-01"], f"/close {code_of(number)} done", topic=None)
        for _ in range(31):
            house.clock.advance(days=1)
            await service.tick()
            await house.settled()
        assert "reports 1" in count(house).text
        names = await service.instance.store.run(lambda uow: uow.boards.all())
        assert [name for name in names if ":" in name] == ["2026-11-22:BY-HM"]
        for _ in range(70):
            house.clock.advance(days=1)
            await service.tick()
        names = await service.instance.store.run(lambda uow: uow.boards.all())
    assert [name for name in names if ":" in name] == []
