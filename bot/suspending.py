"""/suspend m-04: one member of the team asks, another says the same, and from then on m-04 is nobody here.

Nothing more is obeyed of them and nothing more is sealed to them, beginning with what comes next in the same
batch. Only a roster that the root signs on a later day lets them return.
"""

from __future__ import annotations

from bot import approvals
from bot.instance import Instance
from bot.lockdown import tell
from bot.logs import say
from bot.standings import note_change
from handlers.approvals import Approval, Matter, Request, Standing, hash_words
from handlers.screens import Line, Screen
from handlers.suspensions import Suspension
from handlers.triage.changes import Refusal
from storage.sealing import Member
from storage.sealing.audit import Event
from storage.unit_of_work import UnitOfWork


async def suspend(
    instance: Instance, uow: UnitOfWork, member: Member, *, network: str, argument: str = ""
) -> None:
    """Take one voice; it is answered in private."""
    target = argument.strip().lower()
    line = _refuse(instance, target, by=member.pseudonym)
    if line is None:
        line = await _take(instance, uow, member, target=target, network=network)
    await tell(instance, uow, Screen((line,)), member=member, network=network, slot=_slot(target))


def _slot(target: str) -> str:
    """What is told of one person takes the place of no alarm, and of nothing told of another one."""
    return f"say:{hash_words(target)}"


def _refuse(instance: Instance, target: str, *, by: str) -> Line | None:
    """Why this voice counts for nothing. What was typed is not repeated."""
    if not target:
        return Line("suspend-usage")
    found = next((each for each in instance.roster.members if each.pseudonym == target), None)
    if found is None:
        return Line("suspend-unknown")
    if target == by:
        return Line("suspend-self")
    return Line("suspend-already", {"member": target}) if found.suspended else None


async def _take(instance: Instance, uow: UnitOfWork, member: Member, *, target: str, network: str) -> Line:
    request = Request(Matter.SUSPEND, words=hash_words(target))
    first = await _first_voice(instance, uow, request, by=member.pseudonym)
    if first is None:
        answer = await approvals.ask(instance, uow, request, by=member.pseudonym)
        if isinstance(answer, Refusal):
            return answer.line
        given = {"by": member.pseudonym, "member": target, "day": answer.until}
        others = (member.pseudonym, target)
        await _spread(instance, uow, Line("suspend-ask", given), target=target, but=others, network=network)
        return Line("suspend-asked", given)
    answer = await approvals.agree(instance, uow, first.id, by=member.pseudonym)
    if isinstance(answer, Approval):
        answer = await approvals.use(instance, uow, first.id)
    if isinstance(answer, Refusal):
        return answer.line
    await _carry_out(instance, uow, answer, target)
    done = Line("suspend-done", {"member": target, "by": answer.by, "second": answer.second})
    await _spread(instance, uow, done, target=target, but=(member.pseudonym,), network=network)
    return done


async def _first_voice(instance: Instance, uow: UnitOfWork, request: Request, *, by: str) -> Approval | None:
    """What somebody else, who is still a member, has asked for already."""
    day, members = instance.today(), approvals.members_of(instance)
    for known in await uow.approvals.all():
        waits = known.request == request and known.standing(day) is Standing.OPEN
        if waits and known.by != by and known.by in members:
            return known
    return None


async def _carry_out(instance: Instance, uow: UnitOfWork, approval: Approval, target: str) -> None:
    day, serial = instance.today().isoformat(), instance.signed.serial
    await uow.suspensions.keep(
        Suspension(approval.id, target, approval.by, approval.second, day=day, serial=serial)
    )
    uow.audit.note(Event.ROSTER, approval.id, by=approval.second, what="suspended")
    instance.suspended.add(target)
    await note_change(uow)
    instance.bell.ring()
    say("team.suspended")


async def _spread(
    instance: Instance, uow: UnitOfWork, line: Line, *, target: str, but: tuple[str, ...], network: str
) -> None:
    """Tell the others of the team in private; whoever is suspended by now is not among them."""
    for each in instance.roster.members_on(instance.today()):
        if each.pseudonym not in but and network in each.accounts:
            await tell(instance, uow, Screen((line,)), member=each, network=network, slot=_slot(target))
