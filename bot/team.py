"""One event from the moderators' room: only accounts of the roster are obeyed, all others leave no trace."""

from __future__ import annotations

from bot.answers import READ_SECONDS
from bot.asking.putting import propose
from bot.casework import carry_out
from bot.instance import Instance
from bot.joining import take_knock
from bot.lists import LISTS, turn_page
from bot.networks import Reply
from bot.orders import ORDERS
from bot.posting import post_card
from bot.resolutions import ASKED, agree_to
from bot.seconding import ask_second
from bot.standings import note_change
from bot.turn import Turn, hand_of
from handlers.approvals import read_consent
from handlers.events import Commanded, Incoming, Knocked, MembersChanged, Pressed
from handlers.screens import Line, Screen
from handlers.triage.acting import check_move
from handlers.triage.acts import ACTS, Action
from handlers.triage.boards import read_page
from handlers.triage.cases import Case
from handlers.triage.changes import Refusal
from handlers.triage.commands import COMMANDS, HELP, read_command, show_help
from handlers.triage.deciding import Decision, Done, NeedsTwo, may_press
from handlers.triage.orders import read_token
from storage.sealing import Member
from storage.unit_of_work import UnitOfWork

GLANCE = 80  # letters that can be read before a toast is gone
_SILENT: tuple[Reply, ...] = ()
_ANSWERS = {**LISTS, **ASKED}


async def take(instance: Instance, uow: UnitOfWork, incoming: Incoming) -> tuple[Reply, ...]:
    """Carry out what a moderator presses or orders; everything else in the room passes unread."""
    event = incoming.event
    if isinstance(event, MembersChanged):
        await note_change(uow)
        instance.bell.ring()
    if isinstance(event, Knocked):
        await take_knock(instance, uow, incoming, event)
        return _SILENT
    member = _sender(instance, incoming)
    if member is None or not isinstance(event, Pressed | Commanded):
        return _SILENT
    turn = Turn(instance, uow, incoming, hand_of(instance, member))
    if isinstance(event, Pressed):
        line = await _press(turn, event)
        text = instance.texts.say(turn.language, line) if line else ""
        return (Reply(event.query, text, alert=len(text) > GLANCE),)
    here = await _case_here(turn)
    if event.name in ORDERS and (event.name not in COMMANDS or (here is None and not event.argument)):
        network = incoming.sender.network
        await ORDERS[event.name](instance, uow, member, network=network, argument=event.argument)
        if not incoming.private:  # it is answered in private
            await turn.take_away(event.message)
    elif not incoming.private:
        await _obey(turn, event, here)
    return _SILENT


def is_order(instance: Instance, incoming: Incoming) -> bool:
    """Whether somebody on the roster gives an order, wherever they write; others have no orders."""
    event = incoming.event
    return isinstance(event, Commanded) and event.name in ORDERS and _sender(instance, incoming) is not None


def _sender(instance: Instance, incoming: Incoming) -> Member | None:
    account = incoming.sender
    return instance.roster.member_by_account(account.network, account.id, on=instance.today())


async def _case_here(turn: Turn) -> Case | None:
    """The case in whose topic something happened."""
    case = await turn.uow.cards.in_topic(turn.incoming.room)
    return await turn.uow.cases.get(case) if case else None


async def _press(turn: Turn, event: Pressed) -> Line | None:
    """A button: what is said about it, if anything."""
    wanted = read_page(event.token)
    if wanted is not None:
        await turn_page(turn, wanted, instead_of=event.message)
        return None
    consent = read_consent(event.token)
    if consent is not None:
        decision: Decision = await agree_to(turn, consent)
    else:
        decision = await _press_on_case(turn, event.token)
    pressed = read_token(event.token)
    if isinstance(decision, Done) and (
        pressed is None or pressed.order.check or ACTS[pressed.order.action].menu
    ):
        await turn.take_away(event.message)  # what was asked there is answered
    return await _say(turn, decision)


async def _press_on_case(turn: Turn, token: str) -> Decision:
    """What becomes of it; a card that does not fit any more is shown as it is now."""
    pressed = read_token(token)
    case = await turn.uow.cases.find(pressed.prefix) if pressed and may_press(pressed.order) else None
    if pressed is None or case is None:
        return Refusal(Line("refusal-gone"))
    decision = await carry_out(
        turn.instance, turn.uow, case, pressed.order, turn.hand, revision=pressed.revision
    )
    if not isinstance(decision, Done):
        await post_card(turn.instance, turn.uow, case)
    return decision


async def _obey(turn: Turn, event: Commanded, here: Case | None) -> None:
    """A command: answered in a message that goes, together with the command, when it was read."""
    seconds = READ_SECONDS
    if event.name == HELP:
        await turn.post(show_help())
    elif event.name in _ANSWERS:
        await turn.post(await _ANSWERS[event.name](turn, event.argument, here=here))
    else:
        decision = await _order(turn, event, here)
        if isinstance(decision, Done | NeedsTwo) and COMMANDS[event.name].free:
            seconds = 0  # it is kept sealed: the words go at once
        line = await _say(turn, decision)
        if line is not None:
            await turn.post(Screen((line,)))
    await turn.take_away(event.message, seconds=seconds)


async def _order(turn: Turn, event: Commanded, here: Case | None) -> Decision:
    asked = read_command(event.name, event.argument, here=here.code if here else None)
    if isinstance(asked, Refusal):
        return asked
    case = await turn.uow.cases.by_code(asked.code)
    if case is None:
        return Refusal(Line("refusal-no-case", {"code": asked.code}))
    if asked.question:
        return await _propose(turn, case, asked.question)
    return await carry_out(turn.instance, turn.uow, case, asked.order, turn.hand, note=asked.note)


async def _propose(turn: Turn, case: Case, text: str) -> Decision:
    """A question in free words: looked through, and kept until somebody agrees."""
    refusal = check_move(case, Action.QUESTION, turn.hand)
    order = refusal or await propose(turn.instance, turn.uow, case, text)
    if isinstance(order, Refusal):
        return order
    return await carry_out(turn.instance, turn.uow, case, order, turn.hand)


async def _say(turn: Turn, decision: Decision) -> Line | None:
    """The sentence for an answer. A preview is posted, and says everything itself."""
    match decision:
        case Screen():
            await turn.post(decision)
            return None
        case NeedsTwo(case=case, order=order):
            return await ask_second(turn, case, order)
        case _:
            return decision.line
