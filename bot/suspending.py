"""/suspend m-04: one member of the team asks, another says the same, and from then on m-04 is nobody here.

Nothing more is obeyed of them and nothing more is sealed to them, beginning with what comes next in the same
batch. Only a roster that the root signs on a later day lets them return.
"""

from __future__ import annotations

from bot import approvals
from bot.instance import Instance
from bot.lockdown import tell, tell_others
from bot.logs import say
from bot.standings import note_change
from handlers.approvals import Approval, Matter, Request, hash_words
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
    await instance.suspended.recall(uow, instance.signed)  # a lost commit may have left more in memory
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
    answer = await approvals.join(instance, uow, request, by=member.pseudonym)
    if isinstance(answer, Refusal):
        return answer.line
    if not answer.used:
        given = {"by": member.pseudonym, "member": target, "day": answer.until}
        asked = Screen((Line("suspend-ask", given),))
        but = {member.pseudonym, target}
        await tell_others(instance, uow, asked, but=but, network=network, slot=_slot(target))
        return Line("suspend-asked", given)
    await _carry_out(instance, uow, answer, target)
    done = Line("suspend-done", {"member": target, "by": answer.by, "second": answer.second})
    but = {member.pseudonym}
    await tell_others(instance, uow, Screen((done,)), but=but, network=network, slot=_slot(target))
    return done


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
