"""One event from the moderators' room: only accounts of the roster are obeyed, all others leave no trace."""

from __future__ import annotations

from bot.carry_out import post_card
from bot.instance import Instance
from bot.networks import Reply
from handlers.events import Incoming, Pressed
from handlers.screens import Line
from handlers.triage.cards import read_token
from handlers.triage.cases import Case, Status
from handlers.triage.claims import Refusal, act, check_revision
from storage.unit_of_work import UnitOfWork


async def take(instance: Instance, uow: UnitOfWork, incoming: Incoming) -> tuple[Reply, ...]:
    """Carry out a moderator's press; everything else in the room passes unread."""
    event = incoming.event
    if not isinstance(event, Pressed):
        return ()
    member = instance.roster.member_by_account(
        incoming.sender.network, incoming.sender.id, on=instance.today()
    )
    if member is None:
        return ()
    line = await _press(instance, uow, event.token, by=member.pseudonym, role=member.role)
    return (Reply(event.query, instance.texts.say(instance.settings.team.language, line)),)


async def _press(instance: Instance, uow: UnitOfWork, token: str, *, by: str, role: str) -> Line:
    """Compare and set: an act on a card that has changed since changes nothing and says so."""
    pressed = read_token(token)
    case = await uow.cases.find(pressed[1]) if pressed else None
    if pressed is None or case is None:
        return Line("refusal-gone")
    action, _, revision = pressed
    result = act(case, action, by=by, role=role, day=instance.today().isoformat())
    refusal = result if isinstance(result, Refusal) else check_revision(case, revision)
    if refusal is None and isinstance(result, Case):
        await uow.cases.replace(result, seen_revision=case.revision)
        if result.status is Status.CLOSED:
            await uow.objects.acknowledge(case.id, instance.today())
    await post_card(instance, uow, case)
    return refusal.line if refusal else Line(f"done-{action}", {"code": case.code})
