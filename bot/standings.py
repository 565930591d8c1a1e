"""How the moderators' room stands, kept with everything else: LOCKED stays LOCKED, whatever restarts.

Two marks: the standing, and a count of changes among the members. The count makes a reading old in every
process, also where another one hears of the change.
"""

from __future__ import annotations

from bot.instance import Instance
from bot.lockdown import answer, warn_leads
from handlers.guard.standing import Approval, Event, Standing, State, Step, Warn, step
from storage.sealing.audit import Event as AuditEvent
from storage.unit_of_work import UnitOfWork

STANDING, CHANGES = "guard", "guard-changes"
_UNOPENED = "unopened"


async def take(instance: Instance, event: Event, uow: UnitOfWork, *, known: Standing, network: str) -> Step:
    """Decide and keep what becomes of the room; who must hear of it is written to in the same commit."""
    before = await load_standing(uow, known)
    after, effects = step(before, event)
    if await uow.marks.get(STANDING) != _word(after):
        await uow.marks.set(STANDING, _word(after))
        uow.audit.note(AuditEvent.GUARD, what=_word(after))
    for effect in effects:
        if isinstance(effect, Warn):
            await warn_leads(instance, uow, effect, network=network)
    if isinstance(event, Approval):
        await answer(instance, uow, (before.state, after.state), to=event.by, network=network)
    return after, effects


async def load_standing(uow: UnitOfWork, known: Standing) -> Standing:
    """The standing as kept; what only memory knows of it stays as long as it is the same."""
    kept = await uow.marks.get(STANDING) or _UNOPENED
    if kept == _word(known):
        return known
    return Standing() if kept == _UNOPENED else Standing(State(kept), opened=True)


async def count_changes(uow: UnitOfWork) -> int:
    """How often somebody came, went or changed standing since we listen."""
    return int(await uow.marks.get(CHANGES) or 0)


async def note_change(uow: UnitOfWork) -> None:
    """Somebody came, went or changed standing."""
    await uow.marks.set(CHANGES, str(await count_changes(uow) + 1))


def _word(standing: Standing) -> str:
    if standing.state is State.PAUSED and not standing.opened:
        return _UNOPENED
    return standing.state.value
