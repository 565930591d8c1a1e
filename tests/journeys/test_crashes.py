"""Acknowledged means kept: the bot dies at the worst moments, and no report is lost or doubled."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.networks import Batch, Network, Outgoing, Raw
from bot.service import Service
from handlers.events import Incoming
from tests.doubles.telegram.people import Person
from tests.journeys.house import House
from tests.journeys.stories import HALF, MOTHER, SEND

pytestmark = pytest.mark.both


class Pulled(BaseException):
    """The plug is pulled: nothing that comes after is carried out."""


class Dying:
    """A network that dies while the batch is being read, once: after the poll, before the commit."""

    def __init__(self, real: Network, *, acknowledge_first: bool) -> None:
        self._real = real
        self._acknowledge_first = acknowledge_first
        self.name = real.name
        self.armed = True

    @property
    def group(self) -> str | None:
        return self._real.group

    async def start(self) -> None:
        await self._real.start()

    async def close(self) -> None:
        await self._real.close()

    async def receive(self, position: str | None) -> Batch:
        batch = await self._real.receive(position)
        if self._acknowledge_first and batch.updates:  # what the protection keeps from happening
            await asyncio.wait_for(self._real.receive(batch.position), 0.2)
        return batch

    def read(self, raw: Raw) -> Incoming | None:
        if self.armed:
            self.armed = False
            raise Pulled
        return self._real.read(raw)

    async def deliver(self, outgoing: Outgoing) -> str | None:
        return await self._real.deliver(outgoing)


async def die_once(house: House, mother: Person, line: str, *, acknowledge_first: bool) -> None:
    """Run the bot until it dies on `line`."""
    service = await house.open(long_poll=0)
    dying = Dying(service.network, acknowledge_first=acknowledge_first)
    service = Service(service.instance, dying, unlimited=True)
    house.service = service
    await mother.send(line)
    with contextlib.suppress(Pulled, BaseExceptionGroup):
        await service.run(asyncio.Event())


@pytest.mark.parametrize("acknowledge_first", [False, True])
async def test_an_update_read_before_a_crash_comes_again_unless_it_was_acknowledged_early(
    house: House, acknowledge_first: bool
) -> None:
    mother = house.person()
    async with house.running():
        await house.say(mother, *MOTHER[:3])
    await die_once(house, mother, "Ян Прыклад, 1990", acknowledge_first=acknowledge_first)
    async with house.running():
        await house.say(mother, *MOTHER[4:], SEND)
        kept = bool(house.cards()) and "Ян Прыклад" in str(house.report(house.cards()[0]))
    assert kept is not acknowledge_first  # the control: acknowledging first loses what was told


async def test_a_restart_in_the_middle_forgets_nothing(house: House) -> None:
    mother = house.person()
    for line in (*MOTHER, SEND):
        async with house.running():
            await house.say(mother, line)
    (card,) = house.cards()
    assert house.report(card)["answers"]["person"]["words"] == "Ян Прыклад, 1990"
    assert len(mother.screen()) == 1


async def test_a_power_cut_erases_the_talk_says_so_and_keeps_the_checkpoint(house: House) -> None:
    mother = house.person()
    async with house.running():
        await house.say(mother, *HALF)
    for path in (house.folder / "runtime").iterdir():
        path.unlink()
    async with house.running():
        await house.say(mother, "Не, невядома")
        shown = "\n".join(shown.text for shown in mother.screen())
        (card,) = house.cards()
        report = house.report(card)
    assert "сцёртыя" in shown or "сцерт" in shown
    assert report["finished"] is False
    assert report["answers"]["person"]["words"] == "Ян Прыклад, 1990"


async def test_a_newcomer_after_a_first_start_is_not_told_of_erased_answers(house: House) -> None:
    mother = house.person()
    async with house.running():
        await house.say(mother, "Добры дзень")
        shown = "\n".join(shown.text for shown in mother.screen())
    assert "сцёрт" not in shown
    assert "Працягнуць" in shown


@asynccontextmanager
async def crowd(house: House, size: int) -> AsyncIterator[list[Person]]:
    """Several reporters who write at once."""
    people = [house.person(f"Узор Нумар {number}") for number in range(size)]
    async with house.running():
        yield people


async def test_many_write_at_once_and_nobody_waits_for_a_poisonous_update(house: House) -> None:
    async with crowd(house, 8) as people:
        for line in (*MOTHER, SEND):
            poison = {"message_id": "poison", "date": "never"}
            house.tg.world.updates.push("message", poison, now=house.tg.world.moment())
            for person in people:
                await (person.click(line.strip("[]")) if line.startswith("[") else person.send(line))
            await house.settled()
        reports = [house.report(card) for card in house.cards()]
        assert house.service is not None
        parked = await house.service.instance.store.run(lambda uow: uow.letters.all())
    assert len(reports) == 8
    assert len(parked) == len(MOTHER) + 1
