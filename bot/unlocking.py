"""/reopen: one moderator asks for the locked room to be opened again, another for the same, and it is done.

The two are an approval like any other: signed, bound to this very lock, good for the day it was asked for.
What it opens is the lock; the rules open the room.
"""

from __future__ import annotations

from bot import approvals
from bot.instance import Instance
from bot.lockdown import tell, tell_others
from bot.standings import load_standing, take
from handlers.approvals import Matter, Request, hash_words
from handlers.guard.standing import Standing, State, Unlocked
from handlers.screens import Line, Screen
from handlers.triage.changes import Refusal
from storage.sealing import Member
from storage.unit_of_work import UnitOfWork

_SLOT = "say:unlock"  # what others hear takes the place of no other warning


async def reopen(
    instance: Instance, uow: UnitOfWork, member: Member, *, network: str, argument: str = ""
) -> None:
    """Take one voice; it is answered in private, as nothing is posted in a locked room."""
    line = await _take(instance, uow, by=member.pseudonym, network=network)
    await tell(instance, uow, Screen((line,)), member=member, network=network)


async def _take(instance: Instance, uow: UnitOfWork, *, by: str, network: str) -> Line:
    standing = await load_standing(instance, uow, Standing())
    if standing.state is not State.LOCKED:
        return Line("guard-not-locked")
    answer = await approvals.join(instance, uow, await _request(uow), by=by)
    if isinstance(answer, Refusal):
        return answer.line
    given: dict[str, str | int | Line] = {
        "by": by,
        "what": Line(f"second-{Matter.UNLOCK}"),
        "day": answer.until,
    }
    if not answer.used:
        others = Screen((Line("second-asked", given), Line("guard-unlock-how", given)))
        await tell_others(instance, uow, others, but=(by,), network=network, slot=_SLOT)
        return Line("guard-approved-first", given)
    await uow.audit.cut_off()
    await instance.duty.mend(uow, answer.id, instance.watermark)
    instance.watermark.begin_anew((await uow.audit.head()).size)
    await take(instance, Unlocked(), uow, known=standing, network=network, by=by)
    instance.bell.ring()
    return Line("guard-approved-both")


async def _request(uow: UnitOfWork) -> Request:
    """About this lock: what was asked for an earlier one opens no later one."""
    said = await uow.audit.said_of_guard()
    return Request(Matter.UNLOCK, words=hash_words(said.about.hex()))
