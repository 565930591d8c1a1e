"""From a moderator to a reporter: may this be asked, and then the question on its way.

Nothing of notes is imported here: what a moderator notes has no way to a reporter
(`tests/bot/test_asking.py`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.carry_out import Carrier
from bot.instance import Instance
from handlers.approvals import hash_words
from handlers.asking.drawing import draw_mark
from handlers.asking.flow import put
from handlers.asking.questions import FREE
from handlers.asking.screening import LONGEST, findings, screen
from handlers.asking.ways import LIFE, Question, Stage, Way
from handlers.clean import clean
from handlers.screens import Line
from handlers.triage.acts import Action
from handlers.triage.cases import Case
from handlers.triage.changes import Refusal
from handlers.triage.contacts import MOST, open_contact
from handlers.triage.orders import Order
from storage.unit_of_work import UnitOfWork


async def check(instance: Instance, uow: UnitOfWork, case: Case, order: Order) -> Refusal | None:
    """A refusal where the reporter cannot be asked, was asked enough, or the words are no longer the same."""
    way = await uow.ways.of_case(case.id)
    if way is None:
        over = instance.today() - date.fromisoformat(case.day) >= LIFE
        return Refusal(Line("refusal-way-over" if over else "refusal-no-way", {"code": case.code}))
    asked = sum(each.asked for each in await uow.ways.of_room(way.room))
    if not way.open and asked >= MOST:
        return Refusal(Line("refusal-asked-enough", {"code": case.code, "most": MOST}))
    if order.action is Action.QUESTION and order.words != (hash_words(way.draft),):
        return Refusal(Line("refusal-second-changed"))
    return None


async def propose(instance: Instance, uow: UnitOfWork, case: Case, text: str) -> Order | Refusal:
    """Keep a question in free words until a second person agrees: under the day's key, with the way back."""
    words = clean(text).strip()
    if len(words) > LONGEST:
        return Refusal(Line("refusal-question-long", {"most": LONGEST}))
    found = screen(text)
    if any(rule.stops for rule in found):
        return Refusal(Line("refusal-question", {"found": findings(found)}))
    order = Order(Action.QUESTION, (hash_words(words),))
    way = await uow.ways.of_case(case.id)
    if way is not None:
        await uow.ways.keep(replace(way, draft=words))
    return await check(instance, uow, case, order) or order


async def send(instance: Instance, uow: UnitOfWork, case: Case) -> None:
    """Put the question that the case was just given; a conversation that is open is not disturbed."""
    way = await uow.ways.of_case(case.id)
    contact = open_contact(case)
    if way is None or contact is None:
        return
    others = [each for each in await uow.ways.of_room(way.room) if each.case != way.case]
    shown = any(each.question and each.question.stage is Stage.OUT for each in others)
    busy = shown or await uow.talks.find(way.room) is not None
    question = Question(
        contact.question,
        draw_mark(instance.chance(32)),
        words=way.draft if contact.question == FREE else "",
        stage=Stage.WAITING if busy else Stage.OUT,
    )
    kept = replace(way, question=question, draft="", asked=way.asked + (not way.open))
    await uow.ways.keep(kept)
    if not busy:
        await _show(instance, uow, kept, question, edited=way.open)


async def _show(instance: Instance, uow: UnitOfWork, way: Way, question: Question, *, edited: bool) -> None:
    """A new question is a new message; other words take the place of those that stand there."""
    carrier = Carrier(instance, uow, way.room, language=way.language, query=None)
    await carrier.carry(put(way, question, now=instance.now(), below=not edited))
