"""One event from the moderators' room: only accounts of the roster are obeyed, all others leave no trace."""

from __future__ import annotations

from bot.carry_out import post_card
from bot.instance import Instance
from bot.networks import Reply
from handlers.events import Incoming, Pressed
from handlers.screens import Line
from handlers.triage.cards import read_token
from handlers.triage.cases import Case
from handlers.triage.claims import Refusal, act
from storage.errors import Stale
from storage.unit_of_work import UnitOfWork

_OLD = Line("triage-card-changed")


async def take(instance: Instance, uow: UnitOfWork, incoming: Incoming) -> tuple[Reply, ...]:
    """Carry out a moderator's press; everything else in the room passes unread."""
    event = incoming.event
    if not isinstance(event, Pressed) or incoming.room.id != instance.team.id:
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
    case = await uow.cases.find(pressed.case) if pressed else None
    if pressed is None or case is None:
        return _OLD
    result = act(case, pressed.action, by=by, role=role, day=instance.today().isoformat())
    if isinstance(result, Refusal):
        return result.line
    if pressed.revision != case.revision:
        await _repost(instance, uow, case)
        return _OLD
    try:
        await uow.cases.replace(result, seen_revision=case.revision)
    except Stale:
        return _OLD
    await _repost(instance, uow, result)
    return Line(f"triage-done-{pressed.action}")


async def _repost(instance: Instance, uow: UnitOfWork, case: Case) -> None:
    await post_card(instance, uow, case.id, level=case.facts.level)
