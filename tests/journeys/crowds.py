"""Many reports at once: sealed as the conversation seals them, without anybody typing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256

from bot.carry_out import Carrier
from handlers.effects import SealReport
from handlers.events import Room
from handlers.triage.cases import Case
from handlers.triage.facts import CardFacts, Level
from storage.unit_of_work import UnitOfWork
from tests.doubles.telegram.screens import Shown
from tests.journeys.house import House

DAY, REGION = "2026-11-22", "BY-HM"
LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"


def told(
    number: int,
    *,
    level: Level = Level.YELLOW,
    day: str | None = DAY,
    region: str | None = REGION,
    held: str = "",
) -> SealReport:
    """The report of one person of the crowd."""
    facts = CardFacts(level, (), region, ("omon",), "18-29", day=day)
    report = {"person": f"Ян Прыклад {number}"}
    key = sha256(str(number).encode()).digest()[:16]
    return SealReport(key, code_of(number), finished=True, report=report, facts=facts, facility=held)


def code_of(number: int) -> str:
    """A case code for each number below 21,952."""
    return "K7" + "".join(LETTERS[number // len(LETTERS) ** digit % len(LETTERS)] for digit in range(3))


async def pour(house: House, *reports: SealReport, settle: bool = True) -> None:
    """All of them in one moment."""
    assert house.service is not None
    await house.service.instance.store.run(partial(_keep, house, reports))
    if settle:
        await house.settled()


async def crowd(house: House, number: int, *, first: int = 0) -> None:
    """So many of one day and region."""
    await pour(house, *(told(first + place) for place in range(number)))


async def retell(house: House, report: SealReport, *, level: Level) -> None:
    """The reporter tells more, and it is more urgent, or less."""
    await pour(house, replace(report, facts=replace(report.facts, level=level)))


async def cases(house: House) -> dict[str, Case]:
    """All cases, by code."""
    assert house.service is not None
    return {one.code: one for one in await house.service.instance.store.run(lambda uow: uow.cases.all())}


def count(house: House, part: str = "👥") -> Shown:
    """The one message that counts the cases of an event."""
    found = [one for one in house.group.messages if one.from_bot and one.text.startswith(part)]
    (only,) = [one for one in found if not one.document]
    return only


def events(house: House) -> list[str]:
    """The names of the topics of events."""
    return [topic.name for topic in house.group.topics if topic.name.startswith("👥")]


def where(house: House, code: str) -> list[str]:
    """In which topics the file of a case lies, by their names."""
    names = {topic.id: topic.name for topic in house.group.topics}
    lying = [one for one in house.cards() if one.document == f"{code}.age"]
    return [names.get(one.topic or 0, "") for one in lying]


async def _keep(house: House, reports: Sequence[SealReport], uow: UnitOfWork) -> None:
    assert house.service is not None
    for report in reports:
        room = Room("telegram", str(8_589_938_000 + int.from_bytes(report.case[:4])))
        await Carrier(house.service.instance, uow, room, language="be", query=None).carry(report)
