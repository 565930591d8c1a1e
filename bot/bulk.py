"""/export 30: one of the team asks, another agrees, and the cases of these days are posted as a digest is.

Same machinery, same form, same recipients. What was agreed to is spent by the transaction that queues the
parts, so a process that dies meanwhile makes it anew, and nothing that was spent is made again.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from bot import approvals
from bot.edition import Edition, Issue
from bot.instance import Instance
from bot.seconding import offer
from bot.turn import Turn
from handlers.approvals import Approval, Matter, Request
from handlers.export import NAME, has_to_wait, read_days
from handlers.screens import Line, Screen
from handlers.sharing.bundle import LIMIT
from handlers.triage.cases import Case
from handlers.triage.changes import Refusal
from handlers.triage.commands import usage
from handlers.triage.deciding import Decision, Done
from storage.unit_of_work import UnitOfWork

MARK = "export-day"  # of the last one made


async def ask(turn: Turn, argument: str, /, *, here: Case | None) -> Screen:
    """The request that another member has to agree to."""
    days = read_days(argument)
    if days is None:
        return Screen((Line("refusal-usage", {"usage": usage("export")}),))
    request = Request(Matter.EXPORT, words=str(days))
    known = await turn.uow.approvals.all()
    if has_to_wait(request, known, day=turn.hand.day, members=turn.hand.members):
        return Screen((Line("refusal-export-waits"),))
    return Screen((await offer(turn, request, what=Line("second-export", {"days": days})),))


async def agree(turn: Turn, asked: Approval) -> Decision:
    """The second person agrees; it is made by the next tick."""
    answer = await approvals.agree(turn.instance, turn.uow, asked.id, by=turn.hand.by, now=asked.request)
    return answer if isinstance(answer, Refusal) else Done((), Line("done-export"))


class Exports:
    """Makes what two have agreed to, one at a time. `limit`: bytes of one part."""

    def __init__(self, instance: Instance, *, limit: int = LIMIT) -> None:
        self._instance = instance
        self._limit = limit

    async def tick(self) -> None:
        """Make the next one, if there is one."""
        instance = self._instance
        asked, made = await instance.store.run(self._find)
        if asked is None:
            return
        spend = partial(self._spend, asked)
        today = instance.today()
        since = (today - timedelta(days=int(asked.request.words))).isoformat()
        issue = Issue(NAME, draft="export-draft", mark=MARK, seen=made, spend=spend)
        await Edition(instance, today, since=since, issue=issue, limit=self._limit).make()

    async def _find(self, uow: UnitOfWork) -> tuple[Approval | None, str | None]:
        for one in await uow.approvals.all():
            if one.request.matter is Matter.EXPORT and await approvals.may_use(self._instance, uow, one):
                return one, await uow.marks.get(MARK)
        return None, None

    async def _spend(self, asked: Approval, uow: UnitOfWork) -> bool:
        used = await approvals.use(self._instance, uow, asked.id, now=asked.request)
        return isinstance(used, Approval)
