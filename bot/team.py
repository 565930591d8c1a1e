"""One event from the moderators' room: only accounts of the roster are obeyed, all others leave no trace."""

from __future__ import annotations

from bot.carry_out import post_card
from bot.instance import Instance
from bot.networks import Reply
from bot.orders import ORDERS
from bot.standings import note_change
from handlers.events import Commanded, Incoming, MembersChanged, Pressed
from handlers.screens import Line
from handlers.triage.acting import act, check_revision
from handlers.triage.acts import ACTS
from handlers.triage.cases import Case, Status
from handlers.triage.changes import Refusal
from handlers.triage.hands import Hand
from handlers.triage.orders import read_token
from storage.sealing import Member
from storage.unit_of_work import UnitOfWork


async def take(instance: Instance, uow: UnitOfWork, incoming: Incoming) -> tuple[Reply, ...]:
    """Carry out a moderator's press or order; everything else in the room passes unread."""
    event = incoming.event
    if isinstance(event, MembersChanged):
        await note_change(uow)
        instance.bell.ring()
    member = _sender(instance, incoming)
    if member is None:
        return ()
    if isinstance(event, Commanded) and event.name in ORDERS:
        await ORDERS[event.name](instance, uow, member, network=incoming.sender.network)
    if not isinstance(event, Pressed):
        return ()
    hand = Hand(member.pseudonym, member.role, instance.today(), _members(instance))
    line = await _press(instance, uow, event.token, hand)
    language = instance.texts.choose(incoming.hint) if incoming.hint else instance.settings.team.language
    return (Reply(event.query, instance.texts.say(language, line)),)


def is_order(instance: Instance, incoming: Incoming) -> bool:
    """Whether somebody on the roster gives an order, wherever they write; others have no orders."""
    event = incoming.event
    return isinstance(event, Commanded) and event.name in ORDERS and _sender(instance, incoming) is not None


def _sender(instance: Instance, incoming: Incoming) -> Member | None:
    account = incoming.sender
    return instance.roster.member_by_account(account.network, account.id, on=instance.today())


async def _press(instance: Instance, uow: UnitOfWork, token: str, hand: Hand) -> Line:
    """Compare and set: an act on a card that has changed since changes nothing and says so."""
    pressed = read_token(token)
    if pressed is not None and ACTS[pressed.order.action].button is None:
        pressed = None  # no card has such a button
    case = await uow.cases.find(pressed.prefix) if pressed else None
    if pressed is None or case is None:
        return Line("refusal-gone")
    result = act(case, pressed.order, hand)
    refusal = result if isinstance(result, Refusal) else check_revision(case, pressed.revision)
    if refusal is None and isinstance(result, Case):
        await uow.cases.replace(result, seen_revision=case.revision)
        if result.status is Status.CLOSED:
            await uow.objects.acknowledge(case.id, instance.today())
    await post_card(instance, uow, case)
    return refusal.line if refusal else Line(f"done-{pressed.order.action}", {"code": case.code})


def _members(instance: Instance) -> frozenset[str]:
    """Everybody who may act today."""
    return frozenset(member.pseudonym for member in instance.roster.members_on(instance.today()))
