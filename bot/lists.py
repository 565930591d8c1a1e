"""What moderators ask for without changing anything: the queue, one case, who does what, counts."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Protocol

from bot.turn import Turn
from handlers.duty import show_duty
from handlers.screens import Line, Screen
from handlers.triage import boards
from handlers.triage.boards import Wanted
from handlers.triage.cards import card
from handlers.triage.cases import Case, Status
from handlers.triage.commands import read_code, usage


class Answers(Protocol):
    """Gives the answer to one command; `here` is the case in whose topic it was typed."""

    def __call__(self, turn: Turn, argument: str, /, *, here: Case | None) -> Awaitable[Screen]: ...


async def turn_page(turn: Turn, wanted: Wanted, *, instead_of: str) -> None:
    """Another page, in the place of the one whose button was pressed; of what they took, whoever presses."""
    await turn.take_away(instead_of)
    await turn.post(await (_mine(turn, wanted.page) if wanted.mine else _queue(turn, wanted)))


async def _show_queue(turn: Turn, argument: str, /, *, here: Case | None) -> Screen:
    wanted = boards.read_queue(argument)
    return Screen((wanted,)) if isinstance(wanted, Line) else await _queue(turn, wanted)


async def _queue(turn: Turn, wanted: Wanted) -> Screen:
    cases = await turn.instance.overview.look(turn.uow)
    policy = turn.instance.settings.team.policy
    return boards.queue(cases, wanted, today=turn.instance.today(), policy=policy)


async def _show_mine(turn: Turn, argument: str, /, *, here: Case | None) -> Screen:
    return await _mine(turn)


async def _mine(turn: Turn, page: int = 0) -> Screen:
    cases = await turn.instance.overview.look(turn.uow)
    policy = turn.instance.settings.team.policy
    return boards.mine(cases, turn.hand.by, today=turn.instance.today(), policy=policy, page=page)


async def _show_case(turn: Turn, argument: str, /, *, here: Case | None) -> Screen:
    """The card as it is now, without its buttons, and what was done."""
    code = read_code(argument.strip()) or (here.code if here and not argument.strip() else None)
    if code is None:
        return Screen((Line("refusal-which-case", {"usage": usage("case")}),))
    case = await turn.uow.cases.by_code(code)
    if case is None or case.status is Status.HELD:
        return Screen((Line("refusal-no-case", {"code": code}),))
    shown = card(case, policy=turn.instance.settings.team.policy)
    return Screen((*shown.lines, *boards.history(case).lines))


async def _show_who(turn: Turn, argument: str, /, *, here: Case | None) -> Screen:
    today = turn.instance.today()
    roles = {member.pseudonym: member.role for member in turn.instance.roster.members_on(today)}
    shown = boards.who(await turn.instance.overview.look(turn.uow), roles)
    duty = show_duty(turn.instance.duty.names, roles)
    return Screen((*shown.lines, *duty.lines[:-1]))


async def _show_stats(turn: Turn, argument: str, /, *, here: Case | None) -> Screen:
    return boards.stats(await turn.instance.overview.look(turn.uow), today=turn.instance.today())


LISTS: Mapping[str, Answers] = {
    "queue": _show_queue,
    "mine": _show_mine,
    "case": _show_case,
    "who": _show_who,
    "stats": _show_stats,
}
"""By command."""
