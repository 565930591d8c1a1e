"""Acts that need two people: the first asks in the case's topic, and the second's button carries them out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bot import approvals
from bot.casework import carry_out, look_before
from bot.turn import Turn, hand_of
from handlers.approvals import Approval, Matter, Request, hash_words, write_consent
from handlers.asking.drawing import show_draft
from handlers.screens import Button, Line, Screen
from handlers.triage.acts import Action
from handlers.triage.cases import Case
from handlers.triage.changes import Refusal
from handlers.triage.deciding import Decision, decide
from handlers.triage.hands import Hand
from handlers.triage.orders import Order

ASKED_SECONDS = 24 * 60 * 60


async def ask_second(turn: Turn, case: Case, order: Order) -> Line:
    """Keep what is asked for, and show everybody the button; the answer for whoever asked."""
    request = Request(Matter(order.action), case.id, case.revision, hash_words(*order.words))
    what = Line(f"second-{request.matter}", {"code": case.code})
    return await offer(turn, request, what=what, words=await _show_words(turn, case, order))


async def offer(turn: Turn, request: Request, *, what: Line, words: Sequence[Line] = ()) -> Line:
    """Keep a request, and show everybody the button; the answer for whoever asked."""
    asked = await approvals.ask(turn.instance, turn.uow, request, by=turn.hand.by)
    if isinstance(asked, Refusal):
        return asked.line
    await turn.post_for_all(show_request(asked, what, words), seconds=ASKED_SECONDS)
    return Line("second-waits")


async def spend(turn: Turn, key: bytes, *, now: Request) -> Refusal | None:
    """The second person agrees to just this, and it is spent at once; or why not."""
    for step in (partial(approvals.agree, by=turn.hand.by), approvals.use):
        if isinstance(refusal := await step(turn.instance, turn.uow, key, now=now), Refusal):
            return refusal
    return None


def show_request(asked: Approval, what: Line, words: Sequence[Line] = ()) -> Screen:
    """What is asked for, with whatever must be read first, and the button of the second."""
    line = Line("second-asked", {"by": asked.by, "what": what, "day": asked.until})
    return Screen((line, *words), ((Button(Line("second-agree"), write_consent(asked)),),))


async def agree_to(turn: Turn, key: bytes) -> Decision:
    """The second person agrees: what the first asked for is done, by the first one's hand."""
    instance, uow = turn.instance, turn.uow
    asked = await uow.approvals.get(key)
    found = await _recall(turn, asked) if asked is not None else None
    if asked is None or found is None:
        return Refusal(Line("refusal-gone"))
    case, order, hand = found
    decision = decide(case, order, hand, agreed=True)
    if not isinstance(decision, Refusal):
        decision = await look_before(instance, uow, case, order) or decision
    if isinstance(decision, Refusal):
        return decision  # and may be agreed to later
    now = Request(asked.request.matter, case.id, case.revision, hash_words(*order.words))
    if (refusal := await spend(turn, key, now=now)) is not None:
        return refusal
    return await carry_out(instance, uow, case, order, hand, agreed=True)


async def _recall(turn: Turn, asked: Approval) -> tuple[Case, Order, Hand] | None:
    """The case, the order, and the hand of whoever asked; None when one of them is gone."""
    instance = turn.instance
    members = instance.roster.members_on(instance.today())
    member = next((each for each in members if each.pseudonym == asked.by), None)
    case = await turn.uow.cases.get(asked.request.case)
    if member is None or case is None or str(asked.request.matter) not in tuple(Action):
        return None
    action = Action(asked.request.matter)
    words = await _words_now(turn, case) if action is Action.QUESTION else ()
    return case, Order(action, words), hand_of(instance, member)


async def _words_now(turn: Turn, case: Case) -> tuple[str, ...]:
    """The mark of the question as it lies there now; other words than were agreed to are not sent."""
    way = await turn.uow.ways.of_case(case.id)
    return (hash_words(way.draft),) if way and way.draft else ()


async def _show_words(turn: Turn, case: Case, order: Order) -> tuple[Line, ...]:
    """What somebody agrees to must be read first."""
    way = await turn.uow.ways.of_case(case.id) if order.action is Action.QUESTION else None
    return show_draft(way.draft) if way else ()
