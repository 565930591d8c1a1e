"""An order on a case, carried out in one unit of work: decided, kept, and shown on the cards it concerns."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.answers import take_away
from bot.asking.putting import check, send
from bot.carry_out import tell_wholes
from bot.instance import Instance
from bot.notes import keep_note
from bot.occasions import recount
from bot.posting import post_card
from handlers.screens import Line
from handlers.triage.acts import Action
from handlers.triage.cases import Case
from handlers.triage.changes import Refusal
from handlers.triage.deciding import Decision, Done, decide
from handlers.triage.hands import Hand
from handlers.triage.merging import PAIRS, named, parted
from handlers.triage.notes import Note
from handlers.triage.orders import Order
from storage.sealing.audit import Event
from storage.unit_of_work import UnitOfWork

Check = Callable[[Instance, UnitOfWork, Case, Order], Awaitable[Refusal | None]]
Keep = Callable[[Instance, UnitOfWork, Case, Hand], Awaitable[None]]


async def carry_out(
    instance: Instance,
    uow: UnitOfWork,
    case: Case,
    order: Order,
    hand: Hand,
    *,
    revision: int | None = None,
    note: Note | None = None,
    agreed: bool = False,
) -> Decision:
    """Decide, and keep what is done. What is refused, or only shown, has changed nothing.

    `note` goes with an order to keep one.
    """
    other = await _find_other(uow, case, order)
    decision = decide(case, order, hand, other=other, revision=revision, agreed=agreed)
    if isinstance(decision, Refusal):
        return decision
    if refusal := await look_before(instance, uow, case, order):
        return refusal
    if not isinstance(decision, Done):
        return decision
    if note is not None:
        await _keep_note(instance, uow, case, note, hand=hand)
    await keep_act(instance, uow, decision, order, hand=hand)
    return decision


async def look_before(instance: Instance, uow: UnitOfWork, case: Case, order: Order) -> Refusal | None:
    """Whether something beside the case stands against it."""
    before = BEFORE.get(order.action)
    return await before(instance, uow, case, order) if before else None


async def keep_act(instance: Instance, uow: UnitOfWork, done: Done, order: Order, *, hand: Hand) -> None:
    """Keep every case that an act changed, each by compare-and-set, and have its card brought up to date.

    Every act of a person passes here, and here only.
    """
    for before, after in done.changed:
        await uow.cases.replace(after, seen_revision=before.revision)
        uow.audit.note(Event.ACT, after.id, by=hand.by, what=order.action)
        await post_card(instance, uow, after)
        if before.joined == after.joined:
            await tell_wholes(instance, uow, before, after)
    if order.action in AFTERWARDS:
        await AFTERWARDS[order.action](instance, uow, done.changed[0][1], hand)


async def _find_other(uow: UnitOfWork, case: Case, order: Order) -> Case | None:
    """The second case of an act on two: named by its code, or the one that goes on for this one."""
    if order.action not in PAIRS:
        return None
    if order.words:
        return await uow.cases.by_code(order.words[0])
    return await uow.cases.get(case.joined.into) if case.joined else None


async def _keep_note(instance: Instance, uow: UnitOfWork, case: Case, note: Note, *, hand: Hand) -> None:
    await keep_note(
        note,
        uow.objects,
        case=case.id,
        code=case.code,
        by=hand.by,
        day=instance.today(),
        object_id=instance.chance(16),
        to=instance.sealing_set(),
        signing=instance.signing,
    )


async def _check_author(_instance: Instance, uow: UnitOfWork, case: Case, _order: Order) -> Refusal | None:
    """Nobody knows any longer which account it was after two days."""
    known = await uow.authors.is_known(case.id)
    return None if known else Refusal(Line("refusal-shadow-late", {"code": case.code}))


async def _shadow(_instance: Instance, uow: UnitOfWork, case: Case, _hand: Hand) -> None:
    await uow.authors.shadow(case.id)


async def _acknowledge(instance: Instance, uow: UnitOfWork, case: Case, _hand: Hand) -> None:
    """Who closed a case has read it, and the reports that it went on for."""
    for one in (case, *await uow.cases.below(case)):
        await uow.objects.acknowledge(one.id, instance.today())


async def _purge(instance: Instance, uow: UnitOfWork, case: Case, hand: Hand) -> None:
    """The case goes with its topic and all that is kept about it; others that name it stand without it.

    From a topic that is one for many only its message goes.
    """
    place = await uow.cards.get(case.id)
    if place is not None and place.room.topic is not None and not place.cluster:
        await take_away(instance, uow, place.room, ())
    elif place is not None and place.card is not None:
        await take_away(instance, uow, place.room, [place.card])
    await uow.cases.delete(case.id)
    await recount(instance, uow, case)
    await part_from(instance, uow, {case.id}, named(case), hand=hand)


async def part_from(
    instance: Instance, uow: UnitOfWork, gone: set[bytes], others: set[bytes], *, hand: Hand
) -> None:
    """These cases are no longer what they were to cases that are gone."""
    for other in sorted(others):
        case = await uow.cases.get(other)
        if case is None or not gone:
            continue
        apart = case
        for one in sorted(gone):
            apart = parted(apart, one, hand)
        await uow.cases.replace(apart, seen_revision=case.revision)
        await post_card(instance, uow, apart)


async def _ask(instance: Instance, uow: UnitOfWork, case: Case, _hand: Hand) -> None:
    await send(instance, uow, case)


BEFORE: Mapping[Action, Check] = {Action.SHADOW: _check_author, Action.ASK: check, Action.QUESTION: check}
"""What an act needs beside the case; without it nothing is done, shown or put before a second person."""
AFTERWARDS: Mapping[Action, Keep] = {
    Action.CLOSE: _acknowledge,
    Action.PURGE: _purge,
    Action.ASK: _ask,
    Action.QUESTION: _ask,
    Action.SHADOW: _shadow,
}
"""What else an act does to what is kept."""
