"""A moderator at night with forty new cases: the dashboard and the five lists, in each language."""

from __future__ import annotations

import pytest

from handlers.triage.facts import Level
from tests.doubles.telegram.people import Person
from tests.doubles.telegram.screens import Shown
from tests.journeys.crowds import code_of, pour, told
from tests.journeys.house import House

LEVELS = (Level.GREEN, Level.YELLOW, Level.ORANGE)
REGIONS = ("BY-HM", "BY-MI", "BY-BR", "BY-VI", "BY-HO", "BY-HR", "BY-MA")
MOST = 4096  # characters in one message of the network
WORDS = {
    "be": ("Адкрыта: 40", "пратэрмінавана: 1", "Даўжэй за ўсіх чакае", "Старонка 1 з 5", "Узята: 1"),
    "ru": ("Открыто: 40", "просрочено: 1", "Дольше всех ждёт", "Страница 1 из 5", "Взято: 1"),
    "en": ("Open: 40", "overdue: 1", "Waits longest", "Page 1 of 5", "Taken: 1"),
}


async def night(house: House, language: str) -> Person:
    """Forty cases: one came two days ago and is overdue, one is red; no two of a day and region."""
    person = house.moderators["m-01"]
    person.user.language = language
    await pour(house, told(0, level=Level.ORANGE, day="2026-10-01"))
    house.clock.advance(days=2)
    assert house.service is not None
    await house.service.tick()
    await pour(house, told(1, level=Level.RED, day="2026-10-02"), *(
        told(number, level=LEVELS[number % 3], day=f"2026-09-{number // 7 + 1:02}",
             region=REGIONS[number % 7]) for number in range(2, 40)
    ))  # fmt: skip
    return person


async def ask(house: House, person: Person, text: str) -> str:
    """What the bot answers to a command."""
    before = {shown.id for shown in house.group.messages}
    await person.send(text, in_=house.group)
    await house.settled()
    (said,) = [one for one in house.group.messages if one.id not in before and says(one)]
    assert len(said.text) <= MOST
    return said.text


def says(shown: Shown) -> bool:
    """Whether it is an answer of the bot: no card, no dashboard, no word about a topic's new name."""
    return shown.from_bot and shown.kind == "text" and not shown.text.startswith("📌")


def codes(text: str) -> list[str]:
    """The codes in rows of a list, in their order."""
    rows = (line for line in text.split("\n") if "·" in line)
    return [word for row in rows for word in row.split() if word.startswith("K7")]


@pytest.mark.both
@pytest.mark.parametrize("language", sorted(WORDS))
async def test_forty_new_cases_are_one_glance_and_five_pages(house: House, language: str) -> None:
    opened, late, longest, page, taken = WORDS[language]
    async with house.running(language=language):
        person = await night(house, language)
        queue = await ask(house, person, "/queue")
        for words in (opened, late, longest, page):
            assert words in queue
        assert len(codes(queue)) == 8
        assert codes(queue)[:2] == [code_of(1), code_of(0)]  # red, then what waits longest
        assert f"⏰ 🆕 🟠 {code_of(0)}" in queue
        assert queue.count("\n") < 12
        await ask(house, person, f"/claim {code_of(5)}")
        assert taken in (mine := await ask(house, person, "/mine"))
        assert codes(mine) == [code_of(5)]
        case = await ask(house, person, f"/case {code_of(5)}")
        assert code_of(5) in case
        assert "m-01" in case
        who = await ask(house, person, "/who")
        assert next(line for line in who.split("\n") if "m-01" in line).endswith(": 1")
        assert "7" in (stats := await ask(house, person, "/stats"))
        assert "40" in stats


async def test_every_page_shows_other_cases_and_the_last_has_no_way_on(house: House) -> None:
    async with house.running():
        person = await night(house, "en")
        seen = codes(await ask(house, person, "/queue"))
        for _ in range(4):
            await person.click("Next ▶", in_=house.group)
            await house.settled()
            seen += codes(page_of(house))
        last = [one for one in house.group.messages if "📋" in one.text]
        assert [one.labels for one in last] == [("◀ Back",)]  # each page took the place of the one before
    assert sorted(seen) == sorted(code_of(number) for number in range(40))


async def test_a_label_leaves_what_carries_it_on_every_page(house: House) -> None:
    async with house.running():
        person = await night(house, "en")
        for number in range(10, 20):
            await ask(house, person, f"/label {code_of(number)} torture")
        queue = await ask(house, person, "/queue torture")
        assert "Open: 10" in queue
        assert "🏷 Only with the label: torture" in queue
        await person.click("Next ▶", in_=house.group)
        await house.settled()
        seen = codes(queue) + codes(page_of(house))
        assert set(seen) == {code_of(number) for number in range(10, 20)}
        assert "torture, medical" in await ask(house, person, "/queue nonsense")


async def test_whoever_took_many_turns_the_pages_of_their_own(house: House) -> None:
    async with house.running():
        first, second = await night(house, "en"), house.moderators["m-02"]
        for number in range(10, 20):
            await ask(house, first, f"/claim {code_of(number)}")
        await ask(house, second, f"/claim {code_of(20)}")
        seen = codes(await ask(house, first, "/mine"))
        await first.click("Next ▶", in_=house.group)
        await house.settled()
        seen += codes(page_of(house, "✋ Taken"))
    assert sorted(seen) == sorted(code_of(number) for number in range(10, 20))


def page_of(house: House, head: str = "📋") -> str:
    """The page that lies there now."""
    (page,) = [one.text for one in house.group.messages if one.from_bot and one.text.startswith(head)]
    return page
