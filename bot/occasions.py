"""What is kept of mass events: which topic is to be brought up to date, and where each case lies in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from bot.instance import Instance
from bot.posting import CARD_PRIORITY
from handlers.triage.cases import Case
from handlers.triage.clusters import Occasion, occasions_of
from handlers.triage.facts import Level
from storage.cards import CardPlace
from storage.outbox import Letter
from storage.sealing import REPORTS
from storage.unit_of_work import UnitOfWork

KIND = "cluster"


async def recount(instance: Instance, uow: UnitOfWork, case: Case) -> None:
    """A case outside the topic has changed, or is no more: the counts of its events may have, too."""
    for occasion in occasions_of(case):
        if await uow.boards.get(occasion.name) is not None:
            await ask(instance, uow, occasion)


async def recount_all(instance: Instance, uow: UnitOfWork, cases: Sequence[Case]) -> None:
    """Some cases had their time. Topics of events of which none is left are nothing to us any more."""
    living = {occasion.name: occasion for case in cases for occasion in occasions_of(case)}
    for name in await uow.boards.all():
        if name in living:
            await ask(instance, uow, living[name])
        elif ":" in name:
            await uow.boards.drop(name)


async def ask(instance: Instance, uow: UnitOfWork, occasion: Occasion) -> None:
    """Let the topic of an event be brought up to date."""
    payload = {"kind": KIND, **asdict(occasion)}
    slot = f"{KIND}:{occasion.name}"
    letter = Letter(instance.chance(16), slot, CARD_PRIORITY[Level.ORANGE], payload)
    await uow.outbox.put(letter, replace=True)


async def remember(places: Sequence[tuple[Case, CardPlace]], uow: UnitOfWork) -> tuple[str, ...]:
    """Which messages are not wanted any more: cases went elsewhere, or were told anew meanwhile."""
    surplus = []
    for case, place in places:
        known, objects = await uow.cards.get(case.id), await uow.objects.of_case(case.id, *REPORTS)
        if known is None or known.event != place.event or objects[-1].id != place.object:
            surplus.append(place.card or "")
            continue
        await uow.cards.put(case.id, place)
        await uow.cases.mark_posted(case.id, case.revision)
    return tuple(surplus)


async def mark(case: Case, uow: UnitOfWork) -> None:
    """Its line says what the case says."""
    await uow.cases.mark_posted(case.id, case.revision)


async def lose(case: Case, place: CardPlace, uow: UnitOfWork) -> None:
    """Its message is gone: it waits for a new one, if it is still there that it lies."""
    if await uow.cards.get(case.id) == place:
        await uow.cards.put(case.id, replace(place, card=None, object=None))


async def put_home(name: str, place: CardPlace, uow: UnitOfWork) -> None:
    """There is the topic of an event, and its count."""
    await uow.boards.put(name, place)
