"""/duty m-01 m-02: one of the team asks, another agrees, and new reports are sealed to these members alone.

What is in force stands in the audit log and nowhere else, one entry for each member: it is chained, and
sealed under the operator's key, so that whoever only writes to the database cannot put anybody on the list.
"""

from __future__ import annotations

from bot.instance import Instance
from bot.lockdown import tell_leads
from bot.logs import alarm
from bot.on_duty import note_list
from bot.seconding import ASKED_SECONDS, offer, spend
from bot.turn import Turn
from handlers.approvals import Approval, Matter, Request
from handlers.duty import is_short, read_list, read_words, show_duty, tell_list, warn_short, write_words
from handlers.screens import Line, Screen
from handlers.triage.cases import Case
from handlers.triage.changes import Refusal
from handlers.triage.deciding import Decision, Done
from storage.unit_of_work import UnitOfWork

WARNED = "duty-warned"  # the day on which leads were told that too few are left


async def show_or_ask(turn: Turn, argument: str, /, *, here: Case | None) -> Screen:
    """Who is on duty; or, with a list, the request that another member has to agree to."""
    instance = turn.instance
    await instance.duty.recall(turn.uow, instance.watermark)  # a lost commit may have left more in memory
    if not argument.strip():
        return show_duty(instance.duty.names, turn.hand.members)
    names = read_list(argument, turn.hand.members)
    if isinstance(names, Refusal):
        return Screen((names.line,))
    return Screen(
        (await offer(turn, _request(instance, names), what=Line("second-duty"), words=(tell_list(names),)),)
    )


def _request(instance: Instance, names: tuple[str, ...]) -> Request:
    """Bound to the list and to the roster: under another one somebody has to ask anew."""
    return Request(Matter.DUTY, words=write_words(names, serial=instance.signed.serial))


async def agree(turn: Turn, asked: Approval) -> Decision:
    """The second person agrees: from the next seal on it is so."""
    instance, names = turn.instance, read_words(asked.request.words)
    if not turn.hand.members.issuperset(names):
        return Refusal(Line("refusal-second-changed"))
    refusal = await spend(turn, asked.id, now=_request(instance, names))
    if refusal is not None:
        return refusal
    note_list(turn.uow, asked.id, names)
    instance.duty.names = names
    told: dict[str, str | int | Line] = {"by": asked.by, "second": turn.hand.by, "list": tell_list(names)}
    await turn.post_for_all(Screen((Line("duty-decided", told),)), seconds=ASKED_SECONDS)
    return Done((), Line("done-duty"))


class DutyWatch:
    """Tells two leads, once a day, that fewer than two of the list are left: everybody reads again."""

    def __init__(self, instance: Instance, *, network: str) -> None:
        self._instance = instance
        self._network = network
        self._warned = ""

    async def tick(self) -> None:
        """Look at what memory knows."""
        instance, today = self._instance, self._instance.today().isoformat()
        valid = [each.pseudonym for each in instance.roster.members_on(instance.today())]
        if self._warned != today and is_short(instance.duty.names, valid):
            await instance.store.run(self._warn)
            self._warned = today

    async def _warn(self, uow: UnitOfWork) -> None:
        today = self._instance.today().isoformat()
        if await uow.marks.get(WARNED) == today:
            return
        await uow.marks.set(WARNED, today)
        alarm("duty.short", listed=len(self._instance.duty.names))
        await tell_leads(self._instance, uow, warn_short(), network=self._network, slot="say:duty")
