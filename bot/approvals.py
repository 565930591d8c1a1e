"""Asking for what needs two people, and agreeing; what was agreed to is done in the same unit of work."""

from __future__ import annotations

from dataclasses import replace

from bot.instance import Instance
from handlers import approvals
from handlers.approvals import Answer, Approval, Members, Request, Standing
from handlers.screens import Line
from handlers.triage.changes import Refusal
from storage.sealing.audit import Event
from storage.unit_of_work import UnitOfWork

USED = "used"


def members_of(instance: Instance) -> Members:
    """Everybody with a valid certificate today, and by whom they came in."""
    members = instance.roster.members_on(instance.today())
    return {member.pseudonym: "+".join(sorted(each.by for each in member.vouchers)) for member in members}


async def ask(instance: Instance, uow: UnitOfWork, request: Request, *, by: str) -> Answer:
    """Keep a request until somebody agrees; asked again, it is the same one."""
    known = await (uow.approvals.of_case(request.case) if request.case else uow.approvals.all())
    answer = approvals.ask(
        request,
        key=instance.chance(16),
        by=by,
        day=instance.today(),
        members=members_of(instance),
        known=known,
    )
    if isinstance(answer, Refusal) or answer in known:
        return answer
    answer = replace(answer, since=(await uow.audit.head()).size)
    await uow.approvals.keep(answer)
    uow.audit.note(Event.APPROVAL, answer.id, by=by, what="asked")
    return answer


async def join(instance: Instance, uow: UnitOfWork, request: Request, *, by: str) -> Answer:
    """Ask; or, where somebody else asked for just this, agree and spend it. For orders in words alone.

    The approval that comes back is either used, and then the act must be done in this unit of work, or waits.
    """
    first = await _asked_by_another(instance, uow, request, by=by)
    if first is None:
        return await ask(instance, uow, request, by=by)
    answer = await agree(instance, uow, first.id, by=by, now=request)
    return answer if isinstance(answer, Refusal) else await use(instance, uow, first.id, now=request)


async def _asked_by_another(
    instance: Instance, uow: UnitOfWork, request: Request, *, by: str
) -> Approval | None:
    """What somebody else, who is still a member, has asked for and nobody agreed to yet."""
    day, members = instance.today(), members_of(instance)
    for known in await uow.approvals.all():
        waits = known.request == request and known.standing(day) is Standing.OPEN
        if waits and known.by != by and known.by in members:
            return known
    return None


async def agree(
    instance: Instance, uow: UnitOfWork, key: bytes, *, by: str, now: Request | None = None
) -> Answer:
    """Somebody agrees to the request with this id. `now` is what would be asked for at this moment.

    Left out, it is the same on the case's revision of now, which is enough where `words` cannot change.
    """
    return await _take(instance, uow, key, by=by, now=now)


async def use(instance: Instance, uow: UnitOfWork, key: bytes, *, now: Request | None = None) -> Answer:
    """Spend an approval; call it in the unit of work that does what was agreed to, before doing it."""
    return await _take(instance, uow, key, by=None, now=now)


async def may_use(instance: Instance, uow: UnitOfWork, approval: Approval) -> bool:
    """Whether two have agreed to it and nobody has spent it; nothing is changed."""
    answer = approvals.use(approval, approval.request, day=instance.today(), members=members_of(instance))
    return isinstance(answer, Approval) and not await _is_used(uow, approval)


async def _is_used(uow: UnitOfWork, approval: Approval) -> bool:
    """By the log, whatever an older copy of the row says."""
    return await uow.audit.tells(Event.APPROVAL, approval.id, what=USED, since=approval.since)


async def _take(
    instance: Instance, uow: UnitOfWork, key: bytes, *, by: str | None, now: Request | None
) -> Answer:
    approval = await uow.approvals.get(key)
    if approval is None:
        return Refusal(Line("refusal-gone"))
    if await _is_used(uow, approval):
        approval = replace(approval, used=True)
    now, day, members = now or await _as_of_now(uow, approval), instance.today(), members_of(instance)
    if by is None:
        answer = approvals.use(approval, now, day=day, members=members)
    else:
        answer = approvals.agree(approval, now, by=by, day=day, members=members)
    if isinstance(answer, Approval):
        await uow.approvals.keep(answer)
        uow.audit.note(Event.APPROVAL, key, by=by or answer.second, what="agreed" if by else USED)
    return answer


async def _as_of_now(uow: UnitOfWork, approval: Approval) -> Request:
    request = approval.request
    case = await uow.cases.get(request.case) if request.case else None
    return replace(request, revision=case.revision if case else 0)
