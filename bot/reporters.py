"""One event from a reporter: recall the talk, let `handlers` decide, carry the effects out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.asking.hearing import follow, hear
from bot.asking.keeping import forget_ways
from bot.carry_out import Carrier
from bot.instance import Instance
from bot.networks import Reply
from bot.sending.screens import ERASE_PRIORITY
from handlers.effects import Show
from handlers.events import Departed, Event, Incoming, Pressed, Room
from handlers.intake.flow import advance
from handlers.intake.talk import Talk
from handlers.screens import Line, Screen
from handlers.triage.cases import Reached
from storage.errors import CodeTaken
from storage.outbox import Letter
from storage.unit_of_work import UnitOfWork

_TRIES = 8


@dataclass(frozen=True, slots=True)
class Taken:
    """Where the talk stands now; once it is kept, presses to answer and screens to send."""

    talk: Talk | None
    replies: tuple[Reply, ...]
    letters: Sequence[Letter] = ()


async def take(instance: Instance, uow: UnitOfWork, incoming: Incoming) -> Taken:
    """Decide one event of a private chat and keep what follows from it."""
    await _trace(instance, uow, incoming)
    if isinstance(incoming.event, Departed):
        await _take_away(instance, uow, incoming.room)
        await forget_ways(instance, uow, incoming.room, Reached.BLOCKED)
    return await decide(
        instance, uow, incoming.room, incoming.event, hint=incoming.hint, query=_query(incoming)
    )


async def let_pass(instance: Instance, uow: UnitOfWork, incoming: Incoming) -> tuple[Reply, ...]:
    """An event that we could not decide: say so kindly; its words go with that, its button stops turning."""
    await _trace(instance, uow, incoming)
    query = _query(incoming)
    if not isinstance(incoming.event, Departed):
        talk = await uow.talks.find(incoming.room)
        language = talk.language if talk else instance.texts.choose(incoming.hint)
        carrier = Carrier(instance, uow, incoming.room, language=language, query=None)
        await carrier.carry(Show(Screen((Line("sorry"),)), below=True))
    return (Reply(query),) if query else ()


def _query(incoming: Incoming) -> str | None:
    return incoming.event.query if isinstance(incoming.event, Pressed) else None


async def decide(
    instance: Instance,
    uow: UnitOfWork,
    room: Room,
    event: Event,
    *,
    hint: str | None = None,
    query: str | None = None,
) -> Taken:
    """Advance the talk of `room` by one event; a case code that is already taken is drawn again."""
    for last in (*[False] * _TRIES, True):
        try:
            with uow.attempt():
                return await _decide_once(instance, uow, room, event, hint=hint, query=query)
        except CodeTaken:
            if last:
                raise
    raise AssertionError("unreachable")


async def _decide_once(
    instance: Instance, uow: UnitOfWork, room: Room, event: Event, *, hint: str | None, query: str | None
) -> Taken:
    talk, now = await uow.talks.find(room), instance.now()
    if talk is None:
        language = instance.texts.choose(hint)
        heard = await hear(instance, uow, room, event, query=query, language=language)
        if heard is not None:
            return Taken(None, heard.replies(), heard.letters)
    decision = advance(
        instance.pack,
        instance.texts,
        talk,
        event,
        room=room,
        hint=hint,
        now=now,
        chance=instance.chance(32),
        lost=instance.memory.is_lost(now),
    )
    known = decision.talk or talk
    language = known.language if known else instance.texts.choose(hint)
    carrier = Carrier(instance, uow, room, language=language, query=query)
    effects = decision.effects
    if decision.talk is None:
        effects = await follow(instance, uow, room, effects)
    for effect in effects:
        await carrier.carry(effect)
    if decision.talk is not None:
        await uow.talks.keep(decision.talk)
    elif talk is not None:
        await uow.talks.drop(room)
    return Taken(decision.talk, carrier.replies(), carrier.letters)


async def _take_away(instance: Instance, uow: UnitOfWork, room: Room) -> None:
    """Whoever blocks us gets no word more; what lies there is taken away if the network still lets us."""
    payload = {"kind": "erase", "network": room.network, "room": room.id}
    slot = f"erase:{room.network}:{room.id}"
    await uow.outbox.put(Letter(instance.chance(16), slot, ERASE_PRIORITY, payload), replace=True)


async def _trace(instance: Instance, uow: UnitOfWork, incoming: Incoming) -> None:
    """Remember the id of what the person sent, so that it can be deleted."""
    message = getattr(incoming.event, "message", "")
    if message and not isinstance(incoming.event, Pressed):
        await uow.traces.note(incoming.room, message, mine=False, at=instance.now())
