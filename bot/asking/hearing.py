"""A reporter's event while no conversation is open: perhaps an answer to a question that was put to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.carry_out import Carrier
from bot.instance import Instance
from handlers.asking.drawing import read_press
from handlers.asking.flow import THANKS_GONE, At, put_after, step
from handlers.asking.ways import Stage, Way
from handlers.effects import Effect, ForgetWays, Hint, Show
from handlers.events import Event, Pressed, Room
from handlers.screens import Line, Screen
from storage.unit_of_work import UnitOfWork


async def hear(
    instance: Instance, uow: UnitOfWork, room: Room, event: Event, *, query: str | None, language: str
) -> Carrier | None:
    """Carry out what an answer leads to; None where the event is none, and a conversation may begin.

    `language`: to be spoken where nothing of the question is known any more.
    """
    ways = await uow.ways.of_room(room)
    way = next((each for each in ways if _is_at(each, Stage.OUT)), None) or next(
        (each for each in ways if _is_at(each, Stage.MORE)), None
    )
    if way is None or way.question is None:
        if not isinstance(event, Pressed) or read_press(event.token) is None:
            return None
        return await _say_gone(Carrier(instance, uow, room, language=language, query=query))
    limit = instance.pack.questionnaire.limits.text
    taken = step(At(way, way.question, event, now=instance.now(), limit=limit))
    if taken is None:
        return None
    question, effects = taken.question, taken.effects
    await uow.ways.keep(replace(way, question=question))
    if question is None or question.stage is Stage.MORE:
        effects = await follow(instance, uow, room, effects)
    carrier = Carrier(instance, uow, room, language=way.language, query=query)
    for effect in effects:
        await carrier.carry(effect)
    return carrier


async def follow(
    instance: Instance, uow: UnitOfWork, room: Room, effects: Sequence[Effect]
) -> tuple[Effect, ...]:
    """What waits for this chat comes with the last words of what ends now."""
    shown = [place for place, effect in enumerate(effects) if isinstance(effect, Show)]
    if not shown or any(isinstance(effect, ForgetWays) for effect in effects):
        return tuple(effects)
    way = next((each for each in await uow.ways.of_room(room) if each.open), None)
    last = effects[shown[-1]]
    if way is None or way.question is None or not isinstance(last, Show):
        return tuple(effects)
    question = replace(way.question, stage=Stage.OUT)
    await uow.ways.keep(replace(way, question=question))
    following = put_after(way, question, last, now=instance.now())
    return (*effects[: shown[-1]], following, *effects[shown[-1] + 1 :])


async def _say_gone(carrier: Carrier) -> Carrier:
    """A button of a question that nobody knows of any more."""
    for effect in (Hint(Line("stale")), Show(Screen((Line("asking-gone"),)), gone_after=THANKS_GONE)):
        await carrier.carry(effect)
    return carrier


def _is_at(way: Way, stage: Stage) -> bool:
    return way.question is not None and way.question.stage is stage
